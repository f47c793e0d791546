"""The life of a case: what is allowed, what is refused and why, and how its clock runs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from kiosk.intake.contract import CHINA_TIME
from sandbox.intake.case_actions import (
    Accept,
    Action,
    AskedMaterial,
    BeginReview,
    Correct,
    Deliver,
    Extend,
    Finish,
    ForwardToDecision,
    HavePosted,
    NotAllowed,
    PromisedMaterial,
    Refuse,
    ReturnForSupplement,
    Supplied,
    SupplyPromised,
    Why,
    Withdraw,
)
from sandbox.intake.case_clock import acceptance_due, due, promised_due, stopped_days, stopped_since
from sandbox.intake.case_file import CaseFile, Collection, Outcome, State
from sandbox.intake.case_life import deem_accepted, take
from sandbox.intake.working_days import Due, Holidays, YearOfHolidays

HOLIDAYS = Holidays({})
RECEIVED_AT = datetime(2026, 11, 23, 9, 30, tzinfo=CHINA_TIME)
"""A Monday; no holiday until New Year."""
CASE = CaseFile(State.RECEIVED, RECEIVED_AT, limit=10)
ASK = ReturnForSupplement((AskedMaterial("户口簿", "缺本人页"), AskedMaterial("照片", "尺寸不符")))
PROMISE = Accept((PromisedMaterial("银行卡复印件", "复印件", 5),), promise_noted=True)
APPROVE = Finish(Outcome.APPROVED)
TO_DECISION: Sequence[Action] = (Accept(), BeginReview(), ForwardToDecision())


def on(day: int, hour: int = 10) -> datetime:
    """That day of November 2026; 31 is 1 December."""
    return datetime(2026, 11, 1, hour, tzinfo=CHINA_TIME) + timedelta(days=day - 1)


def after(case: CaseFile, *actions: Action, at: datetime = RECEIVED_AT) -> CaseFile:
    for action in actions:
        case = take(case, action, at, HOLIDAYS)
    return case


def why_not(case: CaseFile, action: Action, at: datetime = RECEIVED_AT) -> Why:
    with pytest.raises(NotAllowed) as refused:
        take(case, action, at, HOLIDAYS)
    assert case.state is refused.value.state
    assert refused.value.why.chinese
    return refused.value.why


def test_whole_life() -> None:
    """Received, accepted, reviewed, decided, finished, delivered, one after the other."""
    states = []
    case = CASE
    for action in (*TO_DECISION, Finish(Outcome.APPROVED, "准予"), Deliver()):
        case = after(case, action)
        states.append(case.state.chinese)
    assert ["受理", "审核", "审批", "办结", "送达"] == states


ALLOWED: dict[State, set[type[Action]]] = {
    State.RECEIVED: {Accept, ReturnForSupplement, Refuse, Correct, Withdraw},
    State.SUPPLEMENTING: {Supplied, Refuse, SupplyPromised, Correct, Withdraw},
    State.ACCEPTED: {BeginReview, ReturnForSupplement, Extend, SupplyPromised, Withdraw},
    State.REFUSED: set(),
    State.REVIEWING: {ForwardToDecision, ReturnForSupplement, Extend, SupplyPromised, Withdraw},
    State.DECIDING: {Finish, ReturnForSupplement, Extend, SupplyPromised, Withdraw},
    State.FINISHED: {Deliver, HavePosted},
    State.DELIVERED: set(),
    State.WITHDRAWN: set(),
}
ACTIONS: tuple[Action, ...] = (
    Accept(),
    ASK,
    Supplied(("户口簿",)),
    Refuse("不属于本机关职权范围"),
    BeginReview(),
    ForwardToDecision(),
    APPROVE,
    Deliver(),
    Extend(3, "需要实地核查"),
    SupplyPromised("银行卡复印件"),
    Correct(),
    Withdraw("other_reason"),
    HavePosted("欧阳示例", "13805980000", "古镛镇滨河南路12号"),
)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: type(action).__name__)
def test_every_action_in_every_state(state: State, action: Action) -> None:
    """An action is refused for the state in exactly the states where it has no place."""
    accepted = state not in (State.RECEIVED, State.SUPPLEMENTING, State.REFUSED)
    case = replace(CASE, state=state, accepted_at=RECEIVED_AT if accepted else None)
    try:
        take(case, action, RECEIVED_AT, HOLIDAYS)
        why = None
    except NotAllowed as refused:
        why = refused.why
    assert (type(action) not in ALLOWED[state]) is (why is Why.WRONG_STATE)


def test_immediate_items_finish_on_the_spot() -> None:
    """即办件: due on the day, and finished without the steps of the back office."""
    case = after(replace(CASE, limit=0, immediate=True), Accept())
    assert Due(date(2026, 11, 23), provisional=False) == due(case, HOLIDAYS)
    assert State.FINISHED is after(case, APPROVE).state
    assert Why.WRONG_STATE is why_not(after(CASE, Accept()), APPROVE)


def test_item_without_a_limit() -> None:
    """Where no limit is known there is no due day, and nothing that could be extended."""
    case = after(replace(CASE, limit=None), Accept())
    assert due(case, HOLIDAYS) is None
    assert Why.NO_LIMIT is why_not(case, Extend(3, "需要实地核查"))


def test_return_names_all_at_once() -> None:
    """What the first return did not name cannot be asked for later; what it named, again."""
    case = after(CASE, ASK, Supplied(("户口簿", "照片")))
    more = ReturnForSupplement((AskedMaterial("婚姻状况证明", "未提交"),))
    assert Why.NOT_ASKED_AT_ONCE is why_not(case, more)
    again = after(case, ReturnForSupplement((AskedMaterial("照片", "仍不清晰"),)))
    assert ["照片"] == [material.name for material in again.outstanding(promised=False)]
    # After acceptance the review has one of its own.
    assert State.SUPPLEMENTING is after(case, Accept(), more).state


def test_return_says_what_and_why() -> None:
    """A return names materials, each once and each with its reason."""
    twice = (AskedMaterial("照片", "尺寸不符"), AskedMaterial("照片", "不清晰"))
    assert Why.NOTHING_NAMED is why_not(CASE, ReturnForSupplement(()))
    assert Why.NOTHING_NAMED is why_not(CASE, ReturnForSupplement((AskedMaterial(" ", "缺"),)))
    assert Why.NAMED_TWICE is why_not(CASE, ReturnForSupplement(twice))
    long = (AskedMaterial("照" * 201, "尺寸不符"),)
    assert Why.NAME_TOO_LONG is why_not(CASE, ReturnForSupplement(long))
    assert Why.NO_REASON is why_not(CASE, ReturnForSupplement((AskedMaterial("照片", " "),)))


def test_supplement_before_acceptance_starts_the_answer_anew() -> None:
    """The case goes on with the last material; from that day the office has five working days."""
    case = after(CASE, ASK)
    assert acceptance_due(case, HOLIDAYS) is None
    case = after(case, Supplied(("户口簿",)), at=on(24))
    assert State.SUPPLEMENTING is case.state
    assert Why.NOT_OUTSTANDING is why_not(case, Supplied(("户口簿",)))
    case = after(case, Supplied(("照片",)), at=on(25))
    assert State.RECEIVED is case.state
    assert Due(date(2026, 12, 2), provisional=False) == acceptance_due(case, HOLIDAYS)


def test_nobody_answers() -> None:
    """On the fifth working day it is still received, on the day after accepted since receipt."""
    assert CASE == deem_accepted(CASE, on(30, 23), HOLIDAYS)
    case = deem_accepted(CASE, on(31, 1), HOLIDAYS)
    assert (State.ACCEPTED, True) == (case.state, case.deemed)
    assert RECEIVED_AT == case.accepted_at
    assert Due(date(2026, 12, 7), provisional=False) == due(case, HOLIDAYS)


def test_nobody_answers_a_supplement() -> None:
    """The case counts as accepted since the day on which the materials were whole."""
    case = after(after(CASE, ASK), Supplied(("户口簿", "照片")), at=on(26))
    assert case == deem_accepted(case, on(33), HOLIDAYS)
    assert on(26) == deem_accepted(case, on(34), HOLIDAYS).accepted_at


def test_answered_in_time_is_not_deemed() -> None:
    """A case that was answered stays what the answer made of it, however late it is."""
    for action in (Accept(), ASK, Refuse("不属于本机关职权范围")):
        case = after(CASE, action)
        assert case == deem_accepted(case, on(60), HOLIDAYS)


def test_clock_stands_while_supplementing() -> None:
    """The due day moves on by the working days of the supplement, weekends not counted."""
    case = after(after(CASE, *TO_DECISION), ASK, at=on(26))
    assert Due(date(2026, 12, 7), provisional=False) == due(case, HOLIDAYS)
    assert date(2026, 11, 26) == stopped_since(case)
    case = after(case, Supplied(("照片",)), at=on(27))
    assert Due(date(2026, 12, 7), provisional=False) == due(case, HOLIDAYS)
    case = after(case, Supplied(("户口簿",)), at=on(31))
    assert State.REVIEWING is case.state
    assert (None, 3) == (stopped_since(case), stopped_days(case, HOLIDAYS))
    assert Due(date(2026, 12, 10), provisional=False) == due(case, HOLIDAYS)


def test_extension() -> None:
    """At most once, with a reason, until the last day of the limit and not after."""
    case = after(CASE, Accept())
    last_day = datetime(2026, 12, 7, 18, tzinfo=CHINA_TIME)
    extend = Extend(3, "需要实地核查")
    assert Why.NO_REASON is why_not(case, Extend(3, " "))
    assert Why.DAYS_OUT_OF_RANGE is why_not(case, Extend(0, "需要实地核查"))
    assert Why.DAYS_OUT_OF_RANGE is why_not(case, Extend(31, "需要实地核查"))
    assert Why.LIMIT_OVER is why_not(case, extend, last_day + timedelta(days=1))
    extended = after(case, extend, at=last_day)
    assert Due(date(2026, 12, 10), provisional=False) == due(extended, HOLIDAYS)
    assert Why.EXTENDED_ALREADY is why_not(extended, extend, last_day)


def test_promised_materials() -> None:
    """容缺受理 needs the promise and a deadline within the item's own; approval waits for it."""
    assert Why.NO_PROMISE is why_not(CASE, replace(PROMISE, promise_noted=False))
    late = (PromisedMaterial("银行卡复印件", "复印件", 11),)
    assert Why.DEADLINE_TOO_LATE is why_not(CASE, replace(PROMISE, promised=late))
    assert Why.DEADLINE_TOO_LATE is why_not(replace(CASE, limit=0), PROMISE)
    case = after(CASE, PROMISE, BeginReview(), ForwardToDecision())
    assert Due(date(2026, 11, 30), provisional=False) == promised_due(case.materials[0], HOLIDAYS)
    assert Why.PROMISE_OPEN is why_not(case, APPROVE)
    assert Why.NOT_OUTSTANDING is why_not(case, SupplyPromised("照片"))
    assert State.FINISHED is after(case, Finish(Outcome.NOT_APPROVED, "逾期未补交")).state
    assert State.FINISHED is after(case, SupplyPromised("银行卡复印件"), APPROVE).state


