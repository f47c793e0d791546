"""Letters as dots: the faces of the receipt printer, opened when first used."""

from collections.abc import Callable
from pathlib import Path

from PIL import ImageDraw, ImageFont

from kiosk.faces import Face, drawable, runs

BOLDER = 0.01
"""Of the type size, around every stroke of a rare face in bold print. These faces are a light Ming
in one weight; with more of it a character of twenty strokes at 28 dots runs together."""


class Lettering:
    """Draws each part of a text in the face that has its characters. Sizes and positions are in
    dots. OSError where a face is missing. Not for two threads at once."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts
        self._opened: dict[tuple[str, int], ImageFont.FreeTypeFont] = {}

    def length(self, text: str, size: int, bold: bool) -> float:
        return sum(
            self._font(face, size, bold).getlength(drawable(part)) for face, part in runs(text)
        )

    def measure(self, size: int, bold: bool) -> Callable[[str], float]:
        """`length` in this size and weight."""
        return lambda text: self.length(text, size, bold)

    def draw(
        self,
        draw: ImageDraw.ImageDraw,
        text: str,
        left: float,
        baseline: int,
        size: int,
        *,
        bold: bool,
        ink: int,
    ) -> None:
        for face, part in runs(text):
            font = self._font(face, size, bold)
            part = drawable(part)
            heavier = size * BOLDER if bold and face is not Face.MAIN else 0.0
            draw.text((round(left), baseline), part, ink, font, anchor="ls", stroke_width=heavier)
            left += font.getlength(part)

    def _font(self, face: Face, size: int, bold: bool) -> ImageFont.FreeTypeFont:
        key = (face.file(bold), size)
        if key not in self._opened:
            self._opened[key] = ImageFont.truetype(
                self._fonts / key[0], size, layout_engine=ImageFont.Layout.BASIC
            )
        return self._opened[key]
