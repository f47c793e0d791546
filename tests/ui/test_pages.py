"""Lists and sheets, whatever they are about; the home page; and the call for a guide, which can be
made from all of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from form_fixtures import Hall
from ui_looks import LOOKS, Look, dress_as, inside, whole

from kiosk.errors import IntakeUnreachable
from kiosk.events import HelpChanged
from kiosk.intake.contract.help_calls import HelpCall, HelpStage
from kiosk.journeys.pages import (
    Button,
    Choice,
    Code,
    Lines,
    ListPage,
    Moment,
    Page,
    Paper,
    Rate,
    SheetPage,
    Timeline,
    Told,
    Tone,
    Value,
)
from kiosk.journeys.ports import Ports
from kiosk.journeys.steps import (
    HOME,
    Destination,
    Home,
    Open,
    Place,
    Subject,
    TryAgain,
    Withdraw,
)
from kiosk.language import Language
from kiosk.language import _ as spoken
from tests.unit.visits import CATALOGUE, READY, Orders

TOUCH = 96
"""Pixels of the smallest thing that a finger presses: 24 mm."""
LOOKS_OF_DATA = [look for look in LOOKS if look.language is Language.CHINESE]
"""What these pages show is data: it is as long in both languages."""
TIGHT_LOOKS = [look for look in LOOKS if look.large]
LONG_NAME = "机关事业单位社会保险费补缴及转移接续办理（含视同缴费年限认定）"
FULL = Choice("08:30–09:00", Open(Subject.BOOK, "0830"), "已约满，请选别的时间", enabled=False)
FREE = Choice("09:00–09:30", Open(Subject.BOOK, "0900"), "还可约 3 人")
CASES = ListPage(
    "我的办件",
    "共 9 件",
    told=(Told("有 1 件等您补材料", "请在 12 月 3 日前补齐，补材料的时间不算。", Tone.WARNING),),
    choices=(
        Choice(LONG_NAME, Withdraw("1"), "3504 2826 1124 0037 12 · 县社保中心 · 11月24日申请",
               "building-bank", "等待补正材料", Tone.WARNING),
    ) * 5,
    main=Button("再试一次", TryAgain(), "refresh"),
)  # fmt: skip
TIMES = ListPage("选时间", "综合窗口", choices=(FREE, FULL) * 9)
REVIEWED = "承办部门已经受理，正在审核。最晚 12 月 24 日办结。"
EXTENDED = Moment("延期", "因需现场核查，延长 10 个工作日", "12月8日 08:50")
HISTORY = Timeline(
    (Moment("收件", "", "11月24日 09:12"), *[EXTENDED] * 6, Moment("审核", reached=False))
)
CONDITION = "具有本县户籍，年满 80 周岁，按月享受津贴，不得重复享受同类补贴。"
CASE = SheetPage(
    LONG_NAME,
    "县人力资源和社会保障局",
    (
        Told("正在审核", REVIEWED, Tone.GOOD, code="故障代码 N-04"),
        Value("收件编号", "3504 2826 1124 0037 12"),
        Value("办结期限", "2026年12月24日（暂定，节假日安排公布后可能调整）"),
        HISTORY,
        Lines("办理条件", (CONDITION,) * 12, numbered=True, sample=True),
        Code("JLP1." + "Ab3dEf6h" * 40, "离线也能核对。过号超过 3 个要重新取。", "A012"),
        Paper(),
        Rate(),
    ),
    (Button("撤回申请", Withdraw("1"), "x"), *[Button("请寄给我", Home(), "truck")] * 2),
    Button("结束并清除信息", Home()),
)


class Visit:
    """The page shown is whatever `page` is."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.page = hall, CASES
        self.taken: list[object] = []
        self.orders = Orders()
        ports = Ports(self.orders, self.orders, self.orders)
        hall.attendant.open(CATALOGUE, self.orders, ports, lambda _large: None)
        hall.attendant.printer = READY
        hall.attendant.page = lambda: self.page
        hall.attendant.take = self.taken.append

    def stand_at(self, page: Page) -> None:
        self.page = page
        place = Place.LIST if isinstance(page, ListPage) else Place.SHEET
        self.hall.attendant.here = Destination(place, subject=Subject.CASE)

    def change(self, page: Page) -> None:
        self.page = page
        self.hall.view.refresh()
        self.hall.frames()


@pytest.fixture
def visit(hall: Hall) -> Visit:
    return Visit(hall)


def pressable(part) -> list:
    from screens.widgets.buttons import Pressable

    return [widget for widget in part.walk(restrict=True) if isinstance(widget, Pressable)]


def turned(hall: Hall):
    """The page as it stands after each touch on 下一页."""
    while True:
        yield
        after = [control for control in pressable(hall.view) if control.name == "下一页"]
        if not after or not after[0].enabled:
            return
        hall.touch(after[0])


def cut_off(hall: Hall) -> list[str]:
    """What is not whole, not inside what holds it, or too small for a finger."""
    from screens.widgets.words import Words

    wrong = []
    for widget in hall.view.walk(restrict=True):
        if widget is not hall.view and not inside(widget, widget.parent):
            wrong.append(f"{type(widget).__name__} {getattr(widget, 'words', '')} stands out")
        if isinstance(widget, Words) and not whole(widget):
            wrong.append(f"{widget.words} is cut")
    small = [p.words for p in pressable(hall.shell) if min(p.size) < TOUCH]
    return wrong + small


