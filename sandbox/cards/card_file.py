"""A virtual card as a YAML file describes it."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError


class CardFileError(Exception):
    """A file does not describe a card."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(f"{file}: {reason}")


def _units(most: int) -> AfterValidator:
    """A text that fits its place on the card, counted in UTF-16 units."""

    def check(text: str) -> str:
        if len(text.encode("utf-16-le")) > 2 * most:
            raise ValueError(f"longer than {most} UTF-16 units")
        return text

    return AfterValidator(check)


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Faults(_Model):
    """How the card misbehaves. `leave_at_apdu` counts from 1 since it was laid: that APDU is
    never answered. `delay_ms` is waited before each answer. `answer` takes the place of the data
    of every right one: `garbage` is as many wrong bytes, `empty` is none before the status word."""

    leave_at_apdu: int | None = Field(default=None, ge=1)
    delay_ms: int = Field(default=0, ge=0, le=60_000)
    answer: Literal["garbage", "empty"] | None = None


class ResidentCard(_Model):
    """A resident identity card; `nation` is the two-digit code of GB/T 3304."""

    kind: Literal["resident_id"]
    name: Annotated[str, _units(15)] = Field(repr=False)
    sex: Literal["男", "女"]
    nation: str = Field(pattern=r"^\d\d$")
    birth: date
    address: Annotated[str, _units(35)] = Field(repr=False)
    number: str = Field(pattern=r"^\d{17}[\dX]$", repr=False)
    issuer: Annotated[str, _units(15)]
    valid_from: date
    valid_to: date | Literal["长期"]
    faults: Faults = Faults()


class UnknownCard(_Model):
    """A card that knows no command, such as a bus card laid by mistake. `atr` is in hex."""

    kind: Literal["unknown"]
    atr: str = Field(default="3B6500002063CB6800", pattern=r"^([0-9A-F]{2}){2,33}$")
    faults: Faults = Faults()


CardFile = Annotated[ResidentCard | UnknownCard, Field(discriminator="kind")]
_card_file: TypeAdapter[ResidentCard | UnknownCard] = TypeAdapter(CardFile)


def load_card(file: Path) -> ResidentCard | UnknownCard:
    """Raises CardFileError when the file is missing, no YAML or no card."""
    try:
        return _card_file.validate_python(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CardFileError(file, str(error)) from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CardFileError(file, f"{where}: {first['msg']}") from None