def test_refusal_and_disapproval_say_why() -> None:
    """Neither a refusal nor a decision against the applicant goes without words."""
    assert Why.NO_REASON is why_not(CASE, Refuse(" "))
    assert Why.NO_REASON is why_not(after(CASE, *TO_DECISION), Finish(Outcome.NOT_APPROVED))
    refused = after(CASE, Refuse("不属于本机关职权范围", "县民政局"))
    assert refused.refusal is not None
    assert "县民政局" == refused.refusal.authority


def test_supplement_after_acceptance_is_not_refused() -> None:
    """不予受理 is no answer to a case that was accepted, also while it waits for materials."""
    assert Why.WRONG_STATE is why_not(after(CASE, Accept(), ASK), Refuse("材料不齐"))


def test_limit_over_new_year() -> None:
    """A limit into a year without a notice is provisional until the notice is configured."""
    case = after(replace(CASE, limit=30), Accept())
    assert Due(date(2027, 1, 4), provisional=True) == due(case, HOLIDAYS)
    notice = YearOfHolidays(closed=frozenset({date(2027, 1, 1)}), working=frozenset({}))
    assert Due(date(2027, 1, 5), provisional=False) == due(case, Holidays({2027: notice}))


def test_limit_through_an_unknown_year() -> None:
    """A limit that passed through a year without a notice stays provisional beyond it."""
    case = after(replace(CASE, limit=90), Accept())
    case = replace(case, accepted_at=datetime(2027, 8, 30, 10, tzinfo=CHINA_TIME))
    case = after(case, Extend(5, "需要实地核查"), at=datetime(2027, 12, 1, tzinfo=CHINA_TIME))
    notice = YearOfHolidays(closed=frozenset({date(2028, 1, 3)}), working=frozenset())
    informed = Holidays({2028: notice})
    assert Due(date(2028, 1, 11), provisional=True) == due(case, informed)


