"""What all connections share: the state, the roll, the pace, the folder of receipts."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sandbox.printer.paper import Paper
from sandbox.printer.state import State

DOTS_PER_MM = 8


@dataclass(frozen=True)
class Make:
    """What kind of printer it is; see VirtualPrinter."""

    speed: float
    width: int
    proof: bool
    keeps: bool


@dataclass(frozen=True)
class Manners:
    """How it talks: `late` seconds pass before each answer; `piecemeal`: it reads and answers
    one byte at a time; `eager`: it does at once what looks like DLE EOT or DLE DC4 8 inside a
    picture too, as many printers do."""

    late: float = 0.0
    piecemeal: bool = False
    eager: bool = False


class Mechanism:
    """Thread-safe."""

    def __init__(self, folder: Path, make: Make) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.make = make
        self.manners = Manners()
        self._folder = folder
        self._changed = threading.Condition()
        self._state = State.OK
        self._paper_left: float | None = None
        self._drop_at: int | None = None
        self._received = 0
        self._clears = 0
        self._receipts: list[Path] = []
        self._ready_at = 0.0

    @property
    def state(self) -> State:
        return self._state

    @property
    def receipts(self) -> list[Path]:
        with self._changed:
            return list(self._receipts)

    def set_state(self, state: State) -> None:
        with self._changed:
            self._state = state
            self._changed.notify_all()

    def set_paper_left(self, millimetres: float | None) -> None:
        with self._changed:
            self._paper_left = millimetres

    def drop_after(self, count: int | None) -> None:
        with self._changed:
            self._drop_at = None if count is None else self._received + count

    @property
    def received(self) -> int:
        return self._received

    def count(self, count: int) -> tuple[int, bool]:
        """Counts bytes that have come: how many of them before the connection broke, and whether
        it breaks now."""
        with self._changed:
            breaks = self._drop_at is not None and self._received + count >= self._drop_at
            if self._drop_at is not None and breaks:
                count, self._drop_at = max(self._drop_at - self._received, 0), None
            self._received += count
            self._changed.notify_all()
            return count, breaks

    def cleared(self) -> None:
        with self._changed:
            self._clears += 1
            self._changed.notify_all()

    def recover(self) -> None:
        """DLE ENQ: ends a cutter error."""
        with self._changed:
            if self._state is State.CUTTER_ERROR:
                self._state = State.OK
                self._changed.notify_all()

    def wait_for_clears(self, count: int, within: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self._clears >= count, within)

    def wait_for_bytes(self, count: int, within: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self._received >= count, within)

    def wait_for_receipts(self, count: int, within: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: len(self._receipts) >= count, within)

    def wake(self) -> None:
        """Has whoever waits here look again at whether it is still wanted."""
        with self._changed:
            self._changed.notify_all()

    def ready(self, wanted: Callable[[], bool]) -> bool:
        """Whether it prints now; a printer that keeps its buffer waits until it does, or until
        the bytes are no longer `wanted`."""
        with self._changed:
            if self.make.keeps:
                self._changed.wait_for(lambda: self._state.prints or not wanted())
            return self._state.prints and wanted()

    def advance(self, dots: int, wanted: Callable[[], bool]) -> bool:
        """Moves the paper, in the time that it takes; whether it could."""
        while True:
            if not self.ready(wanted):
                return False
            with self._changed:
                if not self._takes_paper(dots):
                    if self.make.keeps:
                        continue
                    return False
                now = time.monotonic()
                self._ready_at = max(self._ready_at, now) + dots / DOTS_PER_MM / self.make.speed
                self._changed.wait_for(
                    lambda: not (self._state.prints and wanted()), self._ready_at - now
                )
                return wanted() and (self.make.keeps or self._state.prints)

    def _takes_paper(self, dots: int) -> bool:
        if self._paper_left is None:
            return True
        self._paper_left -= dots / DOTS_PER_MM
        if self._paper_left >= 0:
            return True
        self._paper_left = None
        self._state = State.PAPER_OUT
        self._changed.notify_all()
        return False

    def keep(self, paper: Paper, raw: bytes) -> None:
        """Writes one receipt."""
        picture = paper.take()
        with self._changed:
            number = len(self._receipts) + 1
            file = self._folder / f"receipt-{number:04d}.png"
            file.with_suffix(".bin").write_bytes(raw)
            picture.save(file)
            self._receipts.append(file)
            self._changed.notify_all()
