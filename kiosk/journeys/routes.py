"""Which place comes next: pure functions of the visit, the place and what happened.

Nothing here changes a session or speaks to a device; `kiosk.journeys.attendant` does that. Where a
step can lead from each place is declared in `kiosk.journeys.moves`.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.eligibility import Answer as Finding
from kiosk.catalogue.eligibility import judged
from kiosk.catalogue.models import Kind
from kiosk.events import FilingBlock
from kiosk.forms.asked import asked_questions
from kiosk.forms.paging import Page, page_of
from kiosk.identity import Assurance
from kiosk.journeys.browsing import (
    back_from_find,
    back_from_guide,
    back_from_list,
    browse,
    guide_from,
    in_field,
    search_from,
)
from kiosk.journeys.filed_already import filed_already
from kiosk.journeys.moves import MOVES, Happening, takes
from kiosk.journeys.steps import (
    HOME,
    ApplicantChosen,
    Back,
    Blocker,
    Book,
    Browse,
    CancelBooking,
    CategoryChosen,
    Collect,
    Correct,
    DepartmentChosen,
    Destination,
    Edit,
    FieldChosen,
    GoOn,
    HaveSent,
    Home,
    ItemChosen,
    LookFor,
    Open,
    PageAnswered,
    Place,
    Print,
    Sort,
    Start,
    Step,
    Subject,
    Submit,
    Supply,
    TakeTicket,
    TryAgain,
    TypeNumber,
    Withdraw,
)
from kiosk.session import Session

SURE = (Assurance.SAM_VERIFIED, Assurance.SCANNED_TOKEN, Assurance.VOUCHED)
"""Whose cases, bookings and licences are shown."""


class Check(StrEnum):
    """How far 条件自查 has come for the item: none is needed, it is still to be answered, or what
    came of it."""

    NOT_NEEDED = "not_needed"
    OPEN = "open"
    YES = "yes"
    ASK = "ask"
    NO = "no"

    @property
    def passed(self) -> bool:
        return self in (Check.NOT_NEEDED, Check.YES)


@dataclass(frozen=True)
class World:
    """What a decision rests on besides the visit: the catalogue, the devices, the pages of what is
    filled in now as laid out, and what the answers so far say of the item's conditions."""

    catalogue: Catalogue
    printer_ready: bool
    filing_block: FilingBlock | None
    reader_working: bool
    scanner_working: bool = False
    pages: tuple[Page, ...] = ()
    check: Check = Check.NOT_NEEDED


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


def takes_codes(session: Session, here: Destination, scanner_working: bool) -> bool:
    """Whether an identity code that is shown to the scanner is a way to sign in here."""
    return scanner_working and Assurance.SCANNED_TOKEN in accepted(session, here)


def accepted(session: Session, here: Destination) -> tuple[Assurance, ...]:
    """How sure an identity has to be for what it is read for here."""
    if here.goal is not None or session.item is None:
        return SURE
    return session.item.accepts


def check_of(session: Session) -> Check:
    """How far 条件自查 of the item has come."""
    eligibility = session.item.eligibility if session.item is not None else None
    if eligibility is None:
        return Check.NOT_NEEDED
    if any(q.id not in session.answers for q in asked_questions(eligibility.form, session.answers)):
        return Check.OPEN
    match judged(eligibility, session.answers).answer:
        case Finding.YES:
            return Check.YES
        case Finding.ASK:
            return Check.ASK
        case Finding.NO:
            return Check.NO


