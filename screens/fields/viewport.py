"""A window onto a column that may be higher than it while the keyboard is open."""

from typing import Protocol

from kivy.clock import Clock
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.stencilview import StencilView
from kivy.uix.widget import Widget

from screens.theme import look


class Typed(Protocol):
    """A field. Where its line ends, counted in pixels from its top, is known before anything is
    placed."""

    line_end: float


class Viewport(StencilView):
    """Nobody scrolls it by hand: it moves by as much as the row needs that is revealed, and back
    when there is room again. `column` is what it shows."""

    def __init__(self, column: BoxLayout, **kwargs) -> None:
        super().__init__(**kwargs)
        self.column = column
        self._shown: BoxLayout | None = None
        self._typed: Typed | None = None
        self._shift = 0.0
        column.size_hint_y = None
        column.fbind("minimum_height", column.setter("height"))
        self.add_widget(column)
        self._later = Clock.create_trigger(self._place, -1)
        for name in ("pos", "size"):
            self.fbind(name, self._later)
        column.fbind("height", self._later)
        self._place()

    def reveal(self, row: BoxLayout, typed: Typed | None = None) -> None:
        """Keep this row of the column in sight from now on; where it is too high for that, its top,
        or the line of the field in it that is `typed` into."""
        self._shown, self._typed = row, typed
        self._later()

    def _place(self, *_args) -> None:
        column = self.column
        spare = max(column.height - self.height, 0)
        row = self._shown
        if row is not None and row.parent is column:
            above = column.padding[1] + sum(
                child.height + column.spacing for child in self._before(row)
            )
            edge = look().px(16)
            below = above + row.height - row.padding[3]
            least = max(above - edge, 0)
            if self._typed is not None:
                least = max(least, above + self._typed.line_end + edge - self.height)
            self._shift = max(self._shift, below + edge - self.height)
            self._shift = min(self._shift, least)
        self._shift = min(max(self._shift, 0), spare)
        column.width = self.width
        column.x = self.x
        column.top = self.top + self._shift

    def _before(self, field: Widget) -> list[Widget]:
        """The column's children above this one; Kivy keeps the last one first."""
        children = self.column.children
        return children[children.index(field) + 1 :]

    def on_touch_down(self, touch) -> bool:
        return self.collide_point(*touch.pos) and super().on_touch_down(touch)
