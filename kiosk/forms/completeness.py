"""Whether a form may be submitted."""

from collections.abc import Collection
from datetime import date

from kiosk.forms.answers import Answers
from kiosk.forms.asked import asked_questions
from kiosk.forms.questions import Form
from kiosk.forms.validation import Rejected, check


def problems(
    form: Form, answers: Answers, today: date, locked: Collection[str] = frozenset()
) -> dict[str, Rejected]:
    """What is still wrong, by question id in the form's order; empty when all can be submitted.

    What the card says is not judged: the citizen could not change it.
    """
    found: dict[str, Rejected] = {}
    for question in asked_questions(form, answers):
        if question.id in locked:
            continue
        verdict = check(question, answers.get(question.id), today)
        if isinstance(verdict, Rejected):
            found[question.id] = verdict
    return found
