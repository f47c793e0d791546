"""Whole visits as lists of steps, without a window and without a device."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue.models import Kind
from kiosk.catalogue.search.found import Category, Part
from kiosk.devices import DeviceState, MediaState, PrintOutcome, ReaderStatus
from kiosk.errors import CardRemoved, IntakeUnreachable, OutboxUnavailable
from kiosk.events import (
    ApplicationKept,
    ApplicationReceived,
    CardFailed,
    CardRead,
    CardReading,
    FilingBlock,
    FilingFailed,
    LookUpAnswered,
    PrinterChanged,
    PrintFinished,
    ReaderChanged,
    SendingDeferred,
)
from kiosk.forms.questions import QuestionKind
from kiosk.idle import Idle
from kiosk.intake.application import Application
from kiosk.journeys.attendant import PATIENCE, Attendant
from kiosk.journeys.steps import (
    HOME,
    Back,
    Browse,
    CategoryChosen,
    DepartmentChosen,
    Edit,
    FieldChosen,
    GoOn,
    Home,
    ItemChosen,
    LookFor,
    Open,
    PageAnswered,
    Place,
    Start,
    Step,
    Subject,
    Submit,
    TryAgain,
)
from kiosk.language import Language
from kiosk.session import Session
from tests.people import ZHANG_YAN
from tests.unit.visits import NO_PAPER, READY, now, open_attendant, pass_check

SHOP = "139"
SIGNATURE = (((0.1, 0.2), (0.3, 0.4)),)
STEPS: list[Step] = [
    Browse(Kind.FILE),
    Browse(Kind.LOOK_UP),
    Browse(Kind.GUIDE),
    LookFor(),
    CategoryChosen(Category(Part.FIELD, "general", "综合", ())),
    CategoryChosen(Category(Part.LIFE_EVENT, "marriage", "结婚", ("135",))),
    FieldChosen("social_insurance"),
    FieldChosen("general"),
    DepartmentChosen("civil_affairs"),
    ItemChosen(SHOP),
    ItemChosen("041"),
    ItemChosen("107"),
    ItemChosen("094"),
    Start(),
    GoOn(),
    PageAnswered(),
    Edit("phone"),
    Submit(),
    TryAgain(),
    Back(),
    Home(),
]


def sign_in(attendant: Attendant, item: str = SHOP) -> None:
    for step in (ItemChosen(item), Start()):
        attendant.take(step)
    pass_check(attendant)
    attendant.take(GoOn())
    attendant.hear(CardRead(attendant.session.visit, ZHANG_YAN))


def to_review(attendant: Attendant) -> None:
    sign_in(attendant)
    while attendant.here.place is Place.FORM:
        attendant.take(PageAnswered())
    attendant.sign(SIGNATURE)


def test_a_filing_goes_from_home_to_the_number_and_back() -> None:
    """The main job passes its places in order, files once, prints once and ends empty."""
    attendant, orders, _clock = open_attendant()
    visited: list[Place] = []
    attendant.moved = lambda: visited.append(attendant.here.place)
    to_review(attendant)
    attendant.take(Submit())
    visit = attendant.session.visit
    attendant.hear(ApplicationKept(visit, "JL01-261124-AAAAAA", now()))
    attendant.hear(ApplicationReceived(visit, "JL01-261124-AAAAAA", "3504282611240037", now()))
    job = attendant.session.printed
    assert job is not None
    attendant.hear(PrintFinished(job.job, PrintOutcome.CONFIRMED, READY, begun=True))
    attendant.rate(5)
    attendant.take(Home())
    once = list(dict.fromkeys(visited))
    assert [
        Place.GUIDE,
        Place.PRIVACY,
        Place.SIGN_IN,
        Place.FORM,
        Place.REVIEW,
        Place.SUBMITTING,
        Place.DONE,
        Place.HOME,
    ] == once
    assert 1 == len(orders.of("file"))
    assert 1 == len(orders.of("print"))
    assert [("JL01-261124-AAAAAA", 5, ())] == orders.of("rate")
    assert Session().answers == attendant.session.answers


def test_nothing_is_said_to_be_received_before_the_intake_said_so() -> None:
    """After the commit alone the visit still waits, and knows no number."""
    attendant, orders, _clock = open_attendant()
    to_review(attendant)
    attendant.take(Submit())
    attendant.hear(ApplicationKept(attendant.session.visit, "R", now()))
    assert Place.SUBMITTING is attendant.here.place
    assert attendant.session.filed is not None
    assert None is attendant.session.filed.number
    assert [] == orders.of("print")


def test_an_intake_that_does_not_answer_ends_the_wait() -> None:
    """After the patience is over the citizen gets the kiosk's own reference and a receipt."""
    attendant, orders, clock = open_attendant()
    to_review(attendant)
    attendant.take(Submit())
    attendant.hear(ApplicationKept(attendant.session.visit, "R", now()))
    clock.move(PATIENCE)
    attendant.tick()
    assert Place.DONE is attendant.here.place
    assert 1 == len(orders.of("print"))


