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


def ask_case(session: Session, desk: IntakeDesk, number: str) -> None:
    """Where the case of a receipt stands. A scanner may read a code that is held before it again
    and again: that asks once, until the answer is an error."""
    case = session.case
    if case is None or case.asked != number or case.error is not None:
        session.case = CaseAsked(number)
        desk.ask_case(session.visit, number)
