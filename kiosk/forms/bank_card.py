"""Bank card numbers by ISO/IEC 7812-1: up to 19 digits, the last one the Luhn check digit."""

import re

from kiosk.forms.problem import Problem, Reason

SHORTEST, LONGEST = 13, 19


def check_digit(payload: str) -> str:
    """Luhn digit for the digits before it."""
    total = 0
    for place, digit in enumerate(reversed(payload)):
        doubled = int(digit) * 2 if place % 2 == 0 else int(digit)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def problem(number: str) -> Problem | None:
    """None for a number that can exist. `number` is compact.

    Industry identifier 0 is not given to banks, so a row of zeros is no card although it passes
    Luhn.
    """
    if not re.fullmatch(r"[0-9]*", number):
        return Problem(Reason.BANK_CARD_CHARACTERS)
    if not SHORTEST <= len(number) <= LONGEST:
        return Problem(Reason.BANK_CARD_LENGTH, limit=LONGEST, found=len(number))
    if number[0] == "0" or number[-1] != check_digit(number[:-1]):
        return Problem(Reason.BANK_CARD_CHECK)
    return None
