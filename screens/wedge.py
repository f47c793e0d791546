"""A scanner that types (keyboard wedge): what it reads comes as keys, in one burst that ends with
Enter.

A citizen writes by touch alone. So every key of a real keyboard is taken here and goes nowhere
else: no scan lands in a field, and nobody can type past the screens.
"""

import time
from collections.abc import Callable

from kivy.clock import Clock
from kivy.core.window import WindowBase

from kiosk.scanning import LONGEST

_FASTER_THAN_A_HAND = 0.05
"""Seconds from key to key, on average: a scanner needs 20 ms at most, a fast typist 80."""
_FEWEST = 6
_PAUSE = 0.5
"""Seconds without a key after which a burst is over. Longer than a frame that took its time."""
_ENTER = (13, 271)
_SHIFT = (303, 304)
_BLANK, _TILDE = 32, 126
_UPPER = dict(zip("`1234567890-=[]\\;',./", '~!@#$%^&*()_+{}|:"<>?', strict=True))
"""What the shift key makes of a key of the US layout, besides letters."""


class Wedge:
    """`take` gets the text of each burst."""

    def __init__(self, window: WindowBase) -> None:
        self.take: Callable[[str], None] = lambda _text: None
        self._text = ""
        self._began = 0.0
        self._forget_soon = Clock.create_trigger(self._forget, _PAUSE)
        window.bind(on_key_down=self._press, on_key_up=_keep, on_textinput=_keep)

    def _press(
        self, _window: WindowBase, key: int, _scancode: int, _text: str, modifiers: list[str]
    ) -> bool:
        if key in _ENTER:
            self._end()
        elif key not in _SHIFT:
            self._add(_character(key, modifiers))
        return True

    def _add(self, character: str) -> None:
        if not character:
            self._forget()
            return
        if not self._text:
            self._began = time.monotonic()
        if len(self._text) <= LONGEST:
            self._text += character
        self._forget_soon.cancel()
        self._forget_soon()

    def _end(self) -> None:
        text, took = self._text, time.monotonic() - self._began
        self._forget()
        if len(text) >= _FEWEST and took <= len(text) * _FASTER_THAN_A_HAND:
            self.take(text)

    def _forget(self, *_args: object) -> None:
        self._text = ""
        self._forget_soon.cancel()


def _character(key: int, modifiers: list[str]) -> str:
    """What the key writes; empty for a key that writes nothing."""
    if not _BLANK <= key <= _TILDE or {"ctrl", "alt", "meta"} & set(modifiers):
        return ""
    written = chr(key)
    return _UPPER.get(written, written.upper()) if "shift" in modifiers else written


def _keep(*_args: object) -> bool:
    """Nobody else hears of it."""
    return True
