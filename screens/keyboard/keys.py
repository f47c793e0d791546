"""Keys as they stand on the screen."""

from collections.abc import Callable

from kivy.clock import Clock
from kivy.uix.widget import Widget

from kiosk.language import _
from screens.keyboard.layouts import Effect, Key, Layout
from screens.keyboard.sizes import gaps, letter_size, word_size
from screens.theme import look
from screens.widgets.buttons import Pressable
from screens.widgets.words import Icon, Words

_FIRST_REPEAT = 0.5
"""Seconds before a held 退格 begins to repeat, so that a slow finger deletes one character."""
_REPEAT = 0.1


class KeyCap(Pressable):
    """One key. `words` is what a tour taps: the character, or the words on the key; `size` is that
    of the type of one character. `press` says whether a key that is held goes on."""

    def __init__(self, key: Key, press: Callable[[Key], bool], size: float = 0) -> None:
        colours = look().colours
        main = key.effect is Effect.DONE
        dark = key.effect in (Effect.BACKSPACE, Effect.SHIFT, Effect.CLEAR)
        rest = colours.primary if main else colours.key_dark if dark else colours.surface
        super().__init__(
            rest=rest,
            pressed=colours.pressed if main else colours.halo,
            border=colours.line if key.effect in (Effect.WAY, Effect.SPACE) else colours.clear,
            corner=look().px(16),
            padding=(look().px(10), 0),
            size_hint=(None, None),
        )
        self.key = key
        self.words = _(key.words) if key.words else key.text
        self.name = key.effect.value if key.icon else ""
        self._press = press
        self._again = Clock.create_trigger(self._repeat, _FIRST_REPEAT)
        ink = colours.surface if main else colours.ink
        if key.icon:
            self.add_widget(Widget())
            self.add_widget(
                Icon(icon=key.icon, font_size=look().px(46), color=ink, pos_hint={"center_y": 0.5})
            )
            self.add_widget(Widget())
        else:
            self.add_widget(
                Words(
                    words=self.words,
                    font_size=(
                        word_size(look())
                        if len(self.words) > 1
                        else size or letter_size(look())
                    ),
                    color=ink,
                    one_line=True,
                    size_hint_y=1,
                    halign="center",
                )
            )

    def on_press(self) -> None:
        """Typed at the touch, not at its end: the character stands in the very next frame."""
        if self.key.effect in (Effect.DONE, Effect.WAY):
            return
        goes_on = self._press(self.key)
        if goes_on and self.key.effect is Effect.BACKSPACE:
            self._again.timeout = _FIRST_REPEAT
            self._again()

    def on_release(self) -> None:
        """What changes the keys waits for the finger to leave them."""
        if self.key.effect in (Effect.DONE, Effect.WAY):
            self._press(self.key)

    def _repeat(self, _dt: float) -> None:
        held = self.state == "down" and self.get_root_window() is not None
        if held and self._press(self.key):
            self._again.timeout = _REPEAT
            self._again()


class Keys(Widget):
    """One layout's keys, placed on its grid; `close` ones stand without gaps, in the type of the
    candidates in whose place they are."""

    def __init__(
        self, layout: Layout, press: Callable[[Key], bool], close: bool = False, **kwargs
    ) -> None:
        super().__init__(**kwargs)
        self._layout = layout
        self._gaps = (0, 0) if close else gaps(look())
        size = look().px(46) if close else letter_size(look()) * layout.type
        for key in layout.keys:
            self.add_widget(KeyCap(key, press, size))
        self.fbind("size", self._place)
        self.fbind("pos", self._place)

    def _place(self, *_args) -> None:
        gap_x, gap_y = self._gaps
        wide = (self.width + gap_x) / self._layout.columns
        high = (self.height + gap_y) / self._layout.rows
        for cap in self.children:
            key = cap.key
            cap.size = (round(key.wide * wide - gap_x), round(key.tall * high - gap_y))
            cap.pos = (
                round(self.x + key.column * wide),
                round(self.top - (key.row + key.tall) * high + gap_y),
            )
