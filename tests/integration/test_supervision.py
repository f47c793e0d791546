"""统一督办 and the monthly figures, over cases that lived through November and December."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from sandbox.intake.case_actions import (
    Accept,
    Action,
    AskedMaterial,
    BeginReview,
    Extend,
    Finish,
    ForwardToDecision,
    PromisedMaterial,
    Refuse,
    ReturnForSupplement,
    Supplied,
    Withdraw,
)
from sandbox.intake.case_file import Outcome
from sandbox.intake.database import Database
from sandbox.intake.monthly_figures import ELSEWHERE, HEADERS, Month, cell, monthly_csv
from sandbox.intake.rating_follow_up import note_contact, note_resolution
from sandbox.intake.supervision import Concern, Reminder, reminders
from tests.integration.case_fixtures import (
    CASEWORK,
    december,
    november,
    rate,
    receive,
    reference_of,
    show_record,
)

MONDAY = november(23)
ALLOWANCE = "041"
"""高龄津贴申领, 县民政局: 10 working days."""
CIVIL_AFFAIRS = "县民政局"
ASK = ReturnForSupplement((AskedMaterial("户口簿", "缺本人页"), AskedMaterial("照片", "尺寸不符")))
SUPPLIED = Supplied(("户口簿", "照片"))
APPROVE = Finish(Outcome.APPROVED)
TO_DECISION = ((Accept(), MONDAY), (BeginReview(), MONDAY), (ForwardToDecision(), MONDAY))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    database = Database.in_folder(tmp_path)
    with database.transaction() as session:
        yield session
    database.close()


def live(session: Session, serial: int, *steps: tuple[Action, datetime]) -> str:
    """A case received on 23 November; its number."""
    number = receive(session, serial, ALLOWANCE, MONDAY)
    for action, at in steps:
        CASEWORK.act(session, number, action, "chen", at)
    return number


def concerns(
    session: Session, at: datetime, department: str | None = None
) -> list[tuple[Concern, str]]:
    CASEWORK.bring_up_to_date(session, at)
    found = reminders(session, CASEWORK, at, department)
    return [(reminder.concern, reminder.subject) for reminder in found]


def test_due_and_overdue(session: Session) -> None:
    """Accepted on Monday with 10 days: due on 7 December, called so from the two working days
    before, overdue on the day after; a decided case is neither."""
    number = live(session, 1, (Accept(), MONDAY))
    live(session, 2, *TO_DECISION, (APPROVE, MONDAY))
    assert [] == concerns(session, december(2, 23))
    assert [(Concern.DUE_SOON, number)] == concerns(session, december(3))
    assert [(Concern.DUE_SOON, number)] == concerns(session, december(7, 23))
    assert [(Concern.OVERDUE, number)] == concerns(session, december(8, 0))
    assert [] == concerns(session, december(8), "县发改局")
    assert (
        Reminder(Concern.OVERDUE, number, ALLOWANCE, CIVIL_AFFAIRS, date(2026, 12, 7), False),
    ) == reminders(session, CASEWORK, december(8), CIVIL_AFFAIRS)


def test_stopped_clock_reminds_of_nothing(session: Session) -> None:
    """A case that waits for the applicant is not due; one that was overdue before remains so."""
    live(session, 1, (Accept(), MONDAY), (ASK, november(24)))
    late = live(session, 2, (Accept(), MONDAY), (ASK, december(8)))
    assert [(Concern.OVERDUE, late)] == concerns(session, december(31))


def test_answer_is_due(session: Session) -> None:
    """An unanswered receipt is called due from two working days before its five are over, and
    then counts as accepted; the limit of a supplemented one begins anew."""
    number = live(session, 1)
    live(session, 2, (ASK, MONDAY), (SUPPLIED, november(30)))
    assert [] == concerns(session, november(25))
    assert [(Concern.ANSWER_DUE, number)] == concerns(session, november(26))
    assert [(Concern.ANSWER_DUE, number)] == concerns(session, november(30, 23))
    assert [(Concern.DEEMED_ACCEPTED, number)] == concerns(session, december(1))


def test_promise_not_kept(session: Session) -> None:
    """A promised material that did not come within its days, named once for each case."""
    two = tuple(PromisedMaterial(name, "原件", days) for name, days in (("甲", 3), ("乙", 4)))
    number = live(session, 1, (Accept(two, promise_noted=True), MONDAY))
    assert [] == concerns(session, november(26))
    assert [(Concern.PROMISE_OVERDUE, number)] == concerns(session, november(27))
    assert [(Concern.PROMISE_OVERDUE, number)] == concerns(session, december(2))
    (reminder,) = reminders(session, CASEWORK, december(2))
    assert date(2026, 11, 26) == reminder.due_on


def test_bad_rating_not_followed_up(session: Session) -> None:
    """Of a filed case and of a look-up, under the department of the item; due first for contact,
    then for the putting right."""
    live(session, 1, (Refuse("不属于本机关职权范围"), MONDAY))
    rate(session, reference_of(1), 1, MONDAY)
    show_record(session, "CX3504282611230001", "107", MONDAY)
    rate(session, "CX3504282611230001", 2, MONDAY)
    rate(session, "GUIDE-0001", 2, MONDAY)
    assert {("041", CIVIL_AFFAIRS), ("107", "县社保中心"), (None, None)} == {
        (reminder.item, reminder.department) for reminder in reminders(session, CASEWORK, MONDAY)
    }
    note_contact(session, reference_of(1), "chen", november(24))
    (reminder,) = reminders(session, CASEWORK, november(24), CIVIL_AFFAIRS)
    assert date(2026, 11, 25) == reminder.due_on
    note_resolution(session, reference_of(1), "已道歉并更正指引", "chen", november(24))
    assert () == reminders(session, CASEWORK, november(24), CIVIL_AFFAIRS)


def month(session: Session, name: str, at: datetime) -> dict[str, dict[str, str]]:
    """The lines of the file by department, read as a spreadsheet program would."""
    CASEWORK.bring_up_to_date(session, at)
    content = monthly_csv(session, CASEWORK, Month.read(name), at)
    assert content.startswith("\ufeff部门,月份,收件".encode())
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return {row["部门"]: row for row in rows}


def test_monthly_figures(session: Session) -> None:
    """Every figure of a department's November, and of its December where things ended."""
    in_time = live(session, 1, *TO_DECISION, (APPROVE, november(27)))
    stopped = (ASK, november(24)), (SUPPLIED, november(27))
    live(session, 2, (Accept(), MONDAY), *stopped, (ForwardToDecision(), november(27)))
    late = live(session, 3, *TO_DECISION, (Extend(1, "需要实地核查"), november(30)))
    live(session, 4, (Refuse("不属于本机关职权范围"), november(24)))
    live(session, 5)
    live(session, 7, (Accept(), MONDAY), (Withdraw("not_needed"), november(25)))
    receive(session, 6, "900", november(24))
    rate(session, reference_of(1), 5, november(27))
    rate(session, reference_of(3), 2, november(27))
    rate(session, reference_of(4), 1, november(30))
    note_contact(session, reference_of(3), "chen", november(30))
    note_resolution(session, reference_of(3), "已加开窗口", "chen", december(1))
    note_contact(session, reference_of(4), "chen", december(2))
    note_resolution(session, reference_of(4), "已道歉", "chen", december(2))
    CASEWORK.act(session, late, APPROVE, "chen", december(9))
    assert in_time != late

    figures = month(session, "2026-11", december(31))
    assert {
        "部门": CIVIL_AFFAIRS,
        "月份": "2026-11",
        "收件": "6",
        "受理": "5",
        "补正": "1",
        "不予受理": "1",
        "撤回": "1",
        "办结": "1",
        "按时办结": "1",
        "超期": "0",
        "延期": "1",
        "平均用时（工作日）": "4.0",
        "非常满意": "1",
        "满意": "0",
        "基本满意": "0",
        "不满意": "1",
        "非常不满意": "1",
        "差评按时整改": "1",
    } == figures[CIVIL_AFFAIRS]
    assert "1" == figures[ELSEWHERE]["收件"]
    assert ("0", "") == (figures["县教育局"]["收件"], figures["县教育局"]["平均用时（工作日）"])
    assert [*CASEWORK.directory.departments(), ELSEWHERE] == list(figures)

    december_figures = month(session, "2026-12", december(31))[CIVIL_AFFAIRS]
    # Finished a day late; two more were never decided.
    assert ("0", "1", "0", "3") == tuple(
        december_figures[header] for header in ("收件", "办结", "按时办结", "超期")
    )
    assert "12.0" == december_figures["平均用时（工作日）"]


