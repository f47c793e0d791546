"""取号和叫号: each window's queue of the day. Whoever booked goes before the others."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from math import ceil

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.intake.contract import CHINA_TIME, ProblemType
from kiosk.intake.contract.bookings import Ticket, TicketBody, Window, Windows
from sandbox.intake.auditing import note
from sandbox.intake.bookings import Bookings
from sandbox.intake.case_rows import moment
from sandbox.intake.hall_tables import BookingRow, TicketRow
from sandbox.intake.problems import Refusal
from sandbox.intake.serials import next_serial
from sandbox.intake.window_directory import WindowEntry, moment_of


class Stage(StrEnum):
    """等候, 已叫号, 已办, 过号."""

    WAITING = "waiting"
    CALLED = "called"
    DONE = "done"
    MISSED = "missed"


class QueueChanged(Exception):
    """What was to be done to a ticket is not possible any more."""


@dataclass(frozen=True)
class Queues:
    """Every refusal of a kiosk's question is a `Refusal`."""

    bookings: Bookings

    def windows(self, session: Session, at: datetime) -> Windows:
        directory = self.bookings.directory
        days = self.bookings.days(session, at)
        waiting = self.waiting(session, at)
        is_open = directory.is_open(at, self.bookings.holidays)
        return Windows(
            windows=tuple(
                Window(
                    key=window.key,
                    name=window.name,
                    place=window.place,
                    field=window.field,
                    waiting=waiting[window.key],
                    minutes=_minutes(window, waiting[window.key]),
                    open_now=is_open,
                    days=days[window.key],
                )
                for window in directory.windows
            ),
            no_show=directory.no_show.words,
            answered_at=at,
        )

    def waiting(self, session: Session, at: datetime) -> Counter[str]:
        """How many wait now, by window."""
        found = session.execute(
            select(TicketRow.window, func.count())
            .where(TicketRow.day == _day(at), TicketRow.stage == Stage.WAITING)
            .group_by(TicketRow.window)
        )
        return Counter(dict(found.all()))

    def take(self, session: Session, body: TicketBody, at: datetime) -> Ticket:
        window = self.bookings.directory.window(body.window)
        if window is None:
            raise Refusal(ProblemType.NO_RECORD)
        if not self.bookings.directory.is_open(at, self.bookings.holidays):
            raise Refusal(ProblemType.NOT_ALLOWED, "the window is closed")
        self.bookings.database.alone(session)
        booked_for = self._come(session, body.booking, window, at) if body.booking else None
        row = TicketRow(
            day=_day(at),
            number=f"{window.letter}{next_serial(session, f'ticket-{window.letter}', at):03d}",
            window=window.key,
            kiosk=body.kiosk,
            booking=body.booking,
            booked_for=booked_for,
            stage=Stage.WAITING,
            taken_at=moment(at),
        )
        session.add(row)
        session.flush()
        note(session, at, body.kiosk, "ticket_taken", row.number)
        ahead = [one.id for one in self.queue(session, window.key, at)].index(row.id)
        return Ticket(
            number=row.number,
            window=window.key,
            window_name=window.name,
            place=window.place,
            ahead=ahead,
            minutes=_minutes(window, ahead),
            taken_at=at,
        )

    def queue(self, session: Session, window: str, at: datetime) -> list[TicketRow]:
        """Who waits there, in the order in which they will be called."""
        return list(
            session.scalars(
                select(TicketRow)
                .where(
                    TicketRow.day == _day(at),
                    TicketRow.window == window,
                    TicketRow.stage == Stage.WAITING,
                )
                .order_by(TicketRow.booked_for.is_(None), TicketRow.booked_for, TicketRow.id)
            )
        )

    def called(self, session: Session, at: datetime) -> list[TicketRow]:
        """Whom the windows have called and who is not done, the last one called first."""
        return list(
            session.scalars(
                select(TicketRow)
                .where(TicketRow.day == _day(at), TicketRow.stage == Stage.CALLED)
                .order_by(TicketRow.called_at.desc(), TicketRow.id.desc())
            )
        )

    def call_next(
        self, session: Session, window: str, counter: int, officer: str, at: datetime
    ) -> TicketRow:
        """QueueChanged where nobody waits."""
        self.bookings.database.alone(session)
        queue = self.queue(session, window, at)
        if not queue:
            raise QueueChanged
        row = queue[0]
        row.stage, row.counter, row.called_at = Stage.CALLED, counter, moment(at)
        note(session, at, officer, "ticket_called", row.number, {"counter": counter})
        return row

    def end(
        self, session: Session, ticket: int, stage: Stage, officer: str, at: datetime
    ) -> TicketRow:
        """`stage` is done or missed; QueueChanged for a ticket that is not called."""
        row = session.get(TicketRow, ticket, with_for_update=True)
        if row is None or row.stage != Stage.CALLED:
            raise QueueChanged
        row.stage, row.ended_at = stage, moment(at)
        note(session, at, officer, f"ticket_{stage.value}", row.number)
        return row

    def _come(self, session: Session, number: str, window: WindowEntry, at: datetime) -> str:
        """Notes that they came; the time of the booking."""
        row = session.get(BookingRow, number, with_for_update=True)
        if row is None:
            raise Refusal(ProblemType.NO_RECORD)
        if row.window != window.key or row.cancelled_at is not None or row.came_at is not None:
            raise Refusal(ProblemType.NOT_ALLOWED, "a booking of another window, or used already")
        day = date.fromisoformat(row.day)
        early = self.bookings.directory.early
        if not moment_of(day, row.begins) - early <= at < moment_of(day, row.ends):
            raise Refusal(ProblemType.NOT_ALLOWED, "not the time of the booking")
        row.came_at = moment(at)
        return row.begins


def _minutes(window: WindowEntry, ahead: int) -> int:
    return ceil(ahead * window.minutes / window.counters)


def _day(at: datetime) -> str:
    return str(at.astimezone(CHINA_TIME).date())
