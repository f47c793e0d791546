"""What the shipped items say of the way to a decision: who may apply, what may come later, the
steps, and the offices elsewhere."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.catalogue.eligibility import Answer, Eligibility, judged
from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.models import Item, Origin, Provision, Reach
from kiosk.forms.asked import asked_questions
from kiosk.forms.questions import QuestionKind

ITEMS = load_catalogue(Path(__file__).parents[2] / "config" / "catalogue").items
CHECKED = [item for item in ITEMS if item.eligibility is not None]
COMPLETE = [item for item in ITEMS if item.complete and item.code <= "145"]


def _outcomes(eligibility: Eligibility) -> Iterator[tuple[Answer, str]]:
    """Of every way to answer."""
    keys = [[option.key for option in question.options] for question in eligibility.questions]
    for chosen in itertools.product(*keys):
        ids = (question.id for question in eligibility.questions)
        verdict = judged(eligibility, dict(zip(ids, chosen, strict=True)))
        yield verdict.answer, verdict.why


def test_at_least_thirty_items_ask_before_the_form() -> None:
    """Where an exclusion can be thought of, it is found before the form: in 30 items and more,
    with three questions at most, whose ids cannot be taken for the form's."""
    assert 30 <= len(CHECKED)
    questions = [item.eligibility.questions for item in CHECKED if item.eligibility]
    assert 3 >= max(len(asked) for asked in questions)
    assert all(q.id.startswith("check_") for asked in questions for q in asked)


@pytest.mark.parametrize("item", CHECKED, ids=[item.code for item in CHECKED])
def test_every_answer_can_be_reached(item: Item) -> None:
    """Some way to answer leads to yes, and each rule decides for some way to answer."""
    assert item.eligibility is not None
    outcomes = set(_outcomes(item.eligibility))
    assert (Answer.YES, "") in outcomes
    expected = {(rule.verdict, rule.why) for rule in item.eligibility.rules}
    assert expected == outcomes - {(Answer.YES, "")}


def test_what_may_come_later() -> None:
    """容缺 is offered by 15 items and more, and only for what is brought."""
    deferred = [(item.code, m) for item in ITEMS for m in item.materials if m.defer is not None]
    assert 15 <= len({code for code, _material in deferred})
    assert {Provision.BRING} == {material.provision for _code, material in deferred}


def test_steps_and_situations_of_complete_items() -> None:
    """Each complete item names its steps, its situations and who decides, as sample data."""
    assert [] == [i.code for i in COMPLETE if not (i.stages and i.situations and i.decided_by)]
    assert {Origin.SAMPLE} == {item.process_origin for item in ITEMS}


def test_offices_elsewhere_are_asked_for() -> None:
    """An item that offices elsewhere take asks for the county there, of the kind that it has."""
    filed = [item for item in ITEMS if item.elsewhere and item.form is not None]
    assert set(Reach) == {reach for item in filed for reach in item.elsewhere}
    for item in filed:
        assert item.form is not None
        for reach in Reach:
            asked = asked_questions(item.form, {"office": reach.value})
            counties = [q for q in asked if q.kind is QuestionKind.ADDRESS and q.county]
            assert (reach in item.elsewhere) == bool(counties), (item.code, reach)


@pytest.mark.parametrize(
    ("question", "acting", "letter"),
    [("filing", "agent", "agent_letter"), ("representing", "staff", "organisation_letter")],
)
def test_who_acts_for_another_hands_in_the_letter(question: str, acting: str, letter: str) -> None:
    """Where a form asks whether somebody acts for another, that person alone is asked for it."""
    forms = [i.form for i in ITEMS if i.form and letter in {q.id for q in i.form.questions}]
    forms = [form for form in forms if question in {q.id for q in form.questions}]
    assert forms
    for form in forms:
        asked = {q.id for q in asked_questions(form, {question: acting})}
        alone = {q.id for q in asked_questions(form, {question: "self"})}
        assert letter in asked - alone
