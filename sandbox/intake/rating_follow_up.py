"""What comes of a bad rating: contact within one working day, put right and reported back within
two (the county's plan, 将政办〔2023〕32号)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from sandbox.intake.auditing import note
from sandbox.intake.case_file import day_of
from sandbox.intake.case_rows import moment
from sandbox.intake.tables import Case, LookUp, Rating
from sandbox.intake.working_days import Holidays, add_working_days

WORST_LEVELS = (1, 2)
"""非常不满意, 不满意."""
CONTACT_DAYS = 1
RESOLVE_DAYS = 2


class WhyNot(StrEnum):
    """Why a follow-up is not noted."""

    UNKNOWN = "unknown"
    NOT_BAD = "not_bad"
    NOTED_ALREADY = "noted_already"
    NOT_CONTACTED = "not_contacted"
    NO_WORDS = "no_words"

    @property
    def chinese(self) -> str:
        return _WORDS[self]


_WORDS = {
    WhyNot.UNKNOWN: "没有这条评价",
    WhyNot.NOT_BAD: "本条评价不是差评，无需回访整改",
    WhyNot.NOTED_ALREADY: "已登记，不能重复登记",
    WhyNot.NOT_CONTACTED: "须先登记回访，再登记整改结果",
    WhyNot.NO_WORDS: "请写明整改结果",
}


class FollowUpNotAllowed(Exception):
    def __init__(self, why: WhyNot) -> None:
        super().__init__(why.value)
        self.why = why


def rating_received(rating: Rating, holidays: Holidays) -> None:
    """Sets by when a bad rating is to be followed up, counted from the day of its receipt."""
    if rating.level not in WORST_LEVELS:
        return
    day = day_of(datetime.fromisoformat(rating.received_at))
    resolve = add_working_days(day, RESOLVE_DAYS, holidays)
    rating.contact_due_on = add_working_days(day, CONTACT_DAYS, holidays).day.isoformat()
    rating.resolve_due_on = resolve.day.isoformat()
    rating.due_provisional = resolve.provisional


RATED_ITEM = func.coalesce(Case.item, LookUp.item)


def rated_services() -> Select[Rating, str | None, str | None, str | None]:
    """Ratings, each with the item of the case or slip that was rated, the department that the
    applicant named for it, and the case's number; None each where it is not known."""
    filed = (Case.kiosk == Rating.kiosk) & (Case.reference == Rating.reference)
    return (
        select(Rating, RATED_ITEM, Case.department, Case.number)
        .outerjoin(Case, (Case.number == Rating.case) | (Rating.case.is_(None) & filed))
        .outerjoin(LookUp, LookUp.number == Rating.reference)
    )


def note_contact(session: Session, reference: str, officer: str, at: datetime) -> None:
    """Raises FollowUpNotAllowed."""
    rating = _locked_bad_rating(session, reference)
    if rating.contacted_at is not None:
        raise FollowUpNotAllowed(WhyNot.NOTED_ALREADY)
    rating.contacted_at = moment(at)
    note(session, at, officer, "rating_contact", reference, {"level": rating.level})
    session.flush()


def note_resolution(
    session: Session, reference: str, words: str, officer: str, at: datetime
) -> None:
    """`words`: what was put right. Raises FollowUpNotAllowed."""
    rating = _locked_bad_rating(session, reference)
    if rating.contacted_at is None:
        raise FollowUpNotAllowed(WhyNot.NOT_CONTACTED)
    if rating.resolved_at is not None:
        raise FollowUpNotAllowed(WhyNot.NOTED_ALREADY)
    if not words.strip():
        raise FollowUpNotAllowed(WhyNot.NO_WORDS)
    rating.resolved_at = moment(at)
    rating.resolution = words
    note(session, at, officer, "rating_resolution", reference, {"level": rating.level})
    session.flush()


def _locked_bad_rating(session: Session, reference: str) -> Rating:
    rating = session.get(Rating, reference, populate_existing=True, with_for_update=True)
    if rating is None:
        raise FollowUpNotAllowed(WhyNot.UNKNOWN)
    if rating.contact_due_on is None:
        raise FollowUpNotAllowed(WhyNot.NOT_BAD)
    return rating