@pytest.mark.parametrize("look", LOOKS_OF_DATA, ids=str)
def test_every_page_turns_to_its_end_and_nothing_is_cut_off(visit: Visit, look: Look) -> None:
    """Of lists and of a sheet of every part, with longer words than there are; and all of it is on
    some page."""
    for page in (CASES, TIMES, CASE):
        visit.stand_at(page)
        with dress_as(visit.hall, look):
            shown = set()
            for _ in turned(visit.hall):
                assert [] == cut_off(visit.hall)
                shown |= set(visit.hall.texts())
            wanted = [page.title]
            if isinstance(page, ListPage):
                wanted += [choice.words for choice in page.choices]
            else:
                wanted += ["A012", "审核", "这次服务您满意吗？", "打印", "12. 具有"]
            for words in wanted:
                found = "".join(shown).replace("\n", "")
                assert words in found, words


def test_a_choice_leads_on_and_one_that_is_taken_does_not(visit: Visit) -> None:
    """It says why; the main action of the page is that of the footer."""
    visit.stand_at(replace(CASES, choices=(FREE, FULL)))
    visit.hall.show()
    visit.hall.tap(FULL.words)
    visit.hall.tap(FREE.words)
    assert [FREE.step] == visit.taken
    assert visit.hall.shows(FULL.below)
    visit.hall.tap("再试一次")
    assert TryAgain() == visit.taken[-1]


def test_what_says_the_same_afterwards_stays(visit: Visit) -> None:
    """Of a sheet that changes only the part that is new is drawn anew, on the page turned to; the
    main action follows."""
    first = Told("正在审核", tone=Tone.GOOD)
    visit.stand_at(SheetPage("进度", parts=(first, HISTORY)))
    visit.hall.show()

    def card(words: str):
        from screens.widgets.surfaces import Surface

        for widget in visit.hall.view.walk(restrict=True):
            inside = [getattr(part, "words", "") for part in widget.walk(restrict=True)]
            if isinstance(widget, Surface) and words in inside:
                return widget
        raise AssertionError(words)

    before = card("收件")
    visit.change(SheetPage("进度", parts=(Told("已办结", tone=Tone.GOOD), HISTORY),
                           main=Button("结束并清除信息", Home())))
    assert visit.hall.shows("已办结") and not visit.hall.shows("正在审核")
    assert before is card("收件")
    visit.hall.tap("结束并清除信息")
    assert [Home()] == visit.taken


def test_nothing_stays_of_a_page_that_was_left(visit: Visit) -> None:
    """Not even on the pages that were not turned to."""
    visit.stand_at(CASE)
    visit.hall.show()
    view, pager = visit.hall.view, visit.hall.view._pager
    view.leave()
    left = [*view.walk(restrict=True), *pager.widgets()]
    assert {""} == {getattr(widget, "words", "") for widget in left}


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_home_page_is_whole(visit: Visit, look: Look) -> None:
    """In every look and language."""
    visit.hall.attendant.here = HOME
    with dress_as(visit.hall, look):
        assert [] == cut_off(visit.hall)


def test_each_tile_leads_somewhere_else(visit: Visit) -> None:
    """And so does the search, for the finger too."""
    visit.hall.attendant.here = HOME
    visit.hall.show()
    for tile in pressable(visit.hall.view):
        visit.hall.touch(tile)
    assert 13 == len(set(visit.taken)) == len(visit.taken)


CALL = HelpCall(call="H20261124001", stage=HelpStage.WAITING, ahead=2, minutes=8,
                called_at=datetime.now(UTC) - timedelta(minutes=3, seconds=10))  # fmt: skip


@pytest.mark.parametrize("look", TIGHT_LOOKS, ids=str)
def test_a_guide_is_called_and_everyone_sees_that_one_comes(visit: Visit, look: Look) -> None:
    """The card fits in every look; closed, the button of the footer says how it stands; the call
    can be ended."""
    from screens.overlays import HelpOverlay

    hall, helping = visit.hall, visit.hall.attendant.helping
    visit.stand_at(CASES)
    with dress_as(hall, look):
        overlay = HelpOverlay(hall.attendant, "0598-2266666", lambda: None)
        overlay.size = hall.shell.size
        hall.attendant.changed = overlay.refresh
        calls = [
            HelpChanged(None, IntakeUnreachable()),
            HelpChanged(CALL, None),
            HelpChanged(replace_call(stage=HelpStage.COMING, guide="导办员 3 号"), None),
        ]
        for event in calls:
            helping.hear(event)
            overlay.refresh()
            hall.shell.add_widget(overlay)
            hall.frames()
            card = overlay.children[0]
            assert all(inside(w, card) for w in card.walk(restrict=True)), event
            hall.shell.remove_widget(overlay)
        hall.shell.refresh(hall.attendant)
        hall.frames()
        assert inside(hall.control(spoken("正过来")), hall.shell.footer)
        overlay._end()
        hall.shell.refresh(hall.attendant)
        assert hall.control(spoken("帮忙"))
    assert ["call guide", "end call"] == [name for name, _what in visit.orders.given]


def replace_call(**changes) -> HelpCall:
    return CALL.model_copy(update=changes)
