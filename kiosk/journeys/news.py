"""What devices and the intake report, written into the session that it belongs to."""

from dataclasses import replace

from kiosk.errors import IntakeAnswerInvalid, IntakeRefused
from kiosk.events import (
    ActKept,
    ActReceived,
    ActRefused,
    ApplicationKept,
    ApplicationReceived,
    Booked,
    BookingCancelled,
    BookingFailed,
    CardFailed,
    CardReading,
    CaseAnswered,
    CaseFailed,
    ContentsAnswered,
    ContentsFailed,
    DossierAnswered,
    DossierFailed,
    FilingFailed,
    IdentityRefused,
    LookUpAnswered,
    LookUpFailed,
    PrintFinished,
    SendingDeferred,
    TicketTaken,
    WindowsAnswered,
)
from kiosk.forms.handed_in import answer_from
from kiosk.intake.contract import ProblemType
from kiosk.journeys.look_up_told import masked
from kiosk.session import CaseAsked, Filed, FiledPart, Office, Session

VisitNews = (
    CardReading
    | CardFailed
    | ApplicationKept
    | ApplicationReceived
    | ActKept
    | ActReceived
    | ActRefused
    | SendingDeferred
    | FilingFailed
    | PrintFinished
    | LookUpAnswered
    | LookUpFailed
    | IdentityRefused
    | CaseAnswered
    | CaseFailed
    | DossierAnswered
    | DossierFailed
    | ContentsAnswered
    | ContentsFailed
    | WindowsAnswered
    | Booked
    | BookingCancelled
    | TicketTaken
    | BookingFailed
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
        case IdentityRefused(_, error):
            session.identifying, session.code_error = False, error
        case PrintFinished(job, outcome, status, begun):
            if session.printed is not None and session.printed.job == job:
                session.printed = replace(
                    session.printed, outcome=outcome, status=status, begun=begun
                )
        case LookUpAnswered(_, item, rows, number, proof):
            look_up = session.item.look_up if session.item is not None else None
            if look_up is None or look_up.item != item:
                pass
            elif masked(look_up, rows, session.identity.name if session.identity else ""):
                session.look_up_rows, session.look_up_number = rows, number
                session.look_up_proof = proof
            else:
                session.look_up_error = IntakeAnswerInvalid()
        case LookUpFailed(_, item, error):
            if session.item is not None and session.item.code == item:
                session.look_up_error = error
        case CaseAnswered(_, number, stage, due, rated, parts):
            if session.case is not None:
                asked = session.case.asked
                session.case = CaseAsked(asked, number, stage, due, rated=rated, parts=parts)
        case CaseFailed(_, error):
            if session.case is not None:
                session.case = CaseAsked(session.case.asked, error=error)
                if isinstance(error, IntakeRefused) and error.problem is ProblemType.NO_RECORD:
                    session.office.number_tries += 1
        case ContentsAnswered(_, contents):
            session.office.asking = False
            session.correcting = contents.number
            _take_up(session, contents.answers)
        case (
            ApplicationKept()
            | ApplicationReceived()
            | ActKept()
            | ActReceived()
            | ActRefused()
            | SendingDeferred()
            | FilingFailed()
        ):
            _note_filing(session, event)
        case _:
            _note_office(session.office, event)


def _note_filing(
    session: Session,
    event: ApplicationKept
    | ApplicationReceived
    | ActKept
    | ActReceived
    | ActRefused
    | SendingDeferred
    | FilingFailed,
) -> None:
    filed = session.filed
    match event:
        case ApplicationKept(_, reference, kept_at, parts):
            made = tuple(FiledPart(part.item, part.reference) for part in parts)
            session.filed = Filed(reference, kept_at, parts=made)
            # What the office had before does not hold this one.
            session.office.dossier = None
        case ActKept(_, reference, kept_at):
            session.filed = Filed(reference, kept_at)
        case ApplicationReceived(_, reference, number, received_at) if filed is not None:
            told = tuple(
                replace(part, number=number) if part.reference == reference else part
                for part in filed.parts
            )
            if reference == filed.reference:
                session.filed = replace(filed, number=number, received_at=received_at)
            elif told != filed.parts:
                session.filed = replace(filed, parts=told, received_at=received_at)
            if session.filed is not None and session.filed.arrived:
                session.deferred = None
        case ActReceived(_, reference, number, _) if filed is not None:
            if reference == filed.reference:
                session.filed = replace(filed, number=number, received_at=filed.kept_at)
                session.deferred, session.office.dossier = None, None
        case ActRefused(_, _, error):
            session.act_error, session.office.dossier = error, None
        case SendingDeferred(_, _, error):
            session.deferred = error
        case FilingFailed(_, error):
            session.filing_error = error
        case ApplicationReceived() | ActReceived():
            pass


def _note_office(
    office: Office,
    event: DossierAnswered
    | DossierFailed
    | ContentsFailed
    | WindowsAnswered
    | Booked
    | BookingCancelled
    | TicketTaken
    | BookingFailed,
) -> None:
    office.asking, office.error = False, None
    match event:
        case DossierAnswered(_, dossier):
            office.dossier = dossier
        case WindowsAnswered(_, windows):
            office.windows = windows
        case Booked(_, booking):
            # What was free and what this citizen has are both different now.
            office.booking, office.windows, office.dossier = booking, None, None
        case BookingCancelled(_, booking):
            office.cancelled, office.windows, office.dossier = booking, None, None
        case TicketTaken(_, ticket):
            office.ticket = ticket
        case DossierFailed(_, error) | ContentsFailed(_, error) | BookingFailed(_, error):
            office.error = error


def _take_up(session: Session, handed_in: object) -> None:
    """What was handed in stands in the form again."""
    form = session.form
    if form is None or not isinstance(handed_in, dict):
        return
    for question in form.questions:
        if question.id in session.locked or question.id not in handed_in:
            continue
        answer = answer_from(question, handed_in[question.id])
        if answer is not None:
            session.answers[question.id] = answer
