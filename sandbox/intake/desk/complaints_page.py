"""投诉与反映: what people tell the centre, until they have the answer that they wanted."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import defer
from starlette.responses import Response
from starlette.routing import Route

from sandbox.intake.case_department import handled_by
from sandbox.intake.case_file import State, day_of
from sandbox.intake.casework import Casework
from sandbox.intake.desk.answering import Frame, Visit
from sandbox.intake.desk.cases import DueWords, due_words
from sandbox.intake.tables import Case

_MOST = 100
_BY = {"call": "电话", "message": "短信", "kiosk": "自助机上查", "none": "不用答复"}
"""How an answer is wanted, by the forms' own keys."""

_CALL = "call"
_ENDED = (State.REFUSED, State.DELIVERED, State.WITHDRAWN)


@dataclass(frozen=True)
class Complaint:
    """`to_call`: it is decided, and who told it waits for a call."""

    case: Case
    item: str
    department: str
    due: DueWords | None
    answer_by: str
    to_call: bool


class ComplaintsPage:
    def __init__(self, frame: Frame, casework: Casework) -> None:
        self._frame = frame
        self._casework = casework

    def routes(self) -> list[Route]:
        return [self._frame.route("/complaints", self.show)]

    def show(self, visit: Visit) -> Response:
        own = visit.officer.department
        directory = self._casework.directory
        told = [item.code for item in directory.items if item.answered]
        wanted = (
            select(Case, Case.content[("answers", "answer_by")].as_string())
            .options(defer(Case.content))
            .where(Case.item.in_(told), Case.state.not_in(_ENDED))
            .order_by(Case.received_at)
            .limit(_MOST + 1)
        )
        if own is not None:
            wanted = wanted.where(handled_by(directory, own))
        with visit.database.transaction() as session:
            self._casework.bring_up_to_date(session, visit.now)
            rows = session.execute(wanted).all()
            answers_due = self._casework.answers_due(session, [case.number for case, _ in rows])
        today = day_of(visit.now)
        found = [
            Complaint(
                case,
                item.name if (item := directory.item(case.item)) else "",
                directory.department(case.item, case.department) or "—",
                due_words(self._casework, case, answers_due.get(case.number), today),
                _BY.get(answer_by or "", "—"),
                case.state == State.FINISHED and answer_by == _CALL,
            )
            for case, answer_by in rows
            if case.state != State.FINISHED or answer_by == _CALL
        ]
        return self._frame.page(
            visit, "complaints.html", complaints=found[:_MOST], more=len(rows) > _MOST, most=_MOST
        )
