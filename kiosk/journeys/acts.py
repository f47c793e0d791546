"""What a citizen does to a case of theirs: the forms that ask, and what goes to the intake."""

from collections.abc import Mapping

from kiosk.documents.masked_words import masked_words
from kiosk.forms.answers import AT_HAND, Address, Answer, Answers, FileAnswer, content_base64
from kiosk.forms.asked import drop_unasked
from kiosk.forms.questions import Condition, Form, Option, Prefill, Question, QuestionKind, Section
from kiosk.intake.contract import MAX_ATTACHMENTS, Attachment
from kiosk.intake.contract.case_acts import Act, Post, Supplied, Supply, Withdraw
from kiosk.intake.contract.dossier import CaseSheet, MissingMaterial
from kiosk.journeys.own_case import missing_in
from kiosk.language import mark
from kiosk.session import Acting, ActKind

WHICH = "materials"
"""The question which of several materials are handed in now."""


def supply_form(case: CaseSheet) -> Form:
    """One question for each material that is still to come, as many as one act can carry. Where
    there are several the citizen says first which. ValueError where nothing is missing."""
    missing = missing_in(case)[:MAX_ATTACHMENTS]
    if not missing:
        raise ValueError("nothing is missing")
    title = mark("补交材料")
    if len(missing) == 1:
        return _form("supply", title, _file(missing[0], None))
    which = Question(
        id=WHICH,
        kind=QuestionKind.CHOICES,
        label=mark("这次补交哪几份"),
        options=tuple(Option(key=_key(each), label=_name(each)) for each in missing),
    )
    files = (_file(each, Condition(question=WHICH, one_of=(_key(each),))) for each in missing)
    return _form("supply", title, which, *files)


def withdraw_form() -> Form:
    reasons = (
        Option(key="not_needed", label=mark("不需要办了")),
        Option(key="wrong_item", label=mark("选错了事项")),
        Option(key="wrong_answers", label=mark("填错了，要重新申请")),
        Option(key="materials", label=mark("材料一时备不齐")),
        Option(key="other", label=mark("其他原因")),
    )
    return _form(
        "withdraw",
        mark("撤回申请"),
        Question(id="reason", kind=QuestionKind.CHOICE, label=mark("为什么撤回"), options=reasons),
        Question(
            id="words",
            kind=QuestionKind.TEXT,
            label=mark("补充说明"),
            hint=mark("可以不填"),
            required=False,
            max_length=200,
        ),
    )


def post_form() -> Form:
    return _form(
        "post",
        mark("寄到哪里"),
        Question(
            id="name",
            kind=QuestionKind.TEXT,
            label=mark("收件人"),
            private=True,
            names_person=True,
            prefill=Prefill.NAME,
        ),
        Question(
            id="phone",
            kind=QuestionKind.PHONE,
            label=mark("手机号码"),
            hint=mark("快递员用这个号码联系您"),
            private=True,
        ),
        Question(
            id="address",
            kind=QuestionKind.ADDRESS,
            label=mark("收件地址"),
            hint=mark("请写到门牌号"),
            private=True,
        ),
    )


def act_of(acting: Acting, answers: Answers) -> tuple[Act, tuple[Attachment, ...]]:
    """What the answers, all accepted, ask of the intake. KeyError where one is missing."""
    given = drop_unasked(acting.form, answers)
    match acting.kind:
        case ActKind.SUPPLY:
            return _supply(acting.case, given)
        case ActKind.WITHDRAW:
            return Withdraw(reason=str(given["reason"]), words=str(given.get("words", ""))), ()
        case ActKind.POST:
            address = given["address"]
            if not isinstance(address, Address):
                raise KeyError("address")
            name, phone = str(given["name"]), str(given["phone"])
            return Post(name=name, phone=phone, address=str(address)), ()


def _supply(case: CaseSheet, given: Mapping[str, Answer]) -> tuple[Act, tuple[Attachment, ...]]:
    files = {
        each.id: (_key(each), given[_key(each)]) for each in missing_in(case) if _key(each) in given
    }
    supplied = tuple(
        Supplied(
            id=material,
            attachment=key if isinstance(answer, FileAnswer) else None,
            electronic=answer == AT_HAND,
        )
        for material, (key, answer) in files.items()
    )
    attachments = tuple(
        Attachment(
            question=key,
            name=answer.name,
            media_type=answer.media_type,
            content=content_base64(answer),
        )
        for key, answer in files.values()
        if isinstance(answer, FileAnswer)
    )
    return Supply(materials=supplied), attachments


def _file(material: MissingMaterial, when: Condition | None) -> Question:
    return Question(
        id=_key(material),
        kind=QuestionKind.FILE,
        label=_name(material),
        hint=masked_words(material.reason or material.standard).strip() or None,
        when=when,
        licence=_name(material),
    )


def _key(material: MissingMaterial) -> str:
    return f"material_{material.id}"


def _name(material: MissingMaterial) -> str:
    return masked_words(material.name).strip() or mark("材料")


def _form(key: str, title: str, *questions: Question) -> Form:
    return Form(sections=(Section(id=key, title=title, questions=questions),))
