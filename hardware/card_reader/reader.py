"""What is known of one reader: the card on it, how its last try ended, and its status."""

import time
from dataclasses import dataclass

from hardware.card_reader.orders import Order
from hardware.card_reader.profiles import Role
from kiosk.devices import DeviceState, MediaState, ReaderStatus
from kiosk.errors import CardReaderError, CardReaderUnavailable, CardRemoved, ReaderFault

_AGAIN_AFTER_S = 1.0
"""A card that failed is tried again without a word, for two reasons: it may have been laid askew
and then moved, and pcscd 1.9.9, which looks every 0.4 s, misses a swap between two of its looks."""


@dataclass(frozen=True)
class ReaderReport:
    """One reader for the diagnostics; `role` is None for one that no profile fits."""

    name: str
    role: Role | None
    status: ReaderStatus


@dataclass(frozen=True)
class Try:
    """`told`: the visit knows that this card could not be read, and hears of a success alone."""

    order: Order
    laying: int
    told: bool


@dataclass(frozen=True)
class _Refused:
    tried: Try
    error: CardReaderError
    again_at: float

    def still_holds(self, order: Order) -> bool:
        """Too early to try again. A new order changes that, unless the card has left: until
        pcscd sees it, a call to the reader could only confuse the two."""
        asked_already = self.tried.order is order or isinstance(self.error, CardRemoved)
        return asked_already and time.monotonic() < self.again_at


class Reader:
    """`laying` tells one laying of a card from the next and is None while none lies there.
    `stuck`: a call to the reader does not return. Changed by one thread at a time."""

    def __init__(self, name: str, role: Role) -> None:
        self.name = name
        self.role = role
        self.laying: int | None = None
        self.stuck = False
        self._refused: _Refused | None = None

    def next_try(self, order: Order) -> Try | None:
        if self.laying is None or self.stuck:
            return None
        refused = self._refused_now()
        if refused is None:
            return Try(order, self.laying, told=False)
        if refused.still_holds(order):
            return None
        return Try(order, self.laying, told=refused.tried.order is order)

    def ended(self, tried: Try, error: CardReaderError | None) -> None:
        again_at = time.monotonic() + _AGAIN_AFTER_S
        self._refused = None if error is None else _Refused(tried, error, again_at)

    def report(self) -> ReaderReport:
        media = MediaState.NOT_PRESENT if self.laying is None else MediaState.PRESENT
        return ReaderReport(self.name, self.role, ReaderStatus(self._device(), media))

    def _device(self) -> DeviceState:
        if self.stuck:
            return state_of(ReaderFault.NOT_ANSWERING)
        match self._refused_now():
            case _Refused(error=CardReaderUnavailable(fault=fault)):
                return state_of(fault)
            case _:
                return DeviceState.ONLINE

    def _refused_now(self) -> _Refused | None:
        """What was refused, while that card lies there."""
        refused = self._refused
        return refused if refused is not None and refused.tried.laying == self.laying else None


def state_of(fault: ReaderFault) -> DeviceState:
    match fault:
        case ReaderFault.NO_SERVICE:
            return DeviceState.OFFLINE
        case ReaderFault.NO_READER:
            return DeviceState.NO_DEVICE
        case ReaderFault.IN_USE:
            return DeviceState.BUSY
        case ReaderFault.NOT_ANSWERING:
            return DeviceState.HARDWARE_ERROR


def out_of_order(name: str, role: Role, fault: ReaderFault) -> ReaderReport:
    """A reader, or all of PC/SC, of which nothing else is known."""
    return ReaderReport(name, role, ReaderStatus(state_of(fault), MediaState.UNKNOWN))
