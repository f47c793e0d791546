"""What is ordered of the devices and the intake when a visit arrives at a place."""

from kiosk.journeys import signing_in
from kiosk.journeys.asking import ask_for, ask_record
from kiosk.journeys.filling import prefill
from kiosk.journeys.ports import Ports
from kiosk.journeys.steps import Destination, Place, Subject
from kiosk.session import Session


def arrive(session: Session, left: Destination, there: Destination, ports: Ports) -> None:
    """Forget what belonged to the place that was left, and ask for what this one shows."""
    if left.place is Place.SIGN_IN:
        ports.reader.stop_reading()
    if not _leads_back_to_case(there):
        session.case = None
    if there.place in (Place.LIST, Place.SHEET) and there.subject is not Subject.ACTED:
        session.acting = None
    match there.place:
        case Place.SIGN_IN:
            signing_in.begin(session, ports.reader)
        case Place.LOOK_UP:
            ask_record(session, ports.desk)
        case Place.GUIDE | Place.BEFORE:
            ports.printer.check()
        case Place.LIST | Place.SHEET:
            ask_for(session, ports.desk, there)
        case Place.FORM if left.subject in (Subject.FILED_ALREADY, Subject.CONTENTS):
            # The licences at hand are known by now.
            prefill(session)
        case _:
            pass


def _leads_back_to_case(here: Destination) -> bool:
    way: Destination | None = here
    while way is not None:
        if way.place is Place.CASE or way.subject is Subject.RATE:
            return True
        way = way.came_from
    return False
