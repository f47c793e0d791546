"""Draws strokes as the recogniser was taught to see writing: dark lines on white paper."""

import numpy as np
from numpy.typing import NDArray

from kiosk.text_entry.handwriting.strokes import PICTURE_HEIGHT, Laid, Stroke

Picture = NDArray[np.float32]

INK_WIDTH = 26 * PICTURE_HEIGHT / 600
"""Pixels: 26 on a square of 600, as wide as a fingertip's line in a character as large as a
hand. Thinner lines are read worse."""

_STEADY = 2.5
"""Pixels along a stroke over which its trembling is evened out (a Gaussian's sigma). With jitter of
4 % four characters more of a hundred are read; of steady writing as many as without."""

_STEP = 0.25
"""Pixels between two dabs of ink along a stroke."""
_REACH = 2
"""Pixels around a dab that its ink can touch."""


def draw(laid: Laid) -> Picture:
    """Rows by columns, 0 is paper and 1 ink."""
    dabs = np.concatenate([_dabs(stroke) for stroke in laid.strokes])
    near = np.arange(-_REACH, _REACH + 1)
    columns = np.floor(dabs[:, 0]).astype(int)[:, None, None] + near[None, None, :]
    rows = np.floor(dabs[:, 1]).astype(int)[:, None, None] + near[None, :, None]
    away = np.hypot(
        columns + 0.5 - dabs[:, 0, None, None], rows + 0.5 - dabs[:, 1, None, None]
    )
    ink = np.clip(INK_WIDTH / 2 + 0.5 - away, 0, 1).astype(np.float32)
    picture = np.zeros((PICTURE_HEIGHT, laid.width), np.float32)
    rows, columns = np.broadcast_arrays(
        np.clip(rows, 0, PICTURE_HEIGHT - 1), np.clip(columns, 0, laid.width - 1)
    )
    np.maximum.at(picture, (rows, columns), ink)
    return picture


def _dabs(stroke: Stroke) -> NDArray[np.float64]:
    """Points so close that they make a line."""
    points = np.array(stroke, np.float64)
    lengths = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    places = np.arange(0, along[-1] + _STEP, _STEP)
    close = np.stack([np.interp(places, along, points[:, axis]) for axis in (0, 1)], axis=1)
    return _steadied(close) if len(close) > 2 else close


def _steadied(dabs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mirrored at both ends, so that a stroke stays as long as it is."""
    reach = min(int(3 * _STEADY / _STEP), len(dabs) - 1)
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) * _STEP / _STEADY) ** 2)
    before, behind = 2 * dabs[0] - dabs[reach:0:-1], 2 * dabs[-1] - dabs[-2 : -reach - 2 : -1]
    longer = np.concatenate([before, dabs, behind])
    return np.stack(
        [np.convolve(longer[:, axis], weights / weights.sum(), "valid") for axis in (0, 1)], axis=1
    )
