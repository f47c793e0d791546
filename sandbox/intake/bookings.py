"""预约: which times are free, who booked them, and who did not come."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.intake.contract import CHINA_TIME, ProblemType
from kiosk.intake.contract.bookings import (
    Booking,
    BookingBody,
    BookingContent,
    Cancelled,
    Day,
    Slot,
)
from sandbox.intake.auditing import note
from sandbox.intake.case_rows import moment
from sandbox.intake.database import Database
from sandbox.intake.hall_tables import BookingRow
from sandbox.intake.problems import Refusal
from sandbox.intake.receiving import DIVISION
from sandbox.intake.serials import next_number
from sandbox.intake.window_directory import WindowDirectory, WindowEntry, moment_of
from sandbox.intake.working_days import Holidays

_SERIES = f"YY{DIVISION}"
_MOST_TOLD = 20


class Standing(StrEnum):
    """待到, 已到, 已取消, 爽约."""

    TO_COME = "to_come"
    CAME = "came"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class BookingUsed(Exception):
    """The booking was cancelled or used, or is none of today's."""


@dataclass(frozen=True)
class Bookings:
    """Every refusal is a `Refusal`."""

    database: Database
    directory: WindowDirectory
    holidays: Holidays

    def days(self, session: Session, at: datetime) -> dict[str, tuple[Day, ...]]:
        """By window the times that are to come, with the places that are left."""
        today = at.astimezone(CHINA_TIME).date()
        days = self._times_to_come(at)
        taken = Counter(
            {
                (window, day, begins): count
                for window, day, begins, count in session.execute(
                    select(BookingRow.window, BookingRow.day, BookingRow.begins, func.count())
                    .where(BookingRow.day >= str(today), BookingRow.cancelled_at.is_(None))
                    .group_by(BookingRow.window, BookingRow.day, BookingRow.begins)
                )
            }
        )
        return {
            window.key: tuple(
                Day(
                    day=day,
                    slots=tuple(
                        Slot(
                            begins=begins,
                            ends=ends,
                            free=max(window.capacity - taken[window.key, str(day), begins], 0),
                        )
                        for begins, ends in slots.items()
                    ),
                )
                for day, slots in days.items()
            )
            for window in self.directory.windows
        }

    def book(
        self, session: Session, body: BookingBody, content: BookingContent, at: datetime
    ) -> Booking:
        """Of two who want the last place at once the second is refused with `taken`."""
        self.database.alone(session)
        window = self.directory.window(body.window)
        if window is None:
            raise Refusal(ProblemType.NO_RECORD)
        ends = self._end_of(body, at)
        self._admit(session, body, content, at)
        if self._booked(session, window, body) >= window.capacity:
            raise Refusal(ProblemType.TAKEN)
        row = BookingRow(
            number=next_number(session, _SERIES, at),
            kiosk=body.kiosk,
            window=window.key,
            window_name=window.name,
            place=window.place,
            day=str(body.day),
            begins=body.begins,
            ends=ends,
            about=content.about,
            kind=content.kind,
            person=content.number,
            name=content.name,
            booked_at=moment(at),
        )
        session.add(row)
        note(session, at, body.kiosk, "booked", row.number)
        return _told(row)

    def cancel(
        self, session: Session, kiosk: str, number: str, person: str, at: datetime
    ) -> Cancelled:
        """By the person who booked, until it begins."""
        row = session.get(BookingRow, number, with_for_update=True)
        if row is None:
            raise Refusal(ProblemType.NO_RECORD)
        if row.person != person:
            raise Refusal(ProblemType.NOT_THE_APPLICANT)
        if row.cancelled_at is not None or row.came_at is not None:
            raise Refusal(ProblemType.NOT_ALLOWED, "cancelled or used already")
        if moment_of(date.fromisoformat(row.day), row.begins) <= at:
            raise Refusal(ProblemType.NOT_ALLOWED, "its time has come")
        row.cancelled_at = moment(at)
        note(session, at, kiosk, "booking_cancelled", number)
        return Cancelled(booking=number, cancelled_at=at)

    def note_came(self, session: Session, number: str, officer: str, at: datetime) -> None:
        """A window saw them, without a ticket. BookingUsed for one that is not to come today."""
        row = session.get(BookingRow, number, with_for_update=True)
        today = str(at.astimezone(CHINA_TIME).date())
        if row is None or row.day != today or row.cancelled_at or row.came_at:
            raise BookingUsed
        row.came_at = moment(at)
        note(session, at, officer, "booking_came", number)

    def barred_until(self, session: Session, person: str, at: datetime) -> date | None:
        """The last day on which this person cannot book; None where they can."""
        missed = [
            date.fromisoformat(row.day)
            for row in session.scalars(select(BookingRow).where(BookingRow.person == person))
            if standing(row, at) is Standing.NO_SHOW
        ]
        until = self.directory.no_show.barred_until(missed)
        return until if until is not None and at.astimezone(CHINA_TIME).date() <= until else None

    def _end_of(self, body: BookingBody, at: datetime) -> str:
        """When the time ends that is asked for, if it is one that can be booked."""
        ends = self._times_to_come(at).get(body.day, {}).get(body.begins)
        if ends is None:
            raise Refusal(ProblemType.NOT_ALLOWED, "no time that can be booked")
        return ends

    def _times_to_come(self, at: datetime) -> dict[date, dict[str, str]]:
        """By day and beginning the end of each time that can be booked."""
        slots = tuple(self.directory.slots())
        days = self.directory.days_from(at.astimezone(CHINA_TIME).date(), self.holidays)
        to_come = {
            day: {begins: ends for begins, ends in slots if moment_of(day, begins) > at}
            for day in days
        }
        return {day: times for day, times in to_come.items() if times}

    def _admit(
        self, session: Session, body: BookingBody, content: BookingContent, at: datetime
    ) -> None:
        if self.barred_until(session, content.number, at) is not None:
            raise Refusal(ProblemType.NOT_ALLOWED, "too many no-shows")
        open_ones = bookings_of(session, content.number, at)
        if len(open_ones) >= self.directory.most_open:
            raise Refusal(ProblemType.NOT_ALLOWED, "too many bookings to come")
        if any((one.day, one.begins) == (body.day, body.begins) for one in open_ones):
            raise Refusal(ProblemType.NOT_ALLOWED, "a booking for this time is there already")

    def _booked(self, session: Session, window: WindowEntry, body: BookingBody) -> int:
        return session.scalars(
            select(func.count())
            .select_from(BookingRow)
            .where(
                BookingRow.window == window.key,
                BookingRow.day == str(body.day),
                BookingRow.begins == body.begins,
                BookingRow.cancelled_at.is_(None),
            )
        ).one()


def standing(row: BookingRow, at: datetime) -> Standing:
    if row.cancelled_at is not None:
        return Standing.CANCELLED
    if row.came_at is not None:
        return Standing.CAME
    over = moment_of(date.fromisoformat(row.day), row.ends) <= at
    return Standing.NO_SHOW if over else Standing.TO_COME


def bookings_of(session: Session, person: str, at: datetime) -> tuple[Booking, ...]:
    """What the person with this document's number has booked and is not over yet, soonest
    first."""
    today = str(at.astimezone(CHINA_TIME).date())
    rows = session.scalars(
        select(BookingRow)
        .where(
            BookingRow.person == person,
            BookingRow.day >= today,
            BookingRow.cancelled_at.is_(None),
            BookingRow.came_at.is_(None),
        )
        .order_by(BookingRow.day, BookingRow.begins)
        .limit(_MOST_TOLD)
    )
    return tuple(_told(row) for row in rows if standing(row, at) is Standing.TO_COME)


def _told(row: BookingRow) -> Booking:
    return Booking(
        number=row.number,
        window=row.window,
        window_name=row.window_name,
        place=row.place,
        day=date.fromisoformat(row.day),
        begins=row.begins,
        ends=row.ends,
        about=row.about,
    )
