"""Fonts and icons: where they lie and which glyph carries which name."""

import json
import os
from pathlib import Path

from kiosk.faces import Face

ASSETS = Path(__file__).resolve().parent.parent / "assets"
FONTS = ASSETS / "fonts"
REGULAR = str(FONTS / Face.MAIN.file(bold=False))
BOLD = str(FONTS / Face.MAIN.file(bold=True))
ICONS = str(ASSETS / "icons" / "icons.ttf")

_points: dict[str, int] = json.loads((ASSETS / "icons" / "icons.json").read_text("ascii"))


def read_ahead() -> None:
    """Have the system read every font into its memory. SDL opens one on the UI thread for each
    new size, and takes its glyphs from the file as they are drawn: this meets no
    disk then, unless memory runs short."""
    for file in (*FONTS.glob("*.[ot]tf"), Path(ICONS)):
        with file.open("rb") as font:
            os.posix_fadvise(font.fileno(), 0, 0, os.POSIX_FADV_WILLNEED)


def glyph(name: str) -> str:
    """The icon's character in the icon font; KeyError for an icon that was not cut into it."""
    return chr(_points[name])


def known(name: str) -> bool:
    return name in _points
