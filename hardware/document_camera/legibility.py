"""Whether a picture can be read, and how it is made easier to read."""

import math

import cv2
import numpy as np
from cv2.typing import MatLike

DARKEST = 60.0
"""Brightness of paper, 0…255, below which the noise of a sensor covers thin strokes."""
SOFTEST = 2.5
"""Pixels over which an edge may be spread (a Gaussian's sigma). A page wider than 1240 (150 dpi for
A4) is judged at that width, where type of 9 points has strokes of 2 to 3 pixels."""

_JUDGED_AT = 1240
_EDGE = 0.03
"""Of each side: what a page's own edge does says nothing of its letters."""
_STEEPEST = 99.95
"""Percent of the pixels that are less steep than the edges of letters, on a page with a few words
on it."""
_BLANK = 30.0
"""Brightness between the darkest and the lightest below which nothing stands there to be read."""
_WHITE = 240.0
_MOST_GAIN = 3.0


def brightness(picture: MatLike) -> float:
    """Of the paper, or whatever is light in the picture: 0…255."""
    return float(np.percentile(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)[::4, ::4], 95))


def softness(picture: MatLike) -> float:
    """Pixels over which the sharpest edges are spread, across or down, whichever is more; 0 where
    nothing stands on it. A hand that moved blurs one direction alone."""
    scale = min(_JUDGED_AT / picture.shape[1], 1.0)
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), (0, 0), 0.7)
    down, right = (round(side * _EDGE) for side in grey.shape)
    inside = grey[down:-down, right:-right]
    dark, light = np.percentile(inside, (0.5, 90))
    contrast = float(light - dark)
    if contrast < _BLANK:
        return 0.0
    steep = [
        float(np.percentile(np.abs(cv2.Sobel(inside, cv2.CV_32F, *order, ksize=1)), _STEEPEST)) / 2
        for order in ((1, 0), (0, 1))
    ]
    # The steepest place of an edge of this contrast under a Gaussian of this sigma.
    return contrast / (max(min(steep), 0.01) * math.sqrt(2 * math.pi))


def evened(page: MatLike) -> MatLike:
    """The paper as white everywhere, whatever the light; colours of stamps and ink stay."""
    small = cv2.resize(page, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    light = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 21).astype(np.float32)
    # A photograph or a dark cover is no paper in the shade.
    light = np.maximum(light, 0.6 * np.percentile(light, 90))
    gain = np.clip(_WHITE / light, 1.0, _MOST_GAIN)
    whole = cv2.resize(gain, (page.shape[1], page.shape[0]), interpolation=cv2.INTER_LINEAR)
    return cv2.multiply(page, whole, dtype=cv2.CV_8U)
