"""The receive buffer and the print head: one of each, whichever connection the bytes came by."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PIL import Image

from sandbox.printer.commands import Printable, Setting
from sandbox.printer.mechanism import Mechanism
from sandbox.printer.paper import Paper
from sandbox.printer.state import sensor_answer

RECEIVE_BUFFER = 64 * 1024
"""Bytes taken in before they are printed, as in a printer of the TM-T88 class."""
STEP = 8
"""Dots printed between two looks at the state: 1 mm, so that a fault stops the paper there."""

_CUTS = (b"\x1dV", b"\x1bi", b"\x1bm")


class Source(Protocol):
    """Where bytes come from."""

    @property
    def open(self) -> bool: ...

    def answer(self, data: bytes) -> None: ...

    def report(self, wanted: bool) -> None: ...


@dataclass(frozen=True)
class Held:
    """A command that waits for its turn; None when its source has ended."""

    source: Source
    command: Printable | None
    raw: bytes


class Head:
    """Prints on a thread of its own, from `start` to `stop`.

    At a fault the printer holds what it has and goes on with it when the fault is gone, unless
    the buffer was cleared. One that does not keep its buffer loses the rest of the job, up to
    the next ESC @ or the end of the connection.
    """

    def __init__(self, mechanism: Mechanism) -> None:
        self._mechanism = mechanism
        self._paper = Paper(mechanism.make.width)
        self._raw = bytearray()
        self._source: Source | None = None
        self._torn = False
        self._waiting: deque[Held] = deque()
        self._held = 0
        self._clears = 0
        self._stopping = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._print, name="printer-head", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends at once, with what stands on the paper kept."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._mechanism.wake()
        self._thread.join()

    def hold(self, held: Held) -> None:
        """Waits while the buffer is full, and takes no more from that source meanwhile."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._held < RECEIVE_BUFFER or self._stopping or not held.source.open
            )
            self._held += len(held.raw)
            self._waiting.append(held)
            self._changed.notify_all()

    def wake(self) -> None:
        """Has whoever waits for room look again at whether its source is open."""
        with self._changed:
            self._changed.notify_all()

    def clear(self) -> None:
        """What was received and not printed is gone, the command under way included."""
        with self._changed:
            self._clears += 1
            ends = [held for held in self._waiting if held.command is None]
            self._held -= sum(len(held.raw) for held in self._waiting)
            self._waiting = deque(ends)
            self._changed.notify_all()
        self._mechanism.wake()

    def _print(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._stopping)
                if self._stopping:
                    break
                held = self._waiting.popleft()
                wanted = partial(self._still_wanted, self._clears)
            self._take(held, wanted)
            with self._changed:
                self._held -= len(held.raw)
                self._changed.notify_all()
        self._finish()

    def _still_wanted(self, clears: int) -> bool:
        return clears == self._clears and not self._stopping

    def _take(self, held: Held, wanted: Callable[[], bool]) -> None:
        command = held.command
        if command is None:
            if held.source is self._source:
                self._finish()
            return
        if held.source is not self._source:
            # Whoever had the printer before took the paper along.
            self._finish()
            self._source = held.source
        name = command.name if isinstance(command, Setting) else b""
        if name == b"\x1b@" and self._torn:
            self._finish()
        if self._torn and not self._mechanism.make.keeps:
            return
        if not self._mechanism.ready(wanted):
            self._tear()
            return
        if name in (b"\x1d(H", b"\x1dr", b"\x1da"):
            self._say(command, held.source)
            return
        self._raw += held.raw
        if not all(self._put(strip, wanted) for strip in self._paper.printed(command)):
            self._tear()
        elif name in _CUTS:
            self._keep()

    def _tear(self) -> None:
        """The job will not be whole: its line is forgotten, its paper becomes a picture of its
        own when the next one begins."""
        self._paper.forget_line()
        self._torn = True

    def _finish(self) -> None:
        """Keeps what stands on the paper, cut or not."""
        if not self._paper.blank:
            self._keep()
        self._raw.clear()
        self._torn = False

    def _put(self, strip: Image.Image, wanted: Callable[[], bool]) -> bool:
        """Prints row by row; whether all of the strip came out."""
        for top in range(0, strip.height, STEP):
            bottom = min(top + STEP, strip.height)
            if not self._mechanism.advance(bottom - top, wanted):
                return False
            self._paper.put(strip.crop((0, top, strip.width, bottom)))
        return True

    def _say(self, command: Printable, source: Source) -> None:
        match command:
            case Setting(name=b"\x1da", parameters=parameters):
                source.report(parameters != b"\x00")
            case Setting(name=b"\x1dr", parameters=b"\x01" | b"1"):
                source.answer(sensor_answer(self._mechanism.state))
            case Setting(name=b"\x1d(H", parameters=parameters) if (
                self._mechanism.make.proof and len(parameters) == 6 and parameters[:2] == b"00"
            ):
                source.answer(b"\x37\x22" + parameters[2:] + b"\x00")

    def _keep(self) -> None:
        self._mechanism.keep(self._paper, bytes(self._raw))
        self._raw.clear()
