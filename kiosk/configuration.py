"""Reads the settings of one kiosk and names every mistake in them with its line; reads other
checked TOML files too."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from config.settings import SerialScanner, Settings
from kiosk.errors import ConfigurationError

PROGRAM = Path(__file__).resolve().parent.parent
"""The program's folder; relative folders in the settings count from it."""

CONFIG = PROGRAM / "config"
SETTINGS_FILE = CONFIG / "kiosk.toml"

_Place = tuple[str, ...]
_Model = TypeVar("_Model", bound=BaseModel)


def read_settings(file: Path) -> Settings | tuple[ConfigurationError, ...]:
    """The settings, or all the mistakes in the file in the order of its lines."""
    settings = read_toml(file, Settings)
    if not isinstance(settings, Settings):
        return settings
    folder = PROGRAM / settings.storage.folder
    found: dict[str, object] = {
        "storage": settings.storage.model_copy(update={"folder": folder})
    }
    if isinstance(settings.scanner, SerialScanner):
        device = PROGRAM / settings.scanner.device
        found["scanner"] = settings.scanner.model_copy(update={"device": device})
    return settings.model_copy(update=found)


def read_toml(file: Path, model: type[_Model]) -> _Model | tuple[ConfigurationError, ...]:
    """What stands in the file, or all the mistakes in it in the order of its lines."""
    try:
        text = file.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except OSError as error:
        return (ConfigurationError(file, 0, f"cannot be read: {error.strerror}"),)
    except UnicodeDecodeError:
        return (ConfigurationError(file, 0, "is not UTF-8 text"),)
    except tomllib.TOMLDecodeError as error:
        return (_not_toml(file, text, str(error)),)
    try:
        return model.model_validate(content)
    except ValidationError as error:
        lines = _lines_of_keys(text)
        mistakes = [
            _mistake(file, lines, details)
            for details in error.errors(include_url=False, include_input=False)
        ]
        return tuple(sorted(mistakes, key=lambda mistake: mistake.line))


def load_settings(file: Path) -> Settings:
    """The settings; raises ConfigurationError for the first mistake."""
    match read_settings(file):
        case Settings() as settings:
            return settings
        case mistakes:
            raise mistakes[0]


def trusted_authority(settings: Settings) -> Path | None:
    """The file of those who vouch for the intake; ConfigurationError when it holds nobody."""
    if settings.intake.authority is None:
        return None
    import ssl

    file = CONFIG / settings.intake.authority
    try:
        ssl.create_default_context(cafile=file)
    except (OSError, ValueError):
        reason = "is no file of certificates in PEM (intake.authority)"
        raise ConfigurationError(file, 0, reason) from None
    return file


def _not_toml(file: Path, text: str, reason: str) -> ConfigurationError:
    """tomllib says where in its words alone, and `end of document` for the last line."""
    place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", reason)
    if place is None:
        return ConfigurationError(file, 0, reason)
    line = int(place[1]) if place[1] else len(text.splitlines())
    return ConfigurationError(file, line, reason[: place.start()])


def _mistake(
    file: Path, lines: Mapping[_Place, int], details: Mapping[str, Any]
) -> ConfigurationError:
    place, line = _place_in_file(lines, details["loc"])
    match details["type"]:
        case "missing":
            reason = "is missing"
        case "extra_forbidden":
            reason = "there is no such setting"
        case _:
            reason = details["msg"].removeprefix("Value error, ")
    return ConfigurationError(file, line, f"{'.'.join(place)}: {reason}" if place else reason)


def _place_in_file(
    lines: Mapping[_Place, int], location: Sequence[int | str]
) -> tuple[_Place, int]:
    """The names that lead to a mistake, and the line of the innermost that stands in the file.

    pydantic puts the chosen kind of connection into the location; in the file it is no name.
    """
    place: _Place = ()
    line = 1
    for position, step in enumerate(location):
        name = str(step)
        if (*place, name) in lines:
            place = (*place, name)
            line = lines[place]
        elif position == len(location) - 1:
            place = (*place, name)
    return place, line


def _lines_of_keys(text: str) -> dict[_Place, int]:
    """On which line each table and each key of a TOML file stands, from 1."""
    lines: dict[_Place, int] = {}
    table: _Place = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line):
            table = _names(header[1])
            lines.setdefault(table, number)
        elif key := re.match(r"\s*([\w.\"' -]+?)\s*=", line):
            place = (*table, *_names(key[1]))
            for depth in range(len(table) + 1, len(place) + 1):
                lines.setdefault(place[:depth], number)
    return lines


def _names(dotted: str) -> _Place:
    return tuple(name.strip().strip("\"'") for name in dotted.split("."))
