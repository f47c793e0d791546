"""An item is found by typing, through touches alone."""

import time

import pytest

from kiosk.catalogue.models import Kind
from kiosk.journeys.ports import Ports
from kiosk.journeys.steps import HOME, Browse, Place
from kiosk.text_entry.engines import Engines
from kiosk.text_entry.handwriting.handwriting import Handwriting
from kiosk.text_entry.pinyin.pinyin import Pinyin
from tests.pinyin.phrases import BUILT
from tests.unit.visits import CATALOGUE, SEARCH, Orders

PINYIN = Pinyin(BUILT)
CARD = "社会保障卡申领/补换/挂失解挂"
KEYSTROKE = 0.010
"""Seconds of the UI thread for a letter with all that it finds, 95 of a hundred times."""


@pytest.fixture(params=[True, False], ids=["pinyin", "letters"])
def hall(hall, request):
    """Before the search, which was opened on the home page."""
    from screens.citizen.form import page_size

    orders = Orders()
    handwriting = Handwriting(lambda _event: None)
    engines = Engines(PINYIN, handwriting) if request.param else Engines()
    ports = Ports(orders, orders, orders, None, engines)
    hall.attendant.open(CATALOGUE, SEARCH, ports, page_size)
    hall.session.identity = None
    hall.attendant.here = HOME
    hall.show()
    hall.tap("search")
    yield hall
    hall.attendant.end_visit()


def press(hall, letters: str) -> None:
    for letter in letters:
        hall.tap(letter)


def rows(hall) -> list[str]:
    from screens.widgets.found_pane import FoundRow

    shown = [row for row in hall.view.walk(restrict=True) if isinstance(row, FoundRow)]
    return [row.words for row in sorted(shown, key=lambda row: (-row.top, row.x))]


def line(hall):
    from screens.fields.line_input import LineInput

    return next(w for w in hall.view.walk(restrict=True) if isinstance(w, LineInput))


def test_three_letters_find_an_item_and_a_touch_opens_it(hall):
    """Whether they are composed or typed; back in the search they stand there still."""
    assert "常办" in hall.texts()
    press(hall, "sbk")
    assert CARD == rows(hall)[0]
    hall.tap(CARD)
    assert Place.GUIDE is hall.attendant.here.place
    hall.tap("返回")
    assert CARD == rows(hall)[0]
    assert "sbk" == line(hall).text


def test_the_search_opens_to_write_with_a_finger(hall):
    """By the key in the field of the home page, also when the line was cleared; where handwriting
    could not be opened, with what there is."""
    hall.tap("首页")
    hall.tap("手写")
    without = hall.attendant.ports.engines.handwriting is None
    for _time in range(2):
        assert line(hall).focus
        assert without or hall.control_named("ink-pad")
        hall.tap("q" if without else "1")
        hall.tap("clear-search")
        assert "" == line(hall).text


def test_letters_stay_when_the_keyboard_is_closed(hall):
    """What was composed and never chosen is what was looked for."""
    press(hall, "sb")
    before = rows(hall)
    hall.tap("完成")
    assert "sb" == line(hall).text
    assert before == rows(hall)[: len(before)]
    hall.touch(line(hall))
    press(hall, "k")
    assert "sbk" == hall.session.sought


def test_every_letter_counts_and_every_one_taken_away(hall):
    """The list follows the line, down to the empty one with what most people come for."""
    wanted = rows(hall)
    press(hall, "sbk")
    hall.tap("backspace")
    assert "sb" == hall.session.sought
    assert CARD in rows(hall) and 1 < len(rows(hall))
    hall.tap("clear-search")
    assert ("", wanted) == (hall.session.sought, rows(hall))


def test_where_nothing_is_found_the_nearest_categories_are_offered_and_help(hall):
    """A touch on one leads to its items, and 返回 back to what was typed."""
    press(hall, "hello")
    assert hall.shows("没有找到")
    assert "请导办员帮忙" == hall.view.action().words
    category = rows(hall)[0]
    hall.tap(category)
    assert Place.ITEMS is hall.attendant.here.place
    assert hall.shows(category)
    hall.tap("返回")
    assert "hello" == line(hall).text


