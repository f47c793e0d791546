"""Every item and life event, from home to the intake, without a window: the attendant, the kiosk's
own desk and a real intake."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from intake_fixtures import Reported, desk_at, stored

from kiosk.catalogue.models import Item, Kind
from kiosk.clock import Clock
from kiosk.devices import DeviceState, MediaState, ReaderStatus
from kiosk.events import CardRead, IntakeChanged, PrinterChanged, ReaderChanged
from kiosk.forms.asked import asked_questions
from kiosk.forms.problem import words
from kiosk.forms.questions import QuestionKind
from kiosk.idle import IdleLimits
from kiosk.intake.parts import parts_of
from kiosk.journeys.attendant import Attendant
from kiosk.journeys.filling import PageSize
from kiosk.journeys.issuer import Issuer
from kiosk.journeys.ports import Ports
from kiosk.journeys.steps import (
    HOME,
    Back,
    GoOn,
    ItemChosen,
    PageAnswered,
    Place,
    Start,
    Subject,
    Submit,
)
from sandbox.intake.local_intake import LocalIntake
from tests.people import ZHANG_YAN
from tests.unit.visits import CATALOGUE, READY, SEARCH, Orders, pass_check
from tests.valid_answers import valid, wrong

SIGNATURE = (((0.1, 0.2), (0.3, 0.4)),)
FILED = [item for item in CATALOGUE.items if item.form is not None]
ONCE = settings(
    max_examples=1,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class Hall:
    """A kiosk with its own desk and a real intake; reader and printer are told to be in order."""

    def __init__(self, reported: Reported, ports: Ports) -> None:
        self.reported = reported
        self.attendant = Attendant(Issuer("测试中心", "1 号"), Clock(), IdleLimits(120, 180, 2))
        size = PageSize(capacity=1000, height=lambda _question, _locked: 250)
        self.attendant.open(CATALOGUE, SEARCH, ports, lambda _large: size)
        online = ReaderStatus(DeviceState.ONLINE, MediaState.NOT_PRESENT)
        for event in (ReaderChanged(online), PrinterChanged(READY)):
            self.attendant.hear(event)

    def hear_until(self, *places: Place) -> None:
        """Take what the desk reports until the visit is at one of these places."""
        while self.attendant.here.place not in places:
            event = self.reported.until(object, which=lambda _event: True)
            self.attendant.hear(event)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hall, LocalIntake, Path]]:
    folder = tmp_path_factory.mktemp("every_item")
    intake = LocalIntake("127.0.0.1", 0, folder / "intake")
    intake.start()
    reported, orders = Reported(), Orders()
    with desk_at(intake.url, folder / "storage", reported, intake.issue_code("JL-03")) as desk:
        ready = reported.until(IntakeChanged, which=lambda change: change.can_file)
        hall = Hall(reported, Ports(orders, orders, desk))
        hall.attendant.hear(ready)
        yield hall, intake, folder
    intake.stop()
    shutil.rmtree(folder / "intake")


def open_form(hall: Hall, item: Item) -> None:
    """From home to the first page, through the questions before it and the card."""
    attendant = hall.attendant
    attendant.end_visit()
    for step in (ItemChosen(item.code), Start()):
        attendant.take(step)
    pass_check(attendant)
    attendant.take(GoOn())
    assert Place.SIGN_IN is attendant.here.place, item.code
    attendant.hear(CardRead(attendant.session.visit, ZHANG_YAN))
    while attendant.session.office.asking:
        hall.attendant.hear(hall.reported.until(object, which=lambda _event: True))
    if attendant.here.subject is Subject.FILED_ALREADY:
        attendant.take(GoOn())
    assert Place.FORM is attendant.here.place, item.code


def fill_in(attendant: Attendant, data: st.DataObject) -> None:
    """Page by page; the first question of each kind is answered wrongly before, which has to be
    told at the field while everything else stays."""
    tried: set[QuestionKind] = set()
    while attendant.here.place is Place.FORM:
        form, session = attendant.session.form, attendant.session
        assert form is not None
        page = next(p for p in attendant.pages() if attendant.here.question in p.questions)
        while True:
            asked = {q.id: q for q in asked_questions(form, {**session.answers, **session.drafts})}
            page = next(p for p in attendant.pages() if set(p.questions) & set(page.questions))
            questions = tuple(asked[key] for key in page.questions if key in asked)
            held = session.answers.keys() | session.drafts.keys()
            left = [q for q in questions if q.id not in session.locked and q.id not in held]
            if not left:
                break
            if left[0].kind not in tried:
                tried.add(left[0].kind)
                before = dict(session.answers)
                attendant.write(left[0].id, wrong(left[0]))
                assert not attendant.answer_page((left[0],)), left[0].id
                assert words(session.problems[left[0].id].problem)
                assert (before, wrong(left[0])) == (session.answers, session.drafts[left[0].id])
            attendant.write(left[0].id, data.draw(valid(left[0])))
        assert attendant.answer_page(questions), session.problems
        attendant.take(PageAnswered())
    assert Place.REVIEW is attendant.here.place


@pytest.mark.parametrize("item", FILED, ids=[item.code for item in FILED])
def test_every_item_is_opened_filled_in_and_found_at_the_intake(
    item: Item, hall: tuple[Hall, LocalIntake, Path]
) -> None:
    """With answers made from its definition, one of each kind wrong at first; what the intake
    stored under the number on the last page is what was answered."""
    kiosk, intake, folder = hall

    @ONCE
    @given(st.data())
    def whole_visit(data: st.DataObject) -> None:
        open_form(kiosk, item)
        attendant = kiosk.attendant
        fill_in(attendant, data)
        attendant.sign(SIGNATURE)
        expected = parts_of(item, CATALOGUE, attendant.session.answers)
        attendant.take(Submit())
        kiosk.hear_until(Place.DONE)
        filed = attendant.session.filed
        assert filed is not None and filed.arrived
        numbers = [part.number for part in filed.parts] or [filed.number]
        assert len(expected) == len(numbers)
        cases = {row["number"]: row for row in stored(intake, folder)["applications"]}
        for (part, answers), number in zip(expected, numbers, strict=True):
            found = cases[number]
            assert (part.code, set(answers)) == (found["item"], set(found["content"]["answers"]))
            assert (filed.reference if filed.parts else None) == found["bundle"]

    whole_visit()


@pytest.mark.parametrize(
    "item", [i for i in CATALOGUE.items if i.kind is not Kind.FILE], ids=lambda item: item.code
)
def test_every_other_item_is_opened_and_left(
    item: Item, hall: tuple[Hall, LocalIntake, Path]
) -> None:
    """A guide opens and goes back home; a look-up is answered, and goes back to its guide."""
    kiosk, _intake, _folder = hall
    attendant = kiosk.attendant
    attendant.end_visit()
    attendant.take(ItemChosen(item.code))
    assert Place.GUIDE is attendant.here.place
    if item.kind is Kind.LOOK_UP:
        for step in (Start(), GoOn()):
            attendant.take(step)
        attendant.hear(CardRead(attendant.session.visit, ZHANG_YAN))
        while attendant.session.look_up_rows is None:
            attendant.hear(kiosk.reported.until(object, which=lambda _event: True))
        assert attendant.session.look_up_rows
        attendant.take(Back())
        assert Place.GUIDE is attendant.here.place
    attendant.take(Back())
    assert HOME == attendant.here