def test_a_number_that_comes_later_is_shown_but_not_printed_again() -> None:
    """A deferred application that is received while the citizen still looks gets its number."""
    attendant, orders, _clock = open_attendant()
    to_review(attendant)
    attendant.take(Submit())
    visit = attendant.session.visit
    attendant.hear(ApplicationKept(visit, "R", now()))
    attendant.hear(SendingDeferred(visit, "R", IntakeUnreachable()))
    attendant.hear(ApplicationReceived(visit, "R", "3504282611240001", now()))
    assert attendant.session.filed is not None
    assert "3504282611240001" == attendant.session.filed.number
    assert 1 == len(orders.of("print"))


def test_what_was_just_filed_is_among_ones_cases() -> None:
    """The cases are asked for anew: before the form they were asked for once already."""
    attendant, orders, _clock = open_attendant()
    to_review(attendant)
    attendant.take(Submit())
    visit = attendant.session.visit
    attendant.hear(ApplicationKept(visit, "R", now()))
    attendant.hear(ApplicationReceived(visit, "R", "3504282611240001", now()))
    attendant.take(Open(Subject.MY_CASES))
    assert 2 == len(orders.of("ask dossier"))


def test_a_second_tap_on_submit_files_nothing_twice() -> None:
    """Two touches on the same button are one application."""
    attendant, orders, _clock = open_attendant()
    to_review(attendant)
    attendant.take(Submit())
    attendant.take(Submit())
    assert 1 == len(orders.of("file"))


def test_a_failed_commit_keeps_the_answers_and_may_be_tried_again() -> None:
    """With a full disk nothing is said to be submitted; trying again files the same answers."""
    attendant, orders, _clock = open_attendant()
    to_review(attendant)
    attendant.take(Submit())
    attendant.hear(FilingFailed(attendant.session.visit, OutboxUnavailable()))
    assert Place.SUBMITTING is attendant.here.place
    attendant.take(TryAgain())
    first, second = orders.of("file")
    assert isinstance(first, Application)
    assert isinstance(second, Application)
    assert first.answers == second.answers


def test_missing_paper_is_said_before_the_form() -> None:
    """Without paper the visit is told so before the card is asked for, and may go on."""
    attendant, _orders, _clock = open_attendant(printer=NO_PAPER)
    attendant.take(ItemChosen(SHOP))
    attendant.take(Start())
    assert Place.BEFORE is attendant.here.place
    attendant.take(GoOn())
    assert Place.PRIVACY is attendant.here.place


@pytest.mark.parametrize("block", FilingBlock)
def test_a_kiosk_that_cannot_keep_an_application_does_not_begin_one(block: FilingBlock) -> None:
    """Whatever keeps applications from being taken, there is no way past the notice."""
    attendant, _orders, _clock = open_attendant(block=block)
    attendant.take(ItemChosen(SHOP))
    attendant.take(Start())
    attendant.take(GoOn())
    assert Place.BEFORE is attendant.here.place


def test_edit_from_the_check_page_comes_back_to_it() -> None:
    """修改 opens the page of that question; its next step is the check page again."""
    attendant, _orders, _clock = open_attendant()
    to_review(attendant)
    attendant.take(Edit("phone"))
    assert (Place.FORM, "phone") == (attendant.here.place, attendant.here.question)
    attendant.take(PageAnswered())
    assert Place.REVIEW is attendant.here.place


def test_the_card_is_read_only_after_the_notice() -> None:
    """The reader gets its first order when the privacy page was agreed to, not before."""
    attendant, orders, _clock = open_attendant()
    attendant.take(ItemChosen(SHOP))
    attendant.take(Start())
    assert [] == orders.of("read")
    attendant.take(GoOn())
    assert [attendant.session.visit] == orders.of("read")


def test_a_card_taken_away_leaves_no_identity() -> None:
    """A failed read is told and nothing of it is kept; the next read counts."""
    attendant, _orders, _clock = open_attendant()
    for step in (ItemChosen(SHOP), Start(), GoOn()):
        attendant.take(step)
    visit = attendant.session.visit
    attendant.hear(CardReading(visit))
    attendant.hear(CardFailed(visit, CardRemoved()))
    assert None is attendant.session.identity
    assert isinstance(attendant.session.card_error, CardRemoved)
    attendant.hear(CardRead(visit, ZHANG_YAN))
    assert Place.FORM is attendant.here.place


def test_an_expired_card_is_named_and_read_again_only_after_it_left() -> None:
    """The reader is not asked again for the card that still lies there."""
    attendant, orders, _clock = open_attendant()
    for step in (ItemChosen(SHOP), Start(), GoOn()):
        attendant.take(step)
    attendant.hear(ReaderChanged(ReaderStatus(DeviceState.ONLINE, MediaState.PRESENT)))
    old = replace(ZHANG_YAN, valid_to=date(2020, 1, 1))
    attendant.hear(CardRead(attendant.session.visit, old))
    assert attendant.session.card_expired
    assert 1 == len(orders.of("read"))
    attendant.hear(ReaderChanged(ReaderStatus(DeviceState.ONLINE, MediaState.NOT_PRESENT)))
    assert 2 == len(orders.of("read"))


