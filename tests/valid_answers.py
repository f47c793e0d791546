"""Answers that a form takes, made from its own definition."""

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import strategies as st

from kiosk.forms.answers import BRING_ORIGINAL, SUPPLY_LATER, Address, Answer, Answers, FileAnswer
from kiosk.forms.asked import asked_fields, asked_questions
from kiosk.forms.questions import DateRange, Form, Question, QuestionKind

TODAY = date(2026, 11, 24)
Draw = Callable[[st.SearchStrategy[Answer]], Answer]


def valid(question: Question) -> st.SearchStrategy[Answer]:
    """Answers that fit the question's own definition."""
    keys = [option.key for option in question.options]
    match question.kind:
        case QuestionKind.TEXT:
            return st.integers(question.min_length, question.max_length).map("文".__mul__)
        case QuestionKind.NUMBER:
            assert question.minimum is not None and question.maximum is not None, question.id
            return st.integers(question.minimum, question.maximum).map(str)
        case QuestionKind.PHONE:
            return st.just("13805980000")
        case QuestionKind.RESIDENT_ID:
            return st.just("350428198807070021")
        case QuestionKind.CREDIT_CODE:
            return st.just("91350428MA0000000N")
        case QuestionKind.BANK_CARD:
            return st.just("6222020000000000000")
        case QuestionKind.DATE:
            days = {DateRange.PAST: (-9000, 0), DateRange.FUTURE: (0, 9000)}
            first, last = days.get(question.date_range, (-9000, 9000))
            # Right on TODAY and on the day on which the test really runs.
            begin = date.today() if question.date_range is DateRange.FUTURE else TODAY
            return st.integers(first, last).map(lambda n: (begin + timedelta(n)).isoformat())
        case QuestionKind.CHOICE:
            return st.sampled_from(keys)
        case QuestionKind.CHOICES:
            return st.lists(st.sampled_from(keys), min_size=1, unique=True).map(tuple)
        case QuestionKind.ADDRESS:
            place = ("福建省", "三明市", "将乐县", "古镛镇")
            if question.outside:
                return st.just(Address("361021", ("江西省", "抚州市", "黎川县"), ""))
            if question.county:
                return st.just(Address("350428", place[:3], ""))
            return st.just(Address("350428100", place, "滨河南路12号"))
        case QuestionKind.GROUP:
            return st.integers(question.min_rows, question.max_rows).flatmap(
                lambda rows: st.tuples(*(_row(question) for _ in range(rows)))
            )
        case QuestionKind.FILE:
            scan = FileAnswer("材料.jpg", "image/jpeg", b"scan")
            later = [] if question.defer is None else [SUPPLY_LATER]
            return st.sampled_from([BRING_ORIGINAL, scan, *later])
        case QuestionKind.PROMISE:
            return st.just(True)
        case QuestionKind.SIGNATURE:
            raise AssertionError("no shipped form asks for a signature of its own")


@st.composite
def _row(draw: Draw, group: Question) -> dict[str, Answer]:
    row: dict[str, Answer] = {}
    while missing := [f for f in asked_fields(group, row) if f.id not in row]:
        row[missing[0].id] = draw(valid(missing[0]))
    return row


@st.composite
def filled_in(draw: Draw, form: Form, locked: Answers) -> dict[str, Answer]:
    """Every question answered that is asked, beginning with what is locked."""
    answers = dict(locked)
    while missing := [q for q in asked_questions(form, answers) if q.id not in answers]:
        answers[missing[0].id] = draw(valid(missing[0]))
    return answers


def wrong(question: Question) -> Answer:
    """An answer of the question's kind that cannot stand."""
    match question.kind:
        case QuestionKind.TEXT:
            return "文" * (question.max_length + 1)
        case QuestionKind.NUMBER:
            assert question.maximum is not None, question.id
            return str(question.maximum + 1)
        case QuestionKind.PHONE:
            return "1380598000"
        case QuestionKind.RESIDENT_ID:
            return "350428198807070022"
        case QuestionKind.CREDIT_CODE:
            return "91350428MA0000000M"
        case QuestionKind.BANK_CARD:
            return "6222020000000000001"
        case QuestionKind.DATE:
            return "2026-02-30"
        case QuestionKind.CHOICE:
            return "of_another_form"
        case QuestionKind.CHOICES:
            return ("of_another_form",)
        case QuestionKind.ADDRESS:
            return Address("35", ("福建省",), "滨河南路12号")
        case QuestionKind.GROUP:
            return ({field.id: wrong(field) for field in question.fields},)
        case QuestionKind.FILE:
            return FileAnswer("空.pdf", "application/pdf", b"")
        case QuestionKind.PROMISE:
            return False
        case QuestionKind.SIGNATURE:
            raise AssertionError("no shipped form asks for a signature of its own")
