"""PC/SC, the only module that knows `smartcard`. Its failures leave as `CardReaderError`s.

Called through pyscard's thin layer, which returns PC/SC's own result codes: its upper layer keeps
one context for the whole process and monitor threads that do not come back after pcscd died.
Each call blocks its own thread alone (the lock of the interpreter is released meanwhile).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from smartcard import scard

from kiosk.errors import (
    CardMute,
    CardReaderError,
    CardReaderUnavailable,
    CardRemoved,
    CardUnreadable,
    ReaderFault,
)

_COUNTER_SHIFT = 16
_NO_READER = (
    scard.SCARD_E_UNKNOWN_READER,
    scard.SCARD_E_READER_UNAVAILABLE,
    scard.SCARD_E_NO_READERS_AVAILABLE,
)


@dataclass(frozen=True)
class Slot:
    """One reader as PC/SC last saw it. `state` is dwEventState: flags, and in its upper 16 bits
    a counter that pcscd moves with every card laid or taken away."""

    reader: str
    state: int = scard.SCARD_STATE_UNAWARE
    atr: bytes = field(default=b"", repr=False)

    @property
    def occupied(self) -> bool:
        return bool(self.state & scard.SCARD_STATE_PRESENT)

    @property
    def laying(self) -> int:
        """Tells one laying of a card from the next, also when the time between went unseen."""
        return self.state >> _COUNTER_SHIFT


class CardConnection:
    """A card held alone until it is left; a `CardPort`."""

    def __init__(self, service: "CardService", card: int, protocol: int) -> None:
        self._service = service
        self._card = card
        t0 = protocol == scard.SCARD_PROTOCOL_T0
        self._protocol = scard.SCARD_PCI_T0 if t0 else scard.SCARD_PCI_T1

    def atr(self) -> bytes:
        result, _, _, _, atr = scard.SCardStatus(self._card)
        if result != scard.SCARD_S_SUCCESS:
            raise self._service.failure(result)
        return bytes(atr)

    def send_and_receive(self, apdu: bytes) -> tuple[bytes, int]:
        result, answer = scard.SCardTransmit(self._card, self._protocol, list(apdu))
        # Success without a status word is another form of the same: the card left in the middle.
        if result == scard.SCARD_S_SUCCESS and len(answer) < 2:
            result = scard.SCARD_E_NOT_TRANSACTED
        if result != scard.SCARD_S_SUCCESS:
            raise self._service.failure(result)
        return bytes(answer[:-2]), answer[-2] << 8 | answer[-1]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # Never with a reset: pcscd 1.9.9 that resets a card it did not yet see leaving shows the
        # reader as empty, also under the next card, until that one leaves too (measured). The
        # result says nothing: the handle is of no use any more either way.
        scard.SCardDisconnect(self._card, scard.SCARD_LEAVE_CARD)


class CardService:
    """One context with the PC/SC service; it and what it connects belong to one thread.

    Every call raises CardReaderUnavailable when the service is gone; then only a new one helps.
    """

    def __init__(self) -> None:
        result, self._context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
        _check(result)

    def readers(self) -> tuple[str, ...]:
        result, names = scard.SCardListReaders(self._context, [])
        if result == scard.SCARD_E_NO_READERS_AVAILABLE:
            return ()
        _check(result)
        return tuple(names)

    def await_change(self, slots: Sequence[Slot], timeout: float) -> tuple[Slot, ...]:
        """The slots as they are as soon as one differs, or after `timeout` seconds."""
        known = [(slot.reader, slot.state & ~scard.SCARD_STATE_CHANGED) for slot in slots]
        result, seen = scard.SCardGetStatusChange(self._context, round(timeout * 1000), known)
        if result == scard.SCARD_E_TIMEOUT:
            return tuple(slots)
        _check(result)
        return tuple(Slot(reader, state, bytes(atr)) for reader, state, atr in seen)

    def connect(self, reader: str) -> CardConnection:
        """Raises CardRemoved, CardMute, CardUnreadable or CardReaderUnavailable (in use)."""
        result, card, protocol = scard.SCardConnect(
            self._context,
            reader,
            scard.SCARD_SHARE_EXCLUSIVE,
            scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1,
        )
        if result != scard.SCARD_S_SUCCESS:
            error = self.failure(result)
            # A card that leaves while it is powered up seems mute.
            (slot,) = self.await_change([Slot(reader)], timeout=0)
            raise error if slot.occupied else CardRemoved
        return CardConnection(self, card, protocol)

    def failure(self, result: int) -> CardReaderError:
        """What a call to a card failed for; raises CardReaderUnavailable without a service."""
        # Asked first: a service that was killed in the middle leaves any code behind (measured:
        # 0x80100013 and 0x8010006A).
        self.readers()
        return _error(result)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        scard.SCardReleaseContext(self._context)


def _check(result: int) -> None:
    """Of a call to the service itself, which fails for a reader that is gone or for its own end.
    One that was killed in the middle leaves any code behind (measured: 0x8010006A)."""
    if result in _NO_READER:
        raise CardReaderUnavailable(ReaderFault.NO_READER)
    if result != scard.SCARD_S_SUCCESS:
        raise CardReaderUnavailable(ReaderFault.NO_SERVICE)


def _error(result: int) -> CardReaderError:
    match result:
        case (
            scard.SCARD_W_REMOVED_CARD
            | scard.SCARD_W_RESET_CARD
            | scard.SCARD_E_NO_SMARTCARD
            # The card left in the middle of a command, and pcscd will see it within 0.4 s.
            | scard.SCARD_E_NOT_TRANSACTED
        ):
            return CardRemoved()
        case scard.SCARD_W_UNRESPONSIVE_CARD | scard.SCARD_W_UNPOWERED_CARD:
            return CardMute()
        case scard.SCARD_W_UNSUPPORTED_CARD | scard.SCARD_E_PROTO_MISMATCH:
            return CardUnreadable()
        case scard.SCARD_E_SHARING_VIOLATION:
            return CardReaderUnavailable(ReaderFault.IN_USE)
        case gone if gone in _NO_READER:
            return CardReaderUnavailable(ReaderFault.NO_READER)
        case (
            scard.SCARD_E_NO_SERVICE
            | scard.SCARD_E_SERVICE_STOPPED
            | scard.SCARD_E_INVALID_HANDLE
            | scard.SCARD_F_COMM_ERROR
        ):
            return CardReaderUnavailable(ReaderFault.NO_SERVICE)
        case _:
            return CardReaderUnavailable(ReaderFault.NOT_ANSWERING)
