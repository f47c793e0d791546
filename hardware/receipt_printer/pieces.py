"""What a document is cut into, from top to bottom, on its way to the printer."""

from dataclasses import dataclass, field
from enum import Enum

from PIL import Image


class Align(Enum):
    """Which point of the words their `x` is."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True)
class Words:
    """`x` in dots from the left edge of the paper's printable part."""

    text: str = field(repr=False)
    x: float
    bold: bool = False
    align: Align = Align.LEFT


@dataclass(frozen=True)
class Line:
    """Words beside each other on one baseline; `bullet` is the x of a mark before them."""

    size: int
    words: tuple[Words, ...]
    bullet: int | None = None


@dataclass(frozen=True)
class OwnWords:
    """Words in the printer's own font, in GB18030; `x` in dots."""

    x: int
    content: bytes = field(repr=False)
    bold: bool


@dataclass(frozen=True)
class OwnLine:
    """A line that the printer sets in its own font, `height` dots high in all, the cells of its
    characters `above` dots below its top."""

    words: tuple[OwnWords, ...]
    above: int
    height: int


@dataclass(frozen=True)
class NativeQr:
    """A QR code that the printer draws itself; `module` and `height` in dots."""

    content: str
    module: int
    height: int


Piece = Image.Image | OwnLine | NativeQr
"""A picture in mode "1" of the profile's width, or what the printer draws itself."""

Block = Image.Image | Line | NativeQr
"""The same before it is known how a line is sent, and of any height."""
