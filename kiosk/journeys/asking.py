"""What the intake is asked while a citizen waits for the answer."""

from datetime import date

from kiosk.catalogue.models import Kind
from kiosk.devices import IntakeDesk
from kiosk.identity import Identity
from kiosk.intake.contract import ProblemType
from kiosk.intake.contract.dossier import Person
from kiosk.journeys.not_answered import problem_of
from kiosk.journeys.steps import Destination, Place, Subject
from kiosk.session import CaseAsked, Office, Session

_ABOUT_WINDOWS = frozenset(
    {Subject.WINDOWS, Subject.WINDOW, Subject.DAYS, Subject.SLOTS, Subject.VERDICT}
)


def person_of(identity: Identity) -> Person:
    """Whose cases and licences are asked for."""
    return Person(kind=identity.kind.value, number=identity.number)


def ask_record(session: Session, desk: IntakeDesk) -> None:
    """The record that the item shows, of the person who signed in."""
    item, identity = session.item, session.identity
    if item is not None and item.kind is Kind.LOOK_UP and identity is not None:
        session.look_up_error, session.look_up_rows = None, None
        desk.look_up(session.visit, item.code, identity.number)


def ask_case(session: Session, desk: IntakeDesk, number: str) -> None:
    """Where the case stands."""
    session.case = CaseAsked(number)
    desk.ask_case(session.visit, number)


def ask_for(session: Session, desk: IntakeDesk, there: Destination, *, again: bool = False) -> None:
    """What the list or sheet needs and is not known yet; `again`: also what failed."""
    office, identity, subject = session.office, session.identity, there.subject
    if there.place not in (Place.LIST, Place.SHEET) or subject is None or office.asking:
        return
    if problem_of(office.error) is ProblemType.TAKEN:
        # Somebody was faster: what was free then is not what is free now.
        office.windows = None
    if office.error is not None and not again:
        office.error = None
    if subject in _ABOUT_WINDOWS:
        if office.windows is None or again:
            _begin(office)
            desk.ask_windows(session.visit)
    elif subject is Subject.CONTENTS and identity is not None:
        _begin(office)
        desk.ask_contents(session.visit, person_of(identity), there.key)
    elif subject is Subject.TICKET and again:
        take_ticket(session, desk, there.key, None)
    elif subject.needs_identity and identity is not None and (office.dossier is None or again):
        _begin(office)
        desk.ask_dossier(session.visit, person_of(identity))


def book(session: Session, desk: IntakeDesk, key: str) -> None:
    """The time that `key` names: window/day/time."""
    identity, office = session.identity, session.office
    parts = key.split("/")
    if identity is None or office.asking or len(parts) != 3:
        return
    window, day, begins = parts
    _begin(office)
    office.booking = None
    about = session.item.name if session.item is not None else ""
    desk.book(
        session.visit,
        window,
        date.fromisoformat(day),
        begins,
        person_of(identity),
        identity.name,
        about,
    )


def cancel(session: Session, desk: IntakeDesk, number: str) -> None:
    if session.identity is not None and not session.office.asking:
        _begin(session.office)
        desk.cancel(session.visit, number, person_of(session.identity))


def take_ticket(session: Session, desk: IntakeDesk, window: str, booking: str | None) -> None:
    if not session.office.asking:
        _begin(session.office)
        session.office.ticket = None
        desk.take_ticket(session.visit, window, booking)


def _begin(office: Office) -> None:
    office.asking, office.error = True, None
