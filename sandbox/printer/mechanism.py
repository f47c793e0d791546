"""What all connections share: the state, the roll, the pace, the folder of receipts."""

import threading
import time
from pathlib import Path

from sandbox.printer.paper import Paper
from sandbox.printer.state import State, real_time_answer, sensor_answer

DOTS_PER_MM = 8


class Mechanism:
    """Thread-safe. See VirtualPrinter for the parameters."""

    def __init__(self, folder: Path, speed: float, width: int, proof: bool) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.width = width
        self.proof = proof
        self._folder = folder
        self._speed = speed
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

    def count(self, count: int) -> bool:
        """Counts bytes; whether the connection breaks now."""
        with self._changed:
            self._received += count
            self._changed.notify_all()
            if self._drop_at is None or self._received < self._drop_at:
                return False
            self._drop_at = None
            return True

    def cleared(self) -> None:
        with self._changed:
            self._clears += 1
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

    def real_time_answer(self, number: int) -> bytes:
        return real_time_answer(self._state, number)

    def sensor_answer(self) -> bytes:
        return sensor_answer(self._state)

    def advance(self, dots: int) -> bool:
        """Moves the paper, in the time that it takes; whether it could."""
        time_taken = dots / DOTS_PER_MM / self._speed
        with self._changed:
            if not self._state.prints:
                return False
            if self._paper_left is not None:
                self._paper_left -= dots / DOTS_PER_MM
                if self._paper_left < 0:
                    self._paper_left = None
                    self._state = State.PAPER_OUT
                    return False
            self._ready_at = max(self._ready_at, time.monotonic()) + time_taken
            self._changed.wait_for(
                lambda: not self._state.prints, max(self._ready_at - time.monotonic(), 0)
            )
            return self._state.prints

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
