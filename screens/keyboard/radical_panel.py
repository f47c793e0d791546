"""Writing a character by its look: its radical and the strokes beside it, or its parts."""

from functools import partial

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.language import _
from kiosk.text_entry.rare_characters.radicals import Radical
from kiosk.text_entry.rare_characters.rare_characters import RareCharacters
from screens.keyboard.cells import Choice, Grid, Tabs
from screens.keyboard.layouts import Key
from screens.keyboard.panel import Panel, Target
from screens.keyboard.sizes import composing_height, strip_height
from screens.keyboard.ways import Board, Way
from screens.theme import Theme, look
from screens.widgets.surfaces import Surface
from screens.widgets.words import Words

_TABS = 10
_MANY = 9
"""Radicals of so many strokes and more stand behind one tab."""
_AT_FIRST = 3
"""Strokes of the radicals that are shown first: there are most of these."""


def columns(theme: Theme) -> tuple[int, int]:
    """Of a page of radicals, and of a page of characters."""
    return (16, 13) if theme.landscape else (10, 8)


class RadicalPanel(Panel):
    """Tabs say how many strokes the radical has, and then how many stand beside it; until the
    second is said the characters stand there that names use. 合成 makes one character of those
    that were written before it."""

    def __init__(self, rare: RareCharacters) -> None:
        super().__init__()
        theme = look()
        self._rare = rare
        self._hint = Words(
            one_line=True, size_hint_y=1, font_size=theme.type.least, color=theme.colours.ink
        )
        self._tabs = Tabs(_TABS)
        for_radicals, for_characters = columns(theme)
        self._radicals = Grid(for_radicals, theme.px(50), self.press)
        self._characters = Grid(for_characters, theme.px(66), self.press)
        self._how_to = _notice(
            _("先写出字的两三个部分，如“龙天”，再点“部首”“合成”，就能换成“䶮”。"), theme
        )
        self._room = BoxLayout()
        self._composing = False
        self.add_widget(_strip(self._hint, self._tabs, theme))
        self.add_widget(self._room)

    def begin(self, target: Target, board: Board) -> None:
        super().begin(target, board)
        self._show_radicals(_AT_FIRST)

    def press(self, key: Key) -> bool:
        goes_on = super().press(key)
        if self._composing:
            self._show_composed()
        return goes_on

    def end(self, to: Way | None = None) -> None:
        super().end(to)
        self._composing = False
        for part in (self._tabs, self._radicals, self._characters):
            part.forget()

    def _show_radicals(self, strokes: int) -> None:
        self._composing = False
        found = [
            radical
            for number in self._rare.strokes()
            if number == strokes or number > strokes == _MANY
            for radical in self._rare.with_strokes(number)
        ]
        self._hint.words = _("部首有几画？")
        self._show_first_tabs(strokes)
        self._radicals.show(
            [Choice(radical.form, partial(self._show_usual, radical)) for radical in found]
        )
        self._have(self._radicals)

    def _show_composed(self) -> None:
        self._composing = True
        found = self._rare.composed_at_end(self._before())
        self._show_first_tabs(None)
        if not found:
            self._hint.words = _("由几部分合成一个字")
            self._have(self._how_to)
            return
        self._hint.words = _("点一个字，换掉前面写的几部分")
        self._characters.show(
            [Choice(c.character, partial(self._write, c.character, c.parts)) for c in found]
        )
        self._have(self._characters)

    def _show_first_tabs(self, strokes: int | None) -> None:
        tabs = [Choice(_("合成"), self._show_composed, chosen=strokes is None)]
        for number in range(1, _MANY + 1):
            words = _("{strokes}画").format(strokes=f"{number}+" if number == _MANY else number)
            show = partial(self._show_radicals, number)
            tabs.append(Choice(words, show, chosen=number == strokes))
        self._tabs.show(tabs, ())

    def _show_usual(self, radical: Radical) -> None:
        self._show_characters(radical, None)

    def _show_characters(self, radical: Radical, further: int | None) -> None:
        """Without `further` strokes those that names use."""
        if further is None:
            found = self._rare.usual(radical)
        else:
            found = self._rare.characters(radical, further)
        self._hint.words = _("{radical} 以外还有几画？").format(radical=radical.form)
        strokes = min(radical.strokes, _MANY)
        self._tabs.show(
            [
                Choice(_("重选"), partial(self._show_radicals, strokes)),
                Choice(_("常用"), partial(self._show_usual, radical), chosen=further is None),
            ],
            [
                Choice(
                    _("{strokes}画").format(strokes=number),
                    partial(self._show_characters, radical, number),
                    chosen=number == further,
                )
                for number in _zero_last(self._rare.further_strokes(radical))
            ],
        )
        self._characters.show([Choice(c, partial(self._write, c)) for c in found])
        self._have(self._characters)

    def _write(self, character: str, parts: str = "") -> None:
        """In the place of the parts that stand before it. What comes next begins anew."""
        if self.target is None:
            return
        if not self._before().endswith(parts):
            # The cursor was moved since.
            self._show_composed()
            return
        for _part in parts:
            self.target.do_backspace()
        self.target.insert_text(character)
        self._show_radicals(_AT_FIRST)

    def _before(self) -> str:
        """What stands before the cursor."""
        return self.target.text[: self.target.cursor_index()] if self.target else ""

    def _have(self, widget: Widget) -> None:
        if widget.parent is None:
            self._room.clear_widgets()
            self._room.add_widget(widget)


def _zero_last(strokes: tuple[int, ...]) -> list[int]:
    """Hardly anyone looks for the radical itself."""
    return sorted(strokes, key=lambda number: (number == 0, number))


def _strip(hint: Words, tabs: Tabs, theme: Theme) -> BoxLayout:
    """Where the window is narrow the hint stands above the tabs, else beside them."""
    strip = BoxLayout(size_hint_y=None, height=strip_height(theme))
    if theme.landscape:
        tabs.size_hint_x, tabs.width = None, theme.px(1044)
    else:
        strip.orientation, strip.spacing = "vertical", theme.px(4)
        hint.size_hint_y, hint.height = None, composing_height(theme)
    strip.add_widget(hint)
    strip.add_widget(tabs)
    return strip


def _notice(words: str, theme: Theme) -> Surface:
    """Where the characters would stand."""
    notice = Surface(corner=theme.px(20), padding=theme.px(48))
    notice.add_widget(Words(words=words, size_hint_y=1, halign="center", balanced=True))
    return notice
