"""Writing a character by what it looks like: its radical and the strokes beside it, or its parts."""

from collections.abc import Sequence

from kivy.uix.boxlayout import BoxLayout

from kiosk.language import _
from kiosk.text_entry.rare_characters.radicals import Radical
from kiosk.text_entry.rare_characters.rare_characters import Composed, RareCharacters
from screens.keyboard.cells import Grid, Tabs
from screens.keyboard.panel import Panel, Target
from screens.keyboard.sizes import composing_height, gaps, key_height, strip_height
from screens.keyboard.ways import Board, Way
from screens.theme import Theme, look
from screens.widgets.words import Words

_TABS = 10
_MANY = 9
"""Radicals of so many strokes and more stand behind one tab."""
_USUAL_STROKES = 3
"""Of which there are most radicals; those are shown first."""


def columns(theme: Theme) -> tuple[int, int]:
    """Of a page of radicals, and of a page of characters."""
    return (16, 13) if theme.landscape else (10, 8)


class RadicalPanel(Panel):
    """A tab says how many strokes the radical has, then another how many stand beside it; without
    that second tab the characters that names use are there at once. Characters written before
    are parts that 合成 puts together."""

    def __init__(self, rare: RareCharacters) -> None:
        super().__init__()
        theme = look()
        self._rare = rare
        self._strokes = _USUAL_STROKES
        self._radical: Radical | None = None
        self._composed: tuple[Composed, ...] = ()
        self._hint = Words(
            one_line=True, size_hint_y=1, font_size=theme.type.least, color=theme.colours.muted
        )
        self._tabs = Tabs(_TABS, self._touch_tab, size_hint_y=1)
        for_radicals, for_characters = columns(theme)
        self._radicals = Grid(for_radicals, theme.px(50), self._touch_radical, self.press)
        self._characters = Grid(for_characters, theme.px(66), self._write, self.press)
        self._room = BoxLayout()
        self.add_widget(self._strip(theme))
        self.add_widget(self._room)

    def _strip(self, theme: Theme) -> BoxLayout:
        strip = BoxLayout(size_hint_y=None, height=strip_height(theme))
        self._hint.padding = (theme.px(12), 0)
        if theme.landscape:
            self._tabs.size_hint_x, self._tabs.width = None, theme.px(1044)
            strip.add_widget(self._hint)
            strip.add_widget(self._tabs)
        else:
            strip.orientation = "vertical"
            self._hint.size_hint_y, self._hint.height = None, composing_height(theme)
            strip.add_widget(self._hint)
            strip.add_widget(self._tabs)
        return strip

    def begin(self, target: Target, board: Board) -> None:
        super().begin(target, board)
        self._strokes = _USUAL_STROKES
        self._show_radicals()

    def end(self, to: Way | None = None) -> None:
        self._composed = ()
        self._radical = None
        super().end(to)

    def forget(self) -> None:
        super().forget()
        self._characters.forget()

    def _touch_tab(self, words: str) -> None:
        if words == _("部首"):
            self._show_radicals()
        elif words == _("合成"):
            self._show_composed()
        elif words == _("常用"):
            self._show_characters(None)
        elif self._radical is None:
            self._strokes = _names_of(self._tabs_of_radicals()).index(words) + 1
            self._show_radicals()
        else:
            pass
