"""Every shipped form can be filled in to its end, whichever way its choices go."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.models import Item
from kiosk.forms.asked import asked_questions, drop_unasked
from kiosk.forms.completeness import problems
from kiosk.forms.prefill import prefilled
from kiosk.forms.problem import words
from kiosk.forms.questions import Question, QuestionKind
from kiosk.intake.application import application_from
from kiosk.intake.contract import CHINA_TIME, MAX_ATTACHMENTS, MAX_CONTENT, Application
from kiosk.journeys.filling import judge, prefill, write
from kiosk.language import Language
from kiosk.session import Session
from tests.people import ZHANG_YAN
from tests.valid_answers import TODAY, filled_in, valid, wrong

PERSON = ZHANG_YAN
SIGNED_AT = datetime(2026, 11, 24, 9, 30, tzinfo=CHINA_TIME)
ITEMS = [
    item
    for item in load_catalogue(Path(__file__).parents[2] / "config" / "catalogue").items
    if item.form
]


@pytest.mark.parametrize("item", ITEMS, ids=[item.code for item in ITEMS])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_form_can_be_filled_in(item: Item, data: st.DataObject) -> None:
    """Answering question by question, each with an answer that fits its definition, ends in a
    form without problems; what the card says stays as it is."""
    form = item.form
    assert form is not None
    locked = prefilled(form, PERSON)
    assert {"name", "nation", "number", "card_address"} == set(locked)
    answers = data.draw(filled_in(form, locked))
    assert {} == problems(form, answers, TODAY, locked)


def _open(session: Session) -> list[Question]:
    assert session.item is not None and session.item.form is not None
    asked = asked_questions(session.item.form, session.answers)
    return [question for question in asked if question.id not in session.answers]


@pytest.mark.parametrize("item", ITEMS, ids=[item.code for item in ITEMS])
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_wrong_answers_are_told_and_right_ones_are_filed(item: Item, data: st.DataObject) -> None:
    """Each question is answered wrongly, then rightly, as the visit judges it. The wrong answer
    gets its words, stays where it was typed, and touches no other; what is filed in the end holds
    every answer and is what the contract takes."""
    assert item.form is not None
    session = Session(item=item, identity=PERSON, signature=(((0.1, 0.2), (0.8, 0.6)),))
    prefill(session)
    while missing := _open(session):
        question, before = missing[0], dict(session.answers)
        write(session, question.id, wrong(question))
        assert not judge(session, (question,), TODAY), question.id
        assert [question.id] == list(session.problems)
        assert words(session.problems[question.id].problem)
        assert (before, wrong(question)) == (session.answers, session.drafts[question.id])
        write(session, question.id, data.draw(valid(question)))
        assert judge(session, (question,), TODAY), question.id
    given = drop_unasked(item.form, session.answers)
    strokes, language = session.signature, Language.CHINESE
    made = application_from(item, item.form, PERSON, given, strokes, language, SIGNED_AT)
    assert {q.id for q in asked_questions(item.form, session.answers)} == set(made.answers)
    assert made == Application.model_validate_json(made.model_dump_json())
    bare = made.model_copy(update={"attachments": ()})
    assert MAX_CONTENT >= len(bare.model_dump_json().encode())


@pytest.mark.parametrize("item", ITEMS, ids=[item.code for item in ITEMS])
def test_required_questions_are_missed(item: Item) -> None:
    """Leaving a form as the card fills it in names each open question that is required."""
    form = item.form
    assert form is not None
    answers = prefilled(form, PERSON)
    asked = asked_questions(form, answers)
    expected = {q.id for q in asked if q.required and q.id not in answers}
    assert expected == set(problems(form, answers, TODAY, answers))
    assert {"phone", "truthful"} <= expected


@pytest.mark.parametrize("item", ITEMS, ids=[item.code for item in ITEMS])
def test_no_form_asks_for_more_files_than_the_intake_takes(item: Item) -> None:
    """With a file given to every question that takes one, the contract's limit still holds."""
    form = item.form
    assert form is not None
    files = sum(question.kind is QuestionKind.FILE for question in form.questions)
    files += sum(
        group.max_rows * sum(inner.kind is QuestionKind.FILE for inner in group.fields)
        for group in form.questions
    )
    assert MAX_ATTACHMENTS >= files
