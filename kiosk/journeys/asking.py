"""What the intake is asked while a citizen waits for the answer."""

from kiosk.catalogue.models import Kind
from kiosk.devices import IntakeDesk
from kiosk.session import CaseAsked, Session


def ask_record(session: Session, desk: IntakeDesk) -> None:
    """The record that the item shows, of the person who signed in."""
    item, identity = session.item, session.identity
    if item is not None and item.kind is Kind.LOOK_UP and identity is not None:
        session.look_up_error, session.look_up_rows = None, None
        desk.look_up(session.visit, item.code, identity.number)


def show_receipt(session: Session, desk: IntakeDesk, number: str) -> bool:
    """Ask for the case of a scanned receipt; False for the one that is shown already: a scanner
    reads a code that lies before it again and again."""
    if session.case is not None and session.case.asked == number:
        return False
    ask_case(session, desk, number)
    return True


def ask_case(session: Session, desk: IntakeDesk, number: str) -> None:
    """Where the case stands."""
    session.case = CaseAsked(number)
    desk.ask_case(session.visit, number)
