"""The number of a case as people type it."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kiosk.journeys.case_number import number_from

NUMBERS = st.from_regex(r"[0-9]{16,18}", fullmatch=True) | st.from_regex(
    r"[A-Z0-9]{3,8}-[0-9]{6}-[2-9A-HJ-NP-Z]{6}", fullmatch=True
)


@given(NUMBERS, st.integers(0, 30), st.booleans(), st.booleans())
def test_a_number_is_known_however_it_is_written(
    number: str, space: int, small: bool, wide: bool
) -> None:
    """With spaces, in small letters, in the full width of a Chinese keyboard."""
    typed = number.lower() if small else number
    if wide:
        typed = "".join(chr(ord(c) + 0xFEE0) for c in typed)
        assert typed != unicodedata.normalize("NFKC", typed)
    typed = f"{typed[:space]} {typed[space:]}"
    assert number == number_from(typed)


@given(st.text(max_size=30))
def test_whatever_else_is_typed_is_no_number(typed: str) -> None:
    """No exception, and what is taken for a number is one when it is typed again."""
    number = number_from(typed)
    assert number is None or number == number_from(number)
