"""What one connection prints, from its first command to the cut."""

from collections.abc import Callable

from PIL import Image

from sandbox.printer.commands import Control, Raster, Setting, Text
from sandbox.printer.mechanism import Mechanism
from sandbox.printer.paper import Paper

STEP = 8
"""Dots printed between two looks at the state: 1 mm, so that a fault stops the paper there."""


class Job:
    """What one connection prints. After a fault the rest of the job is lost, up to the next
    ESC @ or connection."""

    def __init__(self, mechanism: Mechanism, answer: Callable[[bytes], None]) -> None:
        self._mechanism = mechanism
        self._answer = answer
        self._paper = Paper(mechanism.width)
        self._raw = bytearray()
        self._lost = False

    def take(self, command: Text | Control | Raster | Setting, raw: bytes) -> None:
        name = command.name if isinstance(command, Setting) else b""
        if name == b"\x1b@":
            if self._lost:
                self.finish()
            self._lost = False
            self._paper.initialise()
        if self._lost or not self._mechanism.state.prints:
            self._lost = True
            return
        if name in (b"\x1d(H", b"\x1dr"):
            self._prove(command)
            return
        self._raw += raw
        self._lost = not all(self._put(strip) for strip in self._paper.printed(command))
        if name in (b"\x1dV", b"\x1bi", b"\x1bm") and not self._lost:
            self._keep()

    def finish(self) -> None:
        """Keeps what stands on the paper, cut or not."""
        if not self._paper.blank:
            self._keep()
        self._raw.clear()
        self._lost = False

    def _put(self, strip: Image.Image) -> bool:
        """Prints row by row; whether all of the strip came out."""
        for top in range(0, strip.height, STEP):
            bottom = min(top + STEP, strip.height)
            if not self._mechanism.advance(bottom - top):
                return False
            self._paper.put(strip.crop((0, top, strip.width, bottom)))
        return True

    def _prove(self, command: Text | Control | Raster | Setting) -> None:
        match command:
            case Setting(name=b"\x1dr", parameters=b"\x01" | b"1"):
                self._answer(self._mechanism.sensor_answer())
            case Setting(name=b"\x1d(H", parameters=parameters) if (
                self._mechanism.proof and len(parameters) == 6 and parameters[:2] == b"00"
            ):
                self._answer(b"\x37\x22" + parameters[2:] + b"\x00")

    def _keep(self) -> None:
        self._mechanism.keep(self._paper, bytes(self._raw))
        self._raw.clear()
