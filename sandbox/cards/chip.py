"""What a virtual card answers: its ATR and, APDU by APDU, its bytes.

The resident card answers as a reader with a security module shows it to PC/SC: the read command
`FF B0 pp 00 00` gives page pp of the 1284 bytes `0100 0400` + text 256 + photo 1024, 256 bytes a
page, and the ATR carries `90 00` in its card-name bytes (13 and 14, counted from 0).
"""

import hashlib
from typing import Protocol

from sandbox.cards.card_file import ResidentCard, UnknownCard

_READ_PAGE = bytes.fromhex("FFB0")
_OK = bytes.fromhex("9000")
_WRONG_PAGE = bytes.fromhex("6B00")
_UNKNOWN_COMMAND = bytes.fromhex("6D00")
_PAGE = 256


class Chip(Protocol):
    atr: bytes

    def answer(self, apdu: bytes) -> bytes: ...


class ResidentChip:
    def __init__(self, card: ResidentCard) -> None:
        history = bytes.fromhex("804F0CA000000306") + b"\x00" + b"\x90\x00" + bytes(4)
        self.atr = _atr(history)
        self._content = bytes.fromhex("01000400") + resident_text(card) + _photo(card)

    def answer(self, apdu: bytes) -> bytes:
        if apdu[:2] != _READ_PAGE:
            return _UNKNOWN_COMMAND
        page = self._content[apdu[2] * _PAGE :][:_PAGE] if len(apdu) == 5 else b""
        return page + _OK if page else _WRONG_PAGE


class UnknownChip:
    def __init__(self, card: UnknownCard) -> None:
        self.atr = bytes.fromhex(card.atr)

    def answer(self, apdu: bytes) -> bytes:
        return _UNKNOWN_COMMAND


def chip_of(card: ResidentCard | UnknownCard) -> Chip:
    match card:
        case ResidentCard():
            return ResidentChip(card)
        case UnknownCard():
            return UnknownChip(card)


def resident_text(card: ResidentCard) -> bytes:
    """The 256 bytes of text, UTF-16LE, padded with spaces; the type flag is one too."""
    until = card.valid_to if isinstance(card.valid_to, str) else f"{card.valid_to:%Y%m%d}"
    fields = (
        # length in bytes
        (30, card.name),
        (2, "1" if card.sex == "男" else "2"),
        (4, card.nation),
        (16, f"{card.birth:%Y%m%d}"),
        (70, card.address),
        (36, card.number),
        (30, card.issuer),
        (16, f"{card.valid_from:%Y%m%d}"),
        (16, until),
        (36, ""),
    )
    return b"".join(_padded(text, length) for length, text in fields)


def _padded(text: str, length: int) -> bytes:
    encoded = text.encode("utf-16-le")
    return encoded + " ".encode("utf-16-le") * ((length - len(encoded)) // 2)


def garbage(size: int) -> bytes:
    """`size` bytes that look like nothing, the same every time."""
    return hashlib.shake_128(b"garbage").digest(size)


def _photo(card: ResidentCard) -> bytes:
    """1024 bytes in the place of a WLT photo: no open encoder is known."""
    return hashlib.shake_128(card.number.encode()).digest(1024)


def _atr(history: bytes) -> bytes:
    """A T=1 ATR with its check byte, of a contactless card as PC/SC part 3 forms it."""
    body = bytes([0x80 | len(history), 0x80, 0x01]) + history
    check = 0
    for byte in body:
        check ^= byte
    return b"\x3b" + body + bytes([check])
