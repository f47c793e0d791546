"""How a hand types: with the keys and candidates that stand on the screen, no others."""

import re
from collections.abc import Callable

from screens.keyboard.bar import Candidate
from screens.keyboard.keys import KeyCap
from screens.keyboard.layouts import SYMBOLS, Effect
from screens.keyboard.ways import Way
from screens.tour.actions import Text
from screens.tour.eyes import Seen, Sight
from screens.tour.problem import CannotDo
from screens.tour.script import IDEOGRAPH
from screens.tour.ui_thread import frames, on_ui

_SETTLED = 3
"""Frames after a touch until every widget stands where it belongs."""

_LONGEST = 8
"""Characters that are composed at once, which is no more letters than the engine takes; a person
writes a long line in pieces as well."""

_MOST_PAGES = 40
"""Of candidates that are looked through for one character."""


class Typist:
    """`touch` presses a control for a moment."""

    def __init__(self, touch: Callable[[Seen], None]) -> None:
        self._touch = touch

    def write(self, text: Text) -> None:
        syllables = list(text.syllables)
        for run in re.findall(rf"{IDEOGRAPH}{{1,{_LONGEST}}}|.", text.text, re.DOTALL):
            if re.match(IDEOGRAPH, run):
                self._write_chinese(run, syllables[: len(run)])
                del syllables[: len(run)]
            else:
                self._press_key_of(run)
        frames(_SETTLED)

    def empty(self, field: Seen) -> None:
        """Take away what stands in the line."""
        shown = on_ui(lambda: len(field.widget.text))
        if not shown:
            return
        if clear := on_ui(lambda: key_with(Effect.CLEAR)):
            self._touch(clear)
            return
        for _time in range(shown):
            if back := on_ui(lambda: key_with(Effect.BACKSPACE)):
                self._touch(back)

    def _write_chinese(self, run: str, syllables: list[str]) -> None:
        if on_ui(lambda: key_with(Effect.COMPOSE)) is None:
            self._press(lambda: _key_to(Way.PINYIN), "there is no key for pinyin")
        for letter in _letters(syllables):
            self._press(lambda c=letter: _letter(c), f"there is no key {letter} for pinyin")
        while run:
            run = run[len(self._choose(run)) :]

    def _choose(self, wanted: str) -> str:
        """Touch the longest candidate with which this begins, on whichever page; what it is."""
        for _page in range(_MOST_PAGES):
            found = on_ui(lambda: _candidates(wanted))
            if found is not None:
                words = str(found.widget.words)
                self._touch(found)
                frames(_SETTLED)
                return words
            self._press(lambda: _named("candidates-after"), f"{wanted[0]} is not offered")
        raise CannotDo(f"{wanted[0]} is not offered on the first {_MOST_PAGES} pages")

    def _press_key_of(self, character: str) -> None:
        for _time in range(3):
            key, turn = on_ui(lambda: _way_to_key(character))
            if key is None:
                break
            self._touch(key)
            if not turn:
                return
            frames(_SETTLED)
        raise CannotDo(f"there is no key {character}")

    def _press(self, search: Callable[[], Seen | None], missing: str) -> None:
        found = on_ui(search)
        if found is None:
            raise CannotDo(missing)
        self._touch(found)
        frames(1)


def _letters(syllables: list[str]) -> str:
    """With an apostrophe where a syllable begins with a vowel: xi'an."""
    first, *others = syllables
    return first + "".join(f"'{s}" if s[0] in "aeo" else s for s in others)


def key_with(effect: Effect) -> Seen | None:
    return next((key for key in _keys() if key.widget.key.effect is effect), None)


def _keys() -> list[Seen]:
    return [control for control in Sight().controls() if isinstance(control.widget, KeyCap)]


def _key_to(way: Way) -> Seen | None:
    return next((key for key in _keys() if key.widget.key.way is way), None)


def _letter(letter: str) -> Seen | None:
    keys = (key for key in _keys() if key.widget.key.effect is Effect.COMPOSE)
    return next((key for key in keys if key.widget.key.text == letter), None)


def _named(name: str) -> Seen | None:
    return next(iter(Sight().named(name)), None)


def _candidates(wanted: str) -> Seen | None:
    shown = [c for c in Sight().controls() if isinstance(c.widget, Candidate)]
    fitting = [c for c in shown if wanted.startswith(c.widget.words)]
    return max(fitting, key=lambda c: len(c.widget.words), default=None)


def _way_to_key(character: str) -> tuple[Seen | None, bool]:
    """The key of this character; or, and then True, the key that leads to keys with it."""
    typing = (Effect.TYPE, Effect.SPACE)
    texts = {k.widget.key.text: k for k in _keys() if k.widget.key.effect in typing}
    if character in texts:
        return texts[character], False
    if character.swapcase() in texts:
        return key_with(Effect.SHIFT), True
    if character.isascii() and character.isalpha():
        return _key_to(Way.LETTERS), True
    if any(key.text == character for key in SYMBOLS.keys):
        return _key_to(Way.SYMBOLS), True
    return None, False
