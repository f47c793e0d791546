"""How the asked questions spread over pages."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.forms.asked import AskedSections
from kiosk.forms.questions import Question


@dataclass(frozen=True)
class Page:
    """One page of a section. `part` counts from 1 to `parts`; `title` is the Chinese title."""

    section: str
    title: str
    questions: tuple[str, ...]
    part: int
    parts: int


def pages(
    sections: AskedSections, capacity: int, height: Callable[[Question], int]
) -> tuple[Page, ...]:
    """Every question on exactly one page, in order; each section begins a page.

    `capacity` and `height` are in px, gaps between questions included in the heights. A page
    holds more than `capacity` only when its single question alone does.
    """
    made: list[Page] = []
    for section, questions in sections:
        parts = _parts(questions, capacity, height)
        made += [
            Page(section.id, section.title, part, number, len(parts))
            for number, part in enumerate(parts, start=1)
        ]
    return tuple(made)


def page_of(pages: tuple[Page, ...], question: str) -> int:
    """The index of the page that holds the question; KeyError where none does."""
    for index, page in enumerate(pages):
        if question in page.questions:
            return index
    raise KeyError(question)


def _parts(
    questions: tuple[Question, ...], capacity: int, height: Callable[[Question], int]
) -> list[tuple[str, ...]]:
    parts: list[tuple[str, ...]] = []
    current: tuple[str, ...] = ()
    used = 0
    for question in questions:
        needed = height(question)
        if current and used + needed > capacity:
            parts.append(current)
            current, used = (), 0
        current += (question.id,)
        used += needed
    return [*parts, current] if current else parts
