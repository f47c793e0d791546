"""How a citizen signs in: what is asked of the reader and the intake meanwhile, and which identity
goes on."""

from datetime import date

from kiosk.devices import CardReader, IntakeDesk, MediaState, ReaderStatus
from kiosk.errors import IdentityNotEnough
from kiosk.identity import Identity
from kiosk.journeys.filling import prefill
from kiosk.journeys.routes import accepted
from kiosk.journeys.steps import Destination
from kiosk.scanning import Code, IdentityToken, ReceiptCode, UnknownCode
from kiosk.session import Session


def begin(session: Session, reader: CardReader) -> None:
    """The notice was agreed to: have a card read."""
    session.agreed, session.reading = True, False
    session.card_error, session.card_expired = None, False
    session.identifying, session.code_error, session.code_unknown = False, None, False
    reader.read_for(session.visit)


def see_reader(session: Session, reader: CardReader, status: ReaderStatus) -> None:
    """Once a card whose person cannot go on is gone, another one may be read."""
    refused = session.card_expired or isinstance(session.card_error, IdentityNotEnough)
    if refused and status.media is not MediaState.PRESENT:
        reader.read_for(session.visit)


def take_code(session: Session, desk: IntakeDesk, code: Code) -> bool:
    """A code was shown in place of a card. One at a time, and never beside a card; False when that
    changed nothing. A scanner reads a code that is held before it again and again, and one that was
    asked about never works again."""
    if session.reading or session.identifying:
        return False
    match code:
        case IdentityToken(token):
            if session.code_asked == hash(token):
                return False
            session.identifying, session.code_asked = True, hash(token)
            session.code_error, session.code_unknown = None, False
            desk.identify(session.visit, token)
        case ReceiptCode() | UnknownCode():
            if session.code_unknown:
                return False
            session.code_error, session.code_unknown = None, True
    return True


def take_identity(
    session: Session, here: Destination, identity: Identity, today: date
) -> bool:
    """Whether the visit goes on as this person; else it keeps why not."""
    session.reading = session.identifying = False
    session.card_expired = identity.expired(today)
    enough = identity.assurance in accepted(session, here)
    session.card_error = None if enough else IdentityNotEnough(identity.assurance)
    if session.card_expired or not enough:
        return False
    session.identity = identity
    prefill(session)
    return True
