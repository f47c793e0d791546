"""Which questions are asked, what goes to the intake, and when a form may be submitted."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kiosk.forms.answers import Answer
from kiosk.forms.asked import asked_questions, asked_sections, drop_unasked
from kiosk.forms.completeness import problems
from kiosk.forms.problem import Problem, Reason
from kiosk.forms.questions import Form
from kiosk.forms.validation import Rejected

TODAY = date(2026, 11, 24)
YES_NO = [{"key": "yes", "label": "是"}, {"key": "no", "label": "否"}]

FORM = Form.model_validate(
    {
        "sections": [
            {
                "id": "first",
                "title": "第一组",
                "questions": [
                    {"id": "agent", "kind": "choice", "label": "代办", "options": YES_NO},
                    {"id": "name", "kind": "text", "label": "姓名", "prefill": "name"},
                ],
            },
            {
                "id": "second",
                "title": "代办人",
                "questions": [
                    {
                        "id": "paper",
                        "kind": "choices",
                        "label": "委托书",
                        "options": YES_NO,
                        "when": {"question": "agent", "one_of": ["yes"]},
                    },
                    {
                        "id": "vow",
                        "kind": "promise",
                        "label": "承诺",
                        "promise": "属实。",
                        "required": False,
                        "when": {"question": "paper", "one_of": ["no"]},
                    },
                    {
                        "id": "reason",
                        "kind": "text",
                        "label": "原因",
                        "when": {"question": "vow", "one_of": ["true"]},
                    },
                ],
            },
            {
                "id": "third",
                "title": "家庭成员",
                "questions": [
                    {
                        "id": "members",
                        "kind": "group",
                        "label": "家庭成员",
                        "fields": [
                            {"id": "works", "kind": "choice", "label": "就业", "options": YES_NO},
                            {
                                "id": "firm",
                                "kind": "text",
                                "label": "单位",
                                "when": {"question": "works", "one_of": ["yes"]},
                            },
                        ],
                    }
                ],
            },
        ]
    }
)


def asked_ids(answers: dict[str, Answer]) -> list[str]:
    return [question.id for question in asked_questions(FORM, answers)]


def test_a_condition_opens_its_question() -> None:
    """A choice, one of several choices and a promise each open the question behind them."""
    assert ["agent", "name", "members"] == asked_ids({})
    assert ["agent", "name", "paper", "members"] == asked_ids({"agent": "yes"})
    assert ["agent", "name", "paper", "vow", "members"] == asked_ids(
        {"agent": "yes", "paper": ("yes", "no")}
    )
    assert ["agent", "name", "paper", "vow", "reason", "members"] == asked_ids(
        {"agent": "yes", "paper": ("no",), "vow": True}
    )


def test_a_condition_on_an_unasked_question_does_not_hold() -> None:
    """Answers left from an earlier choice open nothing once their own question is gone."""
    assert ["agent", "name", "members"] == asked_ids({"agent": "no", "paper": ("no",), "vow": True})


def test_a_section_without_questions_is_left_out() -> None:
    """No empty page is shown for a section none of whose questions is asked."""
    assert ["first", "third"] == [section.id for section, _ in asked_sections(FORM, {})]
    assert ["first", "second", "third"] == [
        section.id for section, _ in asked_sections(FORM, {"agent": "yes"})
    ]


def test_answers_no_longer_asked_for_do_not_go_to_the_intake() -> None:
    """Answers of closed questions and of closed fields of a row are dropped, the rest is kept."""
    answers: dict[str, Answer] = {
        "agent": "no",
        "paper": ("yes",),
        "unknown": "x",
        "members": ({"works": "no", "firm": "甲"}, {"works": "yes", "firm": "乙"}),
    }
    expected = {"agent": "no", "members": ({"works": "no"}, {"works": "yes", "firm": "乙"})}
    assert expected == drop_unasked(FORM, answers)


def test_only_asked_and_open_questions_keep_a_form_from_being_submitted() -> None:
    """Missing answers count where they are asked for and not locked."""
    missing = Rejected(Problem(Reason.MISSING))
    assert {"agent": Rejected(Problem(Reason.NOT_CHOSEN)), "name": missing} == problems(
        FORM, {}, TODAY
    )
    assert {} == problems(FORM, {"agent": "no"}, TODAY, locked={"name"})
    assert {"paper": Rejected(Problem(Reason.NOT_CHOSEN))} == problems(
        FORM, {"agent": "yes", "name": "张三"}, TODAY
    )


kept = st.fixed_dictionaries(
    {},
    optional={
        "agent": st.sampled_from(["yes", "no", ""]),
        "paper": st.lists(st.sampled_from(["yes", "no"])).map(tuple),
        "vow": st.booleans(),
        "reason": st.text(),
        "members": st.lists(
            st.dictionaries(st.sampled_from(["works", "firm"]), st.sampled_from(["yes", "no"]))
        ).map(tuple),
    },
)


@given(kept)
def test_dropping_changes_nothing_that_is_asked(answers: dict[str, Answer]) -> None:
    """After dropping, the same questions are asked, nothing else is answered, and dropping again
    changes nothing."""
    dropped = drop_unasked(FORM, answers)
    assert asked_ids(answers) == asked_ids(dropped)
    assert set() == set(dropped) - set(asked_ids(answers))
    assert dropped == drop_unasked(FORM, dropped)


def test_a_condition_can_need_another_one_too() -> None:
    """A question with a second condition is asked when both hold and both of their questions are
    asked; a mistake in the second one is named."""
    first = {"id": "agent", "kind": "choice", "label": "代办", "options": YES_NO}
    also = {"question": "paper", "one_of": ["yes"]}
    when = {"question": "agent", "one_of": ["yes"], "also": also}
    paper = {"id": "paper", "kind": "choices", "label": "委托书", "options": YES_NO}
    both = {"id": "both", "kind": "text", "label": "两者", "when": when}
    section = {"id": "all", "title": "全部", "questions": [first, paper, both]}
    form = Form.model_validate({"sections": [section]})
    asked = [
        "both" in [q.id for q in asked_questions(form, {"agent": agent, "paper": (papers,)})]
        for agent in ("yes", "no")
        for papers in ("yes", "no")
    ]
    assert [True, False, False, False] == asked
    also["one_of"] = ["maybe"]
    with pytest.raises(ValidationError, match="both: paper has no option maybe"):
        Form.model_validate({"sections": [section]})
