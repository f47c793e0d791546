"""Letters in, candidates out: what a keyboard needs to know of pinyin."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from kiosk.text_entry.pinyin.librime import BACKSPACE, Librime, Session

MOST_LETTERS = 48
"""Of one composition. 福建省三明市将乐县古镛镇 has 39; each letter more makes a row of initials
slower."""

MOST_CANDIDATES = 10
"""On one page."""

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz'")
"""What can be typed; the apostrophe parts syllables (xi'an), v stands for ü."""


class Mode(StrEnum):
    """What is written, and by which schema of config/pinyin. A name is chosen one character at a
    time; after its surname the mode is that of given names."""

    WORDS = "words"
    SURNAME = "surnames"
    GIVEN_NAME = "given_names"


@dataclass(frozen=True, slots=True)
class Composing:
    """What stands after a touch.

    `composing` is the text to show while the citizen has not chosen everything; `page` counts
    from 0; `committed` goes into the field, and is there once: with the touch that finished it.
    """

    composing: str = field(default="", repr=False)
    candidates: tuple[str, ...] = field(default=(), repr=False)
    page: int = 0
    has_more: bool = False
    committed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class _Page:
    """Candidates with the numbers by which the session knows them."""

    shown: tuple[tuple[int, str], ...] = field(repr=False)
    has_more: bool


class Pinyin:
    """For one thread; a method takes about a millisecond, and what it can read from disk is
    mapped when the engine opens.

    `room` is the width of a row of candidates in half keys, `room_behind` that of the pages after
    the first: a candidate of n characters takes n + 1 of them, a single character thus a whole key.

    Raises PinyinUnavailable; the other ways of writing go on without this one. All in one process
    share the folder of the first.
    """

    def __init__(self, folder: Path, room: int = 20, room_behind: int = 17) -> None:
        self._engine = _engine(folder)
        self._room, self._room_behind = room, room_behind
        self._mode = Mode.WORDS
        self._sessions = self._new_sessions()
        self._starts = [0]

    @property
    def mode(self) -> Mode:
        return self._mode

    @mode.setter
    def mode(self, mode: Mode) -> None:
        """Drops what is being composed."""
        self.clear()
        self._mode = mode

    def type(self, letter: str) -> Composing:
        """Raises ValueError for what is not one of LETTERS."""
        if letter not in LETTERS:
            raise ValueError("not a letter of pinyin")
        if len(self._session.letters()) < MOST_LETTERS:
            self._session.press(ord(letter))
        return self._after_change()

    def erase(self) -> Composing:
        """The last letter, or the last choice when it was chosen after that."""
        self._session.press(BACKSPACE)
        return self._after_change()

    def choose(self, index: int) -> Composing:
        """The candidate at `index` of the page shown; IndexError when there is none."""
        number, chosen = self._page().shown[index]
        self._session.choose(number)
        if self._mode is Mode.WORDS:
            return self._after_change(self._session.take_committed())
        return self._next_of_name(chosen)

    def turn(self, pages: int) -> Composing:
        """One page on (1) or back (-1), as far as there are pages."""
        if pages > 0:
            page = self._page()
            if page.has_more:
                self._starts.append(page.shown[-1][0] + 1)
        elif len(self._starts) > 1:
            self._starts.pop()
        return self.state()

    def clear(self) -> Composing:
        self._session.clear()
        return self._after_change()

    def forget(self) -> None:
        """At the end of a visit: the sessions, with the history that librime keeps in memory."""
        old = self._sessions
        self._sessions = self._new_sessions()
        for session in old.values():
            session.close()
        self._mode = Mode.WORDS
        self._starts = [0]

    def state(self) -> Composing:
        return self._state("")

    @property
    def _session(self) -> Session:
        return self._sessions[self._mode]

    def _new_sessions(self) -> dict[Mode, Session]:
        return {mode: self._engine.session(mode.value) for mode in Mode}

    def _after_change(self, committed: str = "") -> Composing:
        self._starts = [0]
        return self._state(committed)

    def _next_of_name(self, chosen: str) -> Composing:
        """The letters that the choice left go on as the next character of the given name."""
        composition = self._session.composition()
        self._session.take_committed()
        rest = composition.text[composition.chosen :].replace(" ", "")
        self.mode = Mode.GIVEN_NAME
        for letter in rest:
            self._session.press(ord(letter))
        return self._after_change(chosen)

    def _state(self, committed: str) -> Composing:
        page = self._page()
        text = self._session.composition().text.replace("v", "ü")
        candidates = tuple(text for _, text in page.shown)
        return Composing(text, candidates, len(self._starts) - 1, page.has_more, committed)

    def _page(self) -> _Page:
        """The candidates that fit into the row, at least one, and whether others follow."""
        room = self._room if len(self._starts) == 1 else self._room_behind
        shown: list[tuple[int, str]] = []
        for number, text in self._candidates():
            room -= len(text) + 1
            if shown and (room < 0 or len(shown) == MOST_CANDIDATES):
                return _Page(tuple(shown), has_more=True)
            shown.append((number, text))
        return _Page(tuple(shown), has_more=False)

    def _candidates(self) -> Iterator[tuple[int, str]]:
        """With their numbers. librime puts a sentence before the characters of a name, and has
        no setting against it."""
        for number, text in enumerate(self._session.candidates(self._starts[-1]), self._starts[-1]):
            if self._mode is Mode.WORDS or len(text) == 1:
                yield number, text


@cache
def _engine(folder: Path) -> Librime:
    return Librime(folder)
