"""统一社会信用代码 by GB 32100-2015: 17 characters and a check character, weights 3^i mod 31."""

from kiosk.forms.problem import Problem, Reason

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""31 characters in the order of their values; I, O, S, V and Z are left out by the standard."""


def check_character(first_seventeen: str) -> str:
    """ValueError when a character is outside the alphabet."""
    total = sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(first_seventeen))
    return ALPHABET[-total % 31]


def problem(code: str) -> Problem | None:
    """None for a code that can exist. `code` is compact and upper-case."""
    if len(code) != LENGTH:
        return Problem(Reason.CREDIT_CODE_LENGTH, limit=LENGTH, found=len(code))
    if not set(code) <= set(ALPHABET):
        return Problem(Reason.CREDIT_CODE_CHARACTERS)
    if code[-1] != check_character(code[:-1]):
        return Problem(Reason.CREDIT_CODE_CHECK)
    return None
