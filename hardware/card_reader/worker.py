"""The card reader's worker: watches the reader always, reads a card when a visit asked for it."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from hardware.card_reader.pcsc import CardService, Slot
from hardware.card_reader.port import CardPort
from hardware.card_reader.profiles import PcscProfile, ReaderProfile, SerialProfile
from hardware.card_reader.reading import read_card
from kiosk.devices import DeviceState, MediaState, Publish, ReaderStatus
from kiosk.errors import (
    CardReaderError,
    CardReaderUnavailable,
    CardRemoved,
    CardUnreadable,
    ReaderFault,
)
from kiosk.events import CardFailed, CardRead, CardReading, ReaderChanged
from kiosk.identity import Identity

_LOOK_S = 0.1
"""How long one look at the reader waits for a change, and so the longest wait for an order."""

_AGAIN_AFTER_S = 1.0
"""A card that failed is tried again without a word, for two reasons: it may have been laid askew
and then moved, and pcscd 1.9.9, which looks every 0.4 s, misses a swap between two of its looks."""

_BACK_OFF_S = (0.1, 0.2, 0.5, 1.0)
_STOP_S = 2.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class _Order:
    """One call of `read_for`; told from the next one by its identity."""

    visit: str


@dataclass(frozen=True)
class _Refused:
    """The last card of one reader that could not be read, and when it is tried again."""

    order: _Order
    laying: int
    error: CardReaderError
    again_at: float

    def still_holds(self, order: _Order) -> bool:
        """Too early to try again. A new order changes that, unless the card has left: until
        pcscd sees it, a call to the reader could only confuse the two."""
        asked_already = self.order is order or isinstance(self.error, CardRemoved)
        return asked_already and time.monotonic() < self.again_at


class _OrderWithdrawn(Exception):
    """The visit ended, or asked anew, while its card was read."""


class CardReaderWorker:
    """A `kiosk.devices.CardReader` on a thread of its own, which owns everything of PC/SC.

    After `stop_reading` returned, nothing more is published for that visit.
    """

    def __init__(self, profiles: Sequence[ReaderProfile], publish: Publish) -> None:
        self._profiles = [one for one in profiles if not isinstance(one, SerialProfile)]
        self._publish = publish
        # Reentrant, because `publish` is called under it and may give the next order.
        self._lock = threading.RLock()
        self._order: _Order | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="card-reader", daemon=True)
        self._status: ReaderStatus | None = None
        self._refused: dict[str, _Refused] = {}

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
                    self._watch(service)
            except CardReaderUnavailable as error:
                # A service that was started anew counts layings from the beginning.
                self._refused.clear()
                self._change(_state_of(error.fault), MediaState.UNKNOWN)
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
            if (order := self._order) is None:
                return
            refused = self._refused.get(slot.reader)
            with suppress(_OrderWithdrawn):
                if refused is None or refused.laying != slot.laying:
                    self._read(service, slot, order, None)
                elif not refused.still_holds(order):
                    told = refused.error if refused.order is order else None
                    self._read(service, slot, order, told)

    def _read(
        self, service: CardService, slot: Slot, order: _Order, told: CardReaderError | None
    ) -> None:
        """One card for one order. `told`: this laying was refused before, and the visit knows."""
        try:
            if told is None:
                self._report(order, CardReading(order.visit))
            identity = self._identity(service, slot, order, tries=2)
            self._hand_over(order, identity, told is not None)
        except CardReaderError as error:
            self._refuse(slot, order, error, told)
            if isinstance(error, CardReaderUnavailable) and error.fault is ReaderFault.NO_SERVICE:
                raise
        except _OrderWithdrawn:
            raise
        except Exception:
            self._refuse(slot, order, CardUnreadable(), told)
            raise

    def _hand_over(self, order: _Order, identity: Identity, announce: bool) -> None:
        with self._lock:
            if announce:
                self._report(order, CardReading(order.visit))
            self._report(order, CardRead(order.visit, identity))
            if self._order is order:
                self._order = None

    def _refuse(
        self, slot: Slot, order: _Order, error: CardReaderError, told: CardReaderError | None
    ) -> None:
        again_at = time.monotonic() + _AGAIN_AFTER_S
        self._refused[slot.reader] = _Refused(order, slot.laying, told or error, again_at)
        if told is None:
            self._report(order, CardFailed(order.visit, error))

    def _identity(self, service: CardService, slot: Slot, order: _Order, tries: int) -> Identity:
        """Each try begins anew from the connection: nothing of the one before is used."""
        try:
            with service.connect(slot.reader) as card:
                atr = card.atr()
                fitting = [p for p in self._profiles_of(slot.reader) if p.fits_card(atr)]
                return read_card(_WhileAsked(card, partial(self._check_asked, order)), fitting)
        except CardUnreadable:
            if tries == 1:
                raise
        return self._identity(service, slot, order, tries - 1)

    def _profiles_of(self, reader: str) -> list[PcscProfile]:
        return [profile for profile in self._profiles if profile.fits_reader(reader)]

    def _report(self, order: _Order, event: CardReading | CardRead | CardFailed) -> None:
        with self._lock:
            self._check_asked(order)
            self._publish(event)

    def _check_asked(self, order: _Order) -> None:
        if self._order is not order:
            raise _OrderWithdrawn

    def _change(self, device: DeviceState, media: MediaState) -> None:
        status = ReaderStatus(device, media)
        if status != self._status:
            self._status = status
            self._publish(ReaderChanged(status))


class _WhileAsked:
    """A `CardPort` that stops between two APDUs when nobody asks any more."""

    def __init__(self, card: CardPort, check_asked: Callable[[], None]) -> None:
        self._card = card
        self._check_asked = check_asked

    def send_and_receive(self, apdu: bytes) -> tuple[bytes, int]:
        self._check_asked()
        return self._card.send_and_receive(apdu)


def _state_of(fault: ReaderFault) -> DeviceState:
    match fault:
        case ReaderFault.NO_SERVICE:
            return DeviceState.OFFLINE
        case ReaderFault.NO_READER:
            return DeviceState.NO_DEVICE
        case ReaderFault.IN_USE:
            return DeviceState.BUSY
        case ReaderFault.NOT_ANSWERING:
            return DeviceState.HARDWARE_ERROR
