"""What the kiosks' catalogue (`config/catalogue/`) says of an item's materials."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import JsonValue

import config

CATALOGUE = Path(config.__file__).parent / "catalogue"
_SUPPLY_LATER = "supply_later"
"""Answers a material's question where it is promised for later (容缺)."""


@dataclass(frozen=True)
class PromisedLater:
    """A material that the applicant promised to supply; `days`: working days that the catalogue
    allows for it, None where it names none."""

    name: str
    standard: str
    days: int | None


@cache
def catalogue_item(item: str) -> Mapping[str, Any]:
    """As it is written, empty where the catalogue has none."""
    for file in (CATALOGUE / "items").glob(f"*/{item}-*.yaml"):
        return read_catalogue(file)
    return {}


def read_catalogue(file: Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


def standard_of(item: str, material: str) -> str:
    """What it has to be like; empty where that is not written."""
    for named in catalogue_item(item).get("materials", ()):
        if named["name"] == material:
            return str(named.get("standard") or "")
    return ""


def promised_later(item: str, answers: Mapping[str, JsonValue]) -> Iterator[PromisedLater]:
    """The n-th material that is brought is asked for by the question `material_n`."""
    brought = [m for m in catalogue_item(item).get("materials", ()) if m["provision"] == "bring"]
    for place, material in enumerate(brought, start=1):
        if answers.get(f"material_{place}") == _SUPPLY_LATER:
            defer = material.get("defer") or {}
            yield PromisedLater(
                str(material["name"]), str(material.get("standard") or ""), defer.get("days")
            )
