"""The strip above the letters: what is being composed, and the candidates to choose from."""

from collections.abc import Callable
from functools import partial

from kivy.graphics import Color, RoundedRectangle
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.widget import Widget

from kiosk.text_entry.pinyin.pinyin import MOST_CANDIDATES, Composing
from screens.keyboard.keys import Keys
from screens.keyboard.layouts import Key, Layout
from screens.keyboard.sizes import ROOM, arrow_width, bar_margin, composing_height, half_key
from screens.theme import look
from screens.widgets.buttons import Pressable
from screens.widgets.surfaces import Surface
from screens.widgets.words import Icon, Words, text_width


class Candidate(ButtonBehavior, Words):
    """One candidate; `words` is what a touch chooses. Light, for ten change with each letter."""

    def __init__(self, choose: Callable[[], None]) -> None:
        super().__init__(
            one_line=True,
            size_hint=(None, 1),
            font_size=round(half_key(look()) * 0.96),
            halign="center",
            min_state_time=0,
            always_release=False,
        )
        self._choose = choose
        with self.canvas.before:
            self._ground_colour = Color(rgba=look().colours.clear)
            self._ground = RoundedRectangle(radius=[look().px(16)])
        for name in ("pos", "size"):
            self.fbind(name, self._place)
        self.fbind("state", self._paint)

    def show(self, words: str, first: bool) -> None:
        """The first one is what the space takes."""
        colours = look().colours
        self.heavy = first
        self.color = colours.primary if first else colours.ink
        self.words = words

    def on_release(self) -> None:
        self._choose()

    def _place(self, *_args) -> None:
        self._ground.pos, self._ground.size = self.pos, self.size

    def _paint(self, *_args) -> None:
        colours = look().colours
        self._ground_colour.rgba = colours.halo if self.state == "down" else colours.clear


class Arrow(Pressable):
    """Turns the page; `name` is what a tour calls it by."""

    def __init__(self, icon: str, name: str, turn: Callable[[], None]) -> None:
        super().__init__(
            border=look().colours.clear, corner=look().px(16), size_hint=(None, None), name=name
        )
        self._turn = turn
        self.add_widget(
            Icon(icon=icon, font_size=look().px(48), color=look().colours.ink, size_hint=(1, 1))
        )

    def on_release(self) -> None:
        self._turn()


