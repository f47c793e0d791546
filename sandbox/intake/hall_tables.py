"""What the intake keeps of the hall: bookings, queues, calls for a guide. Moments and days as in
`tables`."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sandbox.intake.tables import Base, Day, Moment


class BookingRow(Base):
    """A booking as it was confirmed, and whose it is. `came_at`: a ticket was taken for it, or the
    window noted that they came. One that ended without either, and was not cancelled, is a
    no-show."""

    __tablename__ = "booking"
    __table_args__ = (Index("booking_by_time", "window", "day", "begins"),)

    number: Mapped[str] = mapped_column(String(20), primary_key=True)
    kiosk: Mapped[str] = mapped_column(String(20))
    window: Mapped[str] = mapped_column(String(40))
    window_name: Mapped[str] = mapped_column(String(60))
    place: Mapped[str] = mapped_column(String(60))
    day: Mapped[str] = mapped_column(Day, index=True)
    begins: Mapped[str] = mapped_column(String(5))
    ends: Mapped[str] = mapped_column(String(5))
    about: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(40))
    person: Mapped[str] = mapped_column(String(40), index=True)
    name: Mapped[str] = mapped_column(String(120))
    booked_at: Mapped[str] = mapped_column(Moment)
    cancelled_at: Mapped[str | None] = mapped_column(Moment)
    came_at: Mapped[str | None] = mapped_column(Moment)


class TicketRow(Base):
    """A place in one day's queue of a window. `booked_for`: the time of its booking, which goes
    first. `stage`: waiting, called, done, missed; `counter`: the one that called it."""

    __tablename__ = "ticket"
    __table_args__ = (UniqueConstraint("day", "number"), Index("ticket_by_queue", "day", "window"))

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(Day)
    number: Mapped[str] = mapped_column(String(5))
    window: Mapped[str] = mapped_column(String(40))
    kiosk: Mapped[str] = mapped_column(String(20))
    booking: Mapped[str | None] = mapped_column(ForeignKey("booking.number"), unique=True)
    booked_for: Mapped[str | None] = mapped_column(String(5))
    stage: Mapped[str] = mapped_column(String(10))
    taken_at: Mapped[str] = mapped_column(Moment)
    called_at: Mapped[str | None] = mapped_column(Moment)
    counter: Mapped[int | None]
    ended_at: Mapped[str | None] = mapped_column(Moment)


class HelpCallRow(Base):
    """A kiosk's call for a guide. `guide` and `minutes` are what whoever comes said of it."""

    __tablename__ = "help_call"

    call: Mapped[str] = mapped_column(String(21), primary_key=True)
    kiosk: Mapped[str] = mapped_column(String(20), index=True)
    place: Mapped[str] = mapped_column(String(40))
    called_at: Mapped[str] = mapped_column(Moment)
    coming_at: Mapped[str | None] = mapped_column(Moment)
    guide: Mapped[str] = mapped_column(String(40), default="")
    minutes: Mapped[int | None]
    ended_at: Mapped[str | None] = mapped_column(Moment, index=True)