def _can_sign_in(session: Session, world: World) -> bool:
    return world.reader_working or takes_codes(session, HOME, world.scanner_working)


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
    if not takes(here.place, step):
        return here
    match step:
        case Home():
            return HOME
        case Back():
            return _back(session, here, world)
        case Browse(kind):
            return Destination(Place.FIND, kind=kind)
        case LookFor(by_hand):
            return search_from(here, by_hand)
        case CategoryChosen(category):
            return browse(category, here, world.catalogue)
        case FieldChosen(field):
            return in_field(field, here, world.catalogue)
        case DepartmentChosen(department):
            return replace(here, place=Place.ITEMS, department=department)
        case Sort(by):
            return Destination(Place.FIND, kind=here.kind, by=by)
        case ApplicantChosen(applicant):
            return Destination(Place.FIND, kind=here.kind, applicant=applicant)
        case Collect(collection):
            return Destination(Place.ITEMS, collection=collection, came_from=here)
        case ItemChosen(code):
            return guide_from(here, code)
        case Open(subject, key):
            return _opened(session, here, subject, key)
        case TypeNumber(subject):
            return Destination(Place.NUMBER, subject=subject, came_from=here)
        case Start():
            return _start(session, here, world)
        case GoOn():
            return _go_on(session, here, world)
        case PageAnswered():
            return _next_page(session, here, world)
        case Edit(question):
            if not any(question in page.questions for page in world.pages):
                return here
            return replace(here, place=Place.FORM, question=question, editing=True)
        case Submit():
            return replace(here, place=Place.SUBMITTING, question=None)
        case Supply() | Withdraw() | HaveSent():
            return _form(world, came_from=here) if session.acting is not None else here
        case Correct(number):
            if session.item is None:
                return here
            return Destination(Place.SHEET, subject=Subject.CONTENTS, key=number, came_from=here)
        case TakeTicket(window):
            return Destination(Place.SHEET, subject=Subject.TICKET, key=window, came_from=here)
        case Book() | CancelBooking() | Print() | TryAgain():
            return here


def after_card(session: Session, here: Destination, world: World) -> Destination:
    """A whole and valid identity was read: on to what it was read for."""
    if here.place is not Place.SIGN_IN:
        return here
    return here.goal or _after_sign_in(session, here, world)


def after_filing(session: Session, here: Destination) -> Destination:
    """What was submitted is kept, and the intake has answered or is not going to for now."""
    if here.place is not Place.SUBMITTING:
        return here
    if session.acting is not None:
        number = session.acting.case.number
        return Destination(Place.SHEET, subject=Subject.ACTED, key=number, came_from=here.came_from)
    return replace(here, place=Place.DONE)


def after_receipt(here: Destination) -> Destination:
    """The code of a receipt was scanned: its case, or the rating of its service, except where it
    would break into a service."""
    if Happening.RECEIPT_SHOWN not in MOVES[here.place]:
        return here
    if here.subject is Subject.RATE:
        return replace(here, place=Place.SHEET)
    return Destination(Place.CASE, came_from=here)


def after_number(here: Destination) -> Destination:
    """A number that can be one of a case was typed."""
    if here.place is not Place.NUMBER:
        return here
    if here.subject is Subject.RATE:
        return Destination(Place.SHEET, subject=Subject.RATE, came_from=here)
    return Destination(Place.CASE, came_from=here)


def after_answer(session: Session, here: Destination, world: World) -> Destination:
    """What the intake answered may be what this page waited for."""
    if here.place is not Place.SHEET or session.office.asking:
        return here
    match here.subject:
        case Subject.FILED_ALREADY if filed_already(session) is None:
            return _form(world, came_from=here.came_from)
        case Subject.CONTENTS if session.correcting is not None:
            return _form(world, came_from=here.came_from)
        case Subject.BOOK if session.office.booking is not None:
            number = session.office.booking.number
            return replace(here, subject=Subject.BOOKING, key=number, came_from=None)
        case _:
            return here


def _opened(session: Session, here: Destination, subject: Subject, key: str) -> Destination:
    """One that was opened on the way here is gone back to, so that the way never runs in rings."""
    way: Destination | None = here
    while way is not None:
        if (way.subject, way.key) == (subject, key) and way.place in (Place.LIST, Place.SHEET):
            return way
        way = way.came_from
    place = Place.LIST if subject.is_list else Place.SHEET
    # What a number or a signing in was for is behind when it is done.
    there = Destination(place, subject=subject, key=key, came_from=here)
    if subject.needs_identity and session.identity is None:
        waiting = Place.SIGN_IN if session.agreed else Place.PRIVACY
        return Destination(waiting, goal=there, came_from=here)
    return there


def _form(world: World, came_from: Destination | None) -> Destination:
    first = world.pages[0].questions[0] if world.pages else None
    return Destination(Place.FORM, question=first, came_from=came_from)