class CandidateBar(Surface):
    """Shows candidates while something is composed, else `hint` and the pages of `quick` keys.

    `choose` gets the number of the candidate touched, `turn` 1 or -1, `press` a quick key.
    """

    def __init__(
        self,
        choose: Callable[[int], None],
        turn: Callable[[int], None],
        press: Callable[[Key], bool],
        **kwargs,
    ) -> None:
        super().__init__(border=look().colours.clear, corner=look().px(20), **kwargs)
        # Beside the candidates there is more room than above them.
        self._size = look().type.body if look().landscape else look().type.least
        self._composing = Words(
            one_line=True, size_hint=(None, 1), font_size=self._size, color=look().colours.muted
        )
        self._candidates = [Candidate(partial(choose, n)) for n in range(MOST_CANDIDATES)]
        self._back = Arrow("chevron-left", "candidates-before", partial(self._turn_page, -1))
        self._on = Arrow("chevron-right", "candidates-after", partial(self._turn_page, 1))
        self._turn, self._press = turn, press
        self._hint = ""
        self._quick: tuple[Layout, ...] = ()
        self._quick_page = 0
        self._built: dict[Layout, Keys] = {}
        self._composition = Composing()
        for name in ("pos", "size"):
            self.fbind(name, self._draw)

    def rest(self, hint: str, quick: tuple[Layout, ...]) -> None:
        """What to show while nothing is composed."""
        self._hint, self._quick, self._quick_page = hint, quick, 0
        self.show(Composing())

    def show(self, composition: Composing) -> None:
        if composition.composing and not self._composition.composing:
            self._quick_page = 0
        self._composition = composition
        self._draw()

    def forget(self) -> None:
        self.show(Composing())
        for candidate in self._candidates:
            candidate.words = ""

    def do_layout(self, *_args) -> None:
        """Everything is placed by `_draw`."""

    def _turn_page(self, pages: int) -> None:
        if self._composition.composing:
            self._turn(pages)
        else:
            self._quick_page += pages
            self._draw()

    def _draw(self, *_args) -> None:
        composition = self._composition
        left, width, bottom, height = self._row()
        if composition.composing:
            page, more = composition.page, composition.has_more
            self._say(composition.composing, composing=True)
        else:
            page, more = self._quick_page, self._quick_page + 1 < len(self._quick)
            self._say(self._hint, composing=False)
        shown: list[Widget] = [self._composing]
        arrow = arrow_width(look())
        if page > 0:
            _stand(self._back, left, bottom, arrow, height)
            shown.append(self._back)
        if more:
            _stand(self._on, left + width - arrow, bottom, arrow, height)
            shown.append(self._on)
        begin = left + (arrow if page > 0 else 0)
        room = width - (arrow if page > 0 else 0) - arrow
        if composition.composing:
            shown += self._place_candidates(begin, room, bottom, height)
        elif self._quick:
            shown.append(self._place_quick(left, bottom, height))
        _have(self, shown)

    def _row(self) -> tuple[float, float, float, float]:
        """Left, width, bottom and height of the row of candidates."""
        theme = look()
        margin = bar_margin(theme)
        if theme.landscape:
            wide = ROOM * half_key(theme) + arrow_width(theme)
            return self.x + self.width - wide - margin, wide, self.y, self.height
        return self.x + margin, self.width - 2 * margin, self.y, (
            self.height - composing_height(theme)
        )

    def _place_candidates(
        self, left: float, room: float, bottom: float, height: float
    ) -> list[Widget]:
        unit = half_key(look())
        shown: list[Widget] = []
        for number, words in enumerate(self._composition.candidates):
            candidate = self._candidates[number]
            wide = min((len(words) + 1) * unit, room)
            _stand(candidate, left, bottom, round(wide), height)
            candidate.show(words, number == 0)
            left += wide
            shown.append(candidate)
        return shown

    def _place_quick(self, left: float, bottom: float, height: float) -> Keys:
        layout = self._quick[self._quick_page]
        keys = self._built.get(layout)
        if keys is None:
            keys = self._built[layout] = Keys(
                layout, self._press, close=True, size_hint=(None, None)
            )
        back = arrow_width(look()) if self._quick_page > 0 else 0
        _stand(keys, left + back, bottom, ROOM * half_key(look()), height)
        return keys

    def _say(self, words: str, composing: bool) -> None:
        """The end of what is too long: there the next letter comes."""
        # Above the first candidate's first character, which half a key's room parts from the edge.
        pad = bar_margin(look()) + round(half_key(look()) / 2)
        if look().landscape:
            wide, high, bottom = self._row()[0] - self.x - 2 * pad, self.height, self.y
        else:
            wide, high = self.width - 2 * pad, composing_height(look())
            bottom = self.y + self.height - high
        if composing and text_width(words, self._size) > wide:
            while text_width(f"…{words}", self._size) > wide:
                words = words[1:]
            words = f"…{words}"
        colours = look().colours
        self._composing.color = colours.ink if composing else colours.muted
        _stand(self._composing, self.x + pad, bottom, wide, high)
        self._composing.words = words


def _stand(widget: Widget, left: float, bottom: float, wide: float, high: float) -> None:
    widget.size = (wide, high)
    widget.pos = (round(left), round(bottom))


def _have(parent: Widget, children: list[Widget]) -> None:
    """These children and no others."""
    for child in [child for child in parent.children if child not in children]:
        parent.remove_widget(child)
    for child in children:
        if child.parent is None:
            parent.add_widget(child)
