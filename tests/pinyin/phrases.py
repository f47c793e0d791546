"""The 300 phrases of phrases.yaml, and the names of unseen_names.yaml."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

BUILT = Path(__file__).resolve().parents[2] / "build" / "pinyin"
FORMS, ITEMS, PLACES, NAMES = "forms", "items", "places", "names"


@dataclass(frozen=True)
class Phrase:
    group: str
    text: str
    letters: str


def phrases(*groups: str) -> list[Phrase]:
    return _read("phrases.yaml", groups)


def unseen_names() -> list[Phrase]:
    """Written after the dictionaries."""
    return _read("unseen_names.yaml", (NAMES,))


def _read(name: str, groups: Sequence[str]) -> list[Phrase]:
    file = Path(__file__).with_name(name)
    read = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [
        Phrase(group, text, pinyin.replace(" ", ""))
        for group in groups
        for text, pinyin in read[group].items()
    ]
