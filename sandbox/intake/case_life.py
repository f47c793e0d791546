"""The life of a case: which action is allowed when, and what comes of it. Pure.

    收件 ⇄ 补正, 收件 → 受理 | 不予受理, 受理 → 审核 → 审批 → 办结 → 送达,
    受理 | 审核 | 审批 → 补正 → 审核, anything undecided → 撤回

After the county's plan (将政办〔2023〕32号) and 行政许可法 32, 37, 38, 42; `docs/casework.md` says
what was decided where they leave it open.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from sandbox.intake.case_actions import (
    Accept,
    Action,
    BeginReview,
    Correct,
    Deliver,
    Extend,
    Finish,
    ForwardToDecision,
    HavePosted,
    NotAllowed,
    Refuse,
    ReturnForSupplement,
    Supplied,
    SupplyPromised,
    Why,
    Withdraw,
)
from sandbox.intake.case_clock import acceptance_due, complete_since, due
from sandbox.intake.case_file import (
    IN_HAND,
    UNDECIDED,
    CaseFile,
    Decision,
    Extension,
    Material,
    Outcome,
    Posting,
    Refusal,
    State,
    Withdrawal,
    day_of,
)
from sandbox.intake.working_days import Holidays

MOST_PROMISED_DAYS = 20
"""Working days that a promised material may take where the item has no known limit."""
MOST_EXTENSION_DAYS = 30
"""Working days; the laws that name an extension allow 10 to 30."""

LONGEST_NAME = 200
"""Characters of a material's name, as many as its column takes."""


def deem_accepted(case: CaseFile, at: datetime, holidays: Holidays) -> CaseFile:
    """Accepted where nobody answered within the limit, since the day on which the materials were
    whole (行政许可法 32: 逾期不告知的，自收到申请材料之日起即为受理); else unchanged."""
    limit = acceptance_due(case, holidays)
    if limit is None or day_of(at) <= limit.day:
        return case
    return replace(case, state=State.ACCEPTED, accepted_at=complete_since(case), deemed=True)


def take(case: CaseFile, action: Action, at: datetime, holidays: Holidays) -> CaseFile:
    """The case after the action, its state brought up to date before by `deem_accepted`.

    Raises NotAllowed.
    """
    match action:
        case Accept():
            return _accept(case, action, at)
        case ReturnForSupplement():
            return _return(case, action, at)
        case Supplied():
            return _supplied(case, action, at)
        case Refuse():
            return _refuse(case, action, at)
        case BeginReview():
            _require(case, {State.ACCEPTED})
            return replace(case, state=State.REVIEWING)
        case ForwardToDecision():
            _require(case, {State.REVIEWING})
            return replace(case, state=State.DECIDING)
        case Finish():
            return _finish(case, action, at)
        case Deliver():
            _require(case, {State.FINISHED})
            return replace(case, state=State.DELIVERED, delivered_at=at)
        case Extend():
            return _extend(case, action, at, holidays)
        case SupplyPromised():
            return _supply_promised(case, action, at)
        case Correct():
            return _correct(case, at)
        case Withdraw():
            return _withdraw(case, action, at)
        case HavePosted():
            return _have_posted(case, action, at)
        case _:
            assert_never(action)


def _require(case: CaseFile, states: Collection[State]) -> None:
    if case.state not in states:
        raise NotAllowed(Why.WRONG_STATE, case.state)


def _require_words(case: CaseFile, *words: str) -> None:
    if not all(text.strip() for text in words):
        raise NotAllowed(Why.NO_REASON, case.state)


def _require_names(case: CaseFile, names: Sequence[str]) -> None:
    if not names or not all(name.strip() for name in names):
        raise NotAllowed(Why.NOTHING_NAMED, case.state)
    if max(map(len, names)) > LONGEST_NAME:
        raise NotAllowed(Why.NAME_TOO_LONG, case.state)
    if len(set(names)) < len(names):
        raise NotAllowed(Why.NAMED_TWICE, case.state)


def _accept(case: CaseFile, action: Accept, at: datetime) -> CaseFile:
    _require(case, {State.RECEIVED})
    if action.promised:
        _require_names(case, [material.name for material in action.promised])
        if not action.promise_noted:
            raise NotAllowed(Why.NO_PROMISE, case.state)
        most = MOST_PROMISED_DAYS if case.limit is None else case.limit
        if not all(1 <= material.days <= most for material in action.promised):
            raise NotAllowed(Why.DEADLINE_TOO_LATE, case.state)
    promised = tuple(
        Material(material.name, material.form, True, at, material.days)
        for material in action.promised
    )
    return replace(case, state=State.ACCEPTED, accepted_at=at, materials=case.materials + promised)


