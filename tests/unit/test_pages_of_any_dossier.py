"""Whatever stands in a dossier: every page of it is made, and tells no bystander a number."""

from datetime import UTC, date, datetime

from dossier_samples import WORLD, at, texts, visit
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_samples import words
from visits import CATALOGUE

from kiosk.intake.contract import CaseStage
from kiosk.intake.contract.bookings import Booking
from kiosk.intake.contract.dossier import (
    CaseEvent,
    CaseSheet,
    Collection,
    Dossier,
    EventKind,
    MissingMaterial,
    Outcome,
)
from kiosk.journeys.acts import supply_form
from kiosk.journeys.issuer import Issuer
from kiosk.journeys.own_case import missing_in
from kiosk.journeys.page_of import page_of
from kiosk.journeys.paper import paper_for
from kiosk.journeys.steps import Subject
from tests.people import LIN_KAHO, ZHANG_YAN

NUMBERS = (ZHANG_YAN.number, LIN_KAHO.number, "13805980000")
TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
DATES = st.dates(date(2020, 1, 1), date(2030, 1, 1))
MAYBE_DATE = st.none() | DATES
WORDS = st.sampled_from(("", " ", "材料不清楚。", *(f"号码{n}不对。" for n in NUMBERS), "见{day}"))
NAMES = st.sampled_from(("租赁合同", " ", f"{ZHANG_YAN.number}的委托书"))
REFERENCES = st.sampled_from(("JL03-261124-K7QM2X", "JL03-261124-K7QM2Y"))
MATERIALS = st.builds(
    MissingMaterial, id=st.integers(1, 4), name=NAMES, standard=WORDS, reason=WORDS,
    promised=st.booleans(), due=MAYBE_DATE, supplied=st.booleans(),
)  # fmt: skip
EVENTS = st.builds(
    CaseEvent, at=TIMES, kind=st.sampled_from(EventKind), words=WORDS, due=MAYBE_DATE
)
COLLECTIONS = st.builds(
    Collection, window=WORDS, by_post=st.booleans(), posted=st.booleans(),
    electronic=st.none() | st.just("https://localhost/r"), collected=st.booleans(),
)  # fmt: skip
CASES = st.builds(
    CaseSheet,
    number=st.sampled_from(("3504282611240001", "3504282611240002", "3504282611240003")),
    reference=REFERENCES, bundle=st.none() | REFERENCES,
    item=st.sampled_from(("139", "020", "999")),
    item_name=st.just("不认识的事项"), department=st.just("不认识的部门"),
    stage=st.sampled_from(CaseStage), applied_at=TIMES, received_at=TIMES, due=MAYBE_DATE,
    due_provisional=st.booleans(), clock_stopped=st.booleans(), deemed=st.booleans(),
    events=st.lists(EVENTS, max_size=4).map(tuple),
    missing=st.lists(MATERIALS, max_size=3, unique_by=lambda each: each.id).map(tuple),
    refused_to=WORDS, outcome=st.none() | st.sampled_from(Outcome),
    collection=st.none() | COLLECTIONS, can_withdraw=st.booleans(), can_correct=st.booleans(),
    rated=st.booleans(),
)  # fmt: skip
BOOKINGS = st.builds(
    Booking, number=st.just("YY3504282611240001"), window=st.just("general"),
    window_name=st.just("综合窗口"), place=st.sampled_from(("", "一楼")), day=DATES,
    begins=st.just("09:00"), ends=st.just("09:30"), about=WORDS,
)  # fmt: skip
DOSSIERS = st.builds(
    Dossier,
    cases=st.lists(CASES, max_size=4, unique_by=lambda case: case.number).map(tuple),
    bookings=st.lists(BOOKINGS, max_size=1).map(tuple),
    answered_at=TIMES,
)
WHOLE = (
    Subject.MY_CASES, Subject.TO_SUPPLY, Subject.TO_COLLECT, Subject.TO_RATE, Subject.MY_BOOKINGS,
    Subject.FILED_ALREADY,
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(DOSSIERS)
def test_every_page_of_any_dossier_is_made_and_tells_no_number(dossier: Dossier) -> None:
    """Nothing that the contract allows keeps a page from being shown, and neither a resident's
    number nor a mobile that an officer wrote stands on it whole; the same of forms and papers."""
    session = visit()
    session.office.dossier = dossier
    places = [at(subject) for subject in WHOLE]
    for case in dossier.cases:
        places += [at(Subject.CASE, case.number), at(Subject.RATE, case.number)]
        places += [at(Subject.CASE, f"{case.number}/{event.kind}") for event in case.events]
        places += [at(Subject.BUNDLE, case.bundle)] if case.bundle is not None else []
    places += [at(Subject.BOOKING, booking.number) for booking in dossier.bookings]
    shown = [text for place in places for text in texts(page_of(session, place, WORLD))]
    papers = (paper_for(Issuer("", ""), CATALOGUE, session, place) for place in places)
    shown += [words(paper) for paper in papers if paper is not None]
    for case in filter(missing_in, dossier.cases):
        for question in supply_form(case).questions:
            shown += [question.label, question.hint or ""]
    assert [] == [text for text in shown if any(number in text for number in NUMBERS)]
