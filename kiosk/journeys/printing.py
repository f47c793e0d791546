"""What goes to the printer in a visit, and whether it may go there again."""

import secrets

from kiosk.devices import ReceiptPrinter
from kiosk.documents.document import Document
from kiosk.session import Printed, Session


def print_document(session: Session, document: Document, printer: ReceiptPrinter) -> bool:
    """Whether it was sent: another paper than the last one, or the last one again where that try
    allows it."""
    about = f"{document.kind.value}/{document.reference}"
    last, second = session.printed, False
    match last:
        case Printed() if last.about == about:
            if not last.may_be_repeated:
                return False
            second = last.begun or last.second
        case Printed(outcome=None):
            # One after the other: what became of the last one is still to be told.
            return False
        case _:
            pass
    job = secrets.token_hex(6)
    session.printed = Printed(job, document.number, second, about=about)
    printer.print(job, document)
    return True
