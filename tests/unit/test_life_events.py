"""一件事一次办: forms composed of those of several items, and their answers taken apart again."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.catalogue.life_events import LifeEvent, split
from kiosk.catalogue.load import load_catalogue
from kiosk.forms.asked import asked_questions
from kiosk.forms.completeness import problems
from kiosk.forms.prefill import prefilled
from kiosk.forms.questions import Form, QuestionKind
from kiosk.intake.parts import parts_of
from tests.people import ZHANG_YAN
from tests.valid_answers import TODAY, filled_in

CATALOGUE = load_catalogue(Path(__file__).parents[2] / "config" / "catalogue")
FILED = [event for event in CATALOGUE.life_events if event.item.form is not None]
CODES = [event.item.code for event in FILED]


def _form(event: LifeEvent) -> Form:
    assert event.item.form is not None
    return event.item.form


def test_all_thirteen_are_there() -> None:
    """The State Council's thirteen are there by name; six of them are filed with one form, and
    the others name the items that are opened one by one."""
    expected = [
        *("企业开办", "企业准营", "员工录用", "涉企不动产登记", "企业简易注销", "新生儿出生"),
        *("灵活就业", "公民婚育", "扶残助困", "军人退役", "二手房转移登记及水电气联动过户"),
        *("企业职工退休", "公民身后"),
    ]
    assert expected == [e.item.name.partition("一件事")[0] for e in CATALOGUE.life_events]
    assert ["801", "806", "807", "809", "812", "813"] == CODES
    assert 3 <= min(len(event.parts) for event in CATALOGUE.life_events)


@pytest.mark.parametrize("event", FILED, ids=CODES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_each_application_is_what_its_item_alone_would_give(
    event: LifeEvent, data: st.DataObject
) -> None:
    """Whatever is wanted and answered: something is filed, and each part has an answer that can
    stand to every question that its own form asks, and nothing else."""
    locked = prefilled(_form(event), ZHANG_YAN)
    answers = data.draw(filled_in(_form(event), locked))
    assert {} == problems(_form(event), answers, TODAY, locked)
    made = split(event, answers)
    assert made
    for item, own in made:
        assert item.form is not None
        assert {q.id for q in asked_questions(item.form, own)} == set(own), item.code
        assert {} == problems(item.form, own, TODAY, prefilled(item.form, ZHANG_YAN)), item.code


@pytest.mark.parametrize("event", FILED, ids=CODES)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_nothing_is_asked_that_no_application_needs(event: LifeEvent, data: st.DataObject) -> None:
    """Every question that is asked goes into an application, but for the event's own; with all of
    its answers at hand no other part's questions slip in."""
    answers = data.draw(filled_in(_form(event), prefilled(_form(event), ZHANG_YAN)))
    filed = {item.code for item, _ in split(event, answers)}
    used = {
        asked for part in event.parts if part.item.code in filed for asked in part.asked_as.values()
    }
    own = {part.part.when.question for part in event.parts if part.part.when is not None}
    assert {q.id for q in asked_questions(_form(event), answers)} <= used | own


@pytest.mark.parametrize("event", FILED, ids=CODES)
def test_each_question_is_asked_once(event: LifeEvent) -> None:
    """Under one label a thing is asked once; where two items mean different things by one label,
    they ask under different conditions."""
    labels = Counter((q.label, q.promise, q.when) for q in _form(event).questions)
    assert {1} == set(labels.values())
    own = sum(len(part.item.form.questions) for part in event.parts if part.item.form)
    assert own * 0.75 > len(_form(event).questions)


def test_a_new_enterprise_is_not_asked_for_a_credit_code() -> None:
    """Who opens an enterprise has no credit code yet: no part of 企业开办 asks for the
    enterprise's, and each gets its name as the registration has it."""
    event = CATALOGUE.life_event("801")
    assert event is not None
    asked = {q.kind for q in _form(event).questions}
    assert QuestionKind.CREDIT_CODE not in asked
    named = [p.asked_as.get("organisation_name") for p in event.parts if p.item.code != "140"]
    assert {"company_name"} == set(named)


def test_an_ordinary_item_is_one_application() -> None:
    """An item that is no event becomes one application with the answers that its form asks, and an
    item without a form becomes none."""
    answers = {"name": "张彦", "stage": "born", "due_on": "2027-01-01"}
    item = CATALOGUE.item("072")
    assert ((item, {"name": "张彦", "stage": "born"}),) == parts_of(item, CATALOGUE, answers)
    assert () == parts_of(CATALOGUE.item("135"), CATALOGUE, answers)
    assert () == parts_of(CATALOGUE.item("808"), CATALOGUE, answers)
