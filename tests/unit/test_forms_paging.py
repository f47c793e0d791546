"""How questions spread over pages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.forms.asked import AskedSections, asked_sections
from kiosk.forms.paging import Page, page_of, pages
from kiosk.forms.questions import Form


def sections(*sizes: int) -> AskedSections:
    numbers = iter(range(sum(sizes)))
    form = Form.model_validate(
        {
            "sections": [
                {
                    "id": f"s{index}",
                    "title": f"第{index}组",
                    "questions": [
                        {"id": f"q{next(numbers)}", "kind": "text", "label": "题"}
                        for _ in range(size)
                    ],
                }
                for index, size in enumerate(sizes)
            ]
        }
    )
    return asked_sections(form, {})


def test_a_section_splits_where_it_no_longer_fits() -> None:
    """Three of 100 px go as two and one on pages of 250 px, and the next section begins anew."""
    expected = (
        Page("s0", "第0组", ("q0", "q1"), 1, 2),
        Page("s0", "第0组", ("q2",), 2, 2),
        Page("s1", "第1组", ("q3",), 1, 1),
    )
    assert expected == pages(sections(3, 1), 250, lambda question: 100)


def test_a_page_is_filled_to_the_last_pixel() -> None:
    """Two of 100 px fit 200 px exactly, on the first page and on the next."""
    made = pages(sections(5), 200, lambda question: 100)
    assert [("q0", "q1"), ("q2", "q3"), ("q4",)] == [page.questions for page in made]


def test_a_question_higher_than_the_page_stands_alone() -> None:
    """A question that fits on no page gets one of its own; its neighbours are not drawn in."""
    height = {"q0": 50, "q1": 500, "q2": 50}
    made = pages(sections(3), 250, lambda question: height[question.id])
    assert [("q0",), ("q1",), ("q2",)] == [page.questions for page in made]


def test_the_page_of_a_question_is_found() -> None:
    """修改 leads to the page that holds the question; an unknown one is a KeyError."""
    made = pages(sections(3, 1), 250, lambda question: 100)
    assert [0, 0, 1, 2] == [page_of(made, f"q{number}") for number in range(4)]
    with pytest.raises(KeyError):
        page_of(made, "other")


@given(
    st.lists(st.lists(st.integers(0, 400), min_size=1, max_size=8), min_size=1, max_size=5),
    st.integers(1, 900),
)
def test_every_question_is_on_one_page_in_order(heights: list[list[int]], capacity: int) -> None:
    """No question is lost, doubled or moved; no page mixes sections or is over capacity unless it
    holds one question; parts count up to their number."""
    flat = {f"q{n}": height for n, height in enumerate(h for part in heights for h in part)}
    asked = sections(*(len(part) for part in heights))
    made = pages(asked, capacity, lambda question: flat[question.id])
    assert list(flat) == [question for page in made for question in page.questions]
    of_section = {q.id: section.id for section, questions in asked for q in questions}
    for page in made:
        assert {page.section} == {of_section[question] for question in page.questions}
        used = sum(flat[question] for question in page.questions)
        assert len(page.questions) == 1 or used <= capacity
    for section, _questions in asked:
        parts = [page for page in made if page.section == section.id]
        assert [(n, len(parts)) for n in range(1, len(parts) + 1)] == [
            (page.part, page.parts) for page in parts
        ]