def _return(case: CaseFile, action: ReturnForSupplement, at: datetime) -> CaseFile:
    _require(case, {State.RECEIVED, *IN_HAND})
    names = [material.name for material in action.materials]
    _require_names(case, names)
    _require_words(case, *(material.reason for material in action.materials))
    accepted = case.accepted_at is not None
    told = {
        material.name
        for material in case.materials
        if not material.promised and material.stops_clock is accepted
    }
    if told and not told.issuperset(names):
        raise NotAllowed(Why.NOT_ASKED_AT_ONCE, case.state)
    asked = tuple(
        Material(material.name, material.reason, False, at, stops_clock=accepted)
        for material in action.materials
    )
    return replace(case, state=State.SUPPLEMENTING, materials=case.materials + asked)


def _supplied(case: CaseFile, action: Supplied, at: datetime) -> CaseFile:
    _require(case, {State.SUPPLEMENTING})
    _require_names(case, action.names)
    after = _with_supplied(case, action.names, at, promised=False)
    if after.outstanding(promised=False):
        return after
    before_acceptance = case.accepted_at is None
    return replace(after, state=State.RECEIVED if before_acceptance else State.REVIEWING)


def _with_supplied(
    case: CaseFile, names: Collection[str], at: datetime, *, promised: bool
) -> CaseFile:
    outstanding = case.outstanding(promised=promised)
    if not {material.name for material in outstanding}.issuperset(names):
        raise NotAllowed(Why.NOT_OUTSTANDING, case.state)
    materials = tuple(
        replace(material, supplied_at=at)
        if material in outstanding and material.name in names
        else material
        for material in case.materials
    )
    return replace(case, materials=materials)


def _refuse(case: CaseFile, action: Refuse, at: datetime) -> CaseFile:
    _require(case, {State.RECEIVED, State.SUPPLEMENTING})
    if case.accepted_at is not None:
        raise NotAllowed(Why.WRONG_STATE, case.state)
    _require_words(case, action.reasons)
    refusal = Refusal(action.reasons, action.authority, at)
    return replace(case, state=State.REFUSED, refusal=refusal)


def _finish(case: CaseFile, action: Finish, at: datetime) -> CaseFile:
    _require(case, IN_HAND if case.immediate else {State.DECIDING})
    match action.outcome:
        case Outcome.APPROVED:
            if case.outstanding(promised=True):
                raise NotAllowed(Why.PROMISE_OPEN, case.state)
        case Outcome.NOT_APPROVED:
            _require_words(case, action.words)
    decision = Decision(action.outcome, action.words, at, action.collection)
    return replace(case, state=State.FINISHED, decision=decision)


def _extend(case: CaseFile, action: Extend, at: datetime, holidays: Holidays) -> CaseFile:
    _require(case, IN_HAND)
    if case.extension is not None:
        raise NotAllowed(Why.EXTENDED_ALREADY, case.state)
    limit = due(case, holidays)
    if limit is None:
        raise NotAllowed(Why.NO_LIMIT, case.state)
    if day_of(at) > limit.day:
        raise NotAllowed(Why.LIMIT_OVER, case.state)
    if not 1 <= action.days <= MOST_EXTENSION_DAYS:
        raise NotAllowed(Why.DAYS_OUT_OF_RANGE, case.state)
    _require_words(case, action.reason)
    return replace(case, extension=Extension(action.days, action.reason, at))


def _supply_promised(case: CaseFile, action: SupplyPromised, at: datetime) -> CaseFile:
    _require(case, {*IN_HAND, State.SUPPLEMENTING})
    return _with_supplied(case, (action.name,), at, promised=True)


def _correct(case: CaseFile, at: datetime) -> CaseFile:
    if not case.can_be_corrected:
        raise NotAllowed(Why.WRONG_STATE, case.state)
    return replace(case, corrected_at=at)


def _withdraw(case: CaseFile, action: Withdraw, at: datetime) -> CaseFile:
    _require(case, UNDECIDED)
    _require_words(case, action.reason)
    return replace(
        case, state=State.WITHDRAWN, withdrawal=Withdrawal(action.reason, action.words, at)
    )


def _have_posted(case: CaseFile, action: HavePosted, at: datetime) -> CaseFile:
    _require(case, {State.FINISHED})
    if case.decision is None or not case.decision.collection.by_post:
        raise NotAllowed(Why.NOT_BY_POST, case.state)
    if case.posting is not None:
        raise NotAllowed(Why.POSTED_ALREADY, case.state)
    _require_words(case, action.name, action.phone, action.address)
    return replace(case, posting=Posting(action.name, action.phone, action.address, at))
