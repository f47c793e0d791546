"""What lists and sheets say, for every subject and whatever the intake answered or did not."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import reduce
from pathlib import Path

import pytest
from dossier_samples import (
    DOSSIER,
    TICKET,
    WINDOWS,
    WORLD,
    at,
    icons,
    places,
    steps,
    texts,
    visit,
)
from page_states import asked, everything, failed, nothing, refused

from kiosk import language
from kiosk.journeys.moves import takes
from kiosk.journeys.page_of import page_of
from kiosk.journeys.pages import ListPage, Told
from kiosk.journeys.steps import (
    Book,
    Destination,
    GoOn,
    Open,
    Subject,
    TryAgain,
)
from kiosk.language import Language, load_english, speak
from kiosk.session import Session

ICONS = Path(__file__).parents[2] / "assets" / "icons" / "icons.txt"


@pytest.mark.parametrize("state", [lambda _s: None, asked, failed, refused, nothing, everything])
@pytest.mark.parametrize("here", tuple(places()), ids=lambda here: f"{here.subject}-{here.key}")
def test_every_place_has_a_page_that_leads_on(
    here: Destination, state: Callable[[Session], None]
) -> None:
    """Of the kind that the place draws, with words and icons that exist and steps that mean
    something there."""
    session, drawn = visit(), set(ICONS.read_text("utf-8").split())
    state(session)
    page = page_of(session, here, WORLD)
    assert here.subject is not None
    assert here.subject.is_list == isinstance(page, ListPage)
    assert page.title
    assert any(isinstance(part, str) and part for part in texts(page))
    assert set() == icons(page) - drawn
    assert [] == [step for step in steps(page) if not takes(here.place, step)]


@pytest.mark.parametrize("here", tuple(places()), ids=lambda here: f"{here.subject}-{here.key}")
def test_an_intake_that_does_not_answer_is_told_with_what_to_do(here: Destination) -> None:
    """Where an answer was needed, the page says so and offers to ask again, to go on or to see
    something else."""
    session = visit()
    failed(session)
    page = page_of(session, here, WORLD)
    told = page.told if isinstance(page, ListPage) else page.parts
    needs = here.subject not in (Subject.PROGRESS, Subject.VERDICT, Subject.TAKE_ALONG)
    if needs and not (here.subject is Subject.RATE and here.key):
        assert any(isinstance(part, Told) and part.words for part in told)
        assert any(isinstance(step, TryAgain | Book | GoOn | Open) for step in steps(page))


def test_a_place_without_a_subject_has_no_page() -> None:
    """Nobody draws an empty page."""
    with pytest.raises(ValueError, match="no subject"):
        page_of(Session(), replace(at(Subject.CASE), subject=None), WORLD)


def test_the_code_of_a_fault_stands_beside_the_words() -> None:
    """By which staff look it up."""
    session = visit()
    failed(session)
    page = page_of(session, at(Subject.MY_CASES), WORLD)
    assert isinstance(page, ListPage)
    assert re.fullmatch(r"[A-Z]-\d\d", page.told[0].code)


@pytest.fixture
def english() -> Iterator[None]:
    """The shipped English, spoken during the test."""
    loaded = dict(language._loaded)
    load_english(ICONS.parents[1] / "locale")
    speak(Language.ENGLISH)
    yield
    speak(Language.CHINESE)
    language._loaded.clear()
    language._loaded.update(loaded)


@pytest.mark.usefixtures("english")
def test_in_english_only_what_the_office_wrote_is_chinese() -> None:
    """Every word of the kiosk's own is translated, in every state of every page."""
    written = sorted(
        {
            text
            for message in (DOSSIER, WINDOWS, TICKET)
            for text in re.findall(r"[^\"\\]*[\u3400-\u9fff][^\"\\]*", message.model_dump_json())
        },
        key=len,
        reverse=True,
    )
    found = set()
    for state in (lambda _s: None, asked, failed, refused, nothing, everything):
        for here in places():
            session = visit()
            state(session)
            for text in texts(page_of(session, here, WORLD)):
                own = reduce(lambda left, words: left.replace(words, ""), written, text)
                if re.search(r"[\u3000-\u9fff\uff00-\uffef]", own.replace("张*", "")):
                    found.add(text)
    assert set() == found
