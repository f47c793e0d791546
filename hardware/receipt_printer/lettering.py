"""Letters as dots: the faces of the receipt printer, opened when first used."""

from collections.abc import Callable
from pathlib import Path

from PIL import ImageDraw, ImageFont

from kiosk.faces import Face, drawable, runs


class Lettering:
    """Draws each part of a text in the face that has its characters. Sizes and positions are in
    dots. OSError where a face is missing. Not for two threads at once.

    The rare faces are as light in bold print as else: made bolder by less than a dot their thin
    strokes lose dots, by a whole one a character of twenty strokes runs together.
    """

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
            draw.text((round(left), baseline), part, ink, font, anchor="ls")
            left += font.getlength(part)

    def _font(self, face: Face, size: int, bold: bool) -> ImageFont.FreeTypeFont:
        key = (face.file(bold), size)
        if key not in self._opened:
            self._opened[key] = ImageFont.truetype(
                self._fonts / key[0], size, layout_engine=ImageFont.Layout.BASIC
            )
        return self._opened[key]
