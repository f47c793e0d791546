"""操作记录: the audit trail, newest first."""

from sqlalchemy import select
from starlette.responses import Response
from starlette.routing import Route

from sandbox.intake.desk.answering import Frame, Visit
from sandbox.intake.tables import AuditEntry, Officer

_PAGE = 100


class AuditPage:
    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def routes(self) -> list[Route]:
        return [self._frame.route("/audit", self.show, administrators=True)]

    def show(self, visit: Visit) -> Response:
        asked = visit.request.query_params
        sought = asked.get("q", "").strip()[:60]
        before = asked.get("before", "")
        entries = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(_PAGE + 1)
        if sought:
            entries = entries.where((AuditEntry.subject == sought) | (AuditEntry.actor == sought))
        if before.isdecimal():
            entries = entries.where(AuditEntry.id < int(before[:18]))
        with visit.database.reading() as session:
            found = session.scalars(entries).all()
            names = {o.name: o.shown_as for o in session.scalars(select(Officer))}
        return self._frame.page(
            visit,
            "audit.html",
            entries=found[:_PAGE],
            names=names,
            sought=sought,
            earlier=found[_PAGE - 1].id if len(found) > _PAGE else None,
        )
