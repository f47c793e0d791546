"""The check before a form: which answer the rules come to."""

import itertools

import pytest

from kiosk.catalogue.eligibility import Answer, Eligibility, Verdict, judged
from kiosk.catalogue.models import Limit, LimitUnit, Origin

CHECK = Eligibility.model_validate(
    {
        "questions": (
            {
                "id": "age",
                "kind": "choice",
                "label": "年龄",
                "options": ({"key": "old", "label": "八十"}, {"key": "young", "label": "不到"}),
            },
            {
                "id": "household",
                "kind": "choice",
                "label": "户口",
                "options": ({"key": "here", "label": "本县"}, {"key": "there", "label": "外县"}),
                "when": {"question": "age", "one_of": ("old",)},
            },
        ),
        "rules": (
            {"when": {"question": "age", "one_of": ("young",)}, "verdict": "no", "why": "不到年龄"},
            {
                "when": (
                    {"question": "age", "one_of": ("old",)},
                    {"question": "household", "one_of": ("there",)},
                ),
                "verdict": "ask",
                "why": "户口不在本县",
            },
        ),
    }
)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"age": "old", "household": "here"}, Verdict(Answer.YES)),
        ({"age": "old", "household": "there"}, Verdict(Answer.ASK, "户口不在本县")),
        ({"age": "young"}, Verdict(Answer.NO, "不到年龄")),
        ({"age": "young", "household": "there"}, Verdict(Answer.NO, "不到年龄")),
        ({}, Verdict(Answer.YES)),
    ],
)
def test_the_first_rule_that_holds_decides(answers: dict[str, str], expected: Verdict) -> None:
    """Rules are tried in their order, each needs all of its conditions, and an answer to a question
    that is no longer asked counts for nothing."""
    assert expected == judged(CHECK, answers)


@pytest.mark.parametrize(
    ("promised", "statutory", "longer"),
    [
        ((5, LimitUnit.WORKING_DAYS), (5, LimitUnit.WORKING_DAYS), False),
        ((6, LimitUnit.WORKING_DAYS), (5, LimitUnit.WORKING_DAYS), True),
        ((5, LimitUnit.WORKING_DAYS), (5, LimitUnit.DAYS), False),
        ((6, LimitUnit.WORKING_DAYS), (7, LimitUnit.DAYS), True),
        ((6, LimitUnit.WORKING_DAYS), (8, LimitUnit.DAYS), False),
        ((20, LimitUnit.WORKING_DAYS), (20, LimitUnit.DAYS), True),
        ((22, LimitUnit.WORKING_DAYS), (1, LimitUnit.MONTHS), False),
        ((24, LimitUnit.WORKING_DAYS), (1, LimitUnit.MONTHS), True),
        ((7, LimitUnit.DAYS), (5, LimitUnit.WORKING_DAYS), False),
        ((8, LimitUnit.DAYS), (5, LimitUnit.WORKING_DAYS), True),
        ((0, LimitUnit.WORKING_DAYS), (0, LimitUnit.DAYS), False),
    ],
)
def test_limits_in_other_units_are_compared_by_the_calendar(
    promised: tuple[int, LimitUnit], statutory: tuple[int, LimitUnit], longer: bool
) -> None:
    """A promise is too long when even the best week does not end it within the longest time that
    the statutory limit can take."""
    one, other = (Limit(amount=n, unit=u, origin=Origin.SAMPLE) for n, u in (promised, statutory))
    assert longer is one.surely_longer_than(other)


def test_working_days_as_counted_on_a_calendar() -> None:
    """For every length up to 60 and every day of the week, counting on a calendar without holidays
    stays within the two bounds, and some day reaches each."""
    for days in range(1, 61):
        limit = Limit(amount=days, unit=LimitUnit.WORKING_DAYS, origin=Origin.SAMPLE)
        counted = []
        for begun in range(7):
            after = itertools.count(begun + 1)
            left, passed = days, 0
            while left:
                passed += 1
                left -= next(after) % 7 < 5
            counted.append(passed)
        assert (limit.least_days, limit.most_days) == (min(counted), max(counted)), days