def _start(session: Session, here: Destination, world: World) -> Destination:
    if session.item is None:
        return here
    if blockers(session, world):
        return replace(here, place=Place.BEFORE)
    return _after_guide(session, here, world)


def _after_guide(session: Session, here: Destination, world: World) -> Destination:
    if not world.check.passed:
        return replace(here, place=Place.CHECK, question=None)
    return _after_check(session, here, world)


def _after_check(session: Session, here: Destination, world: World) -> Destination:
    if session.identity is not None:
        return _after_sign_in(session, here, world)
    waiting = Place.SIGN_IN if session.agreed else Place.PRIVACY
    return replace(here, place=waiting, question=None, subject=None)


def _after_sign_in(session: Session, here: Destination, world: World) -> Destination:
    if session.item is not None and session.item.kind is Kind.LOOK_UP:
        return replace(here, place=Place.LOOK_UP)
    guide = replace(here, place=Place.GUIDE, question=None, subject=None)
    if session.identity is None or session.identity.assurance not in SURE:
        # A card that anybody can write is told nothing of its owner's cases.
        return _form(world, came_from=guide)
    return Destination(Place.SHEET, subject=Subject.FILED_ALREADY, came_from=guide)


def _go_on(session: Session, here: Destination, world: World) -> Destination:
    match here.place, here.subject:
        case Place.BEFORE, _:
            if any(blocker.stops for blocker in blockers(session, world)):
                return here
            return _after_guide(session, here, world)
        case Place.PRIVACY, _:
            return replace(here, place=Place.SIGN_IN)
        case Place.SHEET, Subject.VERDICT if world.check is Check.ASK:
            guide = here.came_from or HOME
            return _after_check(session, replace(guide, place=Place.GUIDE), world)
        case Place.SHEET, Subject.FILED_ALREADY if not session.office.asking:
            return _form(world, came_from=here.came_from)
        case _:
            return here


def _next_page(session: Session, here: Destination, world: World) -> Destination:
    index = _page_index(here, world)
    last = index + 1 >= len(world.pages)
    if not last and not here.editing:
        return replace(here, question=world.pages[index + 1].questions[0])
    match here.place:
        case Place.CHECK if world.check.passed:
            return _after_check(session, here, world)
        case Place.CHECK:
            return Destination(Place.SHEET, subject=Subject.VERDICT, came_from=here)
        case Place.FORM:
            return replace(here, place=Place.REVIEW, question=None, editing=False)
        case _:
            return here


def _back(session: Session, here: Destination, world: World) -> Destination:
    match here.place:
        case Place.FIND:
            return back_from_find(here)
        case Place.HOME | Place.DONE:
            return HOME
        case Place.SEARCH | Place.CASE | Place.NUMBER | Place.LIST | Place.SHEET:
            return here.came_from or HOME
        case Place.DEPARTMENTS | Place.ITEMS:
            return back_from_list(here)
        case Place.GUIDE:
            return back_from_guide(here)
        case Place.PRIVACY | Place.SIGN_IN if here.goal is not None:
            return here.came_from or HOME
        case Place.BEFORE | Place.PRIVACY | Place.SIGN_IN | Place.LOOK_UP:
            return replace(here, place=Place.GUIDE, question=None)
        case Place.CHECK:
            return _page_before(here, world) or replace(here, place=Place.GUIDE, question=None)
        case Place.FORM:
            if here.editing:
                return replace(here, place=Place.REVIEW, question=None, editing=False)
            return _page_before(here, world) or here.came_from or HOME
        case Place.REVIEW:
            last = world.pages[-1].questions[0] if world.pages else None
            return replace(here, place=Place.FORM, question=last)
        case Place.SUBMITTING:
            failed = session.filing_error is not None
            return replace(here, place=Place.REVIEW) if failed else here


def _page_before(here: Destination, world: World) -> Destination | None:
    index = _page_index(here, world)
    return replace(here, question=world.pages[index - 1].questions[0]) if index > 0 else None


def _page_index(here: Destination, world: World) -> int:
    return page_of(world.pages, here.question) if here.question is not None else 0
