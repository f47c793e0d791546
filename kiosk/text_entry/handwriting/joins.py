"""Where a finger that was not lifted went on to the next stroke."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kiosk.text_entry.handwriting.strokes import Laid, Stroke

_BENT = 2.5
"""Pixels off the straight line up to which a part of a stroke is straight: hurried writing trembles
by two."""

_BACK = 8
"""Pixels up and to the left together. Every stroke of a Chinese character is written to the right,
down, or between both; only its hook goes back, by a fifth of the character at most."""


def unjoined(laid: Laid) -> Laid:
    """Without the straight parts that lead back from one stroke to another: they cross the
    character where nothing was to be written. The same when there are none."""
    pieces = tuple(piece for stroke in laid.strokes for piece in _pieces(stroke))
    return Laid(pieces, laid.width) if len(pieces) > len(laid.strokes) else laid


def _pieces(stroke: Stroke) -> Iterator[Stroke]:
    """A part that begins or ends the stroke joins nothing."""
    corners = _corners(np.array(stroke, np.float64))
    begun = 0
    for start, end in pairwise(corners[1:-1]):
        (x, y), (next_x, next_y) = stroke[start], stroke[end]
        if x - next_x + y - next_y > _BACK:
            yield stroke[begun : start + 1]
            begun = end
    yield stroke[begun:]


def _corners(points: NDArray[np.float64]) -> list[int]:
    """Both ends, and what lies farthest from the straight line between two corners (Ramer, Douglas
    and Peucker)."""
    found, parts = [0, len(points) - 1], [(0, len(points) - 1)]
    while parts:
        start, end = parts.pop()
        away = _away(points[start : end + 1])
        corner = start + int(away.argmax())
        if away.max() > _BENT:
            found.append(corner)
            parts += [(start, corner), (corner, end)]
    return sorted(found)


def _away(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Pixels of each from the straight line between the first and the last."""
    line, reached = points[-1] - points[0], points - points[0]
    along = np.clip(reached @ line / (line @ line or 1), 0, 1)
    away: NDArray[np.float64] = np.hypot(*(reached - along[:, None] * line).T)
    return away
