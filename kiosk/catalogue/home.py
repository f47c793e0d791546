"""What the home page offers, as config/home.yaml says it."""

from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from kiosk.catalogue.models import Kind
from kiosk.errors import ConfigurationError
from kiosk.forms.questions import Words
from kiosk.journeys.steps import Browse, Collect, Collection, ItemChosen, Open, Step, Subject


class Tile(BaseModel):
    """Leads to one item, to all items of a kind, to a collection of items, or to what a subject
    tells."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Words
    subtitle: Words
    icon: Words
    item: str | None = None
    kind: Kind | None = None
    collection: Collection | None = None
    subject: Subject | None = None
    tone: Literal["plain", "primary", "teal"] = "plain"

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if len(self._steps()) != 1:
            raise ValueError("a tile names one of: an item, a kind, a collection, a subject")
        return self

    @property
    def step(self) -> Step:
        return self._steps()[0]

    def _steps(self) -> list[Step]:
        steps: list[Step] = []
        if self.item is not None:
            steps.append(ItemChosen(self.item))
        if self.kind is not None:
            steps.append(Browse(self.kind))
        if self.collection is not None:
            steps.append(Collect(self.collection))
        if self.subject is not None:
            steps.append(Open(self.subject))
        return steps


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
