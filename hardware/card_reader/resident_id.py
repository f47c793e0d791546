"""The 256 bytes of text of a resident identity card, and what they must be.

UTF-16LE, padded with spaces; field places as readers of the GA 450 family give them. A type flag
at offset 248 is a space on a resident card; other cards use the same 256 bytes differently.
"""

import re
import unicodedata
from datetime import date, datetime

from kiosk.errors import CardUnknown, CardUnreadable, IdentityInvalid
from kiosk.forms.resident_number import check_character
from kiosk.identity import Assurance, Identity, IdentityKind, Sex

_SIZE = 256
_FLAG = slice(248, 250)
_RESIDENT_FLAG = " ".encode("utf-16-le")
_LONG_TERM = "长期"
_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
_OTHER_NATION = "97"
_FOREIGN_DESCENT = "98"
_NATIONS = frozenset({*(f"{code:02}" for code in range(1, 57)), _OTHER_NATION, _FOREIGN_DESCENT})

_PLACES = {
    "name": slice(0, 30),
    "sex": slice(30, 32),
    "nation": slice(32, 36),
    "birth": slice(36, 52),
    "address": slice(52, 122),
    "number": slice(122, 158),
    "issuer": slice(158, 188),
    "valid_from": slice(188, 204),
    "valid_to": slice(204, 220),
}


def identity_of(text: bytes) -> Identity:
    """The person of a resident card, every field checked.

    Raises CardUnreadable when the text has another size, CardUnknown for another kind of card,
    IdentityInvalid (with the field's name alone) for the first field that is wrong.
    """
    if len(text) != _SIZE:
        raise CardUnreadable
    if text[_FLAG] != _RESIDENT_FLAG:
        raise CardUnknown
    field = {name: _decode(name, text[place]) for name, place in _PLACES.items()}
    birth = _date("birth", field["birth"])
    valid_from = _date("valid_from", field["valid_from"])
    return Identity(
        kind=IdentityKind.RESIDENT_ID,
        assurance=Assurance.SAM_VERIFIED,
        name=field["name"],
        number=_number(field["number"], birth),
        sex=_sex(field["sex"]),
        nation=_nation(field["nation"]),
        birth=birth,
        address=field["address"],
        issuer=field["issuer"],
        valid_from=valid_from,
        valid_to=_valid_to(field["valid_to"], valid_from),
    )


def _decode(field: str, encoded: bytes) -> str:
    try:
        value = encoded.decode("utf-16-le").rstrip(" ")
    except UnicodeDecodeError:
        # Without its cause: that carries the bytes.
        raise IdentityInvalid(field) from None
    if not value or value != value.strip() or not all(_is_written(char) for char in value):
        raise IdentityInvalid(field)
    return value


def _is_written(char: str) -> bool:
    """No control, format or separator character, replacement mark or noncharacter. Characters in
    private use are let through: names held them before GB 18030 had their code points."""
    if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") or char == "\ufffd":
        return False
    return ord(char) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(char) <= 0xFDEF


def _date(field: str, value: str) -> date:
    # strptime alone would take fewer digits, and digits of other scripts.
    if not (len(value) == 8 and value.isascii() and value.isdigit()):
        raise IdentityInvalid(field)
    try:
        return datetime.strptime(value, "%Y%m%d").date()
    except ValueError:
        raise IdentityInvalid(field) from None


def _valid_to(value: str, valid_from: date) -> date | None:
    if value == _LONG_TERM:
        return None
    valid_to = _date("valid_to", value)
    if valid_to < valid_from:
        raise IdentityInvalid("valid_to")
    return valid_to


def _number(value: str, birth: date) -> str:
    right_form = _NUMBER.fullmatch(value) and value[-1] == check_character(value[:-1])
    if not right_form or value[6:14] != birth.strftime("%Y%m%d"):
        raise IdentityInvalid("number")
    return value


def _sex(value: str) -> Sex:
    try:
        return Sex(value)
    except ValueError:
        raise IdentityInvalid("sex") from None


def _nation(value: str) -> str:
    if value not in _NATIONS:
        raise IdentityInvalid("nation")
    return value
