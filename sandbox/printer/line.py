"""The line that is put together before it is printed: the printer's print buffer."""

from PIL import Image


class Line:
    """Positions in dots from the left of a printing area `width` wide."""

    def __init__(self) -> None:
        self._cells: list[tuple[int, Image.Image]] = []
        self.x = 0

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it and the position is at its beginning."""
        return not self._cells and self.x == 0

    @property
    def blank(self) -> bool:
        return not self._cells

    def add(self, picture: Image.Image, spacing: int) -> None:
        self._cells.append((self.x, picture))
        self.x += picture.width + spacing

    def drawn(self, width: int, spacing: int, align: int) -> Image.Image:
        """At least `spacing` high; what stands in it stands on its lower edge."""
        used = max((x + picture.width for x, picture in self._cells), default=0)
        tallest = max((picture.height for _x, picture in self._cells), default=0)
        strip = Image.new("L", (width, max(spacing, tallest, 1)), 255)
        left = max(width - used, 0) * align // 2
        for x, picture in self._cells:
            strip.paste(picture, (left + x, tallest - picture.height))
        return strip
