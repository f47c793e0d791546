"""What a virtual card answers to PC/SC: its ATR and, APDU by APDU, its bytes.

A reader with a security module shows a card in one of two ways. As pages: `FF B0 pp 00 00` gives
page pp of the 1284 bytes `0100 0400` + text 256 + photo 1024, 256 bytes a page, and the ATR
carries `90 00` in its card-name bytes (13 and 14, counted from 0). Or wrapped: the module's own
frames travel behind the head of a pseudo-APDU.
"""

from typing import Protocol

from sandbox.cards.card_file import (
    Card,
    ChipSerialCard,
    Faults,
    PermanentResident2017,
    PermanentResident2023,
    ResidencePermit,
    ResidentCard,
    SamCard,
    SocialSecurityCard,
    UnknownCard,
)
from sandbox.cards.card_text import content
from sandbox.cards.security_module import SecurityModule
from sandbox.cards.social_security import OK, SocialSecurityChip
from sandbox.cards.spoiling import garbage, spoiled

_READ_PAGE = bytes.fromhex("FFB0")
_READ_SERIAL = bytes.fromhex("0036000008")
_GET_RESPONSE = bytes.fromhex("00C00000")
_WRONG_LENGTH = bytes.fromhex("6700")
_WRONG_PAGE = bytes.fromhex("6B00")
_UNKNOWN_COMMAND = bytes.fromhex("6D00")
_PAGE = 256


class Chip(Protocol):
    atr: bytes

    def answer(self, apdu: bytes) -> bytes: ...

    def reset(self) -> None:
        """Forget what was selected, as a chip does that loses its power."""


class _Stateless:
    """A chip in which nothing can be selected."""

    def reset(self) -> None:
        pass


class PagedChip(_Stateless):
    def __init__(self, card: SamCard) -> None:
        history = bytes.fromhex("804F0CA000000306") + b"\x00" + b"\x90\x00" + bytes(4)
        self.atr = bytes.fromhex(card.atr) if card.atr else _atr(history)
        self._content = content(card)

    def answer(self, apdu: bytes) -> bytes:
        if apdu[:2] != _READ_PAGE:
            return _UNKNOWN_COMMAND
        page = self._content[apdu[2] * _PAGE :][:_PAGE] if len(apdu) == 5 else b""
        return page + OK if page else _WRONG_PAGE


class WrappedChip:
    """`head`, one byte of length, the request frame, and perhaps one byte Le."""

    def __init__(self, card: SamCard) -> None:
        self.atr = bytes.fromhex(card.atr) if card.atr else _atr(bytes.fromhex("0000000000818100"))
        self._head = bytes.fromhex(card.frames.head)
        self._before = bytes.fromhex(card.frames.before)
        self._fetched = card.frames.fetched
        self._held = b""
        self._module = SecurityModule()
        self._module.lay(card)

    def answer(self, apdu: bytes) -> bytes:
        if self._fetched and apdu[:4] == _GET_RESPONSE and len(apdu) == 5:
            return self._next_piece(apdu[4] or _PAGE)
        if apdu[:4] != self._head:
            return _UNKNOWN_COMMAND
        frame = apdu[5:][: apdu[4]] if len(apdu) > 5 else b""
        if not frame or len(frame) != apdu[4] or len(apdu) > 6 + len(frame):
            return _WRONG_LENGTH
        self._held = self._before + self._module.answer(frame)
        return self._next_piece(0 if self._fetched else len(self._held))

    def reset(self) -> None:
        self._held = b""
        self._module.deselect()

    def _next_piece(self, size: int) -> bytes:
        piece, self._held = self._held[:size], self._held[size:]
        if not self._held:
            return piece + OK
        return piece + bytes([0x61, min(len(self._held), _PAGE) % _PAGE])


class ChipSerialChip(_Stateless):
    def __init__(self, card: ChipSerialCard) -> None:
        self.atr = bytes.fromhex(card.atr)
        self._serial = bytes.fromhex(card.serial)

    def answer(self, apdu: bytes) -> bytes:
        return self._serial + OK if apdu == _READ_SERIAL else _UNKNOWN_COMMAND


class UnknownChip(_Stateless):
    def __init__(self, card: UnknownCard) -> None:
        self.atr = bytes.fromhex(card.atr)

    def answer(self, apdu: bytes) -> bytes:
        return _UNKNOWN_COMMAND


class _SpoiledChip:
    """A chip without frames whose answers are spoiled; the status word stays."""

    def __init__(self, chip: Chip, faults: Faults) -> None:
        self.atr = chip.atr
        self._chip = chip
        self._faults = faults
        self._answers = 0

    def reset(self) -> None:
        self._chip.reset()

    def answer(self, apdu: bytes) -> bytes:
        right = self._chip.answer(apdu)
        data, status = right[:-2], right[-2:]
        self._answers += 1
        way = spoiled(self._faults, self._answers)
        match way if data else None:
            case "garbage":
                return garbage(len(data)) + status
            case "empty":
                return status
            case "short":
                return data[: len(data) // 2] + status
            case "wrong_length":
                return data + b"\x00" + status
            case "wrong_checksum" | None:
                return right


def chip_of(card: Card) -> Chip:
    """The chip with its faults, but for those that are of no single answer."""
    match card:
        case ResidentCard() | ResidencePermit() | PermanentResident2017() | PermanentResident2023():
            wrapped = card.reader == "wrapped"
            return WrappedChip(card) if wrapped else _SpoiledChip(PagedChip(card), card.faults)
        case SocialSecurityCard():
            return _SpoiledChip(SocialSecurityChip(card), card.faults)
        case ChipSerialCard():
            return _SpoiledChip(ChipSerialChip(card), card.faults)
        case UnknownCard():
            return _SpoiledChip(UnknownChip(card), card.faults)


def _atr(history: bytes) -> bytes:
    """A T=1 ATR with its check byte, of a contactless card as PC/SC part 3 forms it."""
    body = bytes([0x80 | len(history), 0x80, 0x01]) + history
    check = 0
    for byte in body:
        check ^= byte
    return b"\x3b" + body + bytes([check])
