"""Which reader is read how: profiles, checked files under config/."""

import fnmatch
import re
import tomllib
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.errors import ConfigurationError


class Transport(StrEnum):
    """How a reader shows what its security module read."""

    PAGE = "page"


class ReaderProfile(BaseModel):
    """`reader` is a shell pattern for the PC/SC name; each of `atr` is a regular expression for
    the whole ATR in upper-case hex."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    transport: Transport
    reader: str
    atr: tuple[re.Pattern[str], ...] = Field(min_length=1)

    def fits_reader(self, name: str) -> bool:
        return fnmatch.fnmatchcase(name, self.reader)

    def fits_card(self, atr: bytes) -> bool:
        text = atr.hex().upper()
        return any(pattern.fullmatch(text) for pattern in self.atr)


def load_profiles(folder: Path) -> tuple[ReaderProfile, ...]:
    """All profiles of a folder, by file name: the first that fits is used.

    Raises ConfigurationError for a bad file, and for a folder without any.
    """
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise ConfigurationError(folder, 0, "no reader profile (*.toml)")
    return tuple(_load(file) for file in files)


def _load(file: Path) -> ReaderProfile:
    try:
        return ReaderProfile.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(file, 0, str(error)) from error
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        raise ConfigurationError(file, int(place[1]) if place else 0, str(error)) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigurationError(file, 0, f"{where}: {first['msg']}") from error
