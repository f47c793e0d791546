"""What the tests of the card reader hold: the reports of a worker, and a pcscd to be killed."""

import queue
import time
from pathlib import Path
from typing import TypeVar

from kiosk.devices import DeviceState, MediaState, ReaderStatus
from kiosk.events import ReaderChanged
from sandbox.pcsc import Pcscd, Readers, ensure_pcscd

CARDS = Path(__file__).parents[1] / "cards"
PROFILES = Path(__file__).parents[2] / "config" / "readers"
EMPTY = ReaderStatus(DeviceState.ONLINE, MediaState.NOT_PRESENT)
OCCUPIED = ReaderStatus(DeviceState.ONLINE, MediaState.PRESENT)

Event = TypeVar("Event")


class Reported:
    """What a worker published, in its order."""

    def __init__(self) -> None:
        self._queue: queue.Queue[object] = queue.Queue()
        self.status: ReaderStatus | None = None
        self.states: list[DeviceState] = []

    def publish(self, event: object) -> None:
        self._queue.put(event)

    def next(self, kind: type[Event], within: float = 5.0) -> Event:
        """The next event that is no change of the reader; it must be of this kind."""
        deadline = time.monotonic() + within
        while True:
            event = self._take(deadline - time.monotonic())
            if isinstance(event, ReaderChanged):
                continue
            assert isinstance(event, kind), f"{event} came instead of {kind.__name__}"
            return event

    def until(self, status: ReaderStatus, within: float = 5.0) -> None:
        """Waits for a state of the reader, passing over the other events before it."""
        deadline = time.monotonic() + within
        while self.status != status:
            self._take(deadline - time.monotonic())

    def _take(self, timeout: float) -> object:
        try:
            event = self._queue.get(timeout=max(timeout, 0))
        except queue.Empty:
            raise AssertionError(f"nothing came in time; the reader is {self.status}") from None
        if isinstance(event, ReaderChanged):
            self.status = event.status
            self.states.append(event.status.device)
        return event

    def nothing_within(self, seconds: float) -> None:
        """Passes when no event but a change of the reader comes for that long."""
        deadline = time.monotonic() + seconds
        while (remaining := deadline - time.monotonic()) > 0:
            try:
                event = self._queue.get(timeout=remaining)
            except queue.Empty:
                return
            assert isinstance(event, ReaderChanged), f"{event} came unasked"
            self.status = event.status


class Pcscds:
    """pcscd, which a test may kill and start again."""

    def __init__(self) -> None:
        self._running: Pcscd | None = None

    def start(self, readers: Readers = Readers.HERE) -> None:
        if self._running is None:
            self._running = ensure_pcscd(readers)

    def kill(self) -> None:
        if self._running is not None:
            assert self._running.started_here, "another pcscd is at work on this machine"
            self._running.kill()
            self._running = None

    def stop(self) -> None:
        if self._running is not None:
            self._running.stop()
            self._running = None
