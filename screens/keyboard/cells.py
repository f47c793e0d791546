"""Keys whose characters change with each touch: a row of tabs, and a grid with pages."""

from collections.abc import Callable, Sequence
from functools import partial

from kivy.graphics import Color, SmoothRoundedRectangle
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.widget import Widget

from screens.keyboard.bar import Arrow
from screens.keyboard.keys import KeyCap
from screens.keyboard.layouts import Effect, Key
from screens.keyboard.sizes import gaps
from screens.theme import look
from screens.widgets.words import Words

ROWS = 3


class Cell(ButtonBehavior, Words):
    """One key; `words` is what a touch means. Light, for dozens change at once."""

    def __init__(self, touched: Callable[[str], None], size: float) -> None:
        super().__init__(
            one_line=True,
            size_hint=(None, 1),
            font_size=size,
            halign="center",
            min_state_time=0,
            always_release=False,
        )
        self._touched = touched
        self._chosen = False
        with self.canvas.before:
            self._ground_colour = Color(rgba=look().colours.surface)
            self._ground = SmoothRoundedRectangle(radius=[look().px(16)])
        for name in ("pos", "size"):
            self.fbind(name, self._place)
        self.fbind("state", self._paint)

    def show(self, words: str, chosen: bool = False) -> None:
        """A chosen one is where the citizen stands."""
        self._chosen = chosen
        self.words = words
        self._paint()

    def on_release(self) -> None:
        self._touched(self.words)

    def _place(self, *_args) -> None:
        self._ground.pos, self._ground.size = self.pos, self.size

    def _paint(self, *_args) -> None:
        colours = look().colours
        rest = colours.primary if self._chosen else colours.surface
        self._ground_colour.rgba = colours.halo if self.state == "down" else rest
        white = self._chosen and self.state != "down"
        self.color = colours.surface if white else colours.ink


class Tabs(Widget):
    """A row of `columns` cells; more than fit are paged, the first ones stay on each page."""

    def __init__(self, columns: int, touched: Callable[[str], None], **kwargs) -> None:
        super().__init__(**kwargs)
        self._columns = columns
        self._cells = [Cell(touched, look().px(36)) for _column in range(columns)]
        self._back = Arrow("chevron-left", "tabs-before", partial(self._turn, -1))
        self._on = Arrow("chevron-right", "tabs-after", partial(self._turn, 1))
        self._firm: Sequence[str] = ()
        self._paged: Sequence[str] = ()
        self._chosen = ""
        self._page = 0
        for name in ("pos", "size"):
            self.fbind(name, self._draw)

    def show(self, firm: Sequence[str], paged: Sequence[str], chosen: str) -> None:
        """`firm` ones first, then a page of the others; stays on its page for the same ones."""
        if paged != self._paged:
            self._page = 0
        self._firm, self._paged, self._chosen = firm, paged, chosen
        self._draw()

    def _turn(self, pages: int) -> None:
        self._page += pages
        self._draw()

    def _draw(self, *_args) -> None:
        room = self._columns - len(self._firm)
        pages = tab_pages(self._paged, room)
        page = pages[self._page]
        shown: list[Widget] = []
        for cell, words in zip(self._cells, (*self._firm, *page), strict=False):
            cell.show(words, chosen=words == self._chosen)
            shown.append(cell)
        if self._page > 0:
            shown.insert(len(self._firm), self._back)
        if self._page + 1 < len(pages):
            shown.append(self._on)
        _have(self, shown)
        gap = gaps(look())[0]
        pitch = (self.width + gap) / self._columns
        for column, widget in enumerate(shown):
            left, right = round(self.x + column * pitch), round(self.x + (column + 1) * pitch - gap)
            widget.pos, widget.size = (left, self.y), (right - left, self.height)


def tab_pages(tabs: Sequence[str], room: int) -> list[Sequence[str]]:
    """Cut where an arrow on and an arrow back take their places from the room."""
    pages: list[Sequence[str]] = []
    rest = tabs
    while len(rest) > room - bool(pages):
        count = room - 1 - bool(pages)
        pages.append(rest[:count])
        rest = rest[count:]
    return [*pages, rest]


class Grid(Widget):
    """Three rows of cells, 退格 in the lower right corner, and arrows beside it where there are
    more pages than one."""

    def __init__(
        self,
        columns: int,
        size: float,
        touched: Callable[[str], None],
        press: Callable[[Key], None],
        **kwargs,
    ) -> None:
        super().__init__(**kwargs)
        self._columns = columns
        self._cells = [Cell(touched, size) for _place in range(columns * ROWS - 1)]
        self._backspace = KeyCap(
            Key("", 0, 0, 1, effect=Effect.BACKSPACE, icon="backspace"), press
        )
        self._back = Arrow("chevron-left", "page-before", partial(self._turn, -1))
        self._on = Arrow("chevron-right", "page-after", partial(self._turn, 1))
        self._entries: Sequence[str] = ()
        self._page = 0
        for name in ("pos", "size"):
            self.fbind(name, self._draw)

    def show(self, entries: Sequence[str]) -> None:
        """The first page of these."""
        self._entries, self._page = entries, 0
        self._draw()

    def forget(self) -> None:
        self.show(())
        for cell in self._cells:
            cell.words = ""

    def _turn(self, pages: int) -> None:
        self._page += pages
        self._draw()

    def _draw(self, *_args) -> None:
        room = len(self._cells)
        whole = len(self._entries) <= room
        if not whole:
            room -= 2
        entries = self._entries[self._page * room : (self._page + 1) * room]
        shown: list[Widget] = [self._backspace]
        self._stand(self._backspace, len(self._cells))
        for place, (cell, words) in enumerate(zip(self._cells, entries, strict=False)):
            cell.show(words)
            self._stand(cell, place)
            shown.append(cell)
        if not whole and self._page > 0:
            self._stand(self._back, room)
            shown.append(self._back)
        if (self._page + 1) * room < len(self._entries):
            self._stand(self._on, room + 1)
            shown.append(self._on)
        _have(self, shown)

    def _stand(self, widget: Widget, place: int) -> None:
        gap_x, gap_y = gaps(look())
        wide = (self.width + gap_x) / self._columns
        high = (self.height + gap_y) / ROWS
        row, column = divmod(place, self._columns)
        left, right = round(self.x + column * wide), round(self.x + (column + 1) * wide - gap_x)
        top = self.y + self.height - row * high
        widget.size = (right - left, round(high - gap_y))
        widget.pos = (left, round(top - high + gap_y))


def _have(parent: Widget, children: list[Widget]) -> None:
    """These children and no others."""
    for child in [child for child in parent.children if child not in children]:
        parent.remove_widget(child)
    for child in children:
        if child.parent is None:
            parent.add_widget(child)
