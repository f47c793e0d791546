"""What lists and sheets say, for every subject and whatever the intake answered or did not."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import reduce
from pathlib import Path

import pytest
from dossier_samples import (
    BOOKED,
    BUNDLE,
    DOSSIER,
    EMPTY,
    EXTENDED,
    FINISHED,
    NO_WINDOWS,
    NOT_APPROVED,
    REFUSED,
    RETURNED,
    TICKET,
    TOGETHER,
    WINDOWS,
    WORLD,
    at,
    booking,
    checked,
    icons,
    places,
    steps,
    texts,
    visit,
)
from visits import Orders

from kiosk import language
from kiosk.errors import IntakeRefused, IntakeUnreachable
from kiosk.intake.contract import CaseStage, ProblemType
from kiosk.journeys.acts import supply_form
from kiosk.journeys.asking import ask_for
from kiosk.journeys.moves import takes
from kiosk.journeys.page_of import page_of
from kiosk.journeys.pages import Code, Lines, ListPage, Rate, SheetPage, Timeline, Told, Tone, Value
from kiosk.journeys.routes import Check
from kiosk.journeys.steps import (
    Book,
    CancelBooking,
    Correct,
    Destination,
    GoOn,
    HaveSent,
    Open,
    Subject,
    Supply,
    TakeTicket,
    TryAgain,
    Withdraw,
)
from kiosk.language import Language, load_english, speak
from kiosk.session import Acting, ActKind, CaseAsked, Filed, Session

ICONS = Path(__file__).parents[2] / "assets" / "icons" / "icons.txt"
REFUSALS = (ProblemType.NOT_ALLOWED, ProblemType.TAKEN, ProblemType.NOT_THE_APPLICANT)


def asked(session: Session) -> None:
    session.office.asking = True
    session.case = CaseAsked(FINISHED.number)


def failed(session: Session) -> None:
    session.office.error = IntakeUnreachable()
    session.act_error = IntakeUnreachable()
    session.case = CaseAsked(FINISHED.number, error=IntakeUnreachable())


def refused(session: Session) -> None:
    session.office.error = IntakeRefused(409, ProblemType.NOT_ALLOWED)
    session.act_error = IntakeRefused(409, ProblemType.NOT_ALLOWED)
    session.case = CaseAsked("x", error=IntakeRefused(404, ProblemType.NO_RECORD))


def nothing(session: Session) -> None:
    session.office.dossier, session.office.windows = EMPTY, NO_WINDOWS


def everything(session: Session) -> None:
    office = session.office
    office.dossier, office.windows, office.ticket = DOSSIER, WINDOWS, TICKET
    session.case = CaseAsked(FINISHED.number, FINISHED.number, CaseStage.FINISHED)
    session.acting = Acting(ActKind.SUPPLY, RETURNED, supply_form(RETURNED))
    session.filed = Filed("JL03-261124-K7QM2Z", RETURNED.applied_at, RETURNED.number)


def known(subject: Subject, key: str = "") -> list[object]:
    """The parts of a full sheet, or the entries of a full list."""
    session = visit()
    everything(session)
    page = page_of(session, at(subject, key), WORLD)
    return list(page.choices if isinstance(page, ListPage) else page.parts)


@pytest.mark.parametrize("state", [lambda _s: None, asked, failed, refused, nothing, everything])
@pytest.mark.parametrize("here", tuple(places()), ids=lambda here: f"{here.subject}-{here.key}")
def test_every_place_has_a_page_that_leads_on(
    here: Destination, state: Callable[[Session], None]
) -> None:
    """Of the kind that the place draws, with words and icons that exist and steps that mean
    something there."""
    session, drawn = visit(), set(ICONS.read_text("utf-8").split())
    state(session)
    page = page_of(session, here, WORLD)
    assert here.subject is not None
    assert here.subject.is_list == isinstance(page, ListPage)
    assert page.title
    assert any(isinstance(part, str) and part for part in texts(page))
    assert set() == icons(page) - drawn
    assert [] == [step for step in steps(page) if not takes(here.place, step)]


@pytest.mark.parametrize("here", tuple(places()), ids=lambda here: f"{here.subject}-{here.key}")
def test_an_intake_that_does_not_answer_is_told_with_what_to_do(here: Destination) -> None:
    """Where an answer was needed, the page says so and offers to ask again, to go on or to see
    something else."""
    session = visit()
    failed(session)
    page = page_of(session, here, WORLD)
    told = page.told if isinstance(page, ListPage) else page.parts
    needs = here.subject not in (Subject.PROGRESS, Subject.VERDICT)
    if needs and not (here.subject is Subject.RATE and here.key):
        assert any(isinstance(part, Told) and part.words for part in told)
        assert any(isinstance(step, TryAgain | Book | GoOn | Open) for step in steps(page))


def test_the_cases_of_a_life_event_are_one_entry() -> None:
    """Eleven cases, two of them together: ten entries, and the one leads to both."""
    choices = known(Subject.MY_CASES)
    assert len(DOSSIER.cases) - 1 == len(choices)
    together = [c for c in choices if Open(Subject.BUNDLE, BUNDLE) == c.step]
    assert 1 == len(together)
    session = visit()
    everything(session)
    opened = set(steps(page_of(session, at(Subject.BUNDLE, BUNDLE), WORLD)))
    assert {Open(Subject.CASE, case.number) for case in TOGETHER} <= opened


def test_cases_that_wait_for_the_citizen_are_found_in_lists_of_their_own() -> None:
    """What is missing, what is ready and what is not rated yet, each by its number."""
    found = {
        subject: [choice.step.key for choice in known(subject)]
        for subject in (Subject.TO_SUPPLY, Subject.TO_COLLECT, Subject.TO_RATE)
    }
    assert [RETURNED.number, DOSSIER.cases[2].number] == found[Subject.TO_SUPPLY]
    assert [FINISHED.number] == found[Subject.TO_COLLECT]
    assert [FINISHED.number, TOGETHER[1].number] == found[Subject.TO_RATE]


def test_a_case_tells_each_missing_material_with_reason_standard_and_day() -> None:
    """One block for each that is still to come; one that came is not asked for again."""
    parts = known(Subject.CASE, RETURNED.number)
    lines = {part.title: part.lines for part in parts if isinstance(part, Lines)}
    assert (
        "原因：第 2 页没有签名。", "要求：双方签名", "最晚补交：2026年12月4日",
    ) == lines["租赁合同"]  # fmt: skip
    assert "户口簿" in lines
    assert "委托书" not in lines
    assert Value("办结期限", "暂停计算，等您补齐材料") in parts


def test_an_extension_is_told_with_its_reason_and_the_day_that_may_still_move() -> None:
    parts = known(Subject.CASE, EXTENDED.number)
    assert Lines("为什么延期", ("要现场核实。", "新的期限：2027年1月8日")) in parts
    assert Value("办结期限", "2027年1月8日（暂定）") in parts


def test_a_refusal_tells_why_where_else_and_what_can_be_done_against_it() -> None:
    parts = known(Subject.CASE, REFUSED.number)
    lines = {part.title: part.lines for part in parts if isinstance(part, Lines)}
    assert ("不归本县管。",) == lines["不予受理的原因"]
    assert "60 日" in lines["不同意怎么办"][0]
    assert Value("可以去哪里申请", "沙县区市场监督管理局") in parts


def test_a_decision_against_the_applicant_tells_the_remedies_too() -> None:
    parts = known(Subject.CASE, NOT_APPROVED.number)
    lines = {part.title: part.lines for part in parts if isinstance(part, Lines)}
    assert ("经营场所不符合条件。",) == lines["不予批准的原因"]
    assert "行政复议" in lines["不同意怎么办"][0]


def test_a_result_is_fetched_at_the_window_posted_or_taken_by_its_code() -> None:
    """All three ways that the office offers stand there."""
    parts = known(Subject.CASE, FINISHED.number)
    codes = [part.content for part in parts if isinstance(part, Code)]
    ways = next(part.lines for part in parts if isinstance(part, Lines) and "领取" in part.title)
    assert [FINISHED.collection.electronic] == codes
    assert "带身份证到窗口领取：综合窗口 06" == ways[0]
    assert 3 == len(ways)


def test_the_way_of_a_case_ends_with_what_is_still_to_come() -> None:
    """Each event is ticked with its time, and behind them are the steps that follow."""
    (way,) = (p for p in known(Subject.CASE, EXTENDED.number) if isinstance(p, Timeline))
    assert ["已收件", "已受理", "开始审核", "开始审批", "延长期限"] == [
        moment.words for moment in way.moments if moment.reached
    ]
    assert ["办结", "送达"] == [moment.words for moment in way.moments if not moment.reached]
    assert "2026-11-24 09:41" == way.moments[0].when


@pytest.mark.parametrize("case", DOSSIER.cases, ids=lambda case: case.stage)
def test_a_case_offers_exactly_what_may_be_done_to_it(case) -> None:
    session = visit()
    everything(session)
    offered = set(steps(page_of(session, at(Subject.CASE, case.number), WORLD)))
    number = case.number
    allowed = {
        Supply(number): case in (RETURNED, DOSSIER.cases[2]),
        Withdraw(number): case.can_withdraw,
        Correct(number): case.can_correct,
        HaveSent(number): case == FINISHED,
        Open(Subject.RATE, number): case in (FINISHED, TOGETHER[1]),
    }
    assert {step for step, yes in allowed.items() if yes} == offered & set(allowed)


@pytest.mark.parametrize("problem", [None, *REFUSALS])
def test_a_refused_act_says_that_the_case_is_as_it_was(problem: ProblemType | None) -> None:
    session = visit()
    everything(session)
    session.act_error = IntakeRefused(409, problem)
    page = page_of(session, at(Subject.ACTED, RETURNED.number), WORLD)
    assert isinstance(page, SheetPage)
    (told,) = page.parts
    assert isinstance(told, Told)
    assert (Tone.BAD, True) == (told.tone, told.words.startswith("这件申请没有变。"))


def test_an_act_that_is_only_kept_is_not_told_as_received() -> None:
    """Until the intake has it the page says where it is; afterwards that it arrived."""
    session, tones = visit(), []
    everything(session)
    assert session.filed is not None
    for filed in (session.filed, replace(session.filed, received_at=RETURNED.received_at)):
        session.filed = filed
        page = page_of(session, at(Subject.ACTED, RETURNED.number), WORLD)
        assert isinstance(page, SheetPage)
        tones += [part.tone for part in page.parts if isinstance(part, Told)]
    assert [Tone.WARNING, Tone.GOOD] == tones


def test_what_was_filed_before_can_be_looked_at_or_filed_again() -> None:
    session = visit()
    everything(session)
    page = page_of(session, at(Subject.FILED_ALREADY), WORLD)
    number = DOSSIER.cases[0].number
    assert page.main is not None
    assert Open(Subject.CASE, number) == page.main.step
    assert {GoOn(), Correct(number)} <= set(steps(page))


def test_only_a_case_that_the_window_may_judge_goes_on_from_the_verdict() -> None:
    """No is no; where the window decides the citizen may still hand it in."""
    session = visit()
    session.item = next(
        item for item in WORLD.catalogue.items if item.eligibility is not None and item.form
    )
    for check, goes_on in ((Check.NO, False), (Check.ASK, True)):
        page = page_of(session, at(Subject.VERDICT), checked(check))
        assert goes_on == (GoOn() in set(steps(page)))


def test_a_verdict_names_the_window_and_where_it_is() -> None:
    """As soon as the intake has told of it; before that the department."""
    session = visit()
    item = next(item for item in WORLD.catalogue.items if item.eligibility is not None)
    session.item = item.model_copy(update={"window": "general"})
    department = WORLD.catalogue.department(item.department).name
    for windows, where in ((None, department), (WINDOWS, "综合窗口问，在一楼")):
        session.office.windows = windows
        page = page_of(session, at(Subject.VERDICT), checked(Check.ASK))
        assert any(where in text for text in texts(page))


def test_a_window_that_gives_no_tickets_offers_none() -> None:
    session = visit()
    everything(session)
    for key, given in (("general", True), ("closed", False)):
        page = page_of(session, at(Subject.WINDOW, key), WORLD)
        assert given == (TakeTicket(key) in set(steps(page)))


def test_a_time_without_places_cannot_be_chosen() -> None:
    slots = known(Subject.SLOTS, "general/2026-11-26")
    assert [("09:00–09:30", True), ("09:30–10:00", False)] == [
        (slot.words, slot.enabled) for slot in slots
    ]


def test_a_booking_is_confirmed_before_it_is_made() -> None:
    """Where, when, who (masked) and what follows when one does not come; then it is booked."""
    session = visit()
    everything(session)
    page = page_of(session, at(Subject.BOOK, "general/2026-11-26/09:00"), WORLD)
    assert isinstance(page, SheetPage)
    values = {part.label: part.value for part in page.parts if isinstance(part, Value)}
    assert "2026年11月26日 星期四" == values["日期"]
    assert "09:00–09:30" == values["时间"]
    assert "张*" == values["预约人"]
    assert any(isinstance(part, Lines) and "爽约" in part.lines[0] for part in page.parts)
    assert page.main is not None
    assert Book() == page.main.step


def test_a_time_that_another_took_leads_to_the_other_times() -> None:
    session = visit()
    everything(session)
    session.office.error = IntakeRefused(409, ProblemType.TAKEN)
    page = page_of(session, at(Subject.BOOK, "general/2026-11-26/09:00"), WORLD)
    assert page.main is not None
    assert Open(Subject.SLOTS, "general/2026-11-26") == page.main.step
    assert Book() not in set(steps(page))


def test_a_booking_of_today_gives_a_ticket_and_a_cancelled_one_nothing() -> None:
    """With a code to show; once cancelled it says so and offers no way to cancel again."""
    session = visit()
    everything(session)
    session.office.booking = booking()
    page = page_of(session, at(Subject.BOOKING, BOOKED), WORLD)
    assert isinstance(page, SheetPage)
    assert any(isinstance(part, Code) and part.content == BOOKED for part in page.parts)
    assert {TakeTicket("general", BOOKED), CancelBooking(BOOKED)} <= set(steps(page))
    session.office.cancelled = BOOKED
    page = page_of(session, at(Subject.BOOKING, BOOKED), WORLD)
    assert CancelBooking(BOOKED) not in set(steps(page))
    assert () == page_of(session, at(Subject.MY_BOOKINGS), WORLD).choices


def test_a_service_is_rated_once() -> None:
    """By its own case or by what was scanned; one that was rated says so."""
    assert Rate() in known(Subject.RATE, FINISHED.number)
    assert Rate() in known(Subject.RATE)
    assert Rate() not in known(Subject.RATE, NOT_APPROVED.number)
    session = visit()
    session.case = CaseAsked("1", FINISHED.number, CaseStage.FINISHED, rated=True)
    page = page_of(session, at(Subject.RATE), WORLD)
    assert isinstance(page, SheetPage)
    assert Rate() not in page.parts


def test_a_place_without_a_subject_has_no_page() -> None:
    with pytest.raises(ValueError, match="no subject"):
        page_of(Session(), replace(at(Subject.CASE), subject=None), WORLD)


def test_the_code_of_a_fault_stands_beside_the_words() -> None:
    """By which staff look it up."""
    session = visit()
    failed(session)
    page = page_of(session, at(Subject.MY_CASES), WORLD)
    assert isinstance(page, ListPage)
    assert re.fullmatch(r"[A-Z]-\d\d", page.told[0].code)


def test_what_is_free_is_asked_anew_after_another_was_faster() -> None:
    """The time that is gone does not stand there as free once more."""
    session, orders = visit(), Orders()
    everything(session)
    there = at(Subject.SLOTS, "general/2026-11-26")
    ask_for(session, orders, there)
    assert 0 == len(orders.of("ask windows"))
    session.office.error = IntakeRefused(409, ProblemType.TAKEN)
    ask_for(session, orders, there)
    assert 1 == len(orders.of("ask windows"))


@pytest.fixture
def english() -> Iterator[None]:
    """The shipped English, spoken during the test."""
    loaded = dict(language._loaded)
    load_english(ICONS.parents[1] / "locale")
    speak(Language.ENGLISH)
    yield
    speak(Language.CHINESE)
    language._loaded.clear()
    language._loaded.update(loaded)


@pytest.mark.usefixtures("english")
def test_in_english_only_what_the_office_wrote_is_chinese() -> None:
    """Every word of the kiosk's own is translated, in every state of every page."""
    written = sorted(
        {
            text
            for message in (DOSSIER, WINDOWS, TICKET)
            for text in re.findall(r"[^\"\\]*[\u3400-\u9fff][^\"\\]*", message.model_dump_json())
        },
        key=len,
        reverse=True,
    )
    found = set()
    for state in (lambda _s: None, asked, failed, refused, nothing, everything):
        for here in places():
            session = visit()
            state(session)
            for text in texts(page_of(session, here, WORLD)):
                own = reduce(lambda left, words: left.replace(words, ""), written, text)
                if re.search(r"[\u3000-\u9fff\uff00-\uffef]", own.replace("张*", "")):
                    found.add(text)
    assert set() == found
