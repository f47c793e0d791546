"""The contract's operations of the hall."""

from kiosk.intake.contract import ProblemType
from kiosk.intake.contract.bookings import (
    BOOKINGS,
    CANCELLATIONS,
    TICKETS,
    WINDOWS,
    Booking,
    BookingBody,
    CancellationBody,
    Cancelled,
    Ticket,
    TicketBody,
    Windows,
)
from kiosk.intake.contract.help_calls import (
    HELP_CALLS,
    HELP_ENDINGS,
    HelpBody,
    HelpCall,
    HelpEnding,
    HelpQuestion,
)
from sandbox.intake.operation import Operation

HALL_OPERATIONS = (
    Operation(
        WINDOWS,
        "Ask which windows there are, who waits there and which times are free",
        Windows,
        method="GET",
        status=200,
        keyed=False,
    ),
    Operation(
        BOOKINGS,
        "Book a time at a window",
        Booking,
        body=BookingBody,
        refusals=(
            ProblemType.NO_RECORD,
            ProblemType.NOT_ALLOWED,
            ProblemType.TAKEN,
            ProblemType.CANNOT_OPEN,
            ProblemType.CONTENT_INVALID,
        ),
    ),
    Operation(
        CANCELLATIONS,
        "Cancel a booking",
        Cancelled,
        body=CancellationBody,
        refusals=(
            ProblemType.NO_RECORD,
            ProblemType.NOT_ALLOWED,
            ProblemType.NOT_THE_APPLICANT,
            ProblemType.CANNOT_OPEN,
            ProblemType.CONTENT_INVALID,
        ),
    ),
    Operation(
        TICKETS,
        "Take a ticket for a window's queue",
        Ticket,
        body=TicketBody,
        refusals=(ProblemType.NO_RECORD, ProblemType.NOT_ALLOWED),
    ),
    Operation(HELP_CALLS, "Call a guide", HelpCall, body=HelpBody),
    Operation(
        HELP_CALLS,
        "Ask how a call for a guide stands",
        HelpCall,
        method="GET",
        question=HelpQuestion,
        status=200,
        keyed=False,
        refusals=(ProblemType.NO_RECORD,),
    ),
    Operation(
        HELP_ENDINGS,
        "End a call for a guide",
        HelpCall,
        body=HelpEnding,
        refusals=(ProblemType.NO_RECORD,),
    ),
)
