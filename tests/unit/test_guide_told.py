"""办事指南: found every way, told whole with what is a sample marked, and taken along as a code."""

from dataclasses import replace

import pytest
from visits import CATALOGUE, open_attendant

from kiosk.catalogue.models import ApplicantKind, Item, Kind, Origin
from kiosk.documents.document import DocumentKind
from kiosk.journeys.guide_told import LONGEST_TEXT, guide_lines, guide_text, guide_told
from kiosk.journeys.pages import Choices, Lines, Paper, Told
from kiosk.journeys.routes import World
from kiosk.journeys.steps import (
    HOME,
    ApplicantChosen,
    Back,
    Browse,
    By,
    DepartmentChosen,
    FieldChosen,
    ItemChosen,
    Open,
    Place,
    Print,
    Sort,
    Subject,
)
from kiosk.session import Printed, Session

WORLD = World(CATALOGUE, printer_ready=True, filing_block=None, reader_working=True)


def lines_of(code: str) -> dict[str, Lines]:
    return {part.title: part for part in guide_lines(CATALOGUE.item(code), CATALOGUE)}


@pytest.mark.parametrize("item", CATALOGUE.items, ids=lambda item: item.code)
def test_every_item_has_a_guide(item: Item) -> None:
    """Each with who, what, how long, where and who decides; what has no source is marked; as much
    of it as a code holds can be taken along."""
    told = {part.title: part for part in guide_lines(item, CATALOGUE)}
    assert {"谁可以办", "要带什么", "多久办好", "在哪里办", "谁来决定"} <= set(told)
    assert (item.materials_origin is not Origin.SOURCED) == told["要带什么"].sample
    page = guide_told(Session(item=item), WORLD)
    assert (item.kind is Kind.GUIDE) == (page.main is None)
    assert bool(item.parts) == any(isinstance(part, Choices) for part in page.parts)
    assert (item.why_not_here is not None) == any(isinstance(part, Told) for part in page.parts)
    text, whole = guide_text(item, CATALOGUE)
    assert len(text.encode()) <= LONGEST_TEXT
    assert text.startswith(item.name)
    left_out = [line for part in told.values() for line in part.lines if line not in text]
    assert not (whole and left_out)


def test_most_guides_fit_into_a_code() -> None:
    """Those of life events and of long procedures are cut after a whole line, which the page
    says."""
    whole = [item.code for item in CATALOGUE.items if guide_text(item, CATALOGUE)[1]]
    assert len(whole) > 0.6 * len(CATALOGUE.items)


def test_a_guide_says_conditions_standards_and_days() -> None:
    """What the check before the form goes by, what a material is like, each step's days, and who
    decides in whose place."""
    told = lines_of("036")
    assert any("样例：" in line and "可以容缺" in line for line in told["要带什么"].lines)
    assert "受理：1 个工作日" in lines_of("041")["办理环节"].lines
    asked = CATALOGUE.item("042").eligibility
    assert asked is not None
    assert {rule.why for rule in asked.rules} <= set(lines_of("042")["谁可以办"].lines)
    decided = {line for item in CATALOGUE.items for line in lines_of(item.code)["谁来决定"].lines}
    assert any("公开委托" in line for line in decided)
    assert "以窗口公布为准" in decided


def test_the_paper_has_its_state_once_it_was_asked_for() -> None:
    """The button gives way to the card that says how it stands; without paper there is neither."""
    session = Session(item=CATALOGUE.item("041"))
    assert Print() in [button.step for button in guide_told(session, WORLD).buttons]
    session.printed = Printed("1", "041", about=f"{DocumentKind.ITEM_GUIDE.value}/041/20261125")
    page = guide_told(session, WORLD)
    assert Paper() in page.parts
    assert Print() not in [button.step for button in page.buttons]
    offline = guide_told(Session(item=CATALOGUE.item("041")), replace(WORLD, printer_ready=False))
    assert [Subject.TAKE_ALONG, Subject.WINDOW] == [
        button.step.subject for button in offline.buttons if isinstance(button.step, Open)
    ]


def test_guides_are_found_every_way_and_back() -> None:
    """Each way keeps its place while one goes on and comes back."""
    attendant, _orders, _clock = open_attendant()

    def go(*steps: object) -> None:
        for step in steps:
            attendant.take(step)  # type: ignore[arg-type]

    go(Browse(Kind.GUIDE), Sort(By.DEPARTMENT), DepartmentChosen("civil_affairs"))
    go(ItemChosen("041"), Back(), Back())
    assert (Place.FIND, By.DEPARTMENT, None) == (
        attendant.here.place, attendant.here.by, attendant.here.department,
    )  # fmt: skip
    go(Sort(By.LIFE_EVENT), ItemChosen("806"), Back())
    assert (Place.FIND, By.LIFE_EVENT) == (attendant.here.place, attendant.here.by)
    go(Sort(By.APPLICANT), ApplicantChosen(ApplicantKind.ORGANISATION), FieldChosen("marriage"))
    items = CATALOGUE.items_of("marriage_registry", Kind.GUIDE, attendant.here.applicant)
    assert () == items
    go(Back(), Back())
    assert By.APPLICANT is attendant.here.by
    go(Back())
    assert HOME == attendant.here


def test_look_ups_stand_under_their_subjects() -> None:
    """Each once, in the order of the departments."""
    listed = CATALOGUE.look_ups()
    assert ["社保", "医保", "交通违法", "不动产"] == [subject for subject, _items in listed][:4]
    looked_up = [item for item in CATALOGUE.items if item.kind is Kind.LOOK_UP]
    assert len(looked_up) == sum(len(items) for _subject, items in listed)
