"""公民身份号码 by GB 11643-1999: 6 digits region, 8 birth date, 3 sequence, 1 check character."""

import re
from datetime import date

from kiosk.forms.problem import Problem, Reason

LENGTH = 18

PROVINCES = frozenset(
    str(code)
    for codes in (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55))
    for code in codes
) | {"61", "62", "63", "64", "65", "71", "81", "82", "83"}
"""GB/T 2260 provinces; 81, 82 and 83 also begin the numbers on the residence permits of Hong Kong,
Macao and Taiwan residents."""

_FORM = re.compile(r"[0-9]{17}[0-9X]")


def check_character(first_seventeen: str) -> str:
    """ISO/IEC 7064 MOD 11-2 over 17 digits; 'X' stands for 10."""
    total = sum(int(d) * pow(2, LENGTH - 1 - i, 11) for i, d in enumerate(first_seventeen))
    return "0123456789X"[(12 - total) % 11]


def problem(number: str, today: date) -> Problem | None:
    """None for a number that can exist on `today`. `number` is compact, its 'X' upper-case.

    Of the region only the province is checked: a number keeps the county code of the day it was
    given, and hundreds of counties have been renamed or merged since, so an unknown county says
    nothing against it.
    """
    if len(number) != LENGTH:
        return Problem(Reason.RESIDENT_ID_LENGTH, limit=LENGTH, found=len(number))
    if not _FORM.fullmatch(number):
        return Problem(Reason.RESIDENT_ID_CHARACTERS)
    if number[:2] not in PROVINCES:
        return Problem(Reason.RESIDENT_ID_REGION)
    born = birth(number)
    if born is None or born > today:
        return Problem(Reason.RESIDENT_ID_BIRTH)
    if number[-1] != check_character(number[:-1]):
        return Problem(Reason.RESIDENT_ID_CHECK)
    return None


def birth(number: str) -> date | None:
    """The birth date in a number of the right form, None where there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
