"""Keys whose characters change with each touch: a row of tabs, and a grid with pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Choice:
    """What stands on a cell, and what a touch does; a chosen one is where the citizen stands."""

    words: str
    take: Callable[[], None]
    chosen: bool = False


class Cell(ButtonBehavior, Words):
    """One key, light, for dozens change at once."""

    def __init__(self, size: float) -> None:
        super().__init__(
            one_line=True,
            size_hint=(None, 1),
            font_size=size,
            halign="center",
            min_state_time=0,
            always_release=False,
        )
        self._choice: Choice | None = None
        with self.canvas.before:
            self._ground_colour = Color(rgba=look().colours.surface)
            self._ground = SmoothRoundedRectangle(radius=[look().px(16)])
        for name in ("pos", "size"):
            self.fbind(name, self._place)
        self.fbind("state", self._paint)

    def show(self, choice: Choice) -> None:
        self._choice = choice
        self.words = choice.words
        self._paint()

    def forget(self) -> None:
        self._choice = None
        self.words = ""

    def on_release(self) -> None:
        if self._choice is not None:
            self._choice.take()

    def _place(self, *_args) -> None:
        self._ground.pos, self._ground.size = self.pos, self.size

    def _paint(self, *_args) -> None:
        colours = look().colours
        down = self.state == "down"
        chosen = self._choice is not None and self._choice.chosen and not down
        self._ground_colour.rgba = (
            colours.halo if down else colours.primary if chosen else colours.surface
        )
        self.color = colours.surface if chosen else colours.ink


class Tabs(Widget):
    """A row of `columns` cells; more than fit are paged, the first ones stay on each page."""

    def __init__(self, columns: int, **kwargs) -> None:
        super().__init__(**kwargs)
        self._columns = columns
        self._cells = [Cell(look().px(36)) for _column in range(columns)]
        self._back = Arrow("chevron-left", "tabs-before", partial(self._turn, -1))
        self._on = Arrow("chevron-right", "tabs-after", partial(self._turn, 1))
        self._firm: Sequence[Choice] = ()
        self._paged: Sequence[Choice] = ()
        self._page = 0
        for name in ("pos", "size"):
            self.fbind(name, self._draw)

    def show(self, firm: Sequence[Choice], paged: Sequence[Choice]) -> None:
        """`firm` ones first, then a page of the others: the one with the chosen, or the first."""
        self._firm, self._paged = firm, paged
        pages = self._pages()
        chosen = (n for n, page in enumerate(pages) if any(choice.chosen for choice in page))
        self._page = next(chosen, 0)
        self._draw()

    def forget(self) -> None:
        self.show((), ())
        for cell in self._cells:
            cell.forget()

    def _pages(self) -> list[Sequence[Choice]]:
        return pages_of(self._paged, self._columns - len(self._firm))

    def _turn(self, pages: int) -> None:
        self._page += pages
        self._draw()

    def _draw(self, *_args) -> None:
        pages = self._pages()
        shown: list[Widget] = []
        for cell, choice in zip(self._cells, (*self._firm, *pages[self._page]), strict=False):
            cell.show(choice)
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


def pages_of(choices: Sequence[Choice], room: int) -> list[Sequence[Choice]]:
    """At least one; an arrow on and an arrow back take their places from the room."""
    pages: list[Sequence[Choice]] = []
    rest = choices
    while len(rest) > room - bool(pages):
        count = room - 1 - bool(pages)
        pages.append(rest[:count])
        rest = rest[count:]
    return [*pages, rest]


class Grid(Widget):
    """Three rows of cells, 退格 in the lower right corner, and arrows beside it where there are
    more pages than one. A cell is built when it is first needed."""

    def __init__(
        self,
        columns: int,
        size: float,
        press: Callable[[Key], bool],
        **kwargs,
    ) -> None:
        super().__init__(**kwargs)
        self._columns = columns
        self._size = size
        self._cells: list[Cell] = []
        self._backspace = KeyCap(
            Key("", 0, 0, 1, effect=Effect.BACKSPACE, icon="backspace"), press
        )
        self._back = Arrow("chevron-left", "page-before", partial(self._turn, -1))
        self._on = Arrow("chevron-right", "page-after", partial(self._turn, 1))
        self._choices: Sequence[Choice] = ()
        self._page = 0
        for name in ("pos", "size"):
            self.fbind(name, self._draw)

    def show(self, choices: Sequence[Choice]) -> None:
        """The first page of these."""
        self._choices, self._page = choices, 0
        self._draw()

    def forget(self) -> None:
        self.show(())
        for cell in self._cells:
            cell.forget()

    def _turn(self, pages: int) -> None:
        self._page += pages
        self._draw()

    def _draw(self, *_args) -> None:
        last = self._columns * ROWS - 1
        pages = pages_of(self._choices, last)
        page = pages[self._page]
        while len(self._cells) < len(page):
            self._cells.append(Cell(self._size))
        shown: list[Widget] = [self._backspace]
        self._stand(self._backspace, last)
        for place, (cell, choice) in enumerate(zip(self._cells, page, strict=False)):
            cell.show(choice)
            self._stand(cell, place)
            shown.append(cell)
        if self._page > 0:
            self._stand(self._back, last - 2)
            shown.append(self._back)
        if self._page + 1 < len(pages):
            self._stand(self._on, last - 1)
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
