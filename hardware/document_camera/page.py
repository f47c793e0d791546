"""Finds the sheet of paper in a frame, and lays it straight."""

from typing import Any

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

Corners = NDArray[np.float32]
"""Four rows of x and y in the frame's pixels, clockwise from the upper left."""

Numbers = NDArray[np.number[Any]]

_LOOKED_AT = 800
"""Pixels of the longer side in which the sheet is looked for: letters are too small to disturb."""
_LEAST = 0.12
"""Of the frame: what is smaller is no sheet that was laid under the camera."""
_RIGHT_ANGLE = 25.0
"""Degrees by which a corner may differ from a right one."""
_EDGED = 0.6
"""Of each side: light that fades over a table has no edge."""
_STEPS = 100
"""Points that are looked at along a side."""
_LONGEST = 2400
"""Pixels of the longer side: 205 dpi for A4."""


def find_page(frame: MatLike) -> Corners | None:
    """The largest quadrilateral with nearly right angles and an edge along each side; None where
    there is none, also where the sheet reaches out of the frame."""
    scale = min(_LOOKED_AT / max(frame.shape[:2]), 1.0)
    small = cv2.resize(frame, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    calm = cv2.bilateralFilter(small, 7, 40, 7)
    grey = cv2.cvtColor(calm, cv2.COLOR_BGR2GRAY)
    edges = cv2.Canny(grey, 25, 75)
    near_edges = cv2.dilate(edges, np.ones((5, 5), np.uint8))
    found = [
        corners
        for mask in _masks(calm, grey, edges)
        for contour in cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]
        if (corners := _quadrilateral(contour, grey.shape)) is not None
        and all(share >= _EDGED for share in _along_sides(near_edges, corners))
    ]
    if not found:
        return None
    largest: Corners = max(found, key=cv2.contourArea)
    # A pixel's centre lies half a pixel behind its number, in the small picture and in the large.
    whole: Corners = ((largest + 0.5) / scale - 0.5).astype(np.float32)
    return whole


def straightened(frame: MatLike, corners: Corners) -> MatLike:
    """The sheet alone, as seen from straight above, as large as its longer sides in the frame."""
    upper_left, upper_right, lower_right, lower_left = corners
    wide = max(_length(upper_left, upper_right), _length(lower_left, lower_right))
    high = max(_length(upper_left, lower_left), _length(upper_right, lower_right))
    shrunk = min(_LONGEST / max(wide, high), 1.0)
    width, height = round(wide * shrunk), round(high * shrunk)
    edges = ((0, 0), (width - 1, 0), (width - 1, height - 1), (0, height - 1))
    mapping = cv2.getPerspectiveTransform(corners, np.array(edges, np.float32))
    return cv2.warpPerspective(frame, mapping, (width, height), flags=cv2.INTER_AREA)


def fitted(frame: MatLike) -> MatLike:
    """The whole frame, no larger than a sheet is kept."""
    shrunk = min(_LONGEST / max(frame.shape[:2]), 1.0)
    return cv2.resize(frame, None, fx=shrunk, fy=shrunk, interpolation=cv2.INTER_AREA)


def _masks(calm: MatLike, grey: MatLike, edges: MatLike) -> list[MatLike]:
    """White where the sheet may be: by its brightness, by its lack of colour, by its edges. Paper
    on a white table has edges alone, and on a patterned one brightness alone."""
    pale = 255 - cv2.cvtColor(calm, cv2.COLOR_BGR2HSV)[:, :, 1]
    whole = cv2.getStructuringElement(cv2.MORPH_RECT, (9, 9))
    split = [
        cv2.threshold(plane, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[1]
        for plane in (grey, pale)
    ]
    return [cv2.morphologyEx(mask, cv2.MORPH_CLOSE, whole) for mask in (*split, edges)]


def _quadrilateral(contour: MatLike, frame: tuple[int, ...]) -> Corners | None:
    """`frame` is the small picture's height and width."""
    height, width = frame
    hull = cv2.convexHull(contour)
    if cv2.contourArea(hull) < _LEAST * width * height:
        return None
    rough = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, closed=True), closed=True)
    if len(rough) != 4:
        return None
    corners = _sharpened(contour.reshape(-1, 2), _clockwise(rough.reshape(4, 2).astype(np.float32)))
    whole = corners.min() > 1 and bool((corners < (width - 2, height - 2)).all())
    square = all(abs(angle - 90) <= _RIGHT_ANGLE for angle in _angles(corners))
    return corners if whole and square else None


def _along_sides(near_edges: MatLike, corners: Corners) -> list[float]:
    """For each side how much of it, 0…1, lies on an edge."""
    steps = np.linspace(0.02, 0.98, _STEPS)[None, :, None]
    points = corners[:, None] + steps * (np.roll(corners, -1, axis=0) - corners)[:, None]
    across, down = (points[:, :, axis].astype(np.float32) for axis in (0, 1))
    met = cv2.remap(near_edges, across, down, cv2.INTER_NEAREST) > 0
    return [float(share) for share in met.mean(axis=1)]


def _sharpened(contour: Numbers, rough: Corners) -> Corners:
    """Where lines along the four sides cross: a corner that is folded over does not count."""
    along = np.roll(rough, -1, axis=0) - rough
    across = along[:, ::-1] * (-1, 1) / np.linalg.norm(along, axis=1, keepdims=True)
    nearest = np.abs(((contour[:, None] - rough) * across).sum(axis=2)).argmin(axis=1)
    lines = []
    for side in range(4):
        points = contour[nearest == side].astype(np.float32)
        if len(points) < 2:
            return rough
        along_x, along_y, x, y = cv2.fitLine(points, cv2.DIST_WELSCH, 0, 0.01, 0.01).ravel()
        lines.append((np.array((x, y)), np.array((along_x, along_y))))
    crossings = [_crossing(lines[number - 1], lines[number]) for number in range(4)]
    return np.array(crossings, np.float32)


def _crossing(one: tuple[Numbers, Numbers], other: tuple[Numbers, Numbers]) -> Numbers:
    (from_one, along), (from_other, along_other) = one, other
    ways = np.stack((along, -along_other), axis=1)
    steps = np.linalg.lstsq(ways, from_other - from_one, rcond=None)[0]
    there: Numbers = from_one + steps[0] * along
    return there


def _clockwise(corners: Corners) -> Corners:
    """From the upper left: the one nearest to the frame's corner there."""
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    turned = corners[np.argsort(angles)]
    first = int(turned.sum(axis=1).argmin())
    return np.roll(turned, -first, axis=0)


def _angles(corners: Corners) -> list[float]:
    """Degrees inside each corner."""
    angles = []
    for number in range(4):
        before, behind = corners[number - 1] - corners[number], corners[(number + 1) % 4]
        behind = behind - corners[number]
        cosine = before @ behind / (np.linalg.norm(before) * np.linalg.norm(behind) or 1)
        angles.append(float(np.degrees(np.arccos(np.clip(cosine, -1, 1)))))
    return angles


def _length(start: Numbers, end: Numbers) -> float:
    return float(np.linalg.norm(end - start))
