"""Telephone numbers of the Chinese mainland (national numbering plan, 电信网编号计划 2017)."""

import re

from kiosk.forms.problem import Problem, Reason
from kiosk.forms.typed_text import compact

MOBILE_LENGTH = 11

_COUNTRY = re.compile(r"^(?:\+|00)86(?=[01])|^86(?=1[3-9][0-9]{9}$)")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0(?:10|2[0-9])[2-9][0-9]{7}|0[3-9][0-9]{2}[2-9][0-9]{6,7}")
_LOCAL = re.compile(r"[2-9][0-9]{6,7}")


def normalised(text: str) -> str:
    """The bare digits, without the country code."""
    return _COUNTRY.sub("", re.sub(r"[()]", "", compact(text)))


def problem(number: str) -> Problem | None:
    """None for a mobile number or a landline with its area code. `number` is normalised."""
    if _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number):
        return None
    if _LOCAL.fullmatch(number):
        return Problem(Reason.AREA_CODE_MISSING)
    if re.fullmatch(r"1[0-9]*", number) and len(number) != MOBILE_LENGTH:
        return Problem(Reason.MOBILE_LENGTH, limit=MOBILE_LENGTH, found=len(number))
    return Problem(Reason.PHONE_FORM)
