"""Which questions are asked, given the answers so far."""

from collections.abc import Iterable, Mapping

from kiosk.forms.answers import Answer, Answers, Row
from kiosk.forms.questions import Condition, Form, Question, QuestionKind, Section

AskedSections = tuple[tuple[Section, tuple[Question, ...]], ...]


def asked_sections(form: Form, answers: Answers) -> AskedSections:
    """The sections with at least one asked question, each with those alone, in order.

    A condition on a question that is itself not asked does not hold, whatever was once answered
    there.
    """
    asked = {question.id for question in _asked(form.questions, answers)}
    sections = (
        (section, tuple(q for q in section.questions if q.id in asked)) for section in form.sections
    )
    return tuple((section, questions) for section, questions in sections if questions)


def asked_questions(form: Form, answers: Answers) -> tuple[Question, ...]:
    return _asked(form.questions, answers)


def asked_fields(group: Question, row: Row) -> tuple[Question, ...]:
    """The fields of a group that one row is asked."""
    return _asked(group.fields, row)


def drop_unasked(form: Form, answers: Answers) -> dict[str, Answer]:
    """The answers that go to the intake: of asked questions and, in groups, asked fields alone."""
    return _kept(_asked(form.questions, answers), answers)


def holds(condition: Condition, answers: Answers) -> bool:
    """Whether the condition holds, its questions being asked."""
    return all(_holds_alone(link, answers) for link in condition.links)


def _holds_alone(condition: Condition, answers: Answers) -> bool:
    match answers.get(condition.question):
        case bool() as promised:
            return promised and "true" in condition.one_of
        case str() as key:
            return key in condition.one_of
        case tuple() as keys:
            return any(key in condition.one_of for key in keys)
        case _:
            return False


def _asked(questions: Iterable[Question], answers: Answers) -> tuple[Question, ...]:
    asked: dict[str, Question] = {}
    for question in questions:
        when = question.when
        if when is None or (
            all(link.question in asked for link in when.links) and holds(when, answers)
        ):
            asked[question.id] = question
    return tuple(asked.values())


def _kept(questions: Iterable[Question], answers: Answers) -> dict[str, Answer]:
    kept: dict[str, Answer] = {}
    for question in questions:
        answer = answers.get(question.id)
        if answer is None:
            continue
        if question.kind is QuestionKind.GROUP and isinstance(answer, tuple):
            rows = (row for row in answer if isinstance(row, Mapping))
            kept[question.id] = tuple(_kept(asked_fields(question, row), row) for row in rows)
        else:
            kept[question.id] = answer
    return kept
