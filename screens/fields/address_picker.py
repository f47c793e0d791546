"""The page on which a place is picked, one level after another."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.forms.questions import Question
from kiosk.language import _
from kiosk.region_search import FoundPlace, Index
from kiosk.regions import Level, Region
from screens.fields.address_stand import Stand
from screens.fields.field import Desk
from screens.fields.measures import Measures, option_grid
from screens.fields.options import option_rows, turning
from screens.fields.sources import ask
from screens.fields.sub_page import SubPage
from screens.theme import look
from screens.view import Action
from screens.widgets.buttons import PushButton
from screens.widgets.found_pane import Finding
from screens.widgets.words import Words

HOME_COUNTY = "350428"
"""将乐县: most of those who stand here live in it, so that the page begins there."""

MOST_FOUND = 12
"""Places that are offered; who finds none among them types on."""


@dataclass(frozen=True)
class _Place:
    """Where the picker stands, and what lies one level below."""

    path: tuple[Region, ...]
    below: tuple[Region, ...]


class AddressPicker(SubPage):
    """`picked` gets the code and the names from the province down."""

    def __init__(
        self,
        question: Question,
        desk: Desk,
        code: str,
        picked: Callable[[str, tuple[str, ...]], None],
    ) -> None:
        super().__init__()
        self.title = _(question.label)
        self._last = Level.COUNTY if question.county else Level.VILLAGE
        self._desk = desk
        self._regions = desk.sources.regions
        self._picked = picked
        self._stand: Stand | None = None
        self._index: Index | None = None
        self._place: _Place | None = None
        self._failed = False
        self._code = ""
        self._closed = False
        begin = (question.inside or "") if question.county else HOME_COUNTY
        self._go(code or begin, up=bool(code))

    def fill(self, column: BoxLayout) -> None:
        measures = Measures(look())
        if self._place is None:
            waiting, failed = _("正在读取地区目录…"), _("地区目录读不出来，请返回后重试")
            column.add_widget(
                Words(words=failed if self._failed else waiting, width=measures.width)
            )
            return
        self._index = None
        self._stand = Stand(self._desk.keyboard, column)
        line = self._stand.line
        line.bind(on_sought=self._look)
        line.input.bind(focus=self._prepare)
        self._fill_stand()

    def hear(self, composing: str) -> None:
        if self._stand is not None:
            self._stand.line.hear(composing)

    def give_up(self, letters: str) -> None:
        if self._stand is not None:
            self._stand.line.give_up(letters)

    def _fill_stand(self) -> None:
        """What was found, or where nothing was, the levels."""
        typed = self._stand.line.typed
        found = self._index.find(typed, MOST_FOUND) if typed and self._index else ()
        if found:
            self._stand.show_found([self._finding(place) for place in found])
            return
        said = ""
        if typed:
            said = _("正在读取地区目录…")
            if self._index is not None:
                said = _("没有找到这个地名，可以一级一级地选")
        self._stand.show_levels(said, self._trail, self._levels)

    def _finding(self, place: FoundPlace) -> Finding:
        *above, last = (region.place for region in place.trail)
        return Finding(
            last, "".join(above[-2:]), partial(self._take, place.trail), name_met=place.met
        )

    def _take(self, trail: tuple[Region, ...]) -> None:
        """A place that was found; where others lie below it, these are shown."""
        self._desk.keyboard.dismiss()
        trail = tuple(region for region in trail if region.level <= self._last)
        if trail[-1].level is self._last:
            self._finish(trail[-1].code, tuple(region.place for region in trail))
            return
        code, regions = trail[-1].code, self._regions

        def read() -> _Place | None:
            below = regions.children(code)
            return _Place(trail, below) if below else None

        def hear(place: _Place | None) -> None:
            if self._closed:
                return
            if place is None:
                self._finish(code, tuple(region.place for region in trail))
            else:
                self._arrive(place)

        ask(read, hear)

    def _prepare(self, _input, focus: bool) -> None:
        """Read the names only when somebody is about to type one."""
        self._look()
        if not focus or self._index is not None:
            return
        search, shown = self._desk.sources.region_search, self._code
        county = next(
            (r.code for r in self._path if r.level is Level.COUNTY), HOME_COUNTY
        )

        def hear(index: Index | None) -> None:
            if not self._closed and index is not None and shown == self._code:
                self._index = index
                self._look()

        ask(lambda: search.index(shown, county), hear)

    def _look(self, *_args) -> None:
        if not self._closed:
            self._fill_stand()

    def _levels(self, measures: Measures, room: float) -> Widget:
        labels = tuple(region.place for region in self._place.below)
        grid = option_grid(measures, labels)
        buttons = []
        for region, label in zip(self._place.below, labels, strict=True):
            button = PushButton(
                label, size_hint=(None, None), size=(grid.wide, grid.high),
                border=look().colours.field_line, pad=look().px(8),
            )
            button.bind(on_release=partial(self._choose, region))
            buttons.append(button)
        return turning(option_rows(buttons, grid), grid.gap, room)

    def action(self) -> Action | None:
        """An address may end at the township, for those who do not know the village's name."""
        if self._place is None or self._place.path[-1:] == ():
            return None
        if self._place.path[-1].level < Level.TOWNSHIP:
            return None
        return Action(_("就选到这里"), self._end_here, icon="check")

    def forget(self) -> None:
        self._closed = True
        self._index = None
        if self._stand is not None:
            self._stand.forget()
        self._place = None
        self._code = ""

    def _trail(self, measures: Measures, wide: float) -> BoxLayout:
        """The levels chosen so far; a touch on one goes back to it."""
        steps = [("", _("全国")), *((region.code, region.place) for region in self._place.path)]
        column = BoxLayout(orientation="vertical", size_hint_y=None, spacing=look().px(12))
        row, used = None, 0.0
        high = look().px(96)
        for code, words in steps:
            here = code == self._code
            button = PushButton(
                words, "pill", icon_behind="" if here else "chevron-right", height=high,
                size_hint_x=None, font_size=measures.label_size, pad=look().px(24), enabled=True,
            )
            button.bind(on_release=partial(self._up, code))
            if row is None or used + button.width > wide:
                row, used = BoxLayout(size_hint_y=None, height=high, spacing=look().px(12)), 0.0
                column.add_widget(row)
            row.add_widget(button)
            used += button.width + look().px(12)
        for row in column.children:
            row.add_widget(Widget())
        rows = len(column.children)
        column.height = rows * high + (rows - 1) * look().px(12)
        return column

    def _go(self, code: str, up: bool = False) -> None:
        """Show what lies below `code`, or beside it where nothing lies below or `up` is asked."""
        self._failed = False
        regions = self._regions

        def read() -> _Place:
            path = regions.path(code) if code else ()
            if up or (path and regions.is_last_level(code)):
                path = path[:-1]
            return _Place(path, regions.children(path[-1].code if path else ""))

        ask(read, self._arrive)

    def _arrive(self, place: _Place | None) -> None:
        if self._closed:
            return
        self._failed = place is None
        self._place = place
        self._code = place.path[-1].code if place is not None and place.path else ""
        self.redraw()

    def _up(self, code: str, *_args) -> None:
        self._go(code)

    def _choose(self, region: Region, *_args) -> None:
        regions, names = self._regions, self._names(region)
        if region.level is self._last:
            self._finish(region.code, names)
            return

        def read() -> _Place | None:
            below = regions.children(region.code)
            return _Place((*self._path, region), below) if below else None

        def hear(place: _Place | None) -> None:
            if self._closed:
                return
            if place is None:
                self._finish(region.code, names)
            else:
                self._arrive(place)

        ask(read, hear)

    @property
    def _path(self) -> tuple[Region, ...]:
        return self._place.path if self._place is not None else ()

    def _names(self, *last: Region) -> tuple[str, ...]:
        return tuple(region.place for region in (*self._path, *last))

    def _end_here(self) -> None:
        self._finish(self._code, self._names())

    def _finish(self, code: str, names: tuple[str, ...]) -> None:
        self._picked(code, names)
        self.close()
