"""The table of the journeys, and walks at random through all of them."""

import random
import runpy
from dataclasses import replace
from pathlib import Path

from kiosk.catalogue.models import ApplicantKind, Kind
from kiosk.catalogue.search.found import Part
from kiosk.errors import IntakeError, IntakeUnreachable
from kiosk.events import (
    ApplicationKept,
    ApplicationReceived,
    CardRead,
    CaseAnswered,
    CaseFailed,
    DossierAnswered,
    DossierFailed,
    LookUpAnswered,
    Scanned,
    WindowsAnswered,
)
from kiosk.intake.contract import CaseStage
from kiosk.journeys.attendant import Attendant
from kiosk.journeys.moves import MOVES, Happening
from kiosk.journeys.steps import (
    HOME,
    ApplicantChosen,
    Back,
    Book,
    Browse,
    By,
    CancelBooking,
    CategoryChosen,
    Collect,
    Collection,
    Correct,
    DepartmentChosen,
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
from kiosk.scanning import ReceiptCode
from kiosk.session import Session
from tests.people import ZHANG_YAN
from tests.unit.dossiers import DOSSIER, NUMBER, WINDOWS
from tests.unit.test_journeys_search import category
from tests.unit.visits import now, open_attendant

ROOT = Path(__file__).parent.parent.parent
WALKS = 10_000
LENGTH = 9

INNER = {Subject.ACTED, Subject.CONTENTS, Subject.VERDICT, Subject.FILED_ALREADY}
"""Come of themselves; no button opens them."""

STEPS: tuple[Step, ...] = (
    *(Browse(kind) for kind in Kind),
    *(Collect(collection) for collection in Collection),
    *(Open(subject) for subject in Subject if subject not in INNER),
    *(Open(subject, NUMBER) for subject in (Subject.CASE, Subject.RATE)),
    Open(Subject.BUNDLE, "JL03-261125-BUNDL2"),
    *(Open(subject, "social_insurance") for subject in (Subject.WINDOW, Subject.DAYS)),
    Open(Subject.SLOTS, "social_insurance/2026-11-27"),
    Open(Subject.BOOK, "social_insurance/2026-11-27/09:00"),
    TypeNumber(),
    TypeNumber(Subject.RATE),
    *(act(case.number) for case in DOSSIER.cases for act in (Supply, Withdraw, Correct, HaveSent)),
    Book(),
    CancelBooking("YY3504282611250001"),
    TakeTicket("social_insurance"),
    Print(),
    LookFor(),
    CategoryChosen(category(Part.LIFE_EVENT, items=("135",))),
    CategoryChosen(category(Part.FIELD, "general")),
    FieldChosen("general"),
    FieldChosen("tax"),
    DepartmentChosen("civil_affairs"),
    *(Sort(by) for by in By),
    *(ApplicantChosen(kind) for kind in ApplicantKind),
    *(ItemChosen(code) for code in ("041", "139", "101", "107", "135", "801", "901")),
    Start(),
    GoOn(),
    PageAnswered(),
    Edit("phone"),
    Submit(),
    TryAgain(),
    Back(),
)


def happen(attendant: Attendant, chance: random.Random) -> None:
    """Something from outside, as it could come at this moment."""
    visit, session = attendant.session.visit, attendant.session
    down: IntakeError = IntakeUnreachable()
    events: list[object] = [
        CardRead(visit, ZHANG_YAN),
        Scanned(ReceiptCode(NUMBER)),
        DossierAnswered(visit, DOSSIER),
        DossierFailed(visit, down),
        WindowsAnswered(visit, WINDOWS),
        CaseAnswered(visit, NUMBER, CaseStage.FINISHED, None, False, 1),
        CaseFailed(visit, down),
        CardRead("another visit", ZHANG_YAN),
    ]
    if session.item is not None:
        answer = (("姓名", "张*"),)
        events.append(LookUpAnswered(visit, session.item.code, answer, "CX3504282611250001", ""))
    if attendant.here.place is Place.SUBMITTING:
        events.append(ApplicationKept(visit, "JL03-261125-K7QM2X", now()))
        events.append(ApplicationReceived(visit, "JL03-261125-K7QM2X", NUMBER, now()))
    attendant.hear(chance.choice(events))


def walk(seed: int, attendant: Attendant) -> None:
    """One visit at random; each step and each event leads where the table says."""
    chance = random.Random(seed)
    for _number in range(LENGTH):
        before = attendant.here
        if chance.random() < 0.3:
            happen(attendant, chance)
            allowed = {
                place
                for event, places in MOVES[before.place].items()
                if isinstance(event, Happening)
                for place in places
            } | MOVES[Place.SHEET][Happening.ANSWERED]
        else:
            known = [step for step in STEPS if type(step) in MOVES[before.place]]
            step = chance.choice(known if chance.random() < 0.9 else STEPS)
            attendant.take(step)
            allowed = set(MOVES[before.place].get(type(step), ()))
            if Place.SHEET in allowed:
                allowed |= MOVES[Place.SHEET][Happening.ANSWERED]
        here = attendant.here
        assert here.place is before.place or here.place in allowed, (before, here)
        if here.place in (Place.LIST, Place.SHEET, Place.GUIDE, Place.LOOK_UP, Place.CASE):
            assert attendant.page().title
    attendant.take(Home())
    assert HOME == attendant.here
    fresh = replace(Session(), visit=attendant.session.visit)
    assert fresh == attendant.session


def test_every_place_and_every_step_is_declared() -> None:
    """The table has a line for each place, home is reachable from each, and no step is in none."""
    assert set(Place) == set(MOVES)
    assert all(Place.HOME in leads[Home] for leads in MOVES.values())
    used = {event for leads in MOVES.values() for event in leads}
    assert {type(step) for step in STEPS} | {Home} | set(Happening) == used


def test_walks_at_random_find_their_way_home_and_leave_nothing() -> None:
    """Ten thousand of them, each step and each event leading where the table says."""
    attendant, _orders, _clock = open_attendant()
    for seed in range(WALKS):
        walk(seed, attendant)


def test_the_page_of_the_journeys_is_what_the_table_gives() -> None:
    """Else run scripts/write-journeys."""
    made = runpy.run_path(str(ROOT / "scripts" / "write-journeys"))["page"]()
    assert made == (ROOT / "docs" / "journeys.md").read_text("utf-8")
