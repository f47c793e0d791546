"""The PC/SC readers: one thread watches them all, and each card is read on a thread of its own.

A call to a reader can hang without a limit until the card leaves or pcscd ends, and frees nothing
when it is repeated. So no thread that hangs is waited for: the reader is said to be out of order,
the watching and the other readers go on, and the next card gets another thread.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial

from hardware.card_reader.orders import Order, Orders, OrderWithdrawn
from hardware.card_reader.pcsc import CardService, Slot
from hardware.card_reader.port import CardPort
from hardware.card_reader.profiles import PcscProfile, Role
from hardware.card_reader.reader import Reader, ReaderReport, Try, out_of_order
from hardware.card_reader.reading import read_card
from kiosk.devices import DeviceState, MediaState, ReaderStatus
from kiosk.errors import CardReaderError, CardReaderUnavailable, ReaderFault
from kiosk.identity import Identity

STUCK_AFTER_S = 2.6
"""A security module reads a card within 2 s: no call takes longer that will still return."""

_LOOK_S = 0.1
"""How long one look at the readers waits for a change."""

_BACK_OFF_S = (0.1, 0.2, 0.5, 1.0)
_MOST_STUCK = 4
"""Threads that hang at one time, of those that read and of those that watch; with so many, what
they hang in is left alone until one of them returns."""

_log = logging.getLogger(__name__)


class _Worker:
    """A thread and when its call of the moment began."""

    def __init__(self, name: str, run: Callable[["_Worker"], None]) -> None:
        self.given_up = False
        self._began = time.monotonic()
        self._thread = threading.Thread(target=run, args=(self,), name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self, within: float) -> None:
        if self._thread is not threading.current_thread():
            self._thread.join(within)

    def begin_call(self) -> None:
        self._began = time.monotonic()

    @property
    def hangs(self) -> bool:
        return time.monotonic() - self._began > STUCK_AFTER_S

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()


class _ReaderInSlot(Reader):
    """A reader as PC/SC shows it, and who reads the card on it."""

    def __init__(self, name: str, profiles: Sequence[PcscProfile]) -> None:
        super().__init__(name, _role_of(profiles))
        self.profiles = profiles
        self.slot = Slot(name)
        self.reads: _Worker | None = None


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
        self._watches: _Worker | None = None
        self._workers: list[_Worker] = []

    def start(self) -> None:
        with self._lock:
            self._watches = self._begin("card-reader", self._watch_always)

    def stop(self, within: float) -> None:
        """One that hangs in a call of the driver is left behind after `within` seconds."""
        self._stopping.set()
        deadline = time.monotonic() + within
        for worker in list(self._workers):
            worker.join(max(0.0, deadline - time.monotonic()))

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
            self._workers = [worker for worker in self._workers if worker.alive]
            failed = [reader for reader in self._readers.values() if self._give_up(reader)]
            self._check_watching()
        if failed and (order := self._orders.standing) is not None:
            self._orders.fail(order, CardReaderUnavailable(ReaderFault.NOT_ANSWERING))
        self.serve()

    def _give_up(self, reader: _ReaderInSlot) -> bool:
        worker = reader.reads
        if worker is None or worker.given_up or not worker.hangs:
            return False
        worker.given_up = reader.stuck = True
        return True

    def _check_watching(self) -> None:
        watcher = self._watches
        if watcher is None or not watcher.hangs:
            return
        self._lose(ReaderFault.NOT_ANSWERING)
        watcher.given_up = True
        if self._can_begin():
            self._watches = self._begin("card-reader", self._watch_always)

    def _can_begin(self) -> bool:
        return sum(worker.given_up for worker in self._workers) < _MOST_STUCK

    def _begin(self, name: str, run: Callable[[_Worker], None]) -> _Worker:
        worker = _Worker(name, run)
        worker.start()
        self._workers.append(worker)
        return worker

    # The thread that watches

    def _watch_always(self, watcher: _Worker) -> None:
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

    def _watch(self, service: CardService, watcher: _Worker) -> None:
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
            if reader.stuck and self._can_begin():
                reader.stuck, reader.reads = False, None

    def _lose(self, fault: ReaderFault, watcher: _Worker | None = None) -> None:
        """The service is gone: one that comes back counts layings from the beginning."""
        with self._lock:
            if watcher is None or not watcher.given_up:
                self._readers, self._unknown, self._fault = {}, (), fault

    # The threads that read

    def _begin_reading(self, reader: _ReaderInSlot, tried: Try) -> None:
        def read(worker: _Worker) -> None:
            identity = partial(self._identity, reader, tried.order, worker)
            error = self._orders.carry_out(tried.order, tried.told, identity)
            self._end_reading(reader, tried, worker, error)

        reader.reads = self._begin("card-read", read)

    def _end_reading(
        self, reader: _ReaderInSlot, tried: Try, worker: _Worker, error: CardReaderError | None
    ) -> None:
        with self._lock:
            if worker.given_up:
                error = CardReaderUnavailable(ReaderFault.NOT_ANSWERING)
            if reader.reads is worker:
                reader.ended(tried, error)
                reader.stuck, reader.reads = False, None
        self._changed()
        self.serve()

    def _identity(self, reader: _ReaderInSlot, order: Order, worker: _Worker) -> Identity:
        go_on = partial(self._go_on, order, worker)
        try:
            with CardService() as service, service.connect(reader.name) as card:
                atr = card.atr()
                fitting = [profile for profile in reader.profiles if profile.fits_card(atr)]
                identity = read_card(_WhileAsked(card, go_on), fitting)
        finally:
            # Whatever a call that came back too late says: the visit was told of it already.
            go_on()
        return identity

    def _go_on(self, order: Order, worker: _Worker) -> None:
        """Before each call; raises OrderWithdrawn, also for a call that came back too late."""
        self._orders.check(order)
        if worker.given_up:
            raise OrderWithdrawn
        worker.begin_call()

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