def test_time_in_supplement_is_not_the_offices(session: Session) -> None:
    """The average counts the working days that the clock ran."""
    supplement = (ASK, november(24)), (SUPPLIED, november(27))
    live(
        session,
        1,
        *TO_DECISION,
        *supplement,
        (ForwardToDecision(), november(27)),
        (APPROVE, november(30)),
    )
    figures = month(session, "2026-11", november(30))[CIVIL_AFFAIRS]
    assert ("1", "2.0") == (figures["按时办结"], figures["平均用时（工作日）"])


def test_one_departments_file(session: Session) -> None:
    """A department's own officer gets its line alone; lines end as RFC 4180 says."""
    content = monthly_csv(session, CASEWORK, Month(2026, 11), november(30), CIVIL_AFFAIRS)
    lines = content.decode("utf-8-sig").split("\r\n")
    assert [",".join(HEADERS), "县民政局,2026-11"] == [lines[0], lines[1][:12]]
    assert ["", 3] == [lines[2], len(lines)]


@pytest.mark.parametrize("first", "=+-@\t\r")
def test_cells_are_no_formulas(first: str) -> None:
    """Nothing that a spreadsheet program would calculate; what it would not stays as it is."""
    assert f"'{first}1+1" == cell(f"{first}1+1")
    assert "县民政局" == cell("县民政局")


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "202611", "2026-11-01", "", "２０２６-11"])
def test_wrong_month(text: str) -> None:
    """A month is read as YYYY-MM and nothing else."""
    with pytest.raises(ValueError, match="month"):
        Month.read(text)
