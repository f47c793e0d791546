"""A real pcscd with the real virtual reader, a virtual card's place on it, and a worker."""

import queue
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from hardware.card_reader.profiles import load_profiles
from hardware.card_reader.worker import CardReaderWorker
from kiosk.devices import DeviceState, MediaState, ReaderStatus
from kiosk.events import ReaderChanged
from sandbox.cards.slot import CardSlot
from sandbox.pcsc import Pcscd, ensure_pcscd

ROOT = Path(__file__).parents[2]
CARDS = ROOT / "tests" / "cards"
EMPTY = ReaderStatus(DeviceState.ONLINE, MediaState.NOT_PRESENT)
OCCUPIED = ReaderStatus(DeviceState.ONLINE, MediaState.PRESENT)

Event = TypeVar("Event")


class Reported:
    """What a worker published, in its order."""

    def __init__(self) -> None:
        self._queue: queue.Queue[object] = queue.Queue()
        self.status: ReaderStatus | None = None

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

    def until(self, status: ReaderStatus, within: float = 5.0) -> list[object]:
        """Waits for a state of the reader; gives the other events that came before it."""
        deadline = time.monotonic() + within
        others: list[object] = []
        while self.status != status:
            event = self._take(deadline - time.monotonic())
            if not isinstance(event, ReaderChanged):
                others.append(event)
        return others

    def _take(self, timeout: float) -> object:
        try:
            event = self._queue.get(timeout=max(timeout, 0))
        except queue.Empty:
            raise AssertionError(f"nothing came in time; the reader is {self.status}") from None
        if isinstance(event, ReaderChanged):
            self.status = event.status
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


class Service:
    """pcscd, which a test may kill and start again."""

    def __init__(self) -> None:
        self._running: Pcscd | None = None

    def start(self) -> None:
        if self._running is None:
            self._running = ensure_pcscd()

    def kill(self) -> None:
        if self._running is not None:
            assert self._running.started_here, "another pcscd is at work on this machine"
            self._running.kill()
            self._running = None

    def stop(self) -> None:
        if self._running is not None:
            self._running.stop()
            self._running = None


@pytest.fixture(scope="module")
def pcscd() -> Iterator[Service]:
    service = Service()
    service.start()
    yield service
    service.stop()


@pytest.fixture
def slot(pcscd: Service) -> Iterator[CardSlot]:
    """An empty place on the reader; it is empty again before the next test begins."""
    pcscd.start()
    place = CardSlot()
    yield place
    place.close()


@pytest.fixture
def reported() -> Reported:
    return Reported()


@pytest.fixture
def worker(pcscd: Service, slot: CardSlot, reported: Reported) -> Iterator[CardReaderWorker]:
    """A worker that has seen the empty reader."""
    worker = CardReaderWorker(load_profiles(ROOT / "config" / "readers"), reported.publish)
    worker.start()
    reported.until(EMPTY)
    yield worker
    worker.stop()
