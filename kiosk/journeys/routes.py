"""Which place comes next: pure functions of the visit, the place and what happened.

Nothing here changes a session or speaks to a device; `kiosk.journeys.attendant` does that.
"""

from dataclasses import dataclass, replace

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.models import Kind
from kiosk.catalogue.search.found import Category, Part
from kiosk.events import FilingBlock
from kiosk.forms.paging import Page, page_of
from kiosk.identity import Assurance
from kiosk.journeys.steps import (
    HOME,
    Back,
    Blocker,
    Browse,
    CategoryChosen,
    DepartmentChosen,
    Destination,
    Edit,
    FieldChosen,
    GoOn,
    Home,
    ItemChosen,
    LookFor,
    PageAnswered,
    Place,
    Start,
    Step,
    Submit,
    TryAgain,
)
from kiosk.session import Session

FEW_DEPARTMENTS = 5
"""A field with more departments than this lists them first; the items of a few fit together."""


@dataclass(frozen=True)
class World:
    """What a decision rests on besides the visit: the catalogue, the devices, and the form's
    pages as laid out."""

    catalogue: Catalogue
    printer_ready: bool
    filing_block: FilingBlock | None
    reader_working: bool
    scanner_working: bool = False
    pages: tuple[Page, ...] = ()


def blockers(session: Session, world: World) -> tuple[Blocker, ...]:
    """What to say before the form begins, the worst first."""
    found: list[Blocker] = []
    files = session.item is not None and session.item.kind is Kind.FILE
    if files and world.filing_block is not None:
        found.append(_kept_from_filing_by(world.filing_block))
    if session.identity is None and not _can_sign_in(session, world):
        found.append(Blocker.READER_OUT_OF_ORDER)
    if not world.printer_ready:
        found.append(Blocker.NO_PAPER_RECEIPT)
    return tuple(found)


def takes_codes(session: Session, scanner_working: bool) -> bool:
    """Whether an identity code that is shown to the scanner is a way to sign in."""
    accepted = session.item is None or Assurance.SCANNED_TOKEN in session.item.accepts
    return scanner_working and accepted


def _can_sign_in(session: Session, world: World) -> bool:
    return world.reader_working or takes_codes(session, world.scanner_working)


def _kept_from_filing_by(block: FilingBlock) -> Blocker:
    match block:
        case FilingBlock.STARTING | FilingBlock.NO_SEALING_KEY:
            return Blocker.NO_INTAKE_YET
        case FilingBlock.NOT_ENROLLED:
            return Blocker.NOT_ENROLLED
        case FilingBlock.DISK_FULL:
            return Blocker.DISK_FULL
        case FilingBlock.OUTBOX_FAULT:
            return Blocker.OUTBOX_FAULT


def route(session: Session, here: Destination, step: Step, world: World) -> Destination:
    """The place after `step`. A step that makes no sense here leaves the visit where it is."""
    match step:
        case Home():
            return HOME
        case Back():
            return _back(session, here, world)
        case Browse(kind):
            return Destination(Place.FIND, kind=kind)
        case LookFor(by_hand):
            return _search_from(here, by_hand)
        case CategoryChosen(category):
            if here.place is not Place.SEARCH:
                return here
            return _browse(category, here, world)
        case FieldChosen(field):
            return _in_field(field, here, world)
        case DepartmentChosen(department):
            return replace(here, place=Place.ITEMS, department=department)
        case ItemChosen():
            if here.place is Place.SEARCH:
                return Destination(Place.GUIDE, came_from=here)
            kept = here.place in (Place.FIND, Place.DEPARTMENTS, Place.ITEMS)
            return replace(here, place=Place.GUIDE) if kept else Destination(Place.GUIDE)
        case Start():
            if here.place is not Place.GUIDE or session.item is None:
                return here
            if blockers(session, world):
                return replace(here, place=Place.BEFORE)
            return _after_guide(session, here, world)
        case GoOn():
            return _go_on(session, here, world)
        case PageAnswered():
            return _next_page(here, world)
        case Edit(question):
            if here.place is not Place.REVIEW:
                return here
            return replace(here, place=Place.FORM, question=question, editing=True)
        case Submit():
            if here.place is not Place.REVIEW:
                return here
            return replace(here, place=Place.SUBMITTING, question=None)
        case TryAgain():
            return here


def after_card(session: Session, here: Destination, world: World) -> Destination:
    """A whole and valid identity was read: on to the form, or to the record asked for."""
    return _after_sign_in(session, here, world) if here.place is Place.SIGN_IN else here


def after_filing(here: Destination) -> Destination:
    """The application is kept, and the intake has answered or is not going to for now."""
    return replace(here, place=Place.DONE) if here.place is Place.SUBMITTING else here


