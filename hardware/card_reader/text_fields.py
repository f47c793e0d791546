"""Fields that cards carry as text, each checked by what its standard says."""

import re
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import date

from kiosk.errors import IdentityInvalid
from kiosk.forms.resident_number import birth as birth_in
from kiosk.identity import Sex
from kiosk.identity_checks import is_checked, is_text

_LONG_TERM = "长期"
_DAY = re.compile(r"[0-9]{8}")
_COUNTRY = re.compile(r"[A-Z]{3}")
_LATIN = re.compile(r"(?=.*[A-Za-zÀ-ɏ])[ -~À-ɏ’]+")
_SEXES = {sex.value: sex for sex in Sex}
_OTHER_NATION = "97"
_FOREIGN_DESCENT = "98"
_NATIONS = frozenset({*(f"{code:02}" for code in range(1, 57)), _OTHER_NATION, _FOREIGN_DESCENT})


class CheckedFields:
    """The fields of one card. `text` gives what stands in a field, or in several that go on from
    one to the next, without the padding behind it and with U+FFFD for what is no text.

    Every method raises IdentityInvalid with the field's name alone, and with no error behind it:
    that would hold what stands there. Fields that `Identity` has are named as there.
    """

    def __init__(self, text: Callable[..., str]) -> None:
        self._text = text

    def words(self, *fields: str) -> str:
        """Something is written, in nothing but characters, and without space around it. Between
        two fields one space stands for the padding of the first."""
        value = self._text(*fields)
        if len(fields) > 1:
            value = _one_spaced(value)
        if not is_text(value):
            raise IdentityInvalid(fields[0])
        return value

    def blank_or_words(self, field: str) -> str:
        return self.words(field) if self._text(field) else ""

    def latin_name(self, *fields: str) -> str:
        """As passports have it. What an issuer takes for punctuation is not known: all of ASCII
        is let through."""
        value = self.words(*fields)
        if not _LATIN.fullmatch(value):
            raise IdentityInvalid(fields[0])
        return value

    def of_form(self, field: str, form: re.Pattern[str]) -> str:
        value = self._text(field)
        if not form.fullmatch(value):
            raise IdentityInvalid(field)
        return value

    def day(self, field: str) -> date:
        """YYYYMMDD."""
        digits = self.of_form(field, _DAY)
        with suppress(ValueError):
            return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        raise IdentityInvalid(field)

    def last_day(self, first: date) -> date:
        last = self.day("valid_to")
        if last < first:
            raise IdentityInvalid("valid_to")
        return last

    def last_day_if_any(self, first: date) -> date | None:
        """None for 长期."""
        return None if self._text("valid_to") == _LONG_TERM else self.last_day(first)

    def number(self, beginnings: Collection[str]) -> str:
        """17 digits, the first as one of `beginnings`, and the check character of MOD 11-2 over
        them (GB 11643)."""
        value = self._text("number")
        if not is_checked(value, beginnings):
            raise IdentityInvalid("number")
        return value

    def citizen_number(self, birth: date, regions: Collection[str]) -> str:
        """公民身份号码 of one born that day; `regions` are its first two digits."""
        value = self.number(regions)
        if birth_in(value) != birth:
            raise IdentityInvalid("number")
        return value

    def sex(self) -> Sex:
        """GB/T 2261.1."""
        sex = _SEXES.get(self._text("sex"))
        if sex is None:
            raise IdentityInvalid("sex")
        return sex

    def nation(self) -> str:
        """GB/T 3304, with 97 其他 and 98 外国血统中国籍人士."""
        code = self._text("nation")
        if code not in _NATIONS:
            raise IdentityInvalid("nation")
        return code

    def country(self) -> str:
        """Three letters of GB/T 2659 (ISO 3166-1). Whether they are given is not checked:
        passports know more of them than the standard."""
        return self.of_form("country", _COUNTRY)


def text_fields(text: bytes, places: Mapping[str, tuple[int, int]]) -> CheckedFields:
    """The 256 bytes of text, UTF-16LE padded with spaces; `places` maps each field to its offset
    and length in bytes."""

    def read(*fields: str) -> str:
        stand = [places[field] for field in fields]
        encoded = b"".join(text[start : start + length] for start, length in stand)
        return encoded.decode("utf-16-le", "replace").rstrip(" ")

    return CheckedFields(read)


def _one_spaced(value: str) -> str:
    return " ".join(part for part in value.split(" ") if part)
