"""A column that turns pages instead of scrolling: each page holds what fits."""

from collections.abc import Callable, Iterator, Sequence

from kivy.uix.anchorlayout import AnchorLayout
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.language import _
from screens.theme import look
from screens.widgets.buttons import PushButton
from screens.widgets.words import Words, text_width


class Pager(BoxLayout):
    """`rows` are lists of widgets of known height, a list a row; the column is `height` high.

    Turning a page shows other widgets of the same list; none is built twice.
    """

    def __init__(
        self,
        rows: Sequence[Sequence[Widget]],
        room: float,
        spacing: float,
        page: int = 0,
        turned: Callable[[int], None] = lambda _page: None,
        **kwargs,
    ) -> None:
        super().__init__(orientation="vertical", spacing=look().px(16), **kwargs)
        self._spacing = spacing
        self._turned = turned
        bar = bar_height()
        self._pages = _spread(rows, room, spacing)
        if len(self._pages) > 1:
            self._pages = _spread(rows, room - bar - look().px(16), spacing)
        self._bar = PageBar(self._turn) if len(self._pages) > 1 else None
        self.page = min(page, len(self._pages) - 1)
        self._show()

    def widgets(self) -> Iterator[Widget]:
        """Of all pages, with everything in them."""
        for page in self._pages:
            for row in page:
                for widget in row:
                    yield from widget.walk(restrict=True)

    def _show(self) -> None:
        for row in self._pages[self.page]:
            for widget in row:
                if widget.parent is not None:
                    widget.parent.remove_widget(widget)
        self.clear_widgets()
        column = BoxLayout(orientation="vertical", spacing=self._spacing, size_hint_y=None)
        column.fbind("minimum_height", column.setter("height"))
        for row in self._pages[self.page]:
            line = BoxLayout(size_hint_y=None, spacing=look().gap)
            line.height = max(widget.height for widget in row)
            for widget in row:
                widget.pos_hint = {"top": 1}
                line.add_widget(widget)
            column.add_widget(line)
        above = AnchorLayout(anchor_y="top")
        above.add_widget(column)
        self.add_widget(above)
        if self._bar is not None:
            self._bar.show(self.page, len(self._pages))
            self.add_widget(self._bar)

    def _turn(self, by: int) -> None:
        self.page = max(0, min(self.page + by, len(self._pages) - 1))
        self._show()
        self._turned(self.page)


class PageBar(BoxLayout):
    """Turns pages; `turn` gets 1 or -1. A `low` one, so many pixels high, has arrows alone."""

    def __init__(self, turn: Callable[[int], None], low: float = 0) -> None:
        high = low or bar_height()
        super().__init__(size_hint_y=None, height=high, spacing=look().px(24))
        before, after = _("上一页"), _("下一页")
        self._before = PushButton(
            "" if low else before, name=before, icon="chevron-left", size_hint_x=None, height=high
        )
        self._after = PushButton(
            "" if low else after, name=after, icon_behind="chevron-right", size_hint_x=None,
            height=high,
        )
        wide = max(self._before.natural_width, self._after.natural_width)
        self._before.width = self._after.width = wide
        self._before.bind(on_release=lambda *_a: turn(-1))
        self._after.bind(on_release=lambda *_a: turn(1))
        self._where = Words(
            font_size=look().type.least, color=look().colours.muted, halign="center",
            one_line=True, size_hint_y=1,
        )
        self._shown = 1, 1
        self._where.fbind("width", self._say_where)
        for widget in (self._before, self._where, self._after):
            self.add_widget(widget)

    def show(self, page: int, pages: int) -> None:
        """`page` counts from 0."""
        self._shown = page + 1, pages
        self._say_where()
        self._before.enabled = page > 0
        self._after.enabled = page + 1 < pages

    def _say_where(self, *_args) -> None:
        """In figures alone where the words would be too small to read."""
        page, pages = self._shown
        words = _("第 {page} 页，共 {pages} 页").format(page=page, pages=pages)
        narrow = text_width(words, look().type.least) > self._where.width
        self._where.words = f"{page} / {pages}" if narrow else words


def bar_height() -> float:
    return max(look().button * 0.85, look().px(96))


def _spread(
    rows: Sequence[Sequence[Widget]], room: float, spacing: float
) -> list[list[Sequence[Widget]]]:
    pages: list[list[Sequence[Widget]]] = [[]]
    used = 0.0
    for row in rows:
        height = max(widget.height for widget in row)
        if pages[-1] and used + height > room:
            pages.append([])
            used = 0.0
        pages[-1].append(row)
        used += height + spacing
    return pages


def in_rows(widgets: Sequence[Widget], columns: int) -> list[list[Widget]]:
    """Widgets side by side, `columns` to a row; a short last row keeps its columns."""
    rows: list[list[Widget]] = [
        list(widgets[start : start + columns]) for start in range(0, len(widgets), columns)
    ]
    if rows:
        while len(rows[-1]) < columns:
            rows[-1].append(Widget(size_hint_y=None, height=0))
    return rows
