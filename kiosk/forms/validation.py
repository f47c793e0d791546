"""Whether an answer can stand, and in what form it is kept."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kiosk.forms import bank_card, credit_code, phone, resident_number
from kiosk.forms.answers import (
    BRING_ORIGINAL,
    SUPPLY_LATER,
    Address,
    Answer,
    FileAnswer,
    KeptFile,
    Row,
    Signature,
)
from kiosk.forms.asked import asked_fields
from kiosk.forms.problem import Problem, Reason
from kiosk.forms.questions import DateRange, Question, QuestionKind
from kiosk.forms.typed_text import compact, half_width, one_line
from kiosk.intake.contract import MAX_ATTACHMENT
from kiosk.language import mark

MAX_FILE_MB = MAX_ATTACHMENT // (1024 * 1024)
"""Bound of one file in MB of 1024 × 1024 bytes: what the intake's contract takes."""

MEDIA_TYPES = frozenset({"image/jpeg", "image/png", "application/pdf"})

_YEARS = range(1900, 2101)
_NUMBER = re.compile(r"(-?)([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]*))?")
_DATE = re.compile(r"([0-9]{4})(?:([0-9]{2})([0-9]{2})|[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?)")
_WITHOUT_COUNTIES = frozenset({"71", "81", "82"})


@dataclass(frozen=True)
class Accepted:
    """`answer` is normalised; None where an optional question was left open."""

    answer: Answer | None = field(repr=False)


@dataclass(frozen=True)
class RowProblem:
    """`row` counts from 0; `field` is the field's id."""

    row: int
    field: str
    problem: Problem


@dataclass(frozen=True)
class Rejected:
    """`rows` names what is wrong inside a group; it is empty for every other question."""

    problem: Problem
    rows: tuple[RowProblem, ...] = ()


Verdict = Accepted | Rejected


def check(question: Question, raw: Answer | None, today: date) -> Verdict:
    """Accept or reject what was entered. Whatever `raw` is, there is a verdict and no exception.

    A group's `min_rows` says how many rows it needs; `required` does not add to it.
    """
    match question.kind:
        case QuestionKind.TEXT:
            return _check_typed(question, raw, one_line, lambda text: _length(question, text))
        case QuestionKind.NUMBER:
            return _check_number(question, raw)
        case QuestionKind.PHONE:
            return _check_typed(question, raw, phone.normalised, phone.problem)
        case QuestionKind.RESIDENT_ID:
            return _check_typed(
                question, raw, _upper, lambda number: resident_number.problem(number, today)
            )
        case QuestionKind.CREDIT_CODE:
            return _check_typed(question, raw, _upper, credit_code.problem)
        case QuestionKind.BANK_CARD:
            return _check_typed(question, raw, compact, bank_card.problem)
        case QuestionKind.DATE:
            return _check_date(question, raw, today)
        case QuestionKind.CHOICE:
            return _check_choice(question, raw)
        case QuestionKind.CHOICES:
            return _check_choices(question, raw)
        case QuestionKind.ADDRESS:
            return _check_address(question, raw)
        case QuestionKind.GROUP:
            return _check_group(question, raw, today)
        case QuestionKind.FILE:
            return _check_file(question, raw)
        case QuestionKind.PROMISE:
            if raw is True:
                return Accepted(True)
            return _open(question, Reason.NOT_PROMISED)
        case QuestionKind.SIGNATURE:
            return _check_signature(question, raw)


def _open(question: Question, reason: Reason) -> Verdict:
    return Rejected(Problem(reason)) if question.required else Accepted(None)


def _upper(text: str) -> str:
    return compact(text).upper()


def _check_typed(
    question: Question,
    raw: Answer | None,
    normalise: Callable[[str], str],
    problem_of: Callable[[str], Problem | None],
) -> Verdict:
    if raw is not None and not isinstance(raw, str):
        return Rejected(Problem(Reason.UNUSABLE))
    text = normalise(raw or "")
    if not text:
        return _open(question, Reason.MISSING)
    problem = problem_of(text)
    return Accepted(text) if problem is None else Rejected(problem)


def _length(question: Question, text: str) -> Problem | None:
    if len(text) < question.min_length:
        return Problem(Reason.TOO_SHORT, limit=question.min_length, found=len(text))
    if len(text) > question.max_length:
        return Problem(Reason.TOO_LONG, limit=question.max_length, found=len(text))
    return None


