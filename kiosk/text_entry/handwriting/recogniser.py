"""The recogniser itself: PP-OCRv6 small by onnxruntime. Loaded in the reading process alone."""

import hashlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime  # type: ignore[import-untyped]

from kiosk.text_entry.handwriting.characters import Characters
from kiosk.text_entry.handwriting.ink import draw
from kiosk.text_entry.handwriting.joins import unjoined
from kiosk.text_entry.handwriting.reading import Chances, Reader, averaged, best_of
from kiosk.text_entry.handwriting.strokes import Laid, Strokes, lay

MODEL = Path("models", "PP-OCRv6_rec_small.onnx")
MODEL_SHA256 = "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"

_WARNINGS_OFF = 3


def installed_model() -> Path | None:
    """The file of the package rapidocr, of which nothing is imported."""
    package = find_spec("rapidocr")
    if package is None or package.origin is None:
        return None
    model = Path(package.origin).parent / MODEL
    return model if model.is_file() else None


def is_measured(model: Path) -> bool:
    """Whether it is the model of which the measurements tell, and no other one."""
    return hashlib.sha256(model.read_bytes()).hexdigest() == MODEL_SHA256


class Recogniser:
    def __init__(self, model: Path, characters: Characters) -> None:
        options = onnxruntime.SessionOptions()
        options.log_severity_level = _WARNINGS_OFF
        # One picture at a time: a second thread would take the core on which the window is drawn,
        # and memory kept for the largest picture would be kept until the visit ends.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False
        self._session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        self._input = self._session.get_inputs()[0].name
        named = self._session.get_modelmeta().custom_metadata_map["character"].split("\n")
        self._reader = Reader(("", *named, " "), characters)

    def read(self, strokes: Strokes, room: float) -> tuple[str, ...]:
        """Up to ten candidates, the likeliest first. `room` is the height of the writing area."""
        square, *wide = lay(strokes, room)
        one = averaged([self._reader.one(seen) for seen in self._see(square)])
        line = averaged([self._reader.line(seen) for laid in wide for seen in self._see(laid)])
        return best_of(one, line)

    def _see(self, laid: Laid) -> Sequence[Chances]:
        """As it was written, and without what only joins strokes if there is any. White is 1 and
        black -1, in three colours."""
        shown = dict.fromkeys((laid, unjoined(laid)))
        pictures = np.stack([1 - 2 * draw(one) for one in shown])
        colours = np.repeat(pictures[:, None], 3, axis=1)
        seen: Sequence[Chances] = self._session.run(None, {self._input: colours})[0]
        return seen
