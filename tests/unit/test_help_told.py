"""What whoever asked for a guide is told."""

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.errors import IntakeUnreachable
from kiosk.intake.contract.help_calls import HelpCall, HelpStage
from kiosk.journeys.help_told import Offer, help_told
from kiosk.journeys.helping import Helping

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def call(stage: HelpStage = HelpStage.WAITING, **known: object) -> HelpCall:
    at = {"called_at": NOW - timedelta(minutes=7, seconds=50)}
    return HelpCall.model_validate({"call": "H20261124001", "stage": stage, **at, **known})


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"ahead": 2, "minutes": 8}, "前面还有 2 人，大约 8 分钟。"),
        ({"ahead": 2}, "前面还有 2 人。"),
        ({"minutes": 3}, "下一个就是您，大约 3 分钟。"),
        ({}, "下一个就是您。"),
    ],
)
def test_how_long_it_takes_is_said_as_far_as_it_is_known(
    known: dict[str, object], said: str
) -> None:
    """Nothing is made up; the minutes since the call are whole ones."""
    told = help_told(Helping(call=call(**known)), NOW, None)
    assert said == told.words.splitlines()[0]
    assert "已经等了 7 分钟" == told.words.splitlines()[-1]


def test_a_hall_whose_clock_is_ahead_was_called_just_now() -> None:
    """No waiting time of less than nothing."""
    told = help_told(Helping(call=call(called_at=NOW + timedelta(minutes=5))), NOW, None)
    assert "刚刚呼叫" == told.words.splitlines()[-1]


def test_each_state_says_what_can_be_done() -> None:
    """Who comes is said by the hall's own name; where nobody can be called the desk and its phone
    are; only an open call has something to show while this is closed."""
    phone = "0598-2266666"
    coming = help_told(Helping(call=call(HelpStage.COMING, guide="导办员 3 号")), NOW, phone)
    failed = help_told(Helping(error=IntakeUnreachable()), NOW, phone)
    calling = help_told(Helping(calling=True), NOW, phone)
    nobody = help_told(Helping(), NOW, phone)
    assert "导办员 3 号正在过来" == coming.title
    assert [Offer.END, Offer.CALL_AGAIN, Offer.END, Offer.CALL] == [
        told.offer for told in (coming, failed, calling, nobody)
    ]
    assert phone in failed.words and "咨询导办台" in failed.words
    assert [True, False, True, False] == [
        bool(told.short) for told in (coming, failed, calling, nobody)
    ]
