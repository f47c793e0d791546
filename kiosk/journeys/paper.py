"""Which paper a page gives."""

from datetime import datetime

from kiosk.catalogue.catalogue import Catalogue
from kiosk.devices import PrintOutcome
from kiosk.documents.document import Document
from kiosk.journeys.bookings_told import booking_by
from kiosk.journeys.case_papers import notice_of, paper_of_case
from kiosk.journeys.issuer import Issuer
from kiosk.journeys.item_paper import guide_for
from kiosk.journeys.notices_told import noticed
from kiosk.journeys.own_case import case_by
from kiosk.journeys.receipts import promise_for, receipt_for
from kiosk.journeys.slips import (
    appointment_for,
    asked_progress_for,
    bundle_progress_for,
    slip_for,
    ticket_for,
)
from kiosk.journeys.steps import Destination, Place, Subject
from kiosk.journeys.supply_receipt import supply_receipt
from kiosk.session import Session


def paper_for(
    issuer: Issuer, catalogue: Catalogue, session: Session, here: Destination
) -> Document | None:
    """What the page tells, on paper; None where it tells nothing that is put there."""
    now = datetime.now().astimezone()
    match here.place:
        case Place.SUBMITTING | Place.DONE if session.filed is not None:
            promise, last = promise_for(issuer, catalogue, session), session.printed
            if promise is not None and last is not None and last.about == promise.about:
                return promise
            return receipt_for(issuer, catalogue, session)
        case Place.LOOK_UP if session.look_up_rows is not None:
            return slip_for(issuer, catalogue, session, now)
        case Place.GUIDE if session.item is not None:
            return guide_for(issuer, catalogue, session.item, now.date())
        case Place.CASE if session.case is not None and session.case.stage is not None:
            return asked_progress_for(issuer, session.case, now)
        case Place.SHEET:
            return _of_sheet(issuer, catalogue, session, here, now)
        case _:
            return None


def second_paper(
    issuer: Issuer, catalogue: Catalogue, session: Session, here: Destination
) -> Document | None:
    """The promise that was signed with the application, once the receipt is out; None where there
    is none, and before."""
    last = session.printed
    if here.place is not Place.DONE or session.filed is None or last is None:
        return None
    receipt = receipt_for(issuer, catalogue, session)
    out = last.outcome in (PrintOutcome.CONFIRMED, PrintOutcome.UNCONFIRMED)
    return promise_for(issuer, catalogue, session) if out and last.about == receipt.about else None


def _of_sheet(
    issuer: Issuer, catalogue: Catalogue, session: Session, here: Destination, now: datetime
) -> Document | None:
    office = session.office
    match here.subject:
        case Subject.CASE:
            return _of_case(issuer, catalogue, session, here.key, now)
        case Subject.ACTED:
            return supply_receipt(issuer, catalogue, session)
        case Subject.BUNDLE:
            return bundle_progress_for(issuer, catalogue, session, here.key, now)
        case Subject.BOOKING:
            booking = booking_by(session, here.key)
            gone = office.cancelled == here.key
            return appointment_for(issuer, session, booking) if booking and not gone else None
        case Subject.TICKET if office.ticket is not None and office.ticket.window == here.key:
            return ticket_for(issuer, office.ticket)
        case _:
            return None


def _of_case(
    issuer: Issuer, catalogue: Catalogue, session: Session, key: str, now: datetime
) -> Document | None:
    number, _stroke, kind = key.partition("/")
    case = case_by(session, number)
    if case is None or session.identity is None:
        return None
    if kind:
        event = noticed(case, kind)
        return notice_of(issuer, catalogue, session.identity, case, event) if event else None
    return paper_of_case(issuer, catalogue, session, case, now)
