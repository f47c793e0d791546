"""待办: the list of cases."""

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, defer
from starlette.responses import Response
from starlette.routing import Route

from sandbox.intake.case_department import handled_by
from sandbox.intake.case_file import IN_HAND, State, day_of
from sandbox.intake.casework import Casework
from sandbox.intake.desk.answering import Frame, Visit, go_to
from sandbox.intake.tables import Case
from sandbox.intake.working_days import Due, working_days_between

_PAGE = 50
_OPEN = (State.RECEIVED, State.SUPPLEMENTING, *sorted(IN_HAND))
_IN_ORDER = sorted(State, key=lambda state: state in (State.REFUSED, State.WITHDRAWN))
TABS: dict[str, tuple[str, tuple[State, ...]]] = {
    "open": ("待办", _OPEN),
    **{state.value: (state.chinese, (state,)) for state in _IN_ORDER},
}
"""By the word in the address: what is written on it, and the states that it shows."""


@dataclass(frozen=True)
class DueWords:
    """A limit as it is read today: `mark` is plain, soon or over."""

    on: str
    words: str
    mark: str
    provisional: bool


@dataclass(frozen=True)
class Line:
    case: Case
    item: str
    department: str
    due: DueWords | None


class CasesPage:
    def __init__(self, frame: Frame, casework: Casework) -> None:
        self._frame = frame
        self._casework = casework

    def routes(self) -> list[Route]:
        return [
            self._frame.route("/", lambda visit: go_to(visit, "/cases")),
            self._frame.route("/cases", self.show),
        ]

    def show(self, visit: Visit) -> Response:
        asked = visit.request.query_params
        tab = asked.get("state", "open")
        sought = asked.get("q", "").strip()[:40]
        department = visit.officer.department or asked.get("department") or None
        asked_page = asked.get("page", "")
        page = int(asked_page) if re.fullmatch(r"[1-9][0-9]{0,4}", asked_page) else 1
        _, states = TABS.get(tab, TABS["open"])
        first = (page - 1) * _PAGE
        with visit.database.transaction() as session:
            self._casework.bring_up_to_date(session, visit.now)
        with visit.database.reading() as session:
            counts = self._counts(session, department)
            if sought:
                found = self._sought(session, sought, department)
            else:
                found = list(
                    self._casework.cases(
                        session, states=states, department=department, first=first, most=_PAGE + 1
                    )
                )
            answer_by = self._casework.answers_due(session, [case.number for case in found])
        today = day_of(visit.now)
        lines = [self._line(case, answer_by.get(case.number), today) for case in found[:_PAGE]]
        if not sought:
            # The database knows no day for an answer; on its page each case has its place.
            lines.sort(key=lambda line: line.due.on if line.due else str(date.max))
        return self._frame.page(
            visit,
            "cases.html",
            tab=tab if tab in TABS else "open",
            tabs=[
                (key, name, sum(counts.get(state, 0) for state in states))
                for key, (name, states) in TABS.items()
            ],
            lines=lines,
            sought=sought,
            department=department,
            departments=self._casework.directory.departments(),
            page_number=page,
            more=len(found) > _PAGE,
        )

    def _line(self, case: Case, answer_by: Due | None, today: date) -> Line:
        item = self._casework.directory.item(case.item)
        return Line(
            case,
            item.name if item else f"事项 {case.item}",
            self._casework.directory.department(case.item, case.department) or "—",
            due_words(self._casework, case, answer_by, today),
        )

    def _counts(self, session: Session, department: str | None) -> dict[State, int]:
        rows = session.execute(
            select(Case.state, func.count()).where(*self._of(department)).group_by(Case.state)
        )
        return {State(state): count for state, count in rows}

    def _sought(self, session: Session, sought: str, department: str | None) -> list[Case]:
        beginning = sought.upper()
        return list(
            session.scalars(
                select(Case)
                .options(defer(Case.content))
                .where(
                    or_(
                        Case.number.startswith(beginning, autoescape=True),
                        Case.reference.startswith(beginning, autoescape=True),
                    ),
                    *self._of(department),
                )
                .order_by(Case.received_at.desc())
                .limit(_PAGE + 1)
            )
        )

    def _of(self, department: str | None) -> list[ColumnElement[bool]]:
        if department is None:
            return []
        return [handled_by(self._casework.directory, department)]


def due_words(
    casework: Casework, case: Case, answer_by: Due | None, today: date
) -> DueWords | None:
    """The limit that runs or stands; None where there is none, or the case is decided."""
    if answer_by is not None:
        words, mark = _left(casework, answer_by.day, today)
        return DueWords(str(answer_by.day), f"待答复，{words}", mark, answer_by.provisional)
    if case.due_on is None or State(case.state) not in _OPEN:
        return None
    if case.stopped_on is not None:
        return DueWords(case.due_on, "补正中，停止计时", "plain", case.due_provisional)
    words, mark = _left(casework, date.fromisoformat(case.due_on), today)
    return DueWords(case.due_on, words, mark, case.due_provisional)


def _left(casework: Casework, due: date, today: date) -> tuple[str, str]:
    if due < today:
        over = working_days_between(due, today, casework.holidays)
        return f"逾期 {over} 个工作日", "over"
    if due == today:
        return "今天到期", "soon"
    left = working_days_between(today, due, casework.holidays)
    return f"还有 {left} 个工作日", "soon" if left <= 2 else "plain"
