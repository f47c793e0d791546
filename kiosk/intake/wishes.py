"""What a citizen wants done at once: a time booked or given up, a ticket, a guide called. An answer
that was lost on the way is asked for again under the same key, so that it is done once."""

import time
from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel

from kiosk.errors import IntakeAnswerInvalid, IntakeError, IntakeRefused, IntakeUnreachable
from kiosk.intake.contract import ProblemType
from kiosk.intake.contract.bookings import (
    Booking,
    BookingBody,
    BookingContent,
    CancellationBody,
    CancellationContent,
    Ticket,
    TicketBody,
)
from kiosk.intake.contract.help_calls import HelpBody, HelpCall
from kiosk.intake.line import Line
from kiosk.intake.orders import BookingWish, Cancellation, GuideCall, TicketWish
from kiosk.intake.outbox_rows import new_key

LONGEST = 8.0
"""Seconds for all tries together."""
_TRIES = 3
_PAUSE = 0.5
"""Seconds between two tries."""

Done = TypeVar("Done")


class Wishes:
    """Each raises IntakeError after 8 s at most. `seal` seals to the intake's key."""

    def __init__(self, kiosk_id: str, line: Line, seal: Callable[[BaseModel], str]) -> None:
        self._kiosk_id = kiosk_id
        self._line = line
        self._seal = seal

    def book(self, wish: BookingWish) -> Booking:
        person = wish.person
        content = BookingContent(
            kind=person.kind, number=person.number, name=wish.name, about=wish.about
        )
        body = BookingBody(
            kiosk=self._kiosk_id,
            window=wish.window,
            day=wish.day,
            begins=wish.begins,
            sealed=self._seal(content),
        )
        booking = self._insist(self._line.client.book, body)
        if (booking.window, booking.day, booking.begins) != (wish.window, wish.day, wish.begins):
            raise IntakeAnswerInvalid("the answer is about another time")
        return booking

    def cancel(self, wish: Cancellation) -> str:
        """The booking's number."""
        content = CancellationContent(kind=wish.person.kind, number=wish.person.number)
        body = CancellationBody(
            kiosk=self._kiosk_id, booking=wish.booking, sealed=self._seal(content)
        )
        cancelled = self._insist(self._line.client.cancel, body)
        if cancelled.booking != wish.booking:
            raise IntakeAnswerInvalid("the answer is about another booking")
        return cancelled.booking

    def take_ticket(self, wish: TicketWish) -> Ticket:
        body = TicketBody(kiosk=self._kiosk_id, window=wish.window, booking=wish.booking)
        ticket = self._insist(self._line.client.take_ticket, body)
        if ticket.window != wish.window:
            raise IntakeAnswerInvalid("the answer is about another window")
        return ticket

    def call_guide(self, wish: GuideCall) -> HelpCall:
        body = HelpBody(kiosk=self._kiosk_id, place=wish.place)
        return self._insist(self._line.client.call_guide, body)

    def _insist(self, call: Callable[[str, bytes, float], Done], body: BaseModel) -> Done:
        until = time.monotonic() + LONGEST
        key, payload = new_key(), body.model_dump_json().encode()
        for _ in range(_TRIES - 1):
            try:
                return call(key, payload, until - time.monotonic())
            except IntakeError as error:
                if not _may_have_been_done(error) or time.monotonic() + 2 * _PAUSE > until:
                    raise
            time.sleep(_PAUSE)
        return call(key, payload, until - time.monotonic())


def _may_have_been_done(error: IntakeError) -> bool:
    match error:
        case IntakeUnreachable() | IntakeAnswerInvalid():
            return True
        case IntakeRefused(status=status, problem=problem):
            return status >= 500 or problem is ProblemType.IN_PROGRESS
        case _:
            return False
