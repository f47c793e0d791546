"""Characters as the printer's own font draws them, each in a cell of its own."""

import math
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from sandbox.printer.style import Ink, Style

FONTS = Path(__file__).parents[2] / "assets" / "fonts"
FULL = (24, 24)
"""Dots: width and height of a Chinese character."""
HALF = (12, 24)
SMALL = (9, 17)
_BASELINE = 20 / 24
_KEPT = 4096


def characters(data: bytes, style: Style) -> Iterator[tuple[str, bool]]:
    """The characters of these bytes, each with whether it takes a full cell."""
    if not style.kanji:
        for character in data.decode(style.code_page, errors="replace"):
            yield character, False
        return
    for character in data.decode("gb18030", errors="replace"):
        yield character, not character.isascii()


@lru_cache(_KEPT)
def cell(character: str, full: bool, ink: Ink) -> Image.Image:
    """In mode "L", 0 is black; to be pasted, never drawn on."""
    width, height = FULL if full else SMALL if ink.small else HALF
    face = _face("Bold" if ink.bold else "Regular", height - 2)
    # A letter that is too wide for its cell, such as m, is narrowed to it.
    room = max(width, math.ceil(face.getlength(character)))
    picture = Image.new("L", (room, height), 255)
    draw = ImageDraw.Draw(picture)
    draw.text((room / 2, height * _BASELINE), character, fill=0, font=face, anchor="ms")
    if ink.underline:
        draw.rectangle((0, height - ink.underline, room, height), fill=0)
    picture = picture.resize((width, height), Image.Resampling.BOX)
    size = (width * ink.wide, height * ink.high)
    black, white = (255, 0) if ink.inverse else (0, 255)
    clear = picture.point(lambda value: black if value < 128 else white)
    return clear.resize(size, Image.Resampling.NEAREST)


@lru_cache
def _face(weight: str, size: int) -> ImageFont.FreeTypeFont:
    # Single characters need no shaping, which fails for some of them, such as U+2029.
    basic = ImageFont.Layout.BASIC
    return ImageFont.truetype(FONTS / f"NotoSansSC-{weight}.otf", size, layout_engine=basic)
