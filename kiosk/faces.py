"""Which of the shipped faces draws which part of a text, so that no citizen's name shows a box.

Noto Sans SC (MAIN) lacks more than half of Unicode's ideographs; the rare faces hold those alone
(see docs/fonts.md). The table of what each covers is made with the faces, by scripts/build-fonts.
"""

import json
import re
import unicodedata
from bisect import bisect_right
from enum import Enum
from functools import cache
from pathlib import Path

COVERAGE = Path(__file__).resolve().parent.parent / "assets" / "fonts" / "coverage.json"


class Face(Enum):
    """The value is its name in the table."""

    MAIN = "main"
    RARE_1 = "rare-1"
    RARE_2 = "rare-2"

    def file(self, bold: bool) -> str:
        """The name of its file in assets/fonts. The rare faces have one weight."""
        match self:
            case Face.MAIN:
                return "NotoSansSC-Bold.otf" if bold else "NotoSansSC-Regular.otf"
            case Face.RARE_1 | Face.RARE_2:
                return f"{self.value}.ttf"


Run = tuple[Face, str]

# Where ideographs lie that MAIN lacks: the ends of extension A and of the first block, the
# compatibility ideographs, and the planes 2 and 3.
_PERHAPS_RARE = re.compile(r"[\u4db6-\u4dbf\u9ff0-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

# Choose among shapes of one character. Not drawn: a face without the shape shows a box for them.
_SELECTORS = re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]")

# Where letters lie of which MAIN has some, and how Unicode names one with marks.
_PERHAPS_MARKED = re.compile(r"[\u0100-\u024f\u1e00-\u1eff]")
_MARKED = re.compile(r"LATIN (CAPITAL|SMALL) LETTER (?:DOTLESS )?([A-Z]{1,2})(?: WITH .+)?")
_SPELLED = {"Ĳ": "IJ", "ĳ": "ij", "Ŋ": "N", "ŋ": "n", "Ə": "E", "ẞ": "SS"}


def load() -> None:
    """Read the table (about 1 ms), off the UI thread; without this the first rare text reads it."""
    _rare_ranges()


def runs(text: str) -> tuple[Run, ...]:
    """The text cut where the face changes; joined again, the runs are the text.

    Marks and variation selectors stay with the character before them. What no face covers is
    given to MAIN.
    """
    if not _PERHAPS_RARE.search(text):
        return ((Face.MAIN, text),) if text else ()
    found: list[Run] = []
    for character in text:
        face = found[-1][0] if found and is_mark(character) else _face_of(character)
        if found and found[-1][0] is face:
            found[-1] = (face, found[-1][1] + character)
        else:
            found.append((face, character))
    return tuple(found)


def has_rare(text: str) -> bool:
    """Whether MAIN alone cannot draw the text."""
    return any(face is not Face.MAIN for face, _part in runs(text))


def is_mark(character: str) -> bool:
    """Whether it is drawn on the character before it: accents, tone marks, variation selectors."""
    return unicodedata.category(character)[0] == "M"


def drawable(text: str) -> str:
    """The text without variation selectors, and with Latin letters that no face has spelt without
    their marks, as the lines of passports that machines read have them (ICAO Doc 9303-3, 6)."""
    return _PERHAPS_MARKED.sub(lambda found: _without_marks(found[0]), _SELECTORS.sub("", text))


def _face_of(character: str) -> Face:
    if not _PERHAPS_RARE.match(character):
        return Face.MAIN
    firsts, lasts, faces = _rare_ranges()
    place = bisect_right(firsts, ord(character)) - 1
    return faces[place] if place >= 0 and ord(character) <= lasts[place] else Face.MAIN


@cache
def _without_marks(letter: str) -> str:
    table = _table()["main"]
    if any(first <= ord(letter) <= last for first, last in table):
        return letter
    named = _MARKED.fullmatch(unicodedata.name(letter, ""))
    if named is None:
        return _SPELLED.get(letter, letter)
    case, base = named.groups()
    return base if case == "CAPITAL" else base.lower()


@cache
def _rare_ranges() -> tuple[list[int], list[int], list[Face]]:
    table = _table()
    rare = sorted(
        (first, last, face)
        for face in (Face.RARE_1, Face.RARE_2)
        for first, last in table[face.value]
    )
    return [r[0] for r in rare], [r[1] for r in rare], [r[2] for r in rare]


@cache
def _table() -> dict[str, list[tuple[int, int]]]:
    """The first and the last code points of what each face covers."""
    table: dict[str, list[tuple[int, int]]] = json.loads(COVERAGE.read_text("ascii"))
    return table
