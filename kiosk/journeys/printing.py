"""What goes to the printer in a visit, and whether it may go there again."""

import secrets

from kiosk.catalogue.catalogue import Catalogue
from kiosk.devices import ReceiptPrinter
from kiosk.documents.document import Document
from kiosk.journeys.issuer import Issuer
from kiosk.journeys.paper import paper_for, second_paper
from kiosk.journeys.steps import Destination
from kiosk.session import Printed, Session


def print_page(
    session: Session,
    here: Destination,
    issuer: Issuer,
    catalogue: Catalogue,
    printer: ReceiptPrinter,
    second: bool,
) -> bool:
    """Print what this page tells, or the `second` paper that follows it; whether it was sent."""
    which = second_paper if second else paper_for
    document = which(issuer, catalogue, session, here)
    return document is not None and print_document(session, document, printer)


def print_document(session: Session, document: Document, printer: ReceiptPrinter) -> bool:
    """Whether it was sent: another paper than the last one, or the last one again where that try
    allows it."""
    last, second = session.printed, False
    match last:
        case Printed() if last.about == document.about:
            if not last.may_be_repeated:
                return False
            second = last.begun or last.second
        case Printed(outcome=None):
            # One after the other: what became of the last one is still to be told.
            return False
        case _:
            pass
    job = secrets.token_hex(6)
    session.printed = Printed(job, document.number, second, about=document.about)
    printer.print(job, document)
    return True
