"""What the home page offers, as config/home.yaml says it."""

from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from kiosk.catalogue.models import Kind
from kiosk.errors import ConfigurationError
from kiosk.forms.questions import Words


class Tile(BaseModel):
    """Leads to one item, or to the list of all items of a kind."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Words
    subtitle: Words
    icon: Words
    item: str | None = None
    kind: Kind | None = None
    tone: Literal["plain", "primary", "teal"] = "plain"

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if (self.item is None) == (self.kind is None):
            raise ValueError("a tile names either an item or a kind")
        return self


class HomePage(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    main: tuple[Tile, ...] = Field(min_length=1, max_length=2)
    tiles: tuple[Tile, ...] = Field(max_length=9)


def load_home_page(file: Path) -> HomePage:
    """Raises ConfigurationError with the file's name and what is wrong in it."""
    try:
        return HomePage.model_validate(yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise ConfigurationError(file, line, error.problem or "not YAML") from error
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigurationError(file, 0, f"{where}: {first['msg']}") from error
