"""Monthly figures by department for 考核, as CSV for spreadsheet programs."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, defer

from sandbox.intake.case_file import day_of
from sandbox.intake.casework import Casework
from sandbox.intake.rating_follow_up import WORST_LEVELS, rated_services
from sandbox.intake.tables import Case, MissingMaterial, Rating
from sandbox.intake.working_days import Holidays, working_days_between

ELSEWHERE = "其他（事项不在目录）"
"""Where the figures of items stand that the directory does not know."""

_LEVELS = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}

HEADERS = (
    "部门",
    "月份",
    "收件",
    "受理",
    "补正",
    "不予受理",
    "撤回",
    "办结",
    "按时办结",
    "超期",
    "延期",
    "平均用时（工作日）",
    *_LEVELS.values(),
    "差评按时整改",
)


@dataclass
class Figures:
    """One department's month. What each one counts stands in `docs/casework.md`."""

    received: int = 0
    accepted: int = 0
    returned: int = 0
    refused: int = 0
    withdrawn: int = 0
    finished: int = 0
    in_time: int = 0
    overdue: int = 0
    extended: int = 0
    days_taken: list[int] = field(default_factory=list)
    ratings: dict[int, int] = field(default_factory=lambda: dict.fromkeys(_LEVELS, 0))
    bad_followed_up: int = 0

    def cells(self) -> tuple[str, ...]:
        taken = self.days_taken
        return (
            str(self.received),
            str(self.accepted),
            str(self.returned),
            str(self.refused),
            str(self.withdrawn),
            str(self.finished),
            str(self.in_time),
            str(self.overdue),
            str(self.extended),
            f"{sum(taken) / len(taken):.1f}" if taken else "",
            *(str(count) for count in self.ratings.values()),
            str(self.bad_followed_up),
        )


@dataclass(frozen=True)
class Month:
    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Of YYYY-MM; ValueError for anything else."""
        if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text):
            raise ValueError("a month is YYYY-MM")
        return cls(int(text[:4]), int(text[5:]))

    def has(self, moment_or_day: str | None) -> bool:
        """Of a text as the tables keep it."""
        return moment_or_day is not None and moment_or_day.startswith(f"{self}-")


def monthly_csv(
    session: Session,
    casework: Casework,
    month: Month,
    at: datetime,
    department: str | None = None,
) -> bytes:
    """UTF-8 with a byte order mark, lines ended by CR LF (RFC 4180); one line for each department,
    or for the one. `at`: until when it was looked; bring the cases up to date before."""
    figures = monthly_figures(session, casework, month, at)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADERS)
    for name, counted in figures.items():
        if department in (None, name):
            writer.writerow(cell(part) for part in (name, str(month), *counted.cells()))
    return text.getvalue().encode("utf-8-sig")


def cell(text: str) -> str:
    """A spreadsheet program takes what begins with = + - @, a tab or CR for a formula: an
    apostrophe before it makes it a text."""
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") else text


def monthly_figures(
    session: Session, casework: Casework, month: Month, at: datetime
) -> dict[str, Figures]:
    """By department, all of them; last the items that the directory does not know, if any."""
    directory = casework.directory
    figures = {name: Figures() for name in directory.departments()}

    def of(item: str | None, named: str | None) -> Figures:
        name = directory.department(item, named)
        return figures.setdefault(name or ELSEWHERE, Figures())

    for case in _cases_of(session, month):
        _count_case(of(case.item, case.department), case, casework.holidays, month, day_of(at))
    returned = (
        select(Case.number, Case.item, Case.department)
        .join(MissingMaterial, MissingMaterial.case == Case.number)
        .where(MissingMaterial.promised.is_(False), _in(MissingMaterial.asked_at, month))
        .distinct()
    )
    for _, item, named in session.execute(returned):
        of(item, named).returned += 1
    rated = rated_services().where(_in(Rating.received_at, month))
    for rating, item_rated, named, _ in session.execute(rated):
        _count_rating(of(item_rated, named), rating)
    return figures


def _cases_of(session: Session, month: Month) -> Iterator[Case]:
    moments = (
        Case.received_at,
        Case.accepted_at,
        Case.refused_at,
        Case.withdrawn_at,
        Case.finished_at,
        Case.extended_at,
        Case.due_on,
    )
    happened = or_(*(_in(moment, month) for moment in moments))
    yield from session.scalars(select(Case).options(defer(Case.content)).where(happened))


def _in(column: InstrumentedAttribute[Any], month: Month) -> ColumnElement[bool]:
    return column.startswith(f"{month}-")


def _count_case(
    counted: Figures, case: Case, holidays: Holidays, month: Month, today: date
) -> None:
    counted.received += month.has(case.received_at)
    counted.accepted += month.has(case.accepted_at)
    counted.refused += month.has(case.refused_at)
    counted.withdrawn += month.has(case.withdrawn_at)
    counted.extended += month.has(case.extended_at)
    decided_on = case.finished_at[:10] if case.finished_at else None
    withdrawn_on = case.withdrawn_at[:10] if case.withdrawn_at else None
    is_late = case.due_on is not None and case.due_on < (
        decided_on or withdrawn_on or case.stopped_on or today.isoformat()
    )
    counted.overdue += is_late and month.has(case.due_on)
    if decided_on and case.accepted_at and month.has(decided_on):
        counted.finished += 1
        counted.in_time += not is_late
        accepted_on = date.fromisoformat(case.accepted_at[:10])
        between = working_days_between(accepted_on, date.fromisoformat(decided_on), holidays)
        counted.days_taken.append(between - case.stopped_days)


def _count_rating(counted: Figures, rating: Rating) -> None:
    counted.ratings[rating.level] += 1
    if rating.level in WORST_LEVELS:
        counted.bad_followed_up += _in_time(rating.contacted_at, rating.contact_due_on) and (
            _in_time(rating.resolved_at, rating.resolve_due_on)
        )


def _in_time(done_at: str | None, due_on: str | None) -> bool:
    return done_at is not None and due_on is not None and done_at[:10] <= due_on
