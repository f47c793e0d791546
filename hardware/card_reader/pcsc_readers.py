"""The PC/SC readers: one thread watches them all, and each card is read on a thread of its own.

A call to a reader can hang without a limit until the card leaves or pcscd ends, and frees nothing
when it is repeated. So no thread that hangs is waited for: the reader is said to be out of order,
the watching and the other readers go on, and the next card gets another thread.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from functools import partial

from hardware.card_reader.orders import Order, Orders, OrderWithdrawn
from hardware.card_reader.pcsc import CardService, Slot
from hardware.card_reader.port import CardPort
from hardware.card_reader.profiles import PcscProfile, Role
from hardware.card_reader.reader import Reader, ReaderReport, Try, out_of_order
from hardware.card_reader.reading import read_card
from hardware.card_reader.watched_threads import WatchedThread, WatchedThreads
from kiosk.devices import DeviceState, MediaState, ReaderStatus
from kiosk.errors import CardReaderError, CardReaderUnavailable, ReaderFault
from kiosk.identity import Identity

_LOOK_S = 0.1
"""How long one look at the readers waits for a change."""

_BACK_OFF_S = (0.1, 0.2, 0.5, 1.0)
_log = logging.getLogger(__name__)


class _ReaderInSlot(Reader):
    """A reader as PC/SC shows it, and who reads the card on it."""

    def __init__(self, name: str, profiles: Sequence[PcscProfile]) -> None:
        super().__init__(name, _role_of(profiles))
        self.profiles = profiles
        self.slot = Slot(name)
        self.reads: WatchedThread | None = None


class PcscReaders:
    """All readers of the PC/SC service that a profile fits. `changed` is told when `reports` may
    have another answer; it is called without any lock held."""

    def __init__(
        self, profiles: Sequence[PcscProfile], orders: Orders, changed: Callable[[], None]
    ) -> None:
        self._profiles = profiles
        self._orders = orders
        self._changed = changed
        self._lock = threading.RLock()
        self._stopping = threading.Event()
        self._readers: dict[str, _ReaderInSlot] = {}
        self._unknown: Sequence[str] = ()
        self._fault: ReaderFault | None = None
        self._seen = False
        self._watches: WatchedThread | None = None
        self._threads = WatchedThreads()

    def start(self) -> None:
        with self._lock:
            self._watches = self._threads.begin("card-reader", self._watch_always)

    def stop(self, until: float) -> None:
        """A thread that hangs in a call of the driver is left behind at that time."""
        self._stopping.set()
        self._threads.join(until)

    def reports(self) -> list[ReaderReport]:
        with self._lock:
            if self._fault is not None:
                return [out_of_order("PC/SC", _role_of(self._profiles), self._fault)]
            if not self._seen:
                return []
            ours = [reader.report() for reader in self._readers.values()] or [
                out_of_order("PC/SC", _role_of(self._profiles), ReaderFault.NO_READER)
            ]
            ignored = ReaderStatus(DeviceState.ONLINE, MediaState.UNKNOWN)
            return [*ours, *(ReaderReport(name, None, ignored) for name in self._unknown)]

    def serve(self) -> None:
        """Begin to read whatever card lies there for the standing order; waits for nothing."""
        with self._lock:
            order = self._orders.standing
            if order is None or self._stopping.is_set():
                return
            for reader in self._readers.values():
                if reader.reads is None and (tried := reader.next_try(order)) is not None:
                    self._begin_reading(reader, tried)

    def check(self) -> None:
        """To be called several times a second: finds calls that do not return, and begins what
        became due."""
        with self._lock:
            failed = [reader for reader in self._readers.values() if self._give_up(reader)]
            self._check_watching()
        if failed and (order := self._orders.standing) is not None:
            self._orders.fail(order, CardReaderUnavailable(ReaderFault.NOT_ANSWERING))
        self.serve()

    def _give_up(self, reader: _ReaderInSlot) -> bool:
        thread = reader.reads
        if thread is None or thread.given_up or not thread.hangs:
            return False
        thread.given_up = reader.stuck = True
        return True

    def _check_watching(self) -> None:
        watcher = self._watches
        if watcher is None or self._stopping.is_set() or watcher.works:
            return
        self._lose(ReaderFault.NOT_ANSWERING)
        watcher.given_up = True
        if not self._threads.too_many_hang:
            self._watches = self._threads.begin("card-reader", self._watch_always)

    # The thread that watches

    def _watch_always(self, watcher: WatchedThread) -> None:
        failures = 0
        while not self._stopping.is_set() and not watcher.given_up:
            watcher.begin_call()
            try:
                with CardService() as service:
                    failures = 0
                    self._watch(service, watcher)
            except CardReaderUnavailable as error:
                self._lose(error.fault, watcher)
            except Exception as error:  # noqa: BLE001 (nothing may end this thread)
                _log.error("card reader: unexpected %s", type(error).__name__)
                self._lose(ReaderFault.NOT_ANSWERING, watcher)
            self._changed()
            self._stopping.wait(_BACK_OFF_S[min(failures, len(_BACK_OFF_S) - 1)])
            failures += 1

    def _watch(self, service: CardService, watcher: WatchedThread) -> None:
        while not self._stopping.is_set():
            watcher.begin_call()
            slots: Sequence[Slot] = self._note_names(service.readers())
            if slots:
                slots = service.await_change(slots, _LOOK_S)
            else:
                self._stopping.wait(_LOOK_S)
            with self._lock:
                if watcher.given_up:
                    return
                self._fault, self._seen = None, True
                for slot in slots:
                    self._note(slot)
            self._changed()
            self.serve()

    def _note_names(self, names: Sequence[str]) -> list[Slot]:
        with self._lock:
            fitting = {name: self._profiles_of(name) for name in names}
            self._unknown = [name for name, profiles in fitting.items() if not profiles]
            self._readers = {
                name: self._readers.get(name) or _ReaderInSlot(name, profiles)
                for name, profiles in fitting.items()
                if profiles
            }
            return [reader.slot for reader in self._readers.values()]

    def _note(self, slot: Slot) -> None:
        reader = self._readers.get(slot.reader)
        if reader is None:
            return
        reader.slot = slot
        laying = slot.laying if slot.occupied else None
        if laying != reader.laying:
            reader.laying = laying
            if reader.stuck and not self._threads.too_many_hang:
                reader.stuck, reader.reads = False, None

    def _lose(self, fault: ReaderFault, watcher: WatchedThread | None = None) -> None:
        """The service is gone: one that comes back counts layings from the beginning."""
        with self._lock:
            if watcher is None or not watcher.given_up:
                self._readers, self._unknown, self._fault = {}, (), fault

    # The threads that read

    def _begin_reading(self, reader: _ReaderInSlot, tried: Try) -> None:
        def read(thread: WatchedThread) -> None:
            identity = partial(self._identity, reader, tried.order, thread)
            error = self._orders.carry_out(tried.order, tried.told, identity)
            self._end_reading(reader, tried, thread, error)

        reader.reads = self._threads.begin("card-read", read)

    def _end_reading(
        self,
        reader: _ReaderInSlot,
        tried: Try,
        thread: WatchedThread,
        error: CardReaderError | None,
    ) -> None:
        with self._lock:
            if thread.given_up:
                error = CardReaderUnavailable(ReaderFault.NOT_ANSWERING)
            if reader.reads is thread:
                reader.ended(tried, error)
                reader.stuck, reader.reads = False, None
        self._changed()
        self.serve()

    def _identity(self, reader: _ReaderInSlot, order: Order, thread: WatchedThread) -> Identity:
        def go_on() -> None:
            self._orders.check(order)
            if thread.given_up:
                raise OrderWithdrawn
            thread.begin_call()

        try:
            with CardService() as service, service.connect(reader.name) as card:
                atr = card.atr()
                fitting = [profile for profile in reader.profiles if profile.fits_card(atr)]
                return read_card(_WhileAsked(card, go_on), fitting)
        finally:
            # The visit was told already of a call that came back too late.
            if thread.given_up:
                raise OrderWithdrawn

    def _profiles_of(self, reader: str) -> list[PcscProfile]:
        return [profile for profile in self._profiles if profile.fits_reader(reader)]


class _WhileAsked:
    """A `CardPort` that stops between two APDUs when nobody asks any more."""

    def __init__(self, card: CardPort, go_on: Callable[[], None]) -> None:
        self._card = card
        self._go_on = go_on

    def send_and_receive(self, apdu: bytes) -> tuple[bytes, int]:
        self._go_on()
        return self._card.send_and_receive(apdu)


def _role_of(profiles: Sequence[PcscProfile]) -> Role:
    roles = {profile.role for profile in profiles}
    return Role.IDENTITY_CARD if Role.IDENTITY_CARD in roles else Role.SOCIAL_SECURITY_CARD
