"""请人帮忙: a kiosk calls a guide at the intake, and is told how soon one comes."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.intake.contract import CHINA_TIME
from kiosk.intake.contract.help_calls import HelpBody, HelpStage
from sandbox.intake.database import Database
from sandbox.intake.help_calls import LASTS, CallEnded, HelpCalls, load_guides
from sandbox.intake.local_intake import LocalIntake
from tests.integration.outside_kiosk import OutsideKiosk, enrolled, problem

pytest_plugins = ["service_fixtures"]

AT = datetime(2026, 11, 24, 9, 30, tzinfo=CHINA_TIME)


def body(kiosk: str = "JL-03") -> dict[str, str]:
    return {"kiosk": kiosk, "place": "form"}


def test_a_kiosk_has_one_call(kiosk: OutsideKiosk) -> None:
    """A second call is answered with the first, until that one was ended; ending it twice is
    ending it once."""
    first, second = (kiosk.post("help-calls", body()) for _ in range(2))
    assert 201 == first.status_code, first.text
    assert "waiting" == first.json()["stage"]
    call = first.json()["call"]
    assert call == second.json()["call"]
    asked = kiosk.session.get(f"{kiosk.url}v1/help-calls/{call}", timeout=5)
    assert (200, call) == (asked.status_code, asked.json()["call"])

    for _ in range(2):
        ended = kiosk.post("help-endings", {"kiosk": "JL-03", "call": call})
        assert (201, "ended") == (ended.status_code, ended.json()["stage"])
    assert call != kiosk.post("help-calls", body()).json()["call"]


def test_another_kiosks_call_is_none(service: LocalIntake, kiosk: OutsideKiosk) -> None:
    """Whoever did not call cannot end it, and an unknown call is told as unknown."""
    call = kiosk.post("help-calls", body()).json()["call"]
    other = enrolled(service, "JL-04")
    ending = {"kiosk": "JL-04", "call": call}
    assert (404, "no-record") == problem(other.post("help-endings", ending))
    unknown = kiosk.session.get(f"{kiosk.url}v1/help-calls/H99999999", timeout=5)
    assert (404, "no-record") == problem(unknown)


def test_a_guide_comes_and_the_minutes_run(tmp_path: Path) -> None:
    """Calls are answered in their order: those before are counted, whoever comes is told by number
    and the minutes left grow fewer; only one guide comes."""
    help_calls, database = HelpCalls(load_guides()), Database.in_folder(tmp_path)
    with database.transaction() as session:
        first, second = (
            help_calls.call(session, HelpBody(kiosk=kiosk, place="form"), AT)
            for kiosk in ("JL-03", "JL-04")
        )
        assert [0, 1] == [first.ahead, second.ahead]
        help_calls.come(session, first.call, 3, "wang", AT)
        with pytest.raises(CallEnded):
            help_calls.come(session, first.call, 4, "chief", AT)
        for seconds, minutes in ((0, 2), (61, 1), (600, 0)):
            at = AT + timedelta(seconds=seconds)
            told = help_calls.told(session, "JL-03", first.call, at)
            assert (HelpStage.COMING, "导办员 3 号", minutes) == (
                told.stage,
                told.guide,
                told.minutes,
            )
        assert 0 == help_calls.told(session, "JL-04", second.call, AT).ahead
        help_calls.finish(session, first.call, "wang", AT)
        assert HelpStage.ENDED is help_calls.told(session, "JL-03", first.call, AT).stage
        assert [second.call] == [row.call for row in help_calls.open_calls(session, AT)]
    database.close()


def test_a_call_of_long_ago_is_over(tmp_path: Path) -> None:
    """Whoever called yesterday and was forgotten has gone: the next call is a new one."""
    help_calls, database = HelpCalls(load_guides()), Database.in_folder(tmp_path)
    with database.transaction() as session:
        asked = HelpBody(kiosk="JL-03", place="home")
        old = help_calls.call(session, asked, AT)
        assert old.call == help_calls.call(session, asked, AT + LASTS / 2).call
        assert old.call != help_calls.call(session, asked, AT + LASTS).call
        assert HelpStage.ENDED is help_calls.told(session, "JL-03", old.call, AT + LASTS).stage
        with pytest.raises(CallEnded):
            help_calls.come(session, old.call, 3, "wang", AT + LASTS)
    database.close()
