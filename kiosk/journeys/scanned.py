"""What a code that a citizen shows to the scanner leads to."""

from kiosk.devices import IntakeDesk
from kiosk.journeys import signing_in
from kiosk.journeys.asking import ask_case
from kiosk.journeys.routes import after_receipt
from kiosk.journeys.steps import Destination, Place
from kiosk.scanning import Code, ReceiptCode
from kiosk.session import Session


def after_code(
    session: Session, here: Destination, desk: IntakeDesk, code: Code
) -> Destination | None:
    """The place after it; None where it means nothing, or the same as a moment ago."""
    if here.place is Place.SIGN_IN:
        return here if signing_in.take_code(session, desk, code) else None
    there = after_receipt(here)
    if not isinstance(code, ReceiptCode) or there.place not in (Place.CASE, Place.SHEET):
        return None
    if there == here and session.case is not None and session.case.asked == code.number:
        # A scanner reads a code that lies before it again and again.
        return None
    ask_case(session, desk, code.number)
    return there
