"""What kiosks ask of the hall: windows and their times, tickets, a guide."""

from collections.abc import Mapping

from kiosk.intake.contract.bookings import (
    BOOKINGS,
    CANCELLATIONS,
    TICKETS,
    WINDOWS,
    BookingBody,
    BookingContent,
    CancellationBody,
    CancellationContent,
    TicketBody,
)
from kiosk.intake.contract.help_calls import (
    HELP_CALLS,
    HELP_ENDINGS,
    HelpBody,
    HelpEnding,
    HelpQuestion,
)
from sandbox.intake.call import Answer, Call
from sandbox.intake.gate import Gate
from sandbox.intake.help_calls import HelpCalls
from sandbox.intake.queues import Queues
from sandbox.intake.sealed_contents import SealedContents


class HallCalls:
    def __init__(
        self, gate: Gate, contents: SealedContents, queues: Queues, help_calls: HelpCalls
    ) -> None:
        self._gate = gate
        self._contents = contents
        self._queues = queues
        self._help_calls = help_calls

    @property
    def answers(self) -> Mapping[str, Answer]:
        return {
            WINDOWS: self._windows,
            BOOKINGS: self._book,
            CANCELLATIONS: self._cancel,
            TICKETS: self._take_ticket,
            HELP_CALLS: self._call_guide,
            f"{HELP_CALLS}/{{call}}": self._tell_call,
            HELP_ENDINGS: self._end_call,
        }

    def _windows(self, call: Call) -> str:
        return self._gate.asked(call, call.peers_kiosk, self._queues.windows)

    def _book(self, call: Call) -> str:
        body = call.read(BookingBody)
        return self._gate.written(
            call,
            body,
            body.kiosk,
            lambda: self._contents.read(body.sealed, BookingContent),
            lambda session, at, content: self._queues.bookings.book(session, body, content, at),
        )

    def _cancel(self, call: Call) -> str:
        body = call.read(CancellationBody)
        return self._gate.written(
            call,
            body,
            body.kiosk,
            lambda: self._contents.read(body.sealed, CancellationContent),
            lambda session, at, content: self._queues.bookings.cancel(
                session, body.kiosk, body.booking, content.number, at
            ),
        )

    def _take_ticket(self, call: Call) -> str:
        body = call.read(TicketBody)
        return self._gate.written(
            call,
            body,
            body.kiosk,
            lambda: None,
            lambda session, at, _: self._queues.take(session, body, at),
        )

    def _call_guide(self, call: Call) -> str:
        body = call.read(HelpBody)
        return self._gate.written(
            call,
            body,
            body.kiosk,
            lambda: None,
            lambda session, at, _: self._help_calls.call(session, body, at),
        )

    def _tell_call(self, call: Call) -> str:
        asked = call.asked(HelpQuestion)
        kiosk = call.peers_kiosk
        return self._gate.asked(
            call, kiosk, lambda session, at: self._help_calls.told(session, kiosk, asked.call, at)
        )

    def _end_call(self, call: Call) -> str:
        body = call.read(HelpEnding)
        return self._gate.written(
            call,
            body,
            body.kiosk,
            lambda: None,
            lambda session, at, _: self._help_calls.end(session, body.kiosk, body.call, at),
        )
