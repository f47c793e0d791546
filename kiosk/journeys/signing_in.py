"""How a citizen signs in: what is asked of the reader meanwhile, and which identity goes on."""

from datetime import date

from kiosk.devices import CardReader, MediaState, ReaderStatus
from kiosk.identity import Identity
from kiosk.journeys.filling import prefill
from kiosk.session import Session


def begin(session: Session, reader: CardReader) -> None:
    """The notice was agreed to: have a card read."""
    session.agreed = True
    session.card_error, session.card_expired = None, False
    reader.read_for(session.visit)


def see_reader(session: Session, reader: CardReader, status: ReaderStatus) -> None:
    """Where the visit signs in: once an expired card is gone, another one may be read."""
    if session.card_expired and status.media is not MediaState.PRESENT:
        reader.read_for(session.visit)


def take_identity(session: Session, identity: Identity, today: date) -> bool:
    """Whether the visit goes on as this person; else it keeps why not."""
    session.reading, session.card_error = False, None
    if identity.expired(today):
        session.card_expired = True
        return False
    session.identity = identity
    prefill(session)
    return True
