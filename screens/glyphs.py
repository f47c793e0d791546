"""Fonts and icons: where they lie and which glyph carries which name."""

import json
from pathlib import Path

ASSETS = Path(__file__).resolve().parent.parent / "assets"
REGULAR = str(ASSETS / "fonts" / "NotoSansSC-Regular.otf")
BOLD = str(ASSETS / "fonts" / "NotoSansSC-Bold.otf")
ICONS = str(ASSETS / "icons" / "icons.ttf")

_points: dict[str, int] = json.loads((ASSETS / "icons" / "icons.json").read_text("ascii"))


def glyph(name: str) -> str:
    """The icon's character in the icon font; KeyError for an icon that was not cut into it."""
    return chr(_points[name])


def known(name: str) -> bool:
    return name in _points
