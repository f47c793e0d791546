"""What was handed in stands in the form again, and goes back as it came."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.forms.answers import AT_HAND, KeptFile, to_json
from kiosk.forms.handed_in import answer_from
from kiosk.forms.questions import Question, QuestionKind
from kiosk.forms.validation import Accepted, check
from tests.valid_answers import TODAY, valid

OPTIONS = [{"key": "own", "label": "自有"}, {"key": "rent", "label": "租用"}]


def question(kind: str, **more: object) -> Question:
    return Question.model_validate({"id": "q", "kind": kind, "label": "题"} | more)


SCAN = question("file", defer={"days": 5, "consequence": "逾期未补按撤回处理"})
NAME = {"id": "name", "kind": "text", "label": "姓名"}
COPY = {"id": "copy", "kind": "file", "label": "复印件"}
KEPT = (
    question("text"),
    question("number", minimum=0, maximum=9),
    question("phone"),
    question("date"),
    question("choice", options=OPTIONS),
    question("choices", options=OPTIONS),
    question("address"),
    question("group", fields=[NAME], max_rows=2),
    SCAN,
)


@pytest.mark.parametrize("asked", KEPT, ids=lambda asked: asked.kind)
@given(st.data())
def test_what_was_handed_in_can_be_handed_in_again(asked: Question, data: st.DataObject) -> None:
    """Any valid answer is accepted as it comes back, and reads at the intake as it did before; a
    file by its name, without its bytes."""
    given_first = check(asked, data.draw(valid(asked)), TODAY)
    assert isinstance(given_first, Accepted) and given_first.answer is not None
    handed_in = to_json(given_first.answer)
    answer = answer_from(asked, handed_in)
    assert Accepted(answer) == check(asked, answer, TODAY)
    assert answer is not None and handed_in == to_json(answer)


def test_a_file_that_was_attached_is_kept() -> None:
    """It need not be given again."""
    handed_in = {"name": "照片.jpg", "media_type": "image/jpeg"}
    assert KeptFile("照片.jpg", "image/jpeg") == answer_from(SCAN, handed_in)


def test_what_the_intake_cannot_find_again_is_asked_anew() -> None:
    """Promises and signatures are given each time; a licence is at hand or not; and a file in a
    group would be looked for in the row where it was."""
    assert answer_from(question("promise", promise="属实。"), True) is None
    assert answer_from(question("signature"), [[[0, 0], [1, 1]]]) is None
    assert answer_from(SCAN, AT_HAND) is None
    rows = [{"name": "张三", "copy": {"name": "复印件.jpg", "media_type": "image/jpeg"}}]
    assert ({"name": "张三"},) == answer_from(question("group", fields=[NAME, COPY]), rows)


@given(st.sampled_from(KEPT), st.none() | st.integers() | st.lists(st.integers()))
def test_what_fits_no_question_is_left_out(asked: Question, handed_in: int | list[int]) -> None:
    """Whatever an intake sends, the form is only emptier."""
    answer = answer_from(asked, handed_in)
    several = asked.kind in (QuestionKind.CHOICES, QuestionKind.GROUP)
    assert answer == () if several and answer is not None else answer is None