def test_a_case_ends_where_its_applicant_withdraws_it() -> None:
    """With a reason, at any time before the decision, and nothing can be done to it after."""
    for actions in ((), (ASK,), (PROMISE,), TO_DECISION):
        case = after(CASE, *actions)
        assert Why.NO_REASON is why_not(case, Withdraw(" "))
        withdrawn = after(case, Withdraw("not_needed", "家里已办好"), at=on(24))
        assert "撤回" == withdrawn.state.chinese
        assert withdrawn == deem_accepted(withdrawn, on(31), HOLIDAYS)
        assert all(Why.WRONG_STATE is why_not(withdrawn, action) for action in ACTIONS)


def test_a_correction_starts_the_answer_anew() -> None:
    """The office has five working days from what it is to judge; after acceptance none is taken."""
    corrected = after(CASE, Correct(), at=on(25))
    assert Due(date(2026, 12, 2), provisional=False) == acceptance_due(corrected, HOLIDAYS)
    returned = after(CASE, ASK, Correct(), at=on(24))
    assert 2 == len(returned.outstanding(promised=False))
    in_review = after(after(CASE, Accept()), ASK)
    assert Why.WRONG_STATE is why_not(in_review, Correct())


def test_a_result_is_posted_where_the_office_does_that() -> None:
    """Asked for once, after the decision, and only where it can be posted."""
    post = HavePosted("欧阳示例", "13805980000", "古镛镇滨河南路12号")
    at_window = after(CASE, *TO_DECISION, Finish(Outcome.APPROVED, "", Collection("1 号窗口")))
    assert Why.NOT_BY_POST is why_not(at_window, post)
    finish = Finish(Outcome.APPROVED, "", Collection("1 号窗口", by_post=True))
    posted = after(CASE, *TO_DECISION, finish, post)
    assert posted.posting and "古镛镇滨河南路12号" == posted.posting.address
    assert Why.POSTED_ALREADY is why_not(posted, post)
    assert Why.NO_REASON is why_not(after(CASE, *TO_DECISION, finish), HavePosted("", "", ""))
