"""A column that turns pages instead of scrolling: each page holds what fits."""

from collections.abc import Callable, Sequence

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.language import _
from screens.theme import look
from screens.widgets.buttons import PushButton
from screens.widgets.words import Words


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
        bar = look().button * 0.85
        self._pages = _spread(rows, room, spacing)
        if len(self._pages) > 1:
            self._pages = _spread(rows, room - bar - look().px(16), spacing)
        self._bar_height = bar
        self.page = min(page, len(self._pages) - 1)
        self._show()

    def _show(self) -> None:
        for row in self._pages[self.page]:
            for widget in row:
                if widget.parent is not None:
                    widget.parent.remove_widget(widget)
        self.clear_widgets()
        column = BoxLayout(orientation="vertical", spacing=self._spacing)
        for row in self._pages[self.page]:
            line = BoxLayout(size_hint_y=None, spacing=look().gap)
            line.height = max(widget.height for widget in row)
            for widget in row:
                widget.pos_hint = {"top": 1}
                line.add_widget(widget)
            column.add_widget(line)
        column.add_widget(Widget())
        self.add_widget(column)
        if len(self._pages) > 1:
            self.add_widget(self._bar())

    def _bar(self) -> BoxLayout:
        px = look().px
        bar = BoxLayout(size_hint_y=None, height=self._bar_height, spacing=px(24))
        before = PushButton(_("上一页"), icon="chevron-left", size_hint_x=None,
                        height=self._bar_height, enabled=self.page > 0)
        after = PushButton(_("下一页"), icon_behind="chevron-right", size_hint_x=None,
                       height=self._bar_height, enabled=self.page + 1 < len(self._pages))
        before.width = after.width = max(before.natural_width, after.natural_width)
        before.bind(on_release=lambda *_a: self._turn(-1))
        after.bind(on_release=lambda *_a: self._turn(1))
        bar.add_widget(before)
        words = _("第 {page} 页，共 {pages} 页").format(page=self.page + 1, pages=len(self._pages))
        bar.add_widget(
            Words(words=words, font_size=look().type.least, color=look().colours.muted,
                  halign="center", one_line=True, size_hint_y=1)
        )
        bar.add_widget(after)
        return bar

    def _turn(self, by: int) -> None:
        self.page = max(0, min(self.page + by, len(self._pages) - 1))
        self._show()
        self._turned(self.page)


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