def after_receipt(here: Destination) -> Destination:
    """The code of a receipt was scanned: its case, except where it would break into a service."""
    match here.place:
        case (
            Place.HOME
            | Place.FIND
            | Place.SEARCH
            | Place.DEPARTMENTS
            | Place.ITEMS
            | Place.GUIDE
            | Place.DONE
        ):
            return Destination(Place.CASE, came_from=here)
        case (
            Place.BEFORE
            | Place.PRIVACY
            | Place.SIGN_IN
            | Place.FORM
            | Place.REVIEW
            | Place.SUBMITTING
            | Place.LOOK_UP
            | Place.CASE
        ):
            return here


def _search_from(here: Destination, by_hand: bool) -> Destination:
    """Behind a search there is no second one: it goes back to the first, whose words stand there
    still."""
    if here.place not in (Place.HOME, Place.FIND, Place.DEPARTMENTS, Place.ITEMS):
        return here
    opened = here.came_from
    if opened is not None and opened.place is Place.SEARCH:
        return opened
    return Destination(Place.SEARCH, came_from=here, by_hand=by_hand)


def _browse(category: Category, here: Destination, world: World) -> Destination:
    behind = Destination(Place.SEARCH, came_from=here)
    match category.part:
        case Part.LIFE_EVENT:
            return replace(behind, place=Place.ITEMS, life_event=category)
        case Part.DEPARTMENT:
            return replace(behind, place=Place.ITEMS, department=category.key)
        case Part.FIELD:
            return _in_field(category.key, behind, world)
        case Part.NAME | Part.ALIAS | Part.ENGLISH:
            return here


def _in_field(field: str, here: Destination, world: World) -> Destination:
    many = len(world.catalogue.departments_of(field, here.kind)) > FEW_DEPARTMENTS
    place = Place.DEPARTMENTS if many else Place.ITEMS
    return replace(here, place=place, field=field)


def _after_guide(session: Session, here: Destination, world: World) -> Destination:
    if session.identity is not None:
        return _after_sign_in(session, here, world)
    return replace(here, place=Place.SIGN_IN if session.agreed else Place.PRIVACY)


def _after_sign_in(session: Session, here: Destination, world: World) -> Destination:
    if session.item is not None and session.item.kind is Kind.LOOK_UP:
        return replace(here, place=Place.LOOK_UP)
    first = world.pages[0].questions[0] if world.pages else None
    return replace(here, place=Place.FORM, question=first, editing=False)


def _go_on(session: Session, here: Destination, world: World) -> Destination:
    match here.place:
        case Place.BEFORE:
            if any(blocker.stops for blocker in blockers(session, world)):
                return here
            return _after_guide(session, here, world)
        case Place.PRIVACY:
            return replace(here, place=Place.SIGN_IN)
        case _:
            return here


def _next_page(here: Destination, world: World) -> Destination:
    if here.place is not Place.FORM:
        return here
    review = replace(here, place=Place.REVIEW, question=None, editing=False)
    if here.editing:
        return review
    index = _page_index(here, world)
    if index + 1 >= len(world.pages):
        return review
    return replace(here, question=world.pages[index + 1].questions[0])


def _back(session: Session, here: Destination, world: World) -> Destination:
    match here.place:
        case Place.HOME | Place.FIND | Place.DONE:
            return HOME
        case Place.SEARCH | Place.CASE:
            return here.came_from or HOME
        case Place.DEPARTMENTS:
            return here.came_from or replace(here, place=Place.FIND, field=None)
        case Place.ITEMS:
            if here.field is not None and here.department is not None:
                return replace(here, place=Place.DEPARTMENTS, department=None)
            return here.came_from or replace(here, place=Place.FIND, field=None)
        case Place.GUIDE:
            if here.field or here.department or here.life_event:
                return replace(here, place=Place.ITEMS)
            if here.came_from is not None:
                return here.came_from
            return replace(here, place=Place.FIND) if here.kind is not None else HOME
        case Place.BEFORE | Place.PRIVACY | Place.SIGN_IN | Place.LOOK_UP:
            return replace(here, place=Place.GUIDE)
        case Place.FORM:
            if here.editing:
                return replace(here, place=Place.REVIEW, question=None, editing=False)
            index = _page_index(here, world)
            if index > 0:
                return replace(here, question=world.pages[index - 1].questions[0])
            return replace(here, place=Place.GUIDE, question=None)
        case Place.REVIEW:
            last = world.pages[-1].questions[0] if world.pages else None
            return replace(here, place=Place.FORM, question=last)
        case Place.SUBMITTING:
            failed = session.filing_error is not None
            return replace(here, place=Place.REVIEW) if failed else here


def _page_index(here: Destination, world: World) -> int:
    return page_of(world.pages, here.question) if here.question is not None else 0
