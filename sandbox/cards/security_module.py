"""A reader's security module: it answers frames in the style of GA 450.

Request `AA AA AA 96 69 | length 2 | command 2 | check`, answer `AA AA AA 96 69 | length 2 |
00 00 SW3 | data | check`. The length counts what comes after it, the check is the XOR of all from
the length to the data.
"""

from sandbox.cards.card_file import Card, Faults, SamCard
from sandbox.cards.card_text import content
from sandbox.cards.spoiling import garbage, spoiled

PREAMBLE = bytes.fromhex("AAAAAA9669")
_STATUS = bytes.fromhex("11FF")
_MODULE_ID = bytes.fromhex("12FF")
_FIND = bytes.fromhex("2001")
_SELECT = bytes.fromhex("2002")
_READ = bytes.fromhex("3001")

_OK = 0x90
_FOUND = 0x9F
_WRONG_CHECKSUM = 0x10
_WRONG_LENGTH = 0x11
_UNKNOWN_COMMAND = 0x21
_READ_FAILED = 0x41
_NONE_FOUND = 0x80
_SELECT_FAILED = 0x81

_ID = b"".join(
    number.to_bytes(size, "little")
    for number, size in ((5, 2), (1, 2), (20230815, 4), (35042801, 4), (1234567890, 4))
)
"""Shown as 05.01-20230815-0035042801-1234567890."""


class SecurityModule:
    """Without a card until one is laid. A card is found, then selected, then read; one that no
    security module reads is never found.

    Faults that come at a certain frame count frames since the card was laid. A search that follows
    a search is not counted: a program may look for a card as often as it likes.
    """

    def __init__(self) -> None:
        self.take_away()

    def take_away(self) -> None:
        self._content: bytes | None = None
        self._faults = Faults()
        self._found_once = False
        self._last = b""
        self._frames = 0
        self.deselect()

    def deselect(self) -> None:
        self._found = self._selected = False

    def lay(self, card: Card) -> None:
        self.take_away()
        if isinstance(card, SamCard):
            self._content = content(card)
            self._faults = card.faults
            self._found_once = card.frames.found_once

    def answer(self, request: bytes) -> bytes:
        """The answer frame to what begins with a preamble."""
        status, data = self._obey(request)
        way = spoiled(self._faults, self._frames)
        match way if data else None:
            case "garbage":
                return frame(status, garbage(len(data)))
            case "empty":
                return frame(status)
            case "short":
                whole = frame(status, data)
                return whole[: len(whole) // 2]
            case "wrong_length":
                return frame(status, data, longer=1)
            case "wrong_checksum":
                whole = frame(status, data)
                return whole[:-1] + bytes([whole[-1] ^ 0xFF])
            case None:
                return frame(status, data)

    def _obey(self, request: bytes) -> tuple[int, bytes]:
        body = request[len(PREAMBLE) :]
        if int.from_bytes(body[:2], "big") != len(body) - 2:
            return _WRONG_LENGTH, b""
        if check_of(body[:-1]) != body[-1]:
            return _WRONG_CHECKSUM, b""
        command = body[2:-1]
        self._count(command)
        return self._do(command)

    def _count(self, command: bytes) -> None:
        if command != _FIND or self._last != _FIND:
            self._frames += 1
        self._last = command
        if self._frames == self._faults.leave_at_apdu:
            self.take_away()

    def _do(self, command: bytes) -> tuple[int, bytes]:
        ordered = self._faults.sw3
        if command == _FIND:
            return self._find() if ordered.find is None else (ordered.find, b"")
        if command == _SELECT:
            return self._select() if ordered.select is None else (ordered.select, b"")
        if command == _READ:
            return self._read() if ordered.read is None else (ordered.read, b"")
        if command == _MODULE_ID:
            return _OK, _ID
        return (_OK if command == _STATUS else _UNKNOWN_COMMAND), b""

    def _find(self) -> tuple[int, bytes]:
        self._selected = False
        self._found = self._content is not None
        return (_FOUND, bytes(4)) if self._found else (_NONE_FOUND, b"")

    def _select(self) -> tuple[int, bytes]:
        self._selected = self._found
        return (_OK, bytes(8)) if self._selected else (_SELECT_FAILED, b"")

    def _read(self) -> tuple[int, bytes]:
        if not self._selected or self._content is None:
            return _READ_FAILED, b""
        data = self._content
        if self._found_once:
            self._content = None
        return _OK, data


def frame(status: int, data: bytes = b"", longer: int = 0) -> bytes:
    """`longer` bytes more are announced than come."""
    body = (len(data) + 4 + longer).to_bytes(2, "big") + bytes([0, 0, status]) + data
    return PREAMBLE + body + bytes([check_of(body)])


def check_of(body: bytes) -> int:
    check = 0
    for byte in body:
        check ^= byte
    return check
