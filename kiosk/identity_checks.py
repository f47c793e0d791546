"""What must hold of an identity, whoever says it: a card, or the intake."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date

from kiosk.forms.resident_number import PROVINCES, birth, check_character
from kiosk.identity import IdentityKind

REGIONS_BEYOND = ("81", "82", "83")
"""With which the numbers of Hong Kong, Macao and Taiwan residents begin."""

NUMBER_2017 = re.compile(r"[A-Z]{3}[0-9]{12}")
"""A foreign permanent resident's: its check digit is not known, and the country in front stays
when the holder's changes."""

_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")


def number_fits(kind: IdentityKind, number: str, born: date) -> bool:
    """Whether a document of this kind can give this number to one born that day."""
    match kind:
        case IdentityKind.RESIDENT_ID | IdentityKind.SOCIAL_SECURITY_CARD:
            return is_checked(number, PROVINCES) and birth(number) == born
        case IdentityKind.HMT_RESIDENCE_PERMIT:
            return is_checked(number, REGIONS_BEYOND) and birth(number) == born
        case IdentityKind.PERMANENT_RESIDENT_2017:
            return bool(NUMBER_2017.fullmatch(number))
        case IdentityKind.PERMANENT_RESIDENT_2023:
            return is_checked(number, ("9",))


def is_checked(number: str, beginnings: Collection[str]) -> bool:
    """18 places, one of the beginnings first, and the check character of MOD 11-2 over the others
    last (GB 11643)."""
    return (
        bool(_EIGHTEEN.fullmatch(number))
        and number.startswith(tuple(beginnings))
        and number[-1] == check_character(number[:-1])
    )


def is_text(value: str) -> bool:
    """Something is written, in nothing but characters, and without space around it."""
    return bool(value) and value == value.strip() and all(map(_is_written, value))


def _is_written(char: str) -> bool:
    """No control, format or separator character, surrogate, replacement mark or noncharacter.
    Characters in private use are let through: names held them before GB 18030 had their code
    points; so are those that this Python does not know yet."""
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") or char == "\ufffd":
        return False
    return ord(char) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(char) <= 0xFDEF
