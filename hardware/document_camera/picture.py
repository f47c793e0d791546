"""From a frame to the picture that is handed in, and to what the screen shows."""

from dataclasses import dataclass, field

import cv2
from cv2.typing import MatLike

from hardware.document_camera.legibility import DARKEST, SOFTEST, brightness, evened, softness
from hardware.document_camera.page import find_page, fitted, straightened
from kiosk.errors import PictureBlurred, PictureTooDark

SHOWN = 900
"""Pixels of the longer side of what the screen shows."""
_QUALITY = 85
"""Of JPEG. At this quality the largest sheet of pure noise, which no paper reaches, stays below
what the intake takes as one attachment."""


@dataclass(frozen=True)
class Shown:
    """`pixels` are RGB, three bytes each, the top row first."""

    width: int
    height: int
    pixels: bytes = field(repr=False)


@dataclass(frozen=True)
class Taken:
    """`page_found`: the sheet alone, laid straight and in even light; else the whole frame."""

    jpeg: bytes = field(repr=False)
    page_found: bool
    shown: Shown


def take(frame: MatLike) -> Taken:
    """Raises PictureTooDark or PictureBlurred where a reader would not get by with it."""
    corners = find_page(frame)
    sheet = fitted(frame) if corners is None else straightened(frame, corners)
    if (light := brightness(sheet)) < DARKEST:
        raise PictureTooDark(light)
    if (soft := softness(sheet)) > SOFTEST:
        raise PictureBlurred(soft)
    if corners is not None:
        sheet = evened(sheet)
    return Taken(as_jpeg(sheet), corners is not None, shown(sheet))


def as_jpeg(picture: MatLike) -> bytes:
    """Holds pixels alone: no time, no place, no camera."""
    _, encoded = cv2.imencode(".jpg", picture, (cv2.IMWRITE_JPEG_QUALITY, _QUALITY))
    return encoded.tobytes()


def shown(picture: MatLike) -> Shown:
    scale = min(SHOWN / max(picture.shape[:2]), 1.0)
    height, width = (round(side * scale) for side in picture.shape[:2])
    # OpenGL wants rows of whole words of four bytes.
    size = (max(width // 4, 1) * 4, max(height, 1))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return Shown(*size, cv2.cvtColor(small, cv2.COLOR_BGR2RGB).tobytes())
