"""The card reader's worker: watches the reader always, reads a card when a visit asked for it."""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass

from hardware.card_reader.page_read import read_text
from hardware.card_reader.pcsc import CardService, Slot
from hardware.card_reader.port import CardPort
from hardware.card_reader.profiles import ReaderProfile, Transport
from hardware.card_reader.resident_id import identity_of
from kiosk.devices import DeviceState, MediaState, Publish, ReaderStatus
from kiosk.errors import (
    CardReaderError,
    CardReaderUnavailable,
    CardRemoved,
    CardUnknown,
    CardUnreadable,
    ReaderFault,
)
from kiosk.events import CardFailed, CardRead, CardReading, ReaderChanged
from kiosk.identity import Identity

_LOOK_S = 0.1
"""How long one look at the reader waits for a change, and so the longest wait for an order."""

_LEAVES_WITHIN_S = 0.6
"""pcscd asks a reader without interrupts every 0.4 s: only then is it known that a card left."""

_BACK_OFF_S = (0.1, 0.2, 0.5, 1.0)
_STOP_S = 2.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class _Order:
    """One call of `read_for`; told from the next one by its identity."""

    visit: str


class _OrderWithdrawn(Exception):
    """The visit ended, or asked anew, while its card was read."""


class CardReaderWorker:
    """A `kiosk.devices.CardReader` on a thread of its own, which owns everything of PC/SC.

    After `stop_reading` returned, nothing more is published for that visit.
    """

    def __init__(self, profiles: Sequence[ReaderProfile], publish: Publish) -> None:
        self._profiles = tuple(profiles)
        self._publish = publish
        # Reentrant, because `publish` is called under it and may give the next order.
        self._lock = threading.RLock()
        self._order: _Order | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="card-reader", daemon=True)
        self._status: ReaderStatus | None = None
        # Which order has had its answer for which laying of a card, by reader.
        self._settled: dict[str, tuple[_Order, int]] = {}

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread within 2 s; one that hangs in a call of the driver is left behind."""
        self._stopping.set()
        self.stop_reading()
        if self._thread.is_alive():
            self._thread.join(_STOP_S)

    def read_for(self, visit: str) -> None:
        with self._lock:
            self._order = _Order(visit)

    def stop_reading(self) -> None:
        with self._lock:
            self._order = None

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                with CardService() as service:
                    failures = 0
                    # A new service counts layings from the beginning.
                    self._settled.clear()
                    self._watch(service)
            except CardReaderError as error:
                self._change(_without_service(error), MediaState.UNKNOWN)
            except Exception as error:  # noqa: BLE001 (nothing may end this thread)
                # Its type alone: its words may hold what stood on a card.
                _log.error("card reader: unexpected %s", type(error).__name__)
                self._change(DeviceState.HARDWARE_ERROR, MediaState.UNKNOWN)
            self._stopping.wait(_BACK_OFF_S[min(failures, len(_BACK_OFF_S) - 1)])
            failures += 1

    def _watch(self, service: CardService) -> None:
        known: dict[str, Slot] = {}
        while not self._stopping.is_set():
            names = [name for name in service.readers() if self._profiles_of(name)]
            if not names:
                self._change(DeviceState.NO_DEVICE, MediaState.UNKNOWN)
                self._stopping.wait(_LOOK_S)
                continue
            slots = service.await_change([known.get(n, Slot(n)) for n in names], _LOOK_S)
            known = {slot.reader: slot for slot in slots}
            occupied = [slot for slot in slots if slot.occupied]
            media = MediaState.PRESENT if occupied else MediaState.NOT_PRESENT
            self._change(DeviceState.ONLINE, media)
            self._serve(service, occupied)

    def _serve(self, service: CardService, occupied: Sequence[Slot]) -> None:
        for slot in occupied:
            order = self._order
            if order is None or self._settled.get(slot.reader) == (order, slot.laying):
                continue
            self._settled[slot.reader] = (order, slot.laying)
            try:
                self._read(service, slot, order)
            except _OrderWithdrawn:
                continue

    def _read(self, service: CardService, slot: Slot, order: _Order) -> None:
        self._report(order, CardReading(order.visit))
        try:
            identity = self._identity(service, slot, order, tries=2)
        except CardReaderError as error:
            self._report(order, CardFailed(order.visit, error))
            if isinstance(error, CardReaderUnavailable) and error.fault is ReaderFault.NO_SERVICE:
                raise
            return
        with self._lock:
            self._report(order, CardRead(order.visit, identity))
            if self._order is order:
                self._order = None

    def _identity(self, service: CardService, slot: Slot, order: _Order, tries: int) -> Identity:
        """Each try begins anew from the connection: nothing of the one before is used."""
        try:
            with service.connect(slot.reader) as card:
                profile = self._profile_of(slot.reader, card.atr())
                return _read_card(_WhileAsked(card, self, order), profile)
        except CardUnreadable as error:
            if error.status_word is None and service.left(slot, _LEAVES_WITHIN_S):
                raise CardRemoved from None
            if tries == 1:
                raise
        return self._identity(service, slot, order, tries - 1)

    def _profiles_of(self, reader: str) -> list[ReaderProfile]:
        return [profile for profile in self._profiles if profile.fits_reader(reader)]

    def _profile_of(self, reader: str, atr: bytes) -> ReaderProfile:
        for profile in self._profiles_of(reader):
            if profile.fits_card(atr):
                return profile
        raise CardUnknown

    def _report(self, order: _Order, event: CardReading | CardRead | CardFailed) -> None:
        with self._lock:
            self.check_asked(order)
            self._publish(event)

    def check_asked(self, order: _Order) -> None:
        if self._order is not order:
            raise _OrderWithdrawn

    def _change(self, device: DeviceState, media: MediaState) -> None:
        status = ReaderStatus(device, media)
        if status != self._status:
            self._status = status
            self._publish(ReaderChanged(status))


class _WhileAsked:
    """A `CardPort` that stops between two APDUs when nobody asks any more."""

    def __init__(self, card: CardPort, worker: CardReaderWorker, order: _Order) -> None:
        self._card = card
        self._worker = worker
        self._order = order

    def send_and_receive(self, apdu: bytes) -> tuple[bytes, int]:
        self._worker.check_asked(self._order)
        return self._card.send_and_receive(apdu)


def _read_card(card: CardPort, profile: ReaderProfile) -> Identity:
    match profile.transport:
        case Transport.PAGE:
            return identity_of(read_text(card))


def _without_service(error: CardReaderError) -> DeviceState:
    if isinstance(error, CardReaderUnavailable) and error.fault is ReaderFault.NO_SERVICE:
        return DeviceState.OFFLINE
    return DeviceState.HARDWARE_ERROR
