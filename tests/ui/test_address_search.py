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


def found(hall) -> list[str]:
    from screens.widgets.tiles import RowTile

    return [w.words for w in hall.view.walk(restrict=True) if isinstance(w, RowTile)]


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
    """And the levels are the way then."""
    hall.touch(line(hall).input)
    press(hall, "qqqq")
    assert hall.shows("没有找到这个地名")


@pytest.mark.parametrize("size", ["portrait", "landscape"])
def test_the_best_stands_above_the_keyboard(hall, size):
    """In both orientations, so that nobody has to close the keyboard first."""
    from form_fixtures import SIZES

    from screens.widgets.tiles import RowTile

    hall.size = SIZES[size]
    hall.fill_in(PLACE)
    hall.tap("选择省、市、县、乡镇、村")
    hall.until(lambda: hall.shows("古镛镇"))
    hall.touch(line(hall).input)
    press(hall, "gyz")
    tile = next(w for w in hall.view.walk(restrict=True) if isinstance(w, RowTile))
    assert "古镛镇" == tile.words
    assert hall.view.dock.top <= tile.to_window(*tile.pos)[1]


def test_what_was_typed_is_forgotten_with_the_page(hall):
    """Line, tiles and engine."""
    hall.touch(line(hall).input)
    press(hall, "gyz")
    input_line = line(hall).input
    hall.tap("返回")
    assert ("", "") == (input_line.text, input_line.hint_text)
    assert "" == PINYIN.state().composing
