"""The 300 phrases, and how a citizen types them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from kiosk.text_entry.pinyin.pinyin import Composing, Mode, Pinyin

BUILT = Path(__file__).resolve().parents[2] / "build" / "pinyin"
FORMS, ITEMS, PLACES, NAMES = "forms", "items", "places", "names"


@dataclass(frozen=True)
class Phrase:
    group: str
    text: str
    letters: str


def phrases(*groups: str) -> list[Phrase]:
    file = Path(__file__).with_name("phrases.yaml")
    read = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [
        Phrase(group, text, pinyin.replace(" ", ""))
        for group in groups
        for text, pinyin in read[group].items()
    ]


def type_letters(pinyin: Pinyin, letters: str) -> Composing:
    composing = pinyin.state()
    for letter in letters:
        composing = pinyin.type(letter)
    return composing


def write_name(pinyin: Pinyin, name: Phrase) -> Iterator[int]:
    """Type the whole name, then choose each character; yields the page on which each stood."""
    pinyin.mode = Mode.SURNAME
    composing = type_letters(pinyin, name.letters)
    for character in name.text:
        while character not in composing.candidates:
            assert composing.has_more, f"{character} is not offered"
            composing = pinyin.turn(1)
        yield composing.page
        composing = pinyin.choose(composing.candidates.index(character))
        assert character == composing.committed
    assert Composing(committed=name.text[-1]) == composing
