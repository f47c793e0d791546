"""The answers as the citizen checks them before signing, and as a bystander may read them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from kiosk.forms.answers import (
    AT_HAND,
    BRING_ORIGINAL,
    SUPPLY_LATER,
    Address,
    Answer,
    Answers,
    FileAnswer,
    KeptFile,
    Row,
    Signature,
)
from kiosk.forms.asked import asked_fields, asked_questions
from kiosk.forms.questions import Form, Prefill, Question, QuestionKind
from kiosk.language import Language, _, spoken
from kiosk.masking import masked_account, masked_name, masked_number, masked_phone

_HIDDEN = "****"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class ReviewRow:
    """`label` and `value` are in the language spoken; a row that is not editable came from the
    card."""

    question: str
    label: str
    value: str = field(repr=False)
    editable: bool


def review_rows(
    form: Form, answers: Answers, locked: Collection[str] = frozenset()
) -> tuple[ReviewRow, ...]:
    """One row for each asked question, in order."""
    return tuple(
        ReviewRow(
            question=question.id,
            label=_(question.label),
            value=shown(question, answers.get(question.id)),
            editable=question.id not in locked,
        )
        for question in asked_questions(form, answers)
    )


def promised_later(form: Form, answers: Answers) -> tuple[str, ...]:
    """What the citizen promises by signing, in the language spoken: one sentence for each material
    that comes later (容缺)."""
    return tuple(
        _("{material}在 {days} 个工作日内补交，{consequence}。").format(
            material=_(question.label),
            days=question.defer.days,
            consequence=_(question.defer.consequence),
        )
        for question in asked_questions(form, answers)
        if question.defer is not None and answers.get(question.id) == SUPPLY_LATER
    )


def materials_counted(form: Form, answers: Answers) -> str:
    """How many materials come which way: 2 份已传 · 容缺 1 份. Empty where none is asked for."""
    given = [
        answers.get(question.id)
        for question in asked_questions(form, answers)
        if question.kind is QuestionKind.FILE
    ]
    counted = (
        (_("{count} 份已传"), sum(isinstance(answer, FileAnswer | KeptFile) for answer in given)),
        (_("{count} 份免提交"), given.count(AT_HAND)),
        (_("{count} 份带到窗口"), given.count(BRING_ORIGINAL)),
        (_("容缺 {count} 份"), given.count(SUPPLY_LATER)),
    )
    return " · ".join(words.format(count=count) for words, count in counted if count)


def shown(question: Question, answer: Answer | None) -> str:
    """One answer, masked where its kind or the question asks for it. Expects a normalised answer,
    and shows a str that is not one of the question's kind as it stands or hidden."""
    match answer:
        case None | "" | ():
            return _("未填")
        case bool():
            return _("已承诺") if answer else _("未填")
        case str():
            return _shown_text(question, answer)
        case Address():
            return "".join(answer.names) + (_HIDDEN if question.private else answer.detail)
        case FileAnswer():
            if question.private:
                return _("已选")
            return _("{name}（已选）").format(name=answer.name)
        case KeptFile():
            return _("以前交过，不用再交")
        case Signature():
            return _("已签名")
        case tuple():
            if question.kind is QuestionKind.GROUP:
                return _shown_group(question, tuple(r for r in answer if not isinstance(r, str)))
            return _shown_choices(question, tuple(k for k in answer if isinstance(k, str)))


def _shown_text(question: Question, text: str) -> str:
    match question.kind:
        case QuestionKind.RESIDENT_ID:
            return masked_number(text)
        case QuestionKind.PHONE:
            return masked_phone(text)
        case QuestionKind.BANK_CARD:
            return masked_account(text)
        case _ if question.private:
            return _HIDDEN
        case QuestionKind.NUMBER:
            return f"{text} {_(question.unit)}" if question.unit else text
        case QuestionKind.DATE:
            return _shown_date(text)
        case QuestionKind.CHOICE:
            return _option(question, text)
        case QuestionKind.FILE:
            return _shown_material(question, text)
        case _:
            # Words that this program put there from the card's codes have translations.
            return _(text) if question.prefill in (Prefill.SEX, Prefill.NATION) else text


def _shown_material(question: Question, text: str) -> str:
    if text == AT_HAND:
        return _("电子证照，免提交")
    if text == BRING_ORIGINAL:
        return _("带原件到窗口")
    if text == SUPPLY_LATER and question.defer is not None:
        return _("容缺，{days} 个工作日内补交").format(days=question.defer.days)
    return text


def _shown_date(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    if spoken() is Language.ENGLISH:
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def _shown_choices(question: Question, keys: tuple[str, ...]) -> str:
    if question.private:
        return _HIDDEN
    return _("、").join(_option(question, key) for key in keys)


def _option(question: Question, key: str) -> str:
    return next((_(option.label) for option in question.options if option.key == key), key)


def _shown_group(question: Question, rows: tuple[Row, ...]) -> str:
    """How many, and what tells the rows apart: each row's first answer."""
    count = f"{len(rows)} {_(question.unit or '项')}"
    if question.private:
        return count
    names = _("、").join(_row_name(question, row) for row in rows)
    return _("{count}：{names}").format(count=count, names=names)


def _row_name(question: Question, row: Row) -> str:
    """The first text of a row is a person's or a thing's name, and is masked like a name."""
    for part in asked_fields(question, row):
        answer = row.get(part.id)
        if isinstance(answer, str) and part.kind is QuestionKind.TEXT:
            return _HIDDEN if part.private else masked_name(answer)
    return _HIDDEN
