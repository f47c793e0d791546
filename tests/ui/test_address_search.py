"""A place of an address is found by typing, through touches alone."""

import pytest

from kiosk.forms.answers import Address
from kiosk.forms.questions import Question, QuestionKind
from kiosk.text_entry.engines import Engines
from kiosk.text_entry.pinyin.pinyin import Pinyin
from tests.pinyin.phrases import BUILT

PINYIN = Pinyin(BUILT)
PLACE = Question(id="place", kind=QuestionKind.ADDRESS, label="经营场所地址")


@pytest.fixture
def hall(hall):
    """The page on which the place is picked, its line being typed into."""
    hall.open(None, Engines(pinyin=PINYIN))
    hall.fill_in(PLACE)
    hall.tap("选择省、市、县、乡镇、村")
    hall.until(lambda: hall.shows("古镛镇"))
    return hall


def line(hall):
    from screens.fields.search_line import SearchLine

    return next(w for w in hall.view.walk(restrict=True) if isinstance(w, SearchLine))


def press(hall, letters: str) -> None:
    for letter in letters:
        hall.tap(letter)
    hall.until(lambda: not hall.shows("正在读取"))


def rows(hall) -> list:
    from screens.widgets.found_pane import FoundRow

    shown = [row for row in hall.view.walk(restrict=True) if isinstance(row, FoundRow)]
    return sorted(shown, key=lambda row: (-row.top, row.x))


def found(hall) -> list[str]:
    return [row.words for row in rows(hall)]


def address(hall) -> Address:
    return hall.session.drafts["place"]


def test_initials_lead_to_a_village(hall):
    """One touch takes it with everything above it; the house number is typed below."""
    hall.touch(line(hall).input)
    press(hall, "lcsq")
    hall.tap("龙池社区")
    hall.until(lambda: "place" in hall.session.drafts)
    assert ("福建省", "三明市", "将乐县", "古镛镇", "龙池社区") == address(hall).names
    hall.touch(hall.field("经营场所地址").text_target)
    press(hall, "12")
    assert "12" == address(hall).detail


def test_a_township_shows_its_villages(hall):
    """Found by hanzi that were composed; the address may end there."""
    hall.touch(line(hall).input)
    press(hall, "guyongzhen")
    hall.tap("空格")
    assert "古镛镇" == line(hall).input.text
    assert "古镛镇" == found(hall)[0]
    hall.tap("古镛镇")
    hall.until(lambda: hall.shows("龙池社区"))
    hall.view.action().run()
    hall.frames()
    assert "古镛镇" == address(hall).names[-1]


def test_letters_stay_when_the_keyboard_is_closed_and_clearing_shows_the_levels(hall):
    """Nothing typed is lost by looking at more of what was found."""
    hall.touch(line(hall).input)
    press(hall, "gyz")
    before = found(hall)
    hall.tap("完成")
    assert ("gyz", before) == (line(hall).input.text, found(hall))
    hall.tap("clear-search")
    assert hall.shows("全国")
    assert [] == found(hall)


def test_a_place_that_is_not_there_is_said(hall):
    """And the levels, which are the way then, stand below."""
    hall.touch(line(hall).input)
    press(hall, "qqqq")
    assert hall.shows("没有找到这个地名")
    hall.tap("完成")
    hall.tap("古镛镇")
    hall.until(lambda: hall.shows("龙池社区"))


def test_what_was_met_is_marked_by_colour(hall):
    """The characters of the name that the letters mean, as with items."""
    hall.touch(line(hall).input)
    press(hall, "lchi")
    assert "[color=1557c0]龙池[/color]社区" in hall.texts()


@pytest.mark.parametrize("size", ["portrait", "landscape"])
@pytest.mark.parametrize("large", [False, True])
def test_what_was_found_stands_above_the_keyboard(hall, size, large):
    """All of it, on pages, so that nobody has to close the keyboard first; closed, more at once."""
    from form_fixtures import SIZES

    hall.size = SIZES[size]
    hall.session.large_type = large
    hall.fill_in(PLACE)
    hall.tap("选择省、市、县、乡镇、村")
    hall.until(lambda: hall.shows("古镛镇"))
    hall.touch(line(hall).input)
    press(hall, "s")
    seen = []
    while True:
        for row in rows(hall):
            assert row.to_window(*row.pos)[1] >= hall.view.dock.top
            assert row.minimum_height <= row.height
            seen.append(row.words)
        if "下一页" not in controls(hall) or not hall.control("下一页").enabled:
            break
        hall.tap("下一页")
    assert len(seen) == len(set(seen)) > 5
    at_once = len(found(hall))
    hall.tap("完成")
    assert seen[: len(found(hall))] == found(hall)
    assert at_once < len(found(hall))


def controls(hall) -> list[str]:
    return [w.name for w in hall.view.walk(restrict=True) if getattr(w, "name", "")]


def test_what_was_typed_is_forgotten_with_the_page(hall):
    """Line, rows and engine."""
    hall.touch(line(hall).input)
    press(hall, "gyz")
    input_line, shown = line(hall).input, rows(hall)
    hall.tap("返回")
    assert ("", "") == (input_line.text, input_line.hint_text)
    texts = [getattr(w, "text", "") for row in shown for w in row.walk(restrict=True)]
    assert not [text for text in texts if "镇" in text or "县" in text]
    assert "" == PINYIN.state().composing
