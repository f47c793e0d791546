"""Fonts and icons: where they lie and which glyph carries which name."""

import json
from pathlib import Path

from kiosk.faces import Face

ASSETS = Path(__file__).resolve().parent.parent / "assets"
FONTS = ASSETS / "fonts"
REGULAR = str(FONTS / Face.MAIN.file(bold=False))
BOLD = str(FONTS / Face.MAIN.file(bold=True))
ICONS = str(ASSETS / "icons" / "icons.ttf")

_points: dict[str, int] = json.loads((ASSETS / "icons" / "icons.json").read_text("ascii"))


def glyph(name: str) -> str:
    """The icon's character in the icon font; KeyError for an icon that was not cut into it."""
    return chr(_points[name])


def known(name: str) -> bool:
    return name in _points
