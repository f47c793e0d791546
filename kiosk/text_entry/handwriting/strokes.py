"""What a finger wrote, and how it is laid into the picture that is read."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

Point = tuple[float, float]
"""In pixels of the writing area: to the right, and up."""
Stroke = tuple[Point, ...]
Strokes = tuple[Stroke, ...]

PICTURE_HEIGHT = 48
"""Pixels of the picture's height: what PP-OCRv6 reads lines in."""
LEAST_WIDTH = 96
MOST_WIDTH = 320
"""Pixels. Wider lines are drawn smaller: PP-OCR was taught on pictures of 320 by 48."""

_STRIDE = 8
"""Pixels of one place that the recogniser looks at."""

_FILLED = 0.85
"""Of the picture's height, by what was written."""
_FLAT = 1.3
"""From this width to height on, it may be several characters; narrower, it is one."""
_LEAST_CHARACTER = 0.4
"""Of the writing area's height: as large as a character of a line is at least, so that 一二 is not
drawn as large as the area."""


@dataclass(frozen=True, slots=True)
class Laid:
    """Strokes in a picture: points in its pixels, to the right and down from its top left
    corner."""

    strokes: Strokes = field(repr=False)
    width: int


def lay(strokes: Strokes, room: float) -> Iterator[Laid]:
    """As one character, and when it is wide enough as a line too. `room` is the height of the
    writing area; there is one point at least."""
    points = [point for stroke in strokes for point in stroke]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    bottom, top = min(y for _, y in points), max(y for _, y in points)
    wide, high = right - left, top - bottom
    middle = ((left + right) / 2, (bottom + top) / 2)
    # A point alone has no size of its own.
    side = max(wide, high, 1)
    yield _laid(strokes, middle, side, side)
    if wide > _FLAT * high:
        yield _laid(strokes, middle, max(high, _LEAST_CHARACTER * room), wide)


def _laid(strokes: Strokes, middle: Point, high: float, wide: float) -> Laid:
    margin = PICTURE_HEIGHT * (1 - _FILLED)
    scale = min(PICTURE_HEIGHT * _FILLED / high, (MOST_WIDTH - margin) / wide)
    written = wide * scale + margin
    x, y = written / 2 - middle[0] * scale, PICTURE_HEIGHT / 2 + middle[1] * scale
    return Laid(
        tuple(tuple((x + scale * px, y - scale * py) for px, py in stroke) for stroke in strokes),
        max(LEAST_WIDTH, math.ceil(written / _STRIDE) * _STRIDE),
    )
