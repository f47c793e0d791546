"""The chip of a social security card (LD/T 32-2015), by commands of ISO 7816-4.

SELECT of the application and of a file, READ RECORD by number (with the file's short identifier)
and by tag. A record is tag, length, value; their order in EF06 differs between the versions.
"""

from collections.abc import Mapping
from datetime import date

from sandbox.cards.card_file import SocialSecurityCard

OK = bytes.fromhex("9000")
_PROTECTED = bytes.fromhex("6982")
_WRONG_LENGTH = bytes.fromhex("6700")
_NO_FILE = bytes.fromhex("6A82")
_NO_RECORD = bytes.fromhex("6A83")
_UNKNOWN_COMMAND = bytes.fromhex("6D00")

_APPLICATION = bytes.fromhex("7378312E73682EC9E7BBE1B1A3D5CF")
_CARD_FILE = 0xEF05
_HOLDER_FILE = 0xEF06
_BY_NUMBER = 4
"""In the low three bits of READ RECORD's P2; above them stands the file's short identifier."""

Record = tuple[int, bytes]
"""Tag and value."""


class SocialSecurityChip:
    def __init__(self, card: SocialSecurityCard) -> None:
        self.atr = bytes.fromhex(card.atr)
        self._fetched = card.fetched
        self._files: Mapping[int, list[Record]] = {
            _CARD_FILE: _card_records(card),
            _HOLDER_FILE: _holder_records(card),
        }
        self._open_tags = {_CARD_FILE: {0x01, 0x03, 0x07}} if card.version[0] >= "3" else None
        self.reset()

    def reset(self) -> None:
        """Nothing is selected any more."""
        self._in_application = False
        self._file = 0
        self._held = b""

    def answer(self, apdu: bytes) -> bytes:
        if len(apdu) < 5:
            return _WRONG_LENGTH
        match apdu[:2].hex():
            case "00a4":
                return self._give(self._select(apdu[2:4], apdu[5:][: apdu[4]]))
            case "00b2":
                return self._read(apdu[2], apdu[3], apdu[4])
            case "00c0":
                held, self._held = self._held, b""
                return held[: apdu[4] or 256] + OK
            case _:
                return _UNKNOWN_COMMAND

    def _select(self, how: bytes, name: bytes) -> bytes:
        if how == b"\x04\x00" and name == _APPLICATION:
            self._in_application, self._file = True, 0
            return _tlv(0x6F, _tlv(0x84, name)) + OK
        if how == b"\x02\x00" and self._in_application:
            file = int.from_bytes(name, "big")
            if file in self._files:
                self._file = file
                return OK
        return _NO_FILE

    def _give(self, answer: bytes) -> bytes:
        """An answer without data needs no fetching."""
        if not self._fetched or len(answer) == 2:
            return answer
        self._held = answer[:-2]
        return bytes([0x61, len(self._held)])

    def _read(self, number: int, where: int, expected: int) -> bytes:
        if where >> 3:
            self._file = 0xEF00 | where >> 3
        records = self._files.get(self._file, []) if self._in_application else []
        if where & 7 == _BY_NUMBER:
            found = records[number - 1 : number] if number else []
        else:
            found = [record for record in records if record[0] == number]
        if not found:
            return _NO_RECORD if self._in_application else _NO_FILE
        tag, value = found[0]
        if self._open_tags is not None and tag not in self._open_tags.get(self._file, ()):
            return _PROTECTED
        record = _tlv(tag, value)
        if self._fetched and expected != len(record):
            return bytes([0x6C, len(record)])
        return record + OK


def _card_records(card: SocialSecurityCard) -> list[Record]:
    return [
        (0x01, bytes.fromhex(card.region).ljust(16, b"\x00")),
        (0x02, b"1"),
        (0x03, card.version.encode()),
        (0x04, bytes(12)),
        (0x05, _day(card.issued)),
        (0x06, _day(card.expires)),
        (0x07, card.card_number.encode()),
    ]


def _holder_records(card: SocialSecurityCard) -> list[Record]:
    name = card.name.encode("gb18030")
    number = (0x08, card.number.encode())
    first = (0x09, name[:30].ljust(30, b"\x00"))
    more = (0x4E, name[30:].ljust(20, b"\x00"))
    rest = [
        (0x0A, b"1" if card.sex == "男" else b"2"),
        (0x0B, bytes.fromhex(card.nation)),
        (0x0C, bytes.fromhex(card.birthplace)),
        (0x0D, _day(card.birth)),
    ]
    return [number, first, *rest] if card.version[0] == "1" else [number, first, more, *rest]


def _day(day: date) -> bytes:
    return bytes.fromhex(f"{day:%Y%m%d}")


def _tlv(tag: int, value: bytes) -> bytes:
    return bytes([tag, len(value)]) + value
