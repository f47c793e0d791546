"""Where what the address picker shows stands: beside its search line or below it."""

from collections.abc import Callable, Sequence

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.language import _
from screens.fields.measures import Measures
from screens.fields.search_line import SearchLine
from screens.keyboard.keyboard import Keyboard
from screens.keyboard.sizes import keyboard_height
from screens.theme import look
from screens.widgets.found_pane import Finding, FoundPane
from screens.widgets.words import Words

_LINE = 0.34
"""Of the width in landscape, where the rest stands beside the line: the keyboard leaves so little
height."""


class Stand:
    """The line, and either places that were found or the levels to choose from. What was found
    stands above the keyboard, on pages."""

    def __init__(self, keyboard: Keyboard, column: BoxLayout) -> None:
        self._measures = measures = Measures(look())
        wide = look().landscape
        invitation = _("搜地名") if wide else _("搜地名，如“古镛镇”或 gyz")
        self.line = SearchLine(keyboard, measures.box, invitation)
        self._upper, self._lower = _stack(measures), _stack(measures)
        self._head: BoxLayout | None = None
        if wide:
            turning = BoxLayout(size_hint_y=None, height=look().px(96))
            self._head = self._beside(turning)
            self._pane = FoundPane(turning, columns=2, size_hint_y=None)
            column.spacing = measures.gap
            column.add_widget(self._head)
            column.add_widget(self._lower)
        else:
            self._pane = FoundPane(columns=2, size_hint_y=None)
            self._upper.add_widget(self.line)
            column.add_widget(self._upper)
            self._lower = self._upper

    def show_found(self, findings: Sequence[Finding]) -> None:
        if self._pane.parent is None:
            self._clear()
            self._upper.add_widget(self._pane)
        self._pane.height = self._room()
        self._fit()
        self._pane.show(findings)

    def show_levels(
        self,
        said: str,
        trail: Callable[[Measures, float], Widget],
        levels: Callable[[Measures, float], Widget],
    ) -> None:
        """`said` above them. `trail` is built as wide as there is room, `levels` as high."""
        measures = self._measures
        self._clear()
        wide = self._upper.width if self._head is not None else measures.width
        if said:
            self._upper.add_widget(Words(words=said, width=wide))
        self._upper.add_widget(trail(measures, wide))
        self._fit()
        used = (self._head or self._upper).height
        self._lower.add_widget(levels(measures, measures.capacity - used - measures.gap))
        self._fit()

    def forget(self) -> None:
        self.line.forget()
        self._pane.forget()

    def _clear(self) -> None:
        for stack in (self._upper, self._lower):
            for widget in [child for child in stack.children if child is not self.line]:
                stack.remove_widget(widget)

    def _room(self) -> float:
        """For what was found."""
        room = self._measures.capacity
        if self._head is None:
            room -= self.line.height + self._measures.gap
        if self.line.input.focus:
            room -= keyboard_height(look()) - look().px(16)
        return room

    def _beside(self, turning: BoxLayout) -> BoxLayout:
        measures = self._measures
        wide = round(measures.width * _LINE)
        rest = BoxLayout(orientation="vertical", padding=(0, look().px(8), 0, 0))
        rest.add_widget(turning)
        rest.add_widget(Widget())
        side = BoxLayout(orientation="vertical", size_hint_x=None, width=wide)
        side.add_widget(self.line)
        side.add_widget(rest)
        head = BoxLayout(size_hint_y=None, spacing=look().gap)
        self._upper.size_hint_x, self._upper.width = None, measures.width - wide - look().gap
        self._upper.pos_hint = {"top": 1}
        head.add_widget(side)
        head.add_widget(self._upper)
        return head

    def _fit(self) -> None:
        """At once: what is left below is reckoned with."""
        for stack in (self._upper, self._lower):
            gaps = (len(stack.children) - 1) * stack.spacing
            stack.height = max(sum(child.height for child in stack.children) + gaps, 0)
        if self._head is not None:
            self._head.height = max(self.line.height, self._upper.height)


def _stack(measures: Measures) -> BoxLayout:
    return BoxLayout(orientation="vertical", size_hint_y=None, spacing=measures.gap)
