"""What a step begins in the visit before it leads anywhere."""

from kiosk.catalogue.catalogue import Catalogue
from kiosk.devices import IntakeDesk
from kiosk.intake.contract.dossier import CaseSheet
from kiosk.journeys.acts import post_form, supply_form, withdraw_form
from kiosk.journeys.asking import (
    ask_case,
    ask_for,
    ask_record,
    book,
    cancel,
    take_ticket,
)
from kiosk.journeys.browsing import back_from_guide, item_behind
from kiosk.journeys.case_number import TYPED, number_from
from kiosk.journeys.filling import prefill
from kiosk.journeys.moves import takes
from kiosk.journeys.own_case import case_by, missing_in
from kiosk.journeys.steps import (
    Back,
    Book,
    CancelBooking,
    Correct,
    Destination,
    HaveSent,
    ItemChosen,
    Place,
    Step,
    Supply,
    TakeTicket,
    TryAgain,
    Withdraw,
)
from kiosk.session import Acting, ActKind, Session


def begin(
    session: Session, here: Destination, step: Step, catalogue: Catalogue, desk: IntakeDesk
) -> Session:
    """The visit with which the step goes on; what is asked of the intake is on its way."""
    if not takes(here.place, step):
        return session
    match step:
        case ItemChosen(code):
            return _about(session, catalogue, code)
        case Back() if here.place is Place.GUIDE and (item := item_behind(back_from_guide(here))):
            return _about(session, catalogue, item)
        case Supply(number) if (case := case_by(session, number)) and missing_in(case):
            return _acting(session, Acting(ActKind.SUPPLY, case, supply_form(case)))
        case Withdraw(number) if (case := case_by(session, number)) and case.can_withdraw:
            return _acting(session, Acting(ActKind.WITHDRAW, case, withdraw_form()))
        case HaveSent(number) if (case := case_by(session, number)) and _can_be_sent(case):
            return _acting(session, Acting(ActKind.POST, case, post_form()))
        case Correct(number) if (case := case_by(session, number)) and case.can_correct:
            # The office may have items that this kiosk does not know.
            known = any(item.code == case.item and item.form for item in catalogue.items)
            return _about(session, catalogue, case.item) if known else session
        case Book():
            book(session, desk, here.key)
        case CancelBooking(number):
            cancel(session, desk, number)
        case TakeTicket(window, booking):
            take_ticket(session, desk, window, booking)
        case TryAgain():
            _ask_again(session, here, desk)
        case Back() if here.place is Place.SEARCH:
            session.sought = ""
        case _:
            pass
    return session


def submits_again(session: Session, there: Destination, step: Step) -> bool:
    """Whether what could not be kept is to be tried once more."""
    failed = there.place is Place.SUBMITTING and session.filing_error is not None
    return failed and isinstance(step, TryAgain)


def ask_typed(session: Session, desk: IntakeDesk) -> bool:
    """Ask for the case whose number was typed, and judged before."""
    number = number_from(str(session.answers.get(TYPED, "")))
    if number is None:
        return False
    ask_case(session, desk, number)
    return True


def _acting(session: Session, acting: Acting) -> Session:
    """About the act, with what the document and licences at hand answer of it."""
    session = session.to_act(acting)
    prefill(session)
    return session


def _about(session: Session, catalogue: Catalogue, code: str) -> Session:
    item = catalogue.item(code)
    if session.item is None and session.acting is None:
        session.item = item
    elif session.item is None or session.item.code != code or session.filed is not None:
        session = session.for_another(item)
    session.correcting = None
    prefill(session)
    return session


def _can_be_sent(case: CaseSheet) -> bool:
    result = case.collection
    return result is not None and result.by_post and not (result.posted or result.collected)


def _ask_again(session: Session, here: Destination, desk: IntakeDesk) -> None:
    match here.place:
        case Place.LOOK_UP:
            ask_record(session, desk)
        case _ if session.case is not None:
            ask_case(session, desk, session.case.asked)
        case _:
            ask_for(session, desk, here, again=True)
