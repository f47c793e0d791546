"""评价: what citizens said of the service, and what came of the bad ones."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select
from sqlalchemy.orm import Session
from starlette.responses import Response
from starlette.routing import Route

from sandbox.intake.auditing import note
from sandbox.intake.case_department import handled_by
from sandbox.intake.case_file import day_of
from sandbox.intake.casework import Casework
from sandbox.intake.desk.answering import Frame, TurnedAway, Visit, go_to
from sandbox.intake.desk.wording import LEVELS
from sandbox.intake.rating_follow_up import (
    RATED_ITEM,
    WORST_LEVELS,
    FollowUpNotAllowed,
    note_contact,
    note_resolution,
    rated_services,
)
from sandbox.intake.tables import Rating

_MOST = 100
TABS = {"open": "差评待办", "bad": "全部差评", "all": "全部评价"}


@dataclass(frozen=True)
class RatedService:
    """`number` is the case's, None for a look-up; `late`: a follow-up is overdue."""

    rating: Rating
    words: str
    item: str
    department: str
    number: str | None
    bad: bool
    late: bool


class RatingsPage:
    def __init__(self, frame: Frame, casework: Casework) -> None:
        self._frame = frame
        self._casework = casework

    def routes(self) -> list[Route]:
        return [
            self._frame.route("/ratings", self._page),
            self._frame.route("/ratings/{reference}/contacted", self.contacted, post=True),
            self._frame.route("/ratings/{reference}/resolved", self.resolved, post=True),
        ]

    def contacted(self, visit: Visit) -> Response:
        try:
            with visit.database.transaction() as session:
                reference = self._own(visit, session)
                note_contact(session, reference, visit.officer.name, visit.now)
        except FollowUpNotAllowed as refused:
            return self._page(visit, 409, f"{refused.why.chinese}。")
        return go_to(visit, "/ratings", "contacted")

    def resolved(self, visit: Visit) -> Response:
        try:
            with visit.database.transaction() as session:
                reference = self._own(visit, session)
                words = visit.form.text("words")
                note_resolution(session, reference, words, visit.officer.name, visit.now)
        except FollowUpNotAllowed as refused:
            return self._page(visit, 409, f"{refused.why.chinese}。")
        return go_to(visit, "/ratings", "resolved")

    def _page(self, visit: Visit, status: int = 200, problem: str = "") -> Response:
        tab = visit.request.query_params.get("show", "open")
        wanted = _wanted(tab)
        if own := visit.officer.department:
            wanted = wanted.where(handled_by(self._casework.directory, own, RATED_ITEM))
        with visit.database.transaction() as session:
            rows = session.execute(wanted.limit(_MOST + 1)).all()
            note(session, visit.now, visit.officer.name, "ratings_opened", "ratings")
        return self._frame.page(
            visit,
            "ratings.html",
            status=status,
            problem=problem,
            tab=tab if tab in TABS else "open",
            tabs=TABS.items(),
            rated=[
                self._rated(rating, item, named, number, day_of(visit.now))
                for rating, item, named, number in rows[:_MOST]
            ],
            more=len(rows) > _MOST,
            most=_MOST,
        )

    def _rated(
        self,
        rating: Rating,
        item: str | None,
        named: str | None,
        number: str | None,
        today: date,
    ) -> RatedService:
        known = self._casework.directory.item(item) if item else None
        due = rating.resolve_due_on if rating.contacted_at else rating.contact_due_on
        return RatedService(
            rating,
            LEVELS[rating.level],
            known.name if known else "事项不明",
            self._casework.directory.department(item, named) or "—",
            number,
            rating.level in WORST_LEVELS,
            rating.resolved_at is None and due is not None and due < today.isoformat(),
        )

    def _own(self, visit: Visit, session: Session) -> str:
        """The reference that the form is about, of a service of the officer's department."""
        reference = str(visit.request.path_params["reference"])
        found = session.execute(rated_services().where(Rating.reference == reference)).first()
        own = visit.officer.department
        handles = self._casework.directory.department(found[1], found[2]) if found else None
        if own is not None and handles != own:
            raise TurnedAway(403, "不是本部门的评价", "您只能处理本部门的评价。")
        return reference


def _wanted(tab: str) -> Select[Rating, str | None, str | None, str | None]:
    match tab:
        case "all":
            return rated_services().order_by(Rating.received_at.desc())
        case "bad":
            bad = rated_services().where(Rating.level.in_(WORST_LEVELS))
            return bad.order_by(Rating.received_at.desc())
        case _:
            waiting = Rating.contact_due_on.is_not(None) & Rating.resolved_at.is_(None)
            return rated_services().where(waiting).order_by(Rating.contact_due_on)