def _check_number(question: Question, raw: Answer | None) -> Verdict:
    typed = _check_typed(question, raw, _plain_number, lambda text: _number(question, text))
    if isinstance(typed, Accepted) and isinstance(typed.answer, str):
        return Accepted(_canonical(typed.answer))
    return typed


def _plain_number(text: str) -> str:
    """A Chinese full stop is what the keyboard's point key gives in Chinese."""
    plain = half_width(one_line(text)).replace("。", ".").replace("−", "-")
    return re.sub(r"\s", "", plain)


def _number(question: Question, text: str) -> Problem | None:
    form = _NUMBER.fullmatch(text)
    if form is None:
        return Problem(Reason.NOT_A_NUMBER)
    if len(text) > question.max_length:
        return Problem(Reason.TOO_LONG, limit=question.max_length, found=len(text))
    decimals = len((form[3] or "").rstrip("0"))
    if decimals > question.decimals:
        if question.decimals == 0:
            return Problem(Reason.NOT_WHOLE)
        return Problem(Reason.TOO_MANY_DECIMALS, limit=question.decimals)
    value = Decimal(text.replace(",", ""))
    if question.minimum is not None and value < question.minimum:
        return Problem(Reason.TOO_SMALL, limit=question.minimum, unit=question.unit)
    if question.maximum is not None and value > question.maximum:
        return Problem(Reason.TOO_LARGE, limit=question.maximum, unit=question.unit)
    return None


def _canonical(text: str) -> str:
    """One spelling for one value: 007.50 becomes 7.5, and -0 becomes 0."""
    whole, _, fraction = text.replace(",", "").partition(".")
    sign = "-" if whole.startswith("-") else ""
    digits = whole.removeprefix("-").lstrip("0") or "0"
    fraction = fraction.rstrip("0")
    value = f"{digits}.{fraction}" if fraction else digits
    return value if value == "0" else sign + value


def _check_date(question: Question, raw: Answer | None, today: date) -> Verdict:
    def problem(text: str) -> Problem | None:
        day = _day(text)
        if day is None:
            return Problem(Reason.NOT_A_DATE)
        if day.year not in _YEARS:
            return Problem(Reason.YEAR_UNLIKELY)
        match question.date_range:
            case DateRange.ANY:
                return None
            case DateRange.PAST:
                return Problem(Reason.DATE_IN_FUTURE) if day > today else None
            case DateRange.FUTURE:
                return Problem(Reason.DATE_IN_PAST) if day < today else None

    typed = _check_typed(question, raw, lambda text: half_width(one_line(text)), problem)
    if isinstance(typed, Accepted) and isinstance(typed.answer, str):
        day = _day(typed.answer)
        return Accepted(None if day is None else day.isoformat())
    return typed


def _day(text: str) -> date | None:
    """The day that 20261124, 2026-11-24, 2026/11/24, 2026.11.24 or 2026年11月24日 names."""
    form = _DATE.fullmatch(text.replace(" ", ""))
    if form is None:
        return None
    try:
        return date(int(form[1]), int(form[2] or form[4]), int(form[3] or form[5]))
    except ValueError:
        return None


def _check_choice(question: Question, raw: Answer | None) -> Verdict:
    if raw is None or raw == "":
        return _open(question, Reason.NOT_CHOSEN)
    if isinstance(raw, str) and any(option.key == raw for option in question.options):
        return Accepted(raw)
    return Rejected(Problem(Reason.UNUSABLE))


def _check_choices(question: Question, raw: Answer | None) -> Verdict:
    """Kept once each and in the order of the options."""
    if raw is None or raw == ():
        return _open(question, Reason.NOT_CHOSEN)
    keys = tuple(option.key for option in question.options)
    if not isinstance(raw, tuple) or any(key not in keys for key in raw):
        return Rejected(Problem(Reason.UNUSABLE))
    return Accepted(tuple(key for key in keys if key in raw))


def _check_address(question: Question, raw: Answer | None) -> Verdict:
    """At least a county, except where the divisions go no further; and `detail` within the
    question's lengths. Whether a lower level exists is for the picker, which has the regions."""
    if question.county:
        return _check_county(question, raw)
    if raw is None:
        return _open(question, Reason.MISSING)
    if not isinstance(raw, Address):
        return Rejected(Problem(Reason.UNUSABLE))
    detail = one_line(raw.detail)
    if not raw.code and not detail:
        return _open(question, Reason.MISSING)
    placed = re.fullmatch(r"[0-9]{6}(?:[0-9]{3}){0,2}", raw.code) or raw.code in _WITHOUT_COUNTIES
    if not placed or not raw.names:
        return Rejected(Problem(Reason.ADDRESS_UNFINISHED))
    if not _lies_within(question, raw.code):
        return Rejected(Problem(Reason.ADDRESS_ELSEWHERE))
    if not detail and question.min_length > 0:
        return Rejected(Problem(Reason.ADDRESS_WITHOUT_DETAIL))
    problem = _length(question, detail)
    if problem is not None:
        return Rejected(problem)
    return Accepted(Address(raw.code, raw.names, detail))


