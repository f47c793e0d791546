"""What the camera sees: a table in uneven light, and a sheet of paper that lies on it askew."""

from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

SIZE = (1920, 1440)
"""Pixels of a frame."""
_ROOM = 0.86
"""Of the frame, in which the paper lies."""
_ASKEW = ((0.03, 0.06), (0.97, 0.0), (1.0, 0.94), (0.0, 1.0))
"""The paper's corners in its room, clockwise from the upper left: turned by three degrees, and
farther from the lens at its upper edge."""
_WOOD = (112, 88, 66)
_DIM = 190
"""Of 255: the light at the table's dark end."""
_DARKNESS = 0.09
_OUT_OF_FOCUS = 6
"""Pixels, a Gaussian's sigma."""

Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]


def corners_of(width: int, height: int) -> Corners:
    """Where the corners of a paper of this shape lie in the frame, clockwise from its upper
    left."""
    scale = min(_ROOM * SIZE[0] / width, _ROOM * SIZE[1] / height)
    wide, high = width * scale, height * scale
    left, top = (SIZE[0] - wide) / 2, (SIZE[1] - high) / 2
    first, second, third, fourth = ((left + x * wide, top + y * high) for x, y in _ASKEW)
    return first, second, third, fourth


def sheet_of(file: Path) -> Image.Image:
    """Raises OSError when the file is no picture."""
    with Image.open(file) as picture:
        return picture.convert("RGB")


def seen(sheet: Image.Image | None, dark: bool = False, blurred: bool = False) -> Image.Image:
    """The table from above with this sheet of paper; None: nothing lies there."""
    table = Image.new("RGB", SIZE, _WOOD)
    if sheet is not None:
        corners = corners_of(*sheet.size)
        mapping = _onto_paper(corners, sheet.width, sheet.height)
        how = Image.Transform.PERSPECTIVE
        laid = sheet.transform(SIZE, how, mapping, Image.Resampling.BICUBIC)
        where = Image.new("L", sheet.size, 255).transform(SIZE, how, mapping)
        table.paste(laid, mask=where)
    light, grain = _light_and_grain()
    frame = ImageChops.add(ImageChops.multiply(table, light), grain, offset=-128)
    if blurred:
        frame = frame.filter(ImageFilter.GaussianBlur(_OUT_OF_FOCUS))
    if dark:
        frame = frame.point(lambda level: level * _DARKNESS)
    return frame


@cache
def _light_and_grain() -> tuple[Image.Image, Image.Image]:
    light = Image.linear_gradient("L").rotate(90).resize(SIZE)
    light = light.point([_DIM + level * (255 - _DIM) // 255 for level in range(256)])
    grain = Image.effect_noise(SIZE, 6)
    return Image.merge("RGB", (light,) * 3), Image.merge("RGB", (grain,) * 3)


def _onto_paper(corners: Corners, width: int, height: int) -> tuple[float, ...]:
    """The eight numbers by which Pillow finds, for a point of the frame, that of the paper.

    From the unit square onto a quadrilateral as in Heckbert, Fundamentals of Texture Mapping
    (1989), 2.2.3; the way back is that matrix's adjugate.
    """
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    dx1, dx2, sx = x1 - x2, x3 - x2, x0 - x1 + x2 - x3
    dy1, dy2, sy = y1 - y2, y3 - y2, y0 - y1 + y2 - y3
    whole = dx1 * dy2 - dx2 * dy1
    g, h = (sx * dy2 - dx2 * sy) / whole, (dx1 * sy - sx * dy1) / whole
    a, b, c = x1 - x0 + g * x1, x3 - x0 + h * x3, x0
    d, e, f = y1 - y0 + g * y1, y3 - y0 + h * y3, y0
    across = (e - f * h, c * h - b, b * f - c * e)
    down = (f * g - d, a - c * g, c * d - a * f)
    *rest, last = (d * h - e * g, b * g - a * h, a * e - b * d)
    return tuple(
        part / last
        for part in (*(n * width for n in across), *(n * height for n in down), *rest)
    )
