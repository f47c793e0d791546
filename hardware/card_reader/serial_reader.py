"""One reader on a serial line: a thread that looks for a card and reads it when asked."""

import logging
import threading
from collections.abc import Callable
from functools import partial

from hardware.card_reader.card_text import identity_of
from hardware.card_reader.orders import Order, Orders
from hardware.card_reader.port import FramePort
from hardware.card_reader.profiles import SerialProfile
from hardware.card_reader.reader import Reader, ReaderReport, out_of_order
from hardware.card_reader.sam_session import find_card, read_text
from hardware.card_reader.serial_frames import SerialFrames
from hardware.card_reader.watched_threads import WatchedThread
from kiosk.errors import CardReaderError, CardReaderUnavailable, ReaderFault
from kiosk.identity import Identity

_LOOK_S = 0.1
_BACK_OFF_S = (0.1, 0.2, 0.5, 1.0)

_log = logging.getLogger(__name__)


class SerialReader:
    """`changed` is told when `reports` may have another answer."""

    def __init__(self, profile: SerialProfile, orders: Orders, changed: Callable[[], None]) -> None:
        self._profile = profile
        self._orders = orders
        self._changed = changed
        self._reader = Reader(profile.name, profile.role)
        self._layings = 0
        self._seen = False
        self._fault: ReaderFault | None = None
        self._stopping = threading.Event()
        self._asked = threading.Event()
        self._thread = WatchedThread("serial-card-reader", self._run)

    def start(self) -> None:
        self._thread.start()

    def stop(self, until: float) -> None:
        """A thread that hangs in a call of the system is left behind at that time."""
        self._stopping.set()
        self._asked.set()
        self._thread.join(until)

    def serve(self) -> None:
        """Look at once for the standing order."""
        self._asked.set()

    def reports(self) -> list[ReaderReport]:
        # Each exchange ends before: what hangs is the system's own call on the line.
        fault = ReaderFault.NOT_ANSWERING if self._thread.hangs else self._fault
        if fault is not None:
            return [out_of_order(self._profile.name, self._profile.role, fault)]
        return [self._reader.report()] if self._seen else []

    def _run(self, thread: WatchedThread) -> None:
        failures = 0
        while not self._stopping.is_set():
            thread.begin_call()
            try:
                with SerialFrames(self._profile.serial) as frames:
                    self._attend(_Before(frames, thread.begin_call))
            except CardReaderUnavailable as error:
                failures = 0 if self._fault is None else failures + 1
                self._lose(error.fault)
            except Exception as error:  # noqa: BLE001 (nothing may end this thread)
                _log.error("card reader: unexpected %s", type(error).__name__)
                self._lose(ReaderFault.NOT_ANSWERING)
            self._stopping.wait(_BACK_OFF_S[min(failures, len(_BACK_OFF_S) - 1)])

    def _attend(self, frames: FramePort) -> None:
        while not self._stopping.is_set():
            self._asked.clear()
            self._note(_lies_there(frames))
            order = self._orders.standing
            if order is not None and (tried := self._reader.next_try(order)) is not None:
                read = partial(self._identity, frames, order)
                error = self._orders.carry_out(order, tried.told, read)
                self._reader.ended(tried, error)
                self._changed()
            self._asked.wait(_LOOK_S)

    def _identity(self, frames: FramePort, order: Order) -> Identity:
        return identity_of(read_text(_Before(frames, partial(self._orders.check, order))))

    def _note(self, lies_there: bool) -> None:
        if not lies_there:
            self._reader.laying = None
        elif self._reader.laying is None:
            self._layings += 1
            self._reader.laying = self._layings
        self._seen, self._fault = True, None
        self._changed()

    def _lose(self, fault: ReaderFault) -> None:
        self._reader.laying, self._fault = None, fault
        self._changed()


class _Before:
    """A `FramePort` that does something of ours before each exchange."""

    def __init__(self, frames: FramePort, before: Callable[[], None]) -> None:
        self._frames = frames
        self._before = before

    def exchange(self, frame: bytes, within: float) -> bytes:
        self._before()
        return self._frames.exchange(frame, within)


def _lies_there(frames: FramePort) -> bool:
    """Also a card that the module refuses to find: what of it, its reading will say."""
    try:
        return find_card(frames)
    except CardReaderUnavailable:
        raise
    except CardReaderError:
        return True
