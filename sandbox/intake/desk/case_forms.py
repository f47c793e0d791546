"""The forms of a case: which are offered, and the act that each of them asks for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sandbox.intake.case_actions import (
    Accept,
    Action,
    AskedMaterial,
    BeginReview,
    Deliver,
    Extend,
    Finish,
    ForwardToDecision,
    NotAllowed,
    PromisedMaterial,
    Refuse,
    ReturnForSupplement,
    Supplied,
    SupplyPromised,
    Why,
)
from sandbox.intake.case_file import CaseFile, Collection, Outcome
from sandbox.intake.case_life import take
from sandbox.intake.desk.forms import Form, FormInvalid, whole_number
from sandbox.intake.item_materials import PromisedLater
from sandbox.intake.working_days import Holidays

LONGEST_WINDOW = 60
"""Characters of where a result lies ready."""

TITLES = {
    "accept": "受理",
    "supplied": "补正材料已交",
    "begin-review": "开始审核",
    "forward": "送审批",
    "finish": "办结",
    "deliver": "登记送达",
    "supply-promised": "容缺材料已补交",
    "accept-promised": "容缺受理",
    "return": "补齐补正",
    "extend": "延期",
    "refuse": "不予受理",
}
"""In the order in which they are offered, the way forward first."""

DONE = {
    "accept": "accepted",
    "supplied": "supplied",
    "begin-review": "reviewing",
    "forward": "deciding",
    "finish": "finished",
    "deliver": "delivered",
    "supply-promised": "promised",
    "accept-promised": "accepted",
    "return": "returned",
    "extend": "extended",
    "refuse": "refused",
}
"""The message after each."""

_SAID_BEFORE = (
    Why.EXTENDED_ALREADY,
    Why.NO_LIMIT,
    Why.LIMIT_OVER,
    Why.DEADLINE_TOO_LATE,
)
"""What no wording of the form can change: said in its place."""


@dataclass(frozen=True)
class Offer:
    """A form that is shown; `barred` says why it cannot be used, empty where it can."""

    key: str
    title: str
    barred: str


def offers(case: CaseFile, at: datetime, holidays: Holidays) -> list[Offer]:
    """The forms that the case's state allows, found by asking the case's own rules."""
    return list(_offers(case, at, holidays))


def _offers(case: CaseFile, at: datetime, holidays: Holidays) -> Iterator[Offer]:
    for key, title in TITLES.items():
        sample = _sample(key, case)
        if sample is None:
            continue
        try:
            take(case, sample, at, holidays)
        except NotAllowed as refused:
            if refused.why is Why.WRONG_STATE:
                continue
            barred = refused.why.chinese if refused.why in _SAID_BEFORE else ""
        else:
            barred = ""
        yield Offer(key, title, barred)


def _sample(key: str, case: CaseFile) -> Action | None:
    """The act with something in each of its fields; None where it would have nothing to act on."""
    words = "示例"
    match key:
        case "accept-promised":
            return Accept((PromisedMaterial(words, words, 1),), promise_noted=True)
        case "supplied":
            return Supplied(tuple(m.name for m in case.outstanding(promised=False)))
        case "supply-promised":
            promised = case.outstanding(promised=True)
            return SupplyPromised(promised[0].name) if promised else None
        case "return":
            return ReturnForSupplement((AskedMaterial(words, words),))
        case "extend":
            return Extend(1, words)
        case "refuse":
            return Refuse(words)
        case "finish":
            return Finish(Outcome.NOT_APPROVED, words)
        case _:
            return action_from(key, Form())


def action_from(key: str, form: Form) -> Action:
    """FormInvalid for what the form does not let anyone type."""
    match key:
        case "accept":
            return Accept()
        case "accept-promised":
            return Accept(tuple(_promised(form)), form.ticked("promise"))
        case "return":
            return ReturnForSupplement(tuple(_asked(form)))
        case "supplied":
            return Supplied(tuple(form.texts("name")))
        case "supply-promised":
            return SupplyPromised(form.text("name"))
        case "refuse":
            return Refuse(form.text("reasons"), form.text("authority"))
        case "begin-review":
            return BeginReview()
        case "forward":
            return ForwardToDecision()
        case "extend":
            return Extend(form.number("days", "延长的工作日"), form.text("reason"))
        case "finish":
            return Finish(_outcome(form), form.text("words"), _collection(form))
        case "deliver":
            return Deliver()
        case _:
            raise FormInvalid("没有这项操作")


def _outcome(form: Form) -> Outcome:
    try:
        return Outcome(form.text("outcome"))
    except ValueError:
        raise FormInvalid("请选择办理结果") from None


def _collection(form: Form) -> Collection:
    window = form.text("window")
    if len(window) > LONGEST_WINDOW:
        raise FormInvalid(f"领取窗口：最多 {LONGEST_WINDOW} 个字")
    return Collection(window, form.ticked("by_post"), form.ticked("electronic"))


def promise_of(later: Iterable[PromisedLater], most: int) -> Form:
    """The form for 容缺受理 as the application asks for it: what the applicant promised with their
    signature, none of it in more than `most` working days."""
    fields = [("promise", "1")]
    for material in later:
        days = min(material.days or most, most)
        fields += [
            ("material", material.name),
            ("form", material.standard[:60]),
            ("days", str(max(days, 1))),
        ]
    return Form(tuple(fields))


def _promised(form: Form) -> Iterator[PromisedMaterial]:
    for name, kind, days in _rows(form, "material", "form", "days"):
        yield PromisedMaterial(name, kind, whole_number(days, "补交期限"))


def _asked(form: Form) -> Iterator[AskedMaterial]:
    for name, reason in _rows(form, "material", "reason"):
        yield AskedMaterial(name, reason)


def _rows(form: Form, first: str, *others: str) -> Iterator[tuple[str, ...]]:
    """Lines of a form's table whose first cell is filled."""
    columns = [form.texts(name) for name in (first, *others)]
    if len({len(column) for column in columns}) != 1:
        raise FormInvalid("提交的内容无法识别")
    for row in zip(*columns, strict=True):
        if any(row[:2]) and not row[0]:
            raise FormInvalid("请填写材料名称")
        if row[0]:
            yield row
