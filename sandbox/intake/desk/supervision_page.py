"""督办: what each department has to be reminded of, and the month's figures."""

import re
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from starlette.responses import Response
from starlette.routing import Route

from sandbox.intake.auditing import note
from sandbox.intake.casework import CLOSED, Casework
from sandbox.intake.desk.answering import Frame, TurnedAway, Visit
from sandbox.intake.monthly_figures import Month, monthly_csv
from sandbox.intake.supervision import Concern, Reminder, reminders
from sandbox.intake.tables import Case

_UNKNOWN = "事项不明"


@dataclass(frozen=True)
class Line:
    """`path`: the page of what is overdue."""

    reminder: Reminder
    item: str
    department: str
    path: str


class SupervisionPage:
    def __init__(self, frame: Frame, casework: Casework) -> None:
        self._frame = frame
        self._casework = casework

    def routes(self) -> list[Route]:
        return [
            self._frame.route("/supervision", self.show),
            self._frame.route("/supervision/figures.csv", self.figures),
        ]

    def show(self, visit: Visit) -> Response:
        department = (
            visit.officer.department or visit.request.query_params.get("department") or None
        )
        with visit.database.transaction() as session:
            self._casework.bring_up_to_date(session, visit.now)
        with visit.database.reading() as session:
            found = reminders(session, self._casework, visit.now, visit.officer.department)
            provisional = session.scalar(
                select(func.count()).where(Case.due_provisional, Case.state.not_in(CLOSED))
            )
        shown = [self._line(one) for one in found if department in (None, one.department)]
        counts = Counter((one.department or _UNKNOWN, one.concern) for one in found)
        return self._frame.page(
            visit,
            "supervision.html",
            department=department,
            concerns=list(Concern),
            departments=list(dict.fromkeys(one.department or _UNKNOWN for one in found)),
            counts=counts,
            groups=[
                (concern, lines)
                for concern in Concern
                if (lines := [line for line in shown if line.reminder.concern is concern])
            ],
            provisional=provisional,
            month=f"{visit.now:%Y-%m}",
        )

    def figures(self, visit: Visit) -> Response:
        asked = re.fullmatch(
            r"([0-9]{4})-(0[1-9]|1[0-2])", visit.request.query_params.get("month", "")
        )
        if asked is None:
            raise TurnedAway(422, "没有这个月份", "请按“2026-11”的样子填写月份。")
        month = Month(int(asked[1]), int(asked[2]))
        own = visit.officer.department
        with visit.database.transaction() as session:
            self._casework.bring_up_to_date(session, visit.now)
            content = monthly_csv(session, self._casework, month, visit.now, own)
            note(session, visit.now, visit.officer.name, "figures_downloaded", str(month))
        return Response(
            content,
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="figures-{month}.csv"'},
        )

    def _line(self, reminder: Reminder) -> Line:
        item = self._casework.directory.item(reminder.item) if reminder.item else None
        return Line(
            reminder,
            item.name if item else _UNKNOWN,
            reminder.department or "—",
            "/ratings" if reminder.concern is Concern.BADLY_RATED else f"/cases/{reminder.subject}",
        )
