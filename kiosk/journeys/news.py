"""What devices and the intake report, written into the session that it belongs to."""

from dataclasses import replace

from kiosk.events import (
    ApplicationKept,
    ApplicationReceived,
    CardFailed,
    CardReading,
    CaseAnswered,
    CaseFailed,
    FilingFailed,
    IdentityRefused,
    LookUpAnswered,
    LookUpFailed,
    PrintFinished,
    SendingDeferred,
)
from kiosk.session import CaseAsked, Filed, Session

VisitNews = (
    CardReading
    | CardFailed
    | ApplicationKept
    | ApplicationReceived
    | SendingDeferred
    | FilingFailed
    | PrintFinished
    | LookUpAnswered
    | LookUpFailed
    | IdentityRefused
    | CaseAnswered
    | CaseFailed
)


def concerns(session: Session, event: object) -> bool:
    """Whether the event belongs to this visit, or to no visit. A late one of a citizen who has
    left must change nothing."""
    visit = getattr(event, "visit", session.visit)
    return bool(visit == session.visit)


def note(session: Session, event: VisitNews) -> None:
    """Write one event of this visit down."""
    match event:
        case CardReading():
            session.reading, session.card_error, session.card_expired = True, None, False
            session.code_error, session.code_unknown = None, False
        case CardFailed(_, error):
            session.reading, session.card_error = False, error
        case ApplicationKept(_, reference, kept_at):
            session.filed = Filed(reference, kept_at)
        case ApplicationReceived(_, reference, number, received_at):
            if session.filed is not None and session.filed.reference == reference:
                session.filed = replace(session.filed, number=number, received_at=received_at)
                session.deferred = None
        case SendingDeferred(_, _, error):
            session.deferred = error
        case FilingFailed(_, error):
            session.filing_error = error
        case PrintFinished(job, outcome, status, begun):
            if session.printed is not None and session.printed.job == job:
                session.printed = replace(
                    session.printed, outcome=outcome, status=status, begun=begun
                )
        case LookUpAnswered(_, item, rows, number):
            if session.item is not None and session.item.code == item:
                session.look_up_rows, session.look_up_number = rows, number
        case LookUpFailed(_, item, error):
            if session.item is not None and session.item.code == item:
                session.look_up_error = error
        case IdentityRefused(_, error):
            session.identifying, session.code_error = False, error
        case CaseAnswered(_, number, stage, due):
            if session.case is not None:
                session.case = CaseAsked(session.case.asked, number, stage, due)
        case CaseFailed(_, error):
            if session.case is not None:
                session.case = CaseAsked(session.case.asked, error=error)