def test_pages_hold_all_that_was_found_once(hall):
    """Nothing scrolls, nothing is left out and nothing stands twice; a new letter begins anew."""
    press(hall, "s")
    seen = rows(hall)
    while hall.control("下一页").enabled:
        hall.tap("下一页")
        seen += rows(hall)
    assert len(seen) == len(set(seen)) > 20
    press(hall, "b")
    assert CARD == rows(hall)[0]


@pytest.mark.parametrize("size", ["portrait", "landscape"])
@pytest.mark.parametrize("large", [False, True])
def test_rows_stand_between_line_and_keyboard(hall, size, large):
    """Each whole, none over another one, in both orientations and type sizes, whatever is found."""
    from screens.widgets.found_pane import FoundRow

    hall.size = hall_size(size)
    hall.session.large_type = large
    hall.show()
    for letter in "shenfenz":
        press(hall, letter)
        shown = [w for w in hall.view.walk(restrict=True) if isinstance(w, FoundRow)]
        pane = shown[0].parent
        assert all(row.y >= pane.y and row.top <= pane.top for row in shown)
        assert all(not a.collide_widget(b) for a in shown for b in shown if a is not b)
        for row in shown:
            assert row.minimum_height <= row.height
        assert line(hall).parent.top <= hall.view.top


def hall_size(name: str) -> tuple[int, int]:
    from form_fixtures import SIZES

    return SIZES[name]


def test_what_was_met_is_marked_by_colour(hall):
    """In the name, or in the everyday words that led to it."""
    press(hall, "sbk")
    assert any("[color=1557c0]社保卡[/color] · 县社保中心" in text for text in hall.texts())


def test_what_is_said_of_an_item_keeps_its_type(hall):
    """Where it is too long for the row its end is left out; nothing is set in smaller type."""
    from screens.theme import look
    from screens.widgets.found_pane import FoundRow

    hall.size = hall_size("landscape")
    hall.session.large_type = True
    hall.show()
    abouts = set()
    for letter in "shenfenz":
        press(hall, letter)
        shown = [w for w in hall.view.walk(restrict=True) if isinstance(w, FoundRow)]
        abouts |= {row._about.words for row in shown}
        assert {look().type.least} == {row._about.font_size for row in shown}
    assert any("可在本机办理" in about for about in abouts)
    assert any("·" in about and "办理" not in about for about in abouts)


def test_a_search_begins_while_browsing_as_well(hall):
    """And goes back there."""
    hall.tap("首页")
    hall.attendant.take(Browse(Kind.GUIDE))
    hall.tap("search")
    press(hall, "sbk")
    hall.tap("返回")
    assert (Place.FIND, Kind.GUIDE) == (hall.attendant.here.place, hall.attendant.here.kind)


def test_what_was_typed_is_gone_with_the_visit(hall):
    """From the session, the line, the rows and the engine."""
    press(hall, "sbk")
    widgets = list(hall.view.walk(restrict=True))
    hall.tap("首页")
    texts = [getattr(w, name, "") for w in widgets for name in ("text", "words", "hint_text")]
    assert not [text for text in texts if "sbk" in text or "社保" in text or CARD in text]
    assert "" == hall.session.sought
    assert "" == PINYIN.state().composing


def test_a_letter_with_all_that_it_finds_takes_few_milliseconds(hall):
    """Search, list and candidates, on the UI thread."""
    from kivy.clock import Clock
    from kivy.lang import Builder

    from screens.keyboard.keys import KeyCap

    keys = {w.words: w for w in hall.view.walk(restrict=True) if isinstance(w, KeyCap)}
    taken = []
    for _time in range(3):
        for word in ("shebao", "sfz", "jiehun", "gongjijin", "yibao", "kaidian"):
            for letter in word:
                start = time.thread_time()
                keys[letter].dispatch("on_press")
                Clock.tick()
                Builder.sync()
                Clock.tick_draw()
                taken.append(time.thread_time() - start)
            hall.tap("clear-search")
            hall.frames(2)
            keys = {w.words: w for w in hall.view.walk(restrict=True) if isinstance(w, KeyCap)}
    taken.sort()
    print(f"median {taken[len(taken) // 2] * 1e3:.1f} ms, "
          f"p95 {taken[int(len(taken) * 0.95)] * 1e3:.1f} ms, most {taken[-1] * 1e3:.1f} ms")
    assert taken[int(len(taken) * 0.95)] <= KEYSTROKE