def _check_county(question: Question, raw: Answer | None) -> Verdict:
    """Kept without what lies below the county."""
    if raw is None or raw == Address("", (), ""):
        return _open(question, Reason.MISSING)
    if not isinstance(raw, Address):
        return Rejected(Problem(Reason.UNUSABLE))
    if not re.fullmatch(r"[0-9]{6}", raw.code) or not raw.names:
        return Rejected(Problem(Reason.ADDRESS_UNFINISHED))
    if not _lies_within(question, raw.code):
        return Rejected(Problem(Reason.ADDRESS_ELSEWHERE))
    return Accepted(Address(raw.code, raw.names, ""))


def _lies_within(question: Question, code: str) -> bool:
    if question.outside is not None and code.startswith(question.outside):
        return False
    return question.inside is None or code.startswith(question.inside)


def _check_group(question: Question, raw: Answer | None, today: date) -> Verdict:
    if raw is None or raw == ():
        if question.required and question.min_rows > 0:
            return Rejected(_rows(Reason.TOO_FEW_ROWS, question, question.min_rows, 0))
        return Accepted(())
    if not isinstance(raw, tuple):
        return Rejected(Problem(Reason.UNUSABLE))
    if len(raw) < question.min_rows:
        return Rejected(_rows(Reason.TOO_FEW_ROWS, question, question.min_rows, len(raw)))
    if len(raw) > question.max_rows:
        return Rejected(_rows(Reason.TOO_MANY_ROWS, question, question.max_rows, len(raw)))
    kept: list[Row] = []
    wrong: list[RowProblem] = []
    for index, row in enumerate(raw):
        if not isinstance(row, Mapping):
            return Rejected(Problem(Reason.UNUSABLE))
        answers: dict[str, Answer] = {}
        for part in asked_fields(question, row):
            match check(part, row.get(part.id), today):
                case Accepted(answer=answer):
                    if answer is not None:
                        answers[part.id] = answer
                case Rejected(problem=problem):
                    wrong.append(RowProblem(index, part.id, problem))
        kept.append(answers)
    if wrong:
        return Rejected(Problem(Reason.ROWS_WRONG, found=len(wrong)), tuple(wrong))
    return Accepted(tuple(kept))


def _rows(reason: Reason, question: Question, limit: int, found: int) -> Problem:
    return Problem(reason, limit=limit, found=found, unit=question.unit or mark("项"))


def _check_file(question: Question, raw: Answer | None) -> Verdict:
    if raw is None or raw == "":
        return _open(question, Reason.NO_FILE)
    if raw == BRING_ORIGINAL:
        return Accepted(BRING_ORIGINAL)
    if raw == SUPPLY_LATER and question.defer is not None:
        return Accepted(SUPPLY_LATER)
    if isinstance(raw, KeptFile):
        return Accepted(raw)
    if not isinstance(raw, FileAnswer):
        return Rejected(Problem(Reason.UNUSABLE))
    if not raw.content:
        return Rejected(Problem(Reason.FILE_EMPTY))
    if len(raw.content) > MAX_FILE_MB * 1024 * 1024:
        return Rejected(Problem(Reason.FILE_TOO_LARGE, limit=MAX_FILE_MB))
    if raw.media_type not in MEDIA_TYPES:
        return Rejected(Problem(Reason.FILE_TYPE))
    return Accepted(raw)


def _check_signature(question: Question, raw: Answer | None) -> Verdict:
    """A lone point is a touch by mistake, so a signature needs one stroke that moves."""
    if raw is None:
        return _open(question, Reason.NOT_SIGNED)
    if not isinstance(raw, Signature):
        return Rejected(Problem(Reason.UNUSABLE))
    points = [value for stroke in raw.strokes for point in stroke for value in point]
    if not all(0 <= value <= 1 for value in points):
        return Rejected(Problem(Reason.UNUSABLE))
    if not any(len(set(stroke)) > 1 for stroke in raw.strokes):
        return _open(question, Reason.NOT_SIGNED)
    return Accepted(raw)
