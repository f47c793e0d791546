"""A receipt of ideographs drawn glyph by glyph with FreeType: no line of the product's layout and
nothing of Pillow is used here. What it knows of the layout is written in MEASURES.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import freetype
import numpy as np

FONTS = Path(__file__).parents[2] / "assets" / "fonts"
MAIN, BOLD = "NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf"
RARE = ("rare-1.ttf", "rare-2.ttf")

SHIFTS = ((0, 0), (1, 0), (0, 1), (1, 1))
"""Dots up and to the left."""

Dots = np.ndarray
"""Rows of bytes, 1 is black."""


@dataclass(frozen=True)
class Compared:
    """`differing` and `black` count dots of the whole picture, `worst` is the glyph that differs
    most: its differing dots for one of its black ones."""

    height: int
    seen_height: int
    differing: int
    black: int
    worst: float


@dataclass(frozen=True)
class Measures:
    """In dots. Each line is 1.4 times as high as its type, with the type in its middle."""

    width: int
    margin: int
    body: int
    issuer: int = 30
    title: int = 52
    step: int = 8


MEASURES = {"80mm": Measures(576, 24, 28), "58mm": Measures(384, 8, 26)}


@cache
def face(name: str) -> freetype.Face:
    return freetype.Face(str(FONTS / name))


def face_of(character: str, bold: bool) -> str:
    """The first of the shipped faces that has the character; KeyError where none has it."""
    for name in (BOLD if bold else MAIN, *RARE):
        if face(name).get_char_index(character):
            return name
    raise KeyError(character)


@cache
def glyph(character: str, size: int, bold: bool) -> tuple[Dots, int, int]:
    """Its dots, how far right of the pen and how far above the baseline they begin."""
    name = face_of(character, bold)
    drawn = face(name)
    drawn.set_pixel_sizes(0, size)
    drawn.load_char(character, freetype.FT_LOAD_TARGET_MONO | freetype.FT_LOAD_NO_BITMAP)
    drawn.glyph.render(freetype.FT_RENDER_MODE_MONO)
    bitmap, right, above = drawn.glyph.bitmap, drawn.glyph.bitmap_left, drawn.glyph.bitmap_top
    rows = np.array(bitmap.buffer, np.uint8).reshape(bitmap.rows, bitmap.pitch)
    return np.unpackbits(rows, axis=1)[:, : bitmap.width], right, above


def runs(text: str, bold: bool) -> Iterator[tuple[int, str]]:
    """Parts of one face, each with its place in the text."""
    for _face, places in groupby(range(len(text)), lambda place: face_of(text[place], bold)):
        first, *others = places
        yield first, text[first : first + 1 + len(others)]


def compare(seen: Dots, issuer: str, title: str, fields: dict[str, str], paper: str) -> Compared:
    """`seen` beside a receipt of these texts, all of them ideographs, as wide as high, with labels
    of one length.

    Pillow sets the upper left corner of a run where its outline begins, and not where its dots do:
    each run may stand a dot higher or further left than FreeType rounds it.
    """
    measures = MEASURES[paper]
    drawn = np.zeros_like(seen)
    worst = 0.0
    top = 0

    def line(words: list[tuple[str, float, bool]], size: int) -> None:
        nonlocal top, worst
        height = round(1.4 * size)
        baseline = top + round((height - size) / 2 + 0.88 * size)
        for text, left, bold in words:
            for place, run in runs(text, bold):
                glyphs = [glyph(character, size, bold) for character in run]
                x = round(left) + place * size
                boxes = [
                    (baseline - above, x + n * size + right, dots)
                    for n, (dots, right, above) in enumerate(glyphs)
                ]
                shift = min(SHIFTS, key=lambda by: sum(_differ(seen, by, box) for box in boxes))
                for box in boxes:
                    worst = max(worst, _differ(seen, shift, box) / max(box[2].sum(), 1))
                    _cut(drawn, shift, box)[:] |= box[2]
        top += height

    line([(issuer, (measures.width - len(issuer) * measures.issuer) / 2, False)], measures.issuer)
    top += measures.step
    line([(title, (measures.width - len(title) * measures.title) / 2, True)], measures.title)
    top += 2 * measures.step
    for label, value in fields.items():
        first = [(label, measures.margin, False)]
        left, in_one = column(label, paper)
        for start in range(0, len(value), in_one):
            line([*first, (value[start : start + in_one], left, True)], measures.body)
            first = []
        top += measures.step
    top += (1 + 3) * measures.step
    return Compared(top, seen.shape[0], int((seen != drawn).sum()), int(drawn.sum()), worst)


_Box = tuple[int, int, Dots]


def _cut(picture: Dots, by: tuple[int, int], box: _Box) -> Dots:
    top, left, dots = box
    up, back = by
    return picture[top - up : top - up + dots.shape[0], left - back : left - back + dots.shape[1]]


def _differ(picture: Dots, by: tuple[int, int], box: _Box) -> int:
    return int((_cut(picture, by, box) != box[2]).sum())


def column(label: str, paper: str) -> tuple[int, int]:
    """Where the values beside this label begin, and how many characters go into one of its
    lines."""
    measures = MEASURES[paper]
    left = measures.margin + len(label) * measures.body + 2 * measures.step
    return left, (measures.width - measures.margin - left) // measures.body
