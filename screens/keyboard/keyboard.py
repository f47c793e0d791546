"""The on-screen keyboard: docks below the screen, types into one field at a time."""

from collections.abc import Callable
from typing import Protocol

from kivy.clock import Clock
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.language import _
from screens.keyboard.layouts import Board, Effect, Key, Layout, after, first_layout
from screens.theme import Theme, look
from screens.widgets.buttons import Pressable
from screens.widgets.surfaces import Plane
from screens.widgets.words import Icon, Words

_FIRST_REPEAT = 0.5
"""Seconds before a held 退格 begins to repeat, so that a slow finger deletes one character."""
_REPEAT = 0.1


class Target(Protocol):
    """What can be typed into; a text input of Kivy is one."""

    focus: bool

    def insert_text(self, substring: str) -> None: ...

    def do_backspace(self) -> None: ...

    def clear(self) -> None: ...


class KeyCap(Pressable):
    """One key. `words` is what a tour taps: the character, or the words on the key."""

    def __init__(self, key: Key, press: Callable[[Key], None]) -> None:
        colours = look().colours
        main = key.effect is Effect.DONE
        dark = key.effect in (Effect.BACKSPACE, Effect.SHIFT, Effect.CLEAR)
        rest = colours.primary if main else colours.key_dark if dark else colours.surface
        super().__init__(
            rest=rest,
            pressed=colours.pressed if main else colours.halo,
            border=colours.clear,
            corner=look().px(16),
            size_hint=(None, None),
        )
        self.key = key
        self.words = _(key.words) if key.words else key.text
        self.name = key.effect.value if key.icon else ""
        self._press = press
        self._repeats = 0
        self._again = Clock.create_trigger(self._repeat, _FIRST_REPEAT)
        ink = colours.surface if main else colours.ink
        if key.icon:
            size = look().px(46)
            self.add_widget(Widget())
            self.add_widget(
                Icon(icon=key.icon, font_size=size, color=ink, pos_hint={"center_y": 0.5})
            )
            self.add_widget(Widget())
        else:
            self.add_widget(
                Words(
                    words=self.words,
                    font_size=look().px(36) if len(self.words) > 1 else look().px(46),
                    color=ink,
                    one_line=True,
                    size_hint_y=1,
                    halign="center",
                )
            )

    def on_press(self) -> None:
        """Typed at the touch, not at its end: the character stands in the very next frame."""
        if self.key.effect is not Effect.DONE:
            self._press(self.key)
        if self.key.effect is Effect.BACKSPACE:
            self._again.timeout = _FIRST_REPEAT
            self._again()

    def on_release(self) -> None:
        if self.key.effect is Effect.DONE:
            self._press(self.key)

    def _repeat(self, _dt: float) -> None:
        if self.state == "down" and self.get_root_window() is not None:
            self._press(self.key)
            self._again.timeout = _REPEAT
            self._again()


class Keys(Widget):
    """One layout's keys, placed on its grid."""

    def __init__(self, layout: Layout, press: Callable[[Key], None]) -> None:
        super().__init__()
        self._layout = layout
        for key in layout.keys:
            self.add_widget(KeyCap(key, press))
        self.fbind("size", self._place)
        self.fbind("pos", self._place)

    def _place(self, *_args) -> None:
        gap_x, gap_y = _gaps(look())
        wide = (self.width + gap_x) / self._layout.columns
        high = (self.height + gap_y) / self._layout.rows
        for cap in self.children:
            key = cap.key
            cap.size = (round(key.wide * wide - gap_x), round(key.tall * high - gap_y))
            cap.pos = (
                round(self.x + key.column * wide),
                round(self.top - (key.row + key.tall) * high + gap_y),
            )


def _gaps(theme: Theme) -> tuple[float, float]:
    return theme.px(12), theme.px(14)


def keyboard_height(theme: Theme) -> float:
    """Pixels that the open keyboard takes from the screen: four rows of keys."""
    key = theme.px(90 if theme.landscape else 108)
    return 4 * key + 3 * _gaps(theme)[1] + 2 * theme.px(16 if theme.landscape else 24)


class Keyboard:
    """Opens in `dock` when a field is attached, and closes when none is.

    `opened` and `closed` follow each other; between two fields the keyboard stays, so that the
    screen does not jump.
    """

    def __init__(self, dock: BoxLayout) -> None:
        self._dock = dock
        self._target: Target | None = None
        self._board = Board.LETTERS
        self._layout: Layout | None = None
        self._built: dict[Layout, Keys] = {}
        self._settle = Clock.create_trigger(self._close_if_idle, -1)

    @property
    def target(self) -> Target | None:
        return self._target

    def attach(self, target: Target, board: Board) -> None:
        """Type into this field from now on."""
        self._target = target
        self._board = board
        self._show(first_layout(board))

    def detach(self, target: Target) -> None:
        """The field is no longer typed into; closes the keyboard unless another takes over."""
        if self._target is target:
            self._target = None
            self._settle()

    def dismiss(self) -> None:
        """End typing: the field loses its focus and the keyboard closes."""
        if self._target is not None:
            self._target.focus = False
        self._target = None
        self._close_if_idle()

    def forget(self) -> None:
        """Drop keys and target when the screen is left."""
        self.dismiss()
        self._built.clear()

    def _show(self, layout: Layout) -> None:
        if layout is self._layout:
            return
        self._layout = layout
        keys = self._built.get(layout)
        if keys is None:
            keys = self._built[layout] = Keys(layout, self._press)
        if keys.parent is not None:
            keys.parent.remove_widget(keys)
        theme = look()
        wide = theme.width - 2 * theme.px(24)
        if layout.columns < 20:
            wide = min(wide, theme.px(1032))
        elif theme.landscape:
            wide = min(wide, theme.px(1500))
        side = (theme.width - wide) / 2
        plane = KeyboardPlane(
            fill=theme.colours.keyboard,
            padding=(side, theme.px(16 if theme.landscape else 24)),
        )
        plane.add_widget(keys)
        self._dock.clear_widgets()
        self._dock.add_widget(plane)
        self._dock.height = keyboard_height(theme)

    def _press(self, key: Key) -> None:
        target = self._target
        if target is None:
            return
        match key.effect:
            case Effect.TYPE | Effect.SPACE:
                target.insert_text(key.text)
            case Effect.BACKSPACE:
                target.do_backspace()
            case Effect.CLEAR:
                target.clear()
            case Effect.SHIFT | Effect.LETTERS | Effect.SYMBOLS:
                if self._layout is not None:
                    self._show(after(key.effect, self._layout, self._board))
            case Effect.DONE:
                self.dismiss()

    def _close_if_idle(self, *_args) -> None:
        if self._target is None and self._layout is not None:
            self._layout = None
            self._dock.clear_widgets()
            self._dock.height = 0


class KeyboardPlane(Plane):
    """The keyboard's ground: a touch between two keys goes no further."""

    def on_touch_down(self, touch) -> bool:
        return super().on_touch_down(touch) or self.collide_point(*touch.pos)
