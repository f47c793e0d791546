"""Reads what stands on a picture of paper, line by line, with the text recogniser that comes with
rapidocr: no part of what draws the paper knows it."""

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image

HEIGHT = 48
"""Rows of the recogniser's pictures."""
LOWEST, HIGHEST = 10, 80
"""Rows of a line of text: what is lower is a rule, what is higher a frame or a code."""
FRAME = 8
"""Dots that a frame and its round corners take at each side."""


class Recogniser:
    def __init__(self) -> None:
        package = find_spec("rapidocr")
        assert package is not None and package.origin is not None
        model = Path(package.origin).parent / "models" / "PP-OCRv6_rec_small.onnx"
        options = onnxruntime.SessionOptions()
        # Two threads wait for each other where other work is done: a line takes twice as long.
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        self._input = self._session.get_inputs()[0].name
        named = self._session.get_modelmeta().custom_metadata_map["character"].split("\n")
        self._characters = ("", *named, " ")

    def read(self, line: np.ndarray) -> str:
        """One line of text, rows of dots of which True is black."""
        dots = np.pad(line, 8)
        width = max(round(dots.shape[1] * HEIGHT / dots.shape[0]), HEIGHT)
        grey = Image.fromarray(np.where(dots, 0, 255).astype(np.uint8))
        small = np.asarray(grey.resize((width, HEIGHT), Image.Resampling.BILINEAR), np.float32)
        seen = np.broadcast_to(small / 127.5 - 1, (1, 3, HEIGHT, width))
        chances = self._session.run(None, {self._input: np.ascontiguousarray(seen)})[0][0]
        best = chances.argmax(axis=1)
        fresh = [b for a, b in zip((0, *best[:-1]), best, strict=True) if b and a != b]
        return "".join(self._characters[place] for place in fresh)


@cache
def recogniser() -> Recogniser:
    return Recogniser()


def read(picture: Image.Image) -> list[str]:
    """The lines of text from top to bottom."""
    dots = ~np.asarray(picture.convert("1"))
    return [recogniser().read(line) for line in _lines(dots)]


def _lines(dots: np.ndarray) -> Iterator[np.ndarray]:
    for block in _blocks(dots):
        if LOWEST <= block.shape[0] <= HIGHEST:
            columns = np.flatnonzero(block.any(axis=0))
            yield block[:, columns[0] : columns[-1] + 1]
        elif block.shape[0] > HIGHEST:
            columns = np.flatnonzero(block.any(axis=0))
            inside = block[FRAME:-FRAME, columns[0] + FRAME : columns[-1] + 1 - FRAME]
            if not inside.any(axis=1).all():
                yield from _lines(inside)


def _blocks(dots: np.ndarray) -> Iterator[np.ndarray]:
    """Rows with something on them, up to the next empty row."""
    inked = np.concatenate(([False], dots.any(axis=1), [False]))
    edges = np.flatnonzero(inked[1:] != inked[:-1])
    for top, bottom in zip(edges[::2], edges[1::2], strict=True):
        yield dots[top:bottom]
