"""What a citizen is told of their cases, of acts on them, and of an item before its form."""

from dataclasses import replace

import pytest
from dossier_samples import (
    BUNDLE,
    DOSSIER,
    EXTENDED,
    FINISHED,
    NOT_APPROVED,
    REFUSED,
    RETURNED,
    TOGETHER,
    WINDOWS,
    WORLD,
    at,
    checked,
    steps,
    texts,
    visit,
)
from page_states import everything, known

from kiosk.errors import IntakeRefused
from kiosk.forms.answers import BRING_ORIGINAL, FileAnswer
from kiosk.intake.contract import CaseStage, ProblemType
from kiosk.journeys.acts import WHICH
from kiosk.journeys.page_of import page_of
from kiosk.journeys.pages import Code, Lines, Rate, SheetPage, Timeline, Told, Tone, Value
from kiosk.journeys.routes import Check
from kiosk.journeys.steps import (
    Correct,
    GoOn,
    HaveSent,
    Open,
    Subject,
    Supply,
    Withdraw,
)
from kiosk.session import CaseAsked

REFUSALS = (ProblemType.NOT_ALLOWED, ProblemType.TAKEN, ProblemType.NOT_THE_APPLICANT)


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
    """Why it takes longer, the new day, and that the holidays of that year are not known."""
    parts = known(Subject.CASE, EXTENDED.number)
    assert Lines("为什么延期", ("要现场核实。", "新的期限：2027年1月8日")) in parts
    assert Value("办结期限", "2027年1月8日（暂定）") in parts


def test_a_refusal_tells_why_where_else_and_what_can_be_done_against_it() -> None:
    """The officer's reason, the authority that is competent, and the remedies with their limits."""
    parts = known(Subject.CASE, REFUSED.number)
    lines = {part.title: part.lines for part in parts if isinstance(part, Lines)}
    assert ("不归本县管。",) == lines["不予受理的原因"]
    assert "60 日" in lines["不同意怎么办"][0]
    assert Value("可以去哪里申请", "沙县区市场监督管理局") in parts


def test_a_decision_against_the_applicant_tells_the_remedies_too() -> None:
    """With the reasons of the office."""
    parts = known(Subject.CASE, NOT_APPROVED.number)
    lines = {part.title: part.lines for part in parts if isinstance(part, Lines)}
    assert ("经营场所不符合条件。",) == lines["不予批准的原因"]
    assert "行政复议" in lines["不同意怎么办"][0]


def test_where_nothing_was_to_be_decided_the_answer_is_told() -> None:
    """The office's own words, and neither result nor remedies."""
    answered = FINISHED.model_copy(update={"outcome": None, "collection": None})
    session = visit()
    session.office.dossier = DOSSIER.model_copy(update={"cases": (answered,)})
    page = page_of(session, at(Subject.CASE, answered.number), WORLD)
    assert isinstance(page, SheetPage)
    assert [Lines("答复", ("符合条件。",))] == [p for p in page.parts if isinstance(p, Lines)]


def test_a_result_is_fetched_at_the_window_posted_or_taken_by_its_code() -> None:
    """All three ways that the office offers stand there."""
    parts = known(Subject.CASE, FINISHED.number)
    assert Lines("办理结果", ("准予", "符合条件。")) in parts
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
    """No button for what the intake would refuse, and none missing."""
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
    """Whatever the intake gave as its reason."""
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


def test_what_is_supplied_by_bringing_it_is_still_to_be_brought() -> None:
    """By its name; what was photographed is not, nor what is not asked for any more."""
    session = visit()
    everything(session)
    session.answers = {
        WHICH: ("material_1", "material_3"),
        "material_1": FileAnswer("a.jpg", "image/jpeg", b"a"),
        "material_2": BRING_ORIGINAL,
        "material_3": BRING_ORIGINAL,
    }
    page = page_of(session, at(Subject.ACTED, RETURNED.number), WORLD)
    assert isinstance(page, SheetPage)
    assert Lines("请把原件带到窗口", ("户口簿",)) in page.parts


def test_what_was_filed_before_can_be_looked_at_or_filed_again() -> None:
    """To look at it comes first; it can also be corrected."""
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