def test_an_event_of_the_last_citizen_changes_nothing() -> None:
    """A card read for a visit that ended never becomes the next citizen's identity."""
    attendant, _orders, _clock = open_attendant()
    for step in (ItemChosen(SHOP), Start(), GoOn()):
        attendant.take(step)
    gone = attendant.session.visit
    attendant.take(Home())
    for step in (ItemChosen(SHOP), Start(), GoOn()):
        attendant.take(step)
    attendant.hear(CardRead(gone, ZHANG_YAN))
    assert None is attendant.session.identity
    assert Place.SIGN_IN is attendant.here.place


def test_standing_still_warns_and_then_wipes() -> None:
    """120 s warn, 180 s wipe, both doubled in large type."""
    attendant, _orders, clock = open_attendant()
    sign_in(attendant)
    clock.move(121)
    assert Idle.WARNING is attendant.idle()[0]
    attendant.use_large_type(True)
    assert Idle.ACTIVE is attendant.idle()[0]
    clock.move(240)
    attendant.tick()
    assert (HOME, None) == (attendant.here, attendant.session.identity)


def test_a_card_left_on_the_reader_is_pointed_out() -> None:
    """Ending the visit with the card still there says so until it is taken."""
    attendant, _orders, _clock = open_attendant()
    sign_in(attendant)
    attendant.hear(ReaderChanged(ReaderStatus(DeviceState.ONLINE, MediaState.PRESENT)))
    attendant.take(Home())
    assert attendant.card_forgotten
    attendant.hear(ReaderChanged(ReaderStatus(DeviceState.ONLINE, MediaState.NOT_PRESENT)))
    assert not attendant.card_forgotten


def test_a_low_rating_asks_why_before_it_is_handed_in() -> None:
    """Level 2 alone is not sent; with a reason it is, once."""
    attendant, orders, _clock = open_attendant()
    to_review(attendant)
    attendant.take(Submit())
    attendant.hear(ApplicationKept(attendant.session.visit, "R", now()))
    attendant.rate(2)
    assert [] == orders.of("rate")
    attendant.rate(2, ("too_slow",))
    attendant.rate(1, ("other",))
    assert [("R", 2, ("too_slow",))] == orders.of("rate")


def test_another_item_keeps_the_person_and_forgets_the_answers() -> None:
    """Going back and choosing another item asks for no second card and mixes no answers."""
    attendant, _orders, _clock = open_attendant()
    sign_in(attendant)
    attendant.write("phone", "13805980000")
    for step in (Back(), ItemChosen("041")):
        attendant.take(step)
    assert {} == attendant.session.drafts
    assert ZHANG_YAN == attendant.session.identity


def test_a_choice_shows_what_hangs_on_it_in_another_language_too() -> None:
    """Language and type size change nothing that was typed."""
    attendant, _orders, _clock = open_attendant()
    sign_in(attendant)
    attendant.write("phone", "138")
    attendant.speak(Language.ENGLISH)
    attendant.use_large_type(True)
    assert "138" == attendant.session.drafts["phone"]


def test_every_form_can_be_paged_through_and_back() -> None:
    """From sign-in, next and back through all pages of every form ends where it began."""
    attendant, _orders, _clock = open_attendant()
    for item in attendant.catalogue.items:
        if item.kind is not Kind.FILE:
            continue
        sign_in(attendant, item.code)
        steps = 0
        while attendant.here.place is Place.FORM:
            attendant.take(PageAnswered())
            steps += 1
        assert len(attendant.pages()) == steps
        for _page in range(steps + 1):
            attendant.take(Back())
        assert Place.GUIDE is attendant.here.place
        attendant.take(Home())


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.booleans()), max_size=40))
def test_any_walk_stays_on_its_feet(walk: list[tuple[Step, bool]]) -> None:
    """Any steps in any order, with the devices answering now and then: no exception, home is
    always one step away, and home leaves the session empty."""
    attendant, _orders, _clock = open_attendant()
    for step, device_speaks in walk:
        attendant.take(step)
        if device_speaks:
            visit = attendant.session.visit
            match attendant.here.place:
                case Place.SIGN_IN:
                    attendant.hear(CardRead(visit, ZHANG_YAN))
                case Place.SUBMITTING:
                    attendant.hear(ApplicationKept(visit, "R", now()))
                    attendant.hear(SendingDeferred(visit, "R", IntakeUnreachable()))
                case Place.LOOK_UP:
                    attendant.hear(LookUpAnswered(visit, "107", (("状态", "正常"),), "X1"))
                case _:
                    attendant.hear(PrinterChanged(NO_PAPER))
    attendant.take(Home())
    assert HOME == attendant.here
    empty = Session(visit=attendant.session.visit)
    assert empty == attendant.session


def test_signature_questions_stand_on_no_form() -> None:
    """The signature is drawn on the check page of every application, never as a question."""
    attendant, _orders, _clock = open_attendant()
    kinds = {
        question.kind
        for item in attendant.catalogue.items
        if item.form is not None
        for question in item.form.questions
    }
    assert QuestionKind.SIGNATURE not in kinds
