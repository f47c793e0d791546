"""统一督办: what a department has to be reminded of. Bring the cases up to date before
(`Casework.bring_up_to_date`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from sandbox.intake.case_clock import answer_due
from sandbox.intake.case_file import IN_HAND, State, day_of
from sandbox.intake.case_rows import unanswered_cases
from sandbox.intake.casework import CLOSED, Casework
from sandbox.intake.rating_follow_up import rated_services
from sandbox.intake.tables import Case, MissingMaterial, Rating
from sandbox.intake.working_days import add_working_days

SOON_DAYS = 2
"""Working days before a limit from which it is called due."""


class Concern(StrEnum):
    """In the order in which they are shown."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    ANSWER_DUE = "answer_due"
    PROMISE_OVERDUE = "promise_overdue"
    BADLY_RATED = "badly_rated"
    DEEMED_ACCEPTED = "deemed_accepted"

    @property
    def chinese(self) -> str:
        return _WORDS[self]


_WORDS = {
    Concern.OVERDUE: "超期未办结",
    Concern.DUE_SOON: "即将到期",
    Concern.ANSWER_DUE: "待受理即将到期",
    Concern.PROMISE_OVERDUE: "容缺材料逾期未补",
    Concern.BADLY_RATED: "差评待整改",
    Concern.DEEMED_ACCEPTED: "逾期未告知视为受理",
}


@dataclass(frozen=True)
class Reminder:
    """`subject`: the case's number, or the reference of what was rated. `item` and `department`
    are None where they are not known. `provisional`: `due_on` is (暂定)."""

    concern: Concern
    subject: str
    item: str | None
    department: str | None
    due_on: date | None
    provisional: bool


def reminders(
    session: Session, casework: Casework, at: datetime, department: str | None = None
) -> tuple[Reminder, ...]:
    """Of one department, or of all; by concern, the ones due first at the top."""
    found = (
        *_cases(session, casework, at),
        *_unanswered(session, casework, at),
        *_promises(session, casework, at),
        *_bad_ratings(session, casework),
    )
    order = list(Concern)
    return tuple(
        sorted(
            (r for r in found if department in (None, r.department)),
            key=lambda r: (order.index(r.concern), r.due_on or date.max, r.subject),
        )
    )


def _cases(session: Session, casework: Casework, at: datetime) -> Iterator[Reminder]:
    today = day_of(at)
    soon = add_working_days(today, SOON_DAYS, casework.holidays).day.isoformat()
    open_cases = session.execute(
        select(
            Case.number,
            Case.item,
            Case.department,
            Case.state,
            Case.due_on,
            Case.due_provisional,
            Case.stopped_on,
            Case.deemed,
        ).where(Case.state.not_in((*CLOSED, State.RECEIVED)))
    )
    for number, item, named, state, due_on, provisional, stopped_on, deemed in open_cases:
        concerns = []
        if due_on is not None and due_on < (stopped_on or today.isoformat()):
            concerns.append(Concern.OVERDUE)
        elif due_on is not None and state in IN_HAND and due_on <= soon:
            concerns.append(Concern.DUE_SOON)
        if deemed:
            concerns.append(Concern.DEEMED_ACCEPTED)
        for concern in concerns:
            yield _reminder(casework, concern, number, (item, named), due_on, provisional)


def _unanswered(session: Session, casework: Casework, at: datetime) -> Iterator[Reminder]:
    soon = add_working_days(day_of(at), SOON_DAYS, casework.holidays).day
    for number, item, since, named in session.execute(unanswered_cases()):
        answer_by = answer_due(datetime.fromisoformat(since), casework.holidays)
        if answer_by.day <= soon:
            day = answer_by.day.isoformat()
            due = day, answer_by.provisional
            yield _reminder(casework, Concern.ANSWER_DUE, number, (item, named), *due)


def _promises(session: Session, casework: Casework, at: datetime) -> Iterator[Reminder]:
    """One for each case, with its first material that did not come."""
    overdue = session.execute(
        select(
            Case.number,
            Case.item,
            Case.department,
            MissingMaterial.due_on,
            MissingMaterial.due_provisional,
        )
        .join(MissingMaterial, MissingMaterial.case == Case.number)
        .where(
            Case.state.not_in(CLOSED),
            MissingMaterial.promised,
            MissingMaterial.supplied_at.is_(None),
            MissingMaterial.due_on < day_of(at).isoformat(),
        )
        .order_by(MissingMaterial.due_on.desc())
    )
    first = {row.number: row for row in overdue}
    for number, item, named, due_on, provisional in first.values():
        of = item, named
        yield _reminder(casework, Concern.PROMISE_OVERDUE, number, of, due_on, provisional)


def _bad_ratings(session: Session, casework: Casework) -> Iterator[Reminder]:
    """Due is the contact, and after it the putting right."""
    unresolved = rated_services().where(
        Rating.contact_due_on.is_not(None), Rating.resolved_at.is_(None)
    )
    for rating, item, named, _ in session.execute(unresolved):
        due_on = rating.resolve_due_on if rating.contacted_at else rating.contact_due_on
        due = due_on, rating.due_provisional
        yield _reminder(casework, Concern.BADLY_RATED, rating.reference, (item, named), *due)


def _reminder(
    casework: Casework,
    concern: Concern,
    subject: str,
    of: tuple[str | None, str | None],
    due_on: str | None,
    provisional: bool,
) -> Reminder:
    """`of`: the item, and the department that the applicant named for it."""
    item, _ = of
    return Reminder(
        concern,
        subject,
        item,
        casework.directory.department(*of),
        date.fromisoformat(due_on) if due_on else None,
        provisional,
    )
