"""What a scanned code does to a visit: a receipt opens its case, an identity code signs in."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue.models import Kind
from kiosk.clock import Clock
from kiosk.devices import DeviceState, MediaState, ReaderStatus
from kiosk.errors import CardRemoved, IdentityNotEnough, IntakeRefused, IntakeUnreachable
from kiosk.events import (
    ApplicationKept,
    CardFailed,
    CardRead,
    CardReading,
    CaseAnswered,
    CaseFailed,
    IdentityFound,
    IdentityRefused,
    ReaderChanged,
    Scanned,
    ScannerChanged,
    SendingDeferred,
)
from kiosk.identity import Assurance
from kiosk.idle import Idle, IdleLimits
from kiosk.intake.contract import CaseStage, ProblemType
from kiosk.journeys.attendant import Attendant
from kiosk.journeys.issuer import Issuer
from kiosk.journeys.steps import (
    HOME,
    Back,
    Browse,
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
from kiosk.scanning import Code, IdentityToken, ReceiptCode, UnknownCode
from kiosk.session import CaseAsked, Session
from tests.people import ZHANG_YAN
from tests.unit.visits import now, open_attendant

NUMBER = "3504282611240037"
REFERENCE = "JL03-261124-K7QM2X"
DUE = date(2026, 12, 8)
RECEIPT = Scanned(ReceiptCode(NUMBER))
CODE = Scanned(IdentityToken("SANDBOX-MZT:" + "x" * 32))
NEW_CODE = Scanned(IdentityToken("SANDBOX-MZT:" + "y" * 32))
BY_CODE = replace(ZHANG_YAN, assurance=Assurance.SCANNED_TOKEN)
BY_CHIP = replace(ZHANG_YAN, name="李静", assurance=Assurance.UNAUTHENTICATED_CHIP)
EMPTY = ReaderChanged(ReaderStatus(DeviceState.ONLINE, MediaState.NOT_PRESENT))
BROKEN = ReaderChanged(ReaderStatus(DeviceState.OFFLINE, MediaState.UNKNOWN))
USED = IntakeRefused(404, ProblemType.TOKEN_INVALID)
SHOP = "139"

TO_PLACES: dict[Place, tuple[Step, ...]] = {
    Place.HOME: (),
    Place.FIND: (Browse(Kind.FILE),),
    Place.SEARCH: (LookFor(),),
    Place.ITEMS: (Browse(Kind.FILE), FieldChosen("social_insurance")),
    Place.GUIDE: (ItemChosen(SHOP),),
    Place.PRIVACY: (ItemChosen(SHOP), Start()),
    Place.SIGN_IN: (ItemChosen(SHOP), Start(), GoOn()),
}
OPENS = {Place.HOME, Place.FIND, Place.SEARCH, Place.ITEMS, Place.GUIDE}


def at(place: Place) -> tuple[Attendant, object]:
    attendant, orders, _clock = open_attendant()
    attendant.hear(ScannerChanged(DeviceState.ONLINE))
    for step in TO_PLACES[place]:
        attendant.take(step)
    assert place is attendant.here.place
    return attendant, orders


@pytest.mark.parametrize("place", TO_PLACES)
def test_a_receipt_opens_its_case_where_it_breaks_into_nothing(place: Place) -> None:
    """From home, the lists, the search and a guide, and 返回 leads back there; elsewhere nothing
    moves and nothing is asked."""
    attendant, orders = at(place)
    before = attendant.here
    attendant.hear(RECEIPT)
    if place in OPENS:
        assert Place.CASE is attendant.here.place
        assert [NUMBER] == orders.of("ask case")
        attendant.take(Back())
    else:
        assert [] == orders.of("ask case")
    assert before == attendant.here
    assert None is attendant.session.case


def test_the_last_page_opens_a_case_and_comes_back() -> None:
    """After a filing its own receipt can be tried out; nothing is printed twice."""
    attendant, orders = at(Place.SIGN_IN)
    attendant.hear(CardRead(attendant.session.visit, ZHANG_YAN))
    while attendant.here.place is Place.FORM:
        attendant.take(PageAnswered())
    attendant.take(Submit())
    attendant.hear(RECEIPT)
    assert Place.SUBMITTING is attendant.here.place
    attendant.hear(ApplicationKept(attendant.session.visit, REFERENCE, now()))
    attendant.hear(SendingDeferred(attendant.session.visit, REFERENCE, IntakeUnreachable()))
    attendant.hear(RECEIPT)
    assert Place.CASE is attendant.here.place
    attendant.take(Back())
    assert Place.DONE is attendant.here.place
    assert 1 == len(orders.of("print"))


def test_a_case_shows_what_the_intake_said() -> None:
    """By the kiosk's own reference too; the number shown is the intake's."""
    attendant, _orders = at(Place.HOME)
    attendant.hear(Scanned(ReceiptCode(REFERENCE)))
    assert CaseAsked(REFERENCE) == attendant.session.case
    visit = attendant.session.visit
    attendant.hear(CaseAnswered(visit, NUMBER, CaseStage.ACCEPTED, DUE))
    told = CaseAsked(REFERENCE, NUMBER, CaseStage.ACCEPTED, DUE)
    assert told == attendant.session.case


def test_a_receipt_held_to_the_scanner_is_asked_once() -> None:
    """The same code again asks nothing, also after a failure; another one does, and so does the
    button that tries again."""
    attendant, orders = at(Place.HOME)
    visit = attendant.session.visit
    attendant.hear(RECEIPT)
    attendant.hear(RECEIPT)
    attendant.hear(CaseAnswered(visit, NUMBER, CaseStage.RECEIVED, None))
    attendant.hear(RECEIPT)
    assert [NUMBER] == orders.of("ask case")
    attendant.hear(Scanned(ReceiptCode(REFERENCE)))
    attendant.hear(CaseFailed(visit, IntakeUnreachable()))
    assert isinstance(attendant.session.case.error, IntakeUnreachable)
    attendant.hear(Scanned(ReceiptCode(REFERENCE)))
    assert [NUMBER, REFERENCE] == orders.of("ask case")
    attendant.take(TryAgain())
    assert [NUMBER, REFERENCE, REFERENCE] == orders.of("ask case")
    assert CaseAsked(REFERENCE) == attendant.session.case


def test_a_case_is_wiped_as_all_else() -> None:
    """Home and standing still leave nothing of it, and a late answer changes nothing."""
    attendant, _orders, clock = open_attendant()
    for leave in (lambda: attendant.take(Home()), lambda: (clock.move(181), attendant.tick())):
        attendant.hear(RECEIPT)
        gone = attendant.session.visit
        leave()
        attendant.hear(CaseAnswered(gone, NUMBER, CaseStage.FINISHED, None))
        assert HOME == attendant.here
        assert Session(visit=attendant.session.visit) == attendant.session


@pytest.mark.parametrize("code", [RECEIPT, CODE, Scanned(UnknownCode())])
def test_a_code_that_is_left_before_the_scanner_keeps_no_visit(code: Scanned) -> None:
    """Read again each second it counts as one touch, and its visit ends as any other."""
    attendant, orders, clock = open_attendant()
    for step in () if code is RECEIPT else TO_PLACES[Place.SIGN_IN]:
        attendant.take(step)
    attendant.hear(code)
    attendant.hear(IdentityRefused(attendant.session.visit, USED))
    visit = attendant.session.visit
    for _second in range(180):
        clock.move(1)
        attendant.hear(code)
        attendant.tick()
    assert visit != attendant.session.visit
    assert 1 >= len(orders.of("identify")) + len(orders.of("ask case"))


def test_over_the_warning_a_scan_does_nothing() -> None:
    """The next citizen does not go on with the visit of the last one unawares."""
    attendant, orders, clock = open_attendant()
    attendant.take(Browse(Kind.FILE))
    clock.move(121)
    attendant.hear(RECEIPT)
    assert Idle.WARNING is attendant.idle()[0]
    assert [] == orders.of("ask case")


def test_a_scan_may_come_before_anything_is_open() -> None:
    """The scanner is heard earlier than the catalogue is read: its first code is lost, no more."""
    attendant = Attendant(Issuer("测试中心", "1 号自助终端"), Clock(), IdleLimits(120, 180, 2))
    for event in (ScannerChanged(DeviceState.ONLINE), RECEIPT, CODE):
        attendant.hear(event)
    assert (HOME, None) == (attendant.here, attendant.session.case)


def test_a_scanned_identity_goes_on_as_a_card_does() -> None:
    """The token is handed to the intake alone; its answer opens the form, filled in."""
    attendant, orders = at(Place.SIGN_IN)
    attendant.hear(CODE)
    assert attendant.session.identifying
    assert [CODE.code.token] == orders.of("identify")
    attendant.hear(IdentityFound(attendant.session.visit, BY_CODE))
    assert Place.FORM is attendant.here.place
    assert (BY_CODE, False) == (attendant.session.identity, attendant.session.identifying)
    assert ["stop reading", "ask dossier"] == [name for name, _ in orders.given[-2:]]
    assert "x" * 32 not in repr(vars(attendant.session))


@pytest.mark.parametrize("place", [place for place in TO_PLACES if place is not Place.SIGN_IN])
def test_an_identity_code_counts_where_one_signs_in(place: Place) -> None:
    """Anywhere else nobody is asked whose it is."""
    attendant, orders = at(place)
    before = attendant.here
    attendant.hear(CODE)
    assert ([], before) == (orders.of("identify"), attendant.here)


def test_a_refused_code_is_told_and_another_one_may_be_shown() -> None:
    """Used, expired, unreachable or none of ours: the visit stays, and the next code counts."""
    attendant, orders = at(Place.SIGN_IN)
    session = attendant.session
    attendant.hear(CODE)
    attendant.hear(IdentityRefused(session.visit, USED))
    assert (False, USED) == (session.identifying, session.code_error)
    for code in (UnknownCode(), ReceiptCode(NUMBER)):
        attendant.hear(Scanned(code))
        assert (None, True) == (session.code_error, session.code_unknown)
    attendant.hear(CODE)
    assert 1 == len(orders.of("identify"))
    attendant.hear(NEW_CODE)
    assert (None, False, True) == (session.code_error, session.code_unknown, session.identifying)
    assert 2 == len(orders.of("identify"))
    attendant.hear(CardReading(session.visit))
    attendant.hear(CardFailed(session.visit, CardRemoved()))
    assert isinstance(session.card_error, CardRemoved)


def test_one_question_at_a_time() -> None:
    """While a card is read or a code is asked about, another code waits to be shown again."""
    attendant, orders = at(Place.SIGN_IN)
    attendant.hear(CODE)
    attendant.hear(CODE)
    attendant.hear(Scanned(UnknownCode()))
    assert (1, False) == (len(orders.of("identify")), attendant.session.code_unknown)
    attendant.hear(IdentityRefused(attendant.session.visit, USED))
    attendant.hear(CardReading(attendant.session.visit))
    attendant.hear(NEW_CODE)
    assert 1 == len(orders.of("identify"))


def test_a_read_that_was_left_bars_no_code() -> None:
    """Who goes back while a card is read, and comes again, stands before a reader that waits."""
    attendant, orders = at(Place.SIGN_IN)
    attendant.hear(CardReading(attendant.session.visit))
    for step in (Back(), Start()):
        attendant.take(step)
    assert (Place.SIGN_IN, False) == (attendant.here.place, attendant.session.reading)
    attendant.hear(CODE)
    assert 1 == len(orders.of("identify"))


def test_who_comes_second_is_not_mixed_in() -> None:
    """A card and a code of two people at once: the first is the visit's, the other changes
    nothing, whichever it is."""
    for first, second in ((CardRead, IdentityFound), (IdentityFound, CardRead)):
        attendant, _orders = at(Place.SIGN_IN)
        visit = attendant.session.visit
        attendant.hear(CODE)
        attendant.hear(first(visit, BY_CODE))
        answers = dict(attendant.session.answers)
        attendant.hear(second(visit, replace(ZHANG_YAN, name="李静")))
        assert (BY_CODE, answers) == (attendant.session.identity, attendant.session.answers)


def test_an_identity_that_is_not_sure_enough_never_goes_on() -> None:
    """The shop's item takes no chip that anybody can write: it says so, and reads again once the
    card is gone; an expired card likewise."""
    attendant, orders = at(Place.SIGN_IN)
    visit = attendant.session.visit
    attendant.hear(CardRead(visit, BY_CHIP))
    assert Place.SIGN_IN is attendant.here.place
    assert None is attendant.session.identity
    error = attendant.session.card_error
    assert isinstance(error, IdentityNotEnough)
    assert Assurance.UNAUTHENTICATED_CHIP is error.assurance
    assert 1 == len(orders.of("read"))
    attendant.hear(CODE)
    attendant.hear(IdentityRefused(visit, USED))
    attendant.hear(EMPTY)
    assert 2 == len(orders.of("read"))
    attendant.hear(CardRead(visit, ZHANG_YAN))
    assert Place.FORM is attendant.here.place


def test_another_item_asks_again_where_the_identity_is_not_enough() -> None:
    """Who signed in with a card that one item takes signs in anew for an item that does not."""
    attendant, _orders = at(Place.GUIDE)
    lenient = next(item for item in attendant.catalogue.items if item.code == "041")
    lenient = lenient.model_copy(update={"accepts": tuple(Assurance)})
    attendant.session.item = lenient
    for step in (Start(), GoOn()):
        attendant.take(step)
    attendant.hear(CardRead(attendant.session.visit, BY_CHIP))
    assert BY_CHIP == attendant.session.identity
    for step in (Back(), ItemChosen(SHOP), Start()):
        attendant.take(step)
    assert (Place.SIGN_IN, None) == (attendant.here.place, attendant.session.identity)


def test_a_scanner_is_a_way_in_while_the_reader_is_out_of_order() -> None:
    """A broken reader stops a filing only where no code can be shown either."""
    attendant, _orders = at(Place.GUIDE)
    attendant.hear(BROKEN)
    assert attendant.takes_codes
    attendant.take(Start())
    assert Place.PRIVACY is attendant.here.place
    attendant.take(Home())
    attendant.hear(ScannerChanged(DeviceState.NO_DEVICE))
    for step in (ItemChosen(SHOP), Start(), GoOn()):
        attendant.take(step)
    assert (Place.BEFORE, False) == (attendant.here.place, attendant.takes_codes)


CODES: list[Code] = [RECEIPT.code, ReceiptCode(REFERENCE), CODE.code, UnknownCode()]
WALK = st.sampled_from([
    *CODES, Browse(Kind.FILE), LookFor(), ItemChosen(SHOP), ItemChosen("107"), Start(), GoOn(),
    PageAnswered(), Submit(), TryAgain(), Back(), Home(), "answer", "refuse", "card", "chip",
])  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(WALK, max_size=40))
def test_scans_at_any_moment_keep_the_visit_whole(walk: list[object]) -> None:
    """Codes, cards and steps in any order: a visit's person changes only where it signs in, is
    always sure enough for its item, and home leaves nothing."""
    attendant, _orders, _clock = open_attendant()
    for what in walk:
        session, place, before = attendant.session, attendant.here.place, attendant.session.identity
        match what:
            case ReceiptCode() | IdentityToken() | UnknownCode():
                attendant.hear(Scanned(what))
            case "answer":
                attendant.hear(IdentityFound(session.visit, BY_CODE))
                attendant.hear(CaseAnswered(session.visit, NUMBER, CaseStage.RECEIVED, None))
            case "refuse":
                attendant.hear(IdentityRefused(session.visit, USED))
                attendant.hear(CaseFailed(session.visit, IntakeUnreachable()))
            case "card" | "chip":
                attendant.hear(CardRead(session.visit, ZHANG_YAN if what == "card" else BY_CHIP))
            case _:
                attendant.take(what)
        after, item = attendant.session.identity, attendant.session.item
        if after not in (None, before):
            assert Place.SIGN_IN is place
        if after is not None and item is not None:
            assert after.assurance in item.accepts
        if attendant.here.place in (Place.CASE, Place.HOME):
            assert (attendant.here.place is Place.CASE) == (attendant.session.case is not None)
    attendant.take(Home())
    assert Session(visit=attendant.session.visit) == attendant.session
