"""Working days: the notices of known years, the weekday rule after them, configured years."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.intake.working_days import (
    Due,
    Holidays,
    YearOfHolidays,
    add_working_days,
    load_holidays,
    working_days_between,
)

SHIPPED = load_holidays()
NEXT_YEAR = Holidays(
    {
        2027: YearOfHolidays(
            closed=frozenset({date(2027, 1, 1), date(2027, 1, 4)}),
            working=frozenset({date(2027, 1, 9)}),
        )
    }
)
"""An invented notice: New Year's Day and the Monday after it off, a Saturday made up."""

DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))
CALENDARS = st.sampled_from([SHIPPED, NEXT_YEAR])


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        # The weekend of 28 November.
        (date(2026, 11, 24), 10, date(2026, 12, 8)),
        # National Day 2026: 1 to 7 October off, Saturday 10 October made up.
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 9, 30), 4, date(2026, 10, 12)),
        # Sunday 20 September 2026 is made up for National Day.
        (date(2026, 9, 18), 1, date(2026, 9, 20)),
        # Spring Festival 2026: 15 to 23 February off, Saturday 14 February made up.
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
    ],
)
def test_known_holidays(start: date, n: int, expected: date) -> None:
    """Holidays and make-up days of the State Council's notice for 2026 are counted as such."""
    assert Due(expected, provisional=False) == add_working_days(start, n, SHIPPED)


def test_new_year_is_provisional() -> None:
    """30 working days from late November 2026 reach a year without a notice: Monday to Friday
    are counted, New Year's Day among them, and the day is marked."""
    assert Due(date(2027, 1, 6), provisional=True) == add_working_days(
        date(2026, 11, 25), 30, SHIPPED
    )
    assert Due(date(2026, 12, 31), provisional=False) == add_working_days(
        date(2026, 11, 25), 26, SHIPPED
    )
    assert Due(date(2027, 1, 1), provisional=True) == add_working_days(
        date(2026, 11, 25), 27, SHIPPED
    )


def test_configured_year_is_not_provisional() -> None:
    """Once a year's notice is configured its days are counted by it, and nothing is marked."""
    assert Due(date(2027, 1, 8), provisional=False) == add_working_days(
        date(2026, 11, 25), 30, NEXT_YEAR
    )
    assert Due(date(2027, 1, 9), provisional=False) == add_working_days(
        date(2026, 11, 25), 31, NEXT_YEAR
    )


def test_configuration_comes_before_the_library() -> None:
    """A notice that was changed after the library's release is configured as a whole year."""
    changed = Holidays(
        {2026: YearOfHolidays(closed=frozenset({date(2026, 12, 7)}), working=frozenset())}
    )
    assert not changed.is_working_day(date(2026, 12, 7))
    assert changed.is_working_day(date(2026, 10, 1))


def test_no_days() -> None:
    """Zero working days end on the day itself, or on the next working day after days off."""
    assert date(2026, 11, 25) == add_working_days(date(2026, 11, 25), 0, SHIPPED).day
    assert date(2026, 11, 30) == add_working_days(date(2026, 11, 28), 0, SHIPPED).day
    assert add_working_days(date(2027, 3, 1), 0, SHIPPED).provisional


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("2027: {closed: [2027-01-01], working: [2027-01-01]}", "both"),
        ("2027: {closed: [], working: [2027-01-04]}", "Saturday"),
        ("2027: {closed: [2028-01-01], working: []}", "2027"),
        ("2027: {closed: []}", "working"),
        ("2027: {closed: [soon], working: []}", "closed"),
        ("2027: {closed: [], working: [], names: []}", "names"),
        ("[2027]", "dict"),
    ],
)
def test_wrong_configuration(tmp_path: Path, text: str, word: str) -> None:
    """A notice that contradicts itself, or is none, is refused with a word about what is wrong."""
    file = tmp_path / "holidays.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=word):
        load_holidays(file)


@given(start=DAYS, n=st.integers(1, 60), holidays=CALENDARS)
def test_between_is_the_inverse(start: date, n: int, holidays: Holidays) -> None:
    """Between a day and its limit lie as many working days as were added, and the limit itself
    is a working day."""
    limit = add_working_days(start, n, holidays).day
    assert n == working_days_between(start, limit, holidays)
    assert holidays.is_working_day(limit)
    assert n - 1 == working_days_between(start, limit - timedelta(days=1), holidays)


@given(start=DAYS, later=st.integers(0, 30), n=st.integers(0, 40), more=st.integers(0, 20))
def test_limits_are_monotone(start: date, later: int, n: int, more: int) -> None:
    """Who begins later, or has more days, is never due earlier."""
    limit = add_working_days(start, n, SHIPPED)
    assert limit.day <= add_working_days(start + timedelta(days=later), n, SHIPPED).day
    further = add_working_days(start, n + more, SHIPPED)
    assert (limit.day, limit.provisional) <= (further.day, further.provisional)


@given(start=DAYS, n=st.integers(1, 30), more=st.integers(0, 30), holidays=CALENDARS)
def test_limits_add_up(start: date, n: int, more: int, holidays: Holidays) -> None:
    """An extension counted from the old limit ends where the sum of both would."""
    first = add_working_days(start, n, holidays)
    then = add_working_days(first.day, more, holidays)
    assert add_working_days(start, n + more, holidays).day == then.day
