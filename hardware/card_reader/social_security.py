"""A social security card (社会保障卡, LD/T 32-2015), spoken to by commands of ISO 7816-4.

What versions 1 and 2 say of their holder reads freely; version 3 opens it to a security module
of the authority alone. No PIN is ever tried: that can lock the card.
"""

import re
from datetime import date

from hardware.card_reader.port import CardPort
from hardware.card_reader.text_fields import CheckedFields
from kiosk.errors import CardUnknown, CardUnreadable, SocialSecurityCardProtected
from kiosk.forms.resident_number import PROVINCES
from kiosk.identity import Assurance, Identity, IdentityKind

_APPLICATION = bytes.fromhex("7378312E73682EC9E7BBE1B1A3D5CF")
"""`sx1.sh.社会保障` in GBK."""

_CARD_FILE = bytes.fromhex("EF05")
_HOLDER_FILE = bytes.fromhex("EF06")
_PLACES = {
    "version": (_CARD_FILE, 0x03, 4),
    "valid_from": (_CARD_FILE, 0x05, 4),
    "valid_to": (_CARD_FILE, 0x06, 4),
    "number": (_HOLDER_FILE, 0x08, 18),
    "name": (_HOLDER_FILE, 0x09, 30),
    "name_more": (_HOLDER_FILE, 0x4E, 20),
    "sex": (_HOLDER_FILE, 0x0A, 1),
    "nation": (_HOLDER_FILE, 0x0B, 1),
    "birth": (_HOLDER_FILE, 0x0D, 4),
}
"""Each field's file, the tag of its record and the length of its value in bytes."""

_MAY_BE_ABSENT = ("name_more",)
_DECIMAL = ("valid_from", "valid_to", "nation", "birth")
"""Of two digits to a byte; the others are GBK."""

_VERSION = re.compile(r"[0-9]\.[0-9]{1,2}")

_BY_NAME = 0x04
_BY_FILE = 0x02
_OK = 0x9000
_MORE = 0x61
_OTHER_LENGTH = 0x6C
_MOST_PIECES = 4
_NOT_ALLOWED = 0x6982
_NO_RECORD = (0x6A83, 0x6A88)
_NO_APPLICATION = (0x6A81, 0x6A82, 0x6D00, 0x6E00)


def read_identity(port: CardPort) -> Identity:
    """The holder, said by a chip that proves nothing: anybody can write one.

    A card may be without its dates and its holder's nation. Raises CardUnknown for a card without
    the application or of an unknown version, SocialSecurityCardProtected, CardUnreadable,
    IdentityInvalid for the first field that is wrong, and what the port raises.
    """
    _, status_word = _send(port, _select(_BY_NAME, _APPLICATION))
    if status_word in _NO_APPLICATION:
        raise CardUnknown
    _check(status_word)
    card = CheckedFields(_Records(port).text)
    match card.of_form("version", _VERSION)[0]:
        case "1" | "2":
            return _identity(card)
        case "3":
            raise SocialSecurityCardProtected
        case _:
            raise CardUnknown


def _identity(card: CheckedFields) -> Identity:
    valid_from = card.day("valid_from") if card.blank_or_words("valid_from") else None
    valid_to = card.last_day(valid_from or date.min) if card.blank_or_words("valid_to") else None
    birth = card.day("birth")
    return Identity(
        kind=IdentityKind.SOCIAL_SECURITY_CARD,
        assurance=Assurance.UNAUTHENTICATED_CHIP,
        number=card.citizen_number(birth, PROVINCES),
        name=card.words("name", "name_more"),
        sex=card.sex(),
        nation=card.nation() if card.blank_or_words("nation") else None,
        birth=birth,
        valid_from=valid_from,
        valid_to=valid_to,
    )


class _Records:
    """The records of one card, each read once, when its field is asked for."""

    def __init__(self, port: CardPort) -> None:
        self._port = port
        self._selected = b""
        self._values: dict[str, bytes] = {}

    def text(self, *fields: str) -> str:
        encoded = b"".join(self._value(field) for field in fields)
        if fields[0] in _DECIMAL:
            return encoded.hex()
        # GB 18030 holds all of GBK, and what names had in its private areas.
        return encoded.decode("gb18030", "replace").rstrip(" ")

    def _value(self, field: str) -> bytes:
        if field not in self._values:
            self._values[field] = self._read(field)
        return self._values[field]

    def _read(self, field: str) -> bytes:
        file, tag, length = _PLACES[field]
        if file != self._selected:
            _, status_word = _send(self._port, _select(_BY_FILE, file))
            _check(status_word)
            self._selected = file
        # Found by its tag, since the order of the records differs from version to version.
        data, status_word = _send(self._port, _read_record(tag, length + 2))
        if status_word >> 8 == _OTHER_LENGTH:
            data, status_word = _send(self._port, _read_record(tag, status_word & 0xFF))
        if field in _MAY_BE_ABSENT and status_word in _NO_RECORD:
            return b""
        _check(status_word)
        value = _value_of(tag, data)
        # What pads: spaces, or bytes that stand for nothing in any of the encodings.
        bare = value.rstrip(b"\x00\xff")
        return bare.ljust(len(value)) if bare and field not in _DECIMAL else bare


def _value_of(tag: int, data: bytes) -> bytes:
    """The value of the record with that tag, among records of tag, length and value."""
    while len(data) >= 2:
        length = data[1]
        value, after = data[2:][:length], data[2 + length :]
        if len(value) == length and data[0] == tag:
            return value
        data = after
    raise CardUnreadable


def _select(how: int, name: bytes) -> bytes:
    return bytes([0x00, 0xA4, how, 0x00, len(name)]) + name


def _read_record(tag: int, length: int) -> bytes:
    return bytes([0x00, 0xB2, tag, 0x00, length])


def _send(port: CardPort, apdu: bytes) -> tuple[bytes, int]:
    """What the card answers, fetched in pieces (`61xx`) where it wants that."""
    data, status_word = port.send_and_receive(apdu)
    for _ in range(_MOST_PIECES):
        if status_word >> 8 != _MORE:
            break
        piece, status_word = port.send_and_receive(
            bytes([0x00, 0xC0, 0x00, 0x00, status_word & 0xFF])
        )
        data += piece
    return data, status_word


def _check(status_word: int) -> None:
    if status_word == _NOT_ALLOWED:
        raise SocialSecurityCardProtected
    if status_word != _OK:
        raise CardUnreadable(status_word)
