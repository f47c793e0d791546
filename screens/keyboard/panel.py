"""The seam for ways of writing: what each of them is to the keyboard."""

from collections.abc import Callable
from typing import Protocol

from kivy.uix.boxlayout import BoxLayout

from screens.keyboard.layouts import Effect, Key
from screens.keyboard.sizes import gaps
from screens.keyboard.ways import Board, Way
from screens.theme import look


class Target(Protocol):
    """What can be typed into; a text input of Kivy is one."""

    focus: bool
    text: str

    def cursor_index(self) -> int: ...

    def insert_text(self, substring: str) -> None: ...

    def do_backspace(self) -> None: ...

    def clear(self) -> None: ...


class Panel(BoxLayout):
    """The part of the keyboard above its last row, built anew for each visit to a form.

    A way of writing gives the keys, or whatever else a finger works with, and puts into the target
    what the citizen chose; what is not chosen yet stays inside it. `done` ends typing.
    """

    def __init__(self, **kwargs) -> None:
        super().__init__(orientation="vertical", spacing=gaps(look())[1], **kwargs)
        self.done: Callable[[], None] = lambda: None
        self.target: Target | None = None
        self.board = Board.CHINESE

    def begin(self, target: Target, board: Board) -> None:
        """From now on this line is written into."""
        self.target = target
        self.board = board

    def press(self, key: Key) -> bool:
        """A key of the panel, or the space below it. False when 退格, held, has to be lifted first:
        it ends with what was half-composed, and takes away nothing of the line by itself."""
        if self.target is None:
            return False
        match key.effect:
            case Effect.TYPE | Effect.SPACE:
                self.target.insert_text(key.text)
            case Effect.BACKSPACE:
                self.target.do_backspace()
            case Effect.CLEAR:
                self.target.clear()
            case Effect.DONE:
                self.done()
            case (
                Effect.COMPOSE | Effect.UNDO | Effect.REWRITE | Effect.SHIFT | Effect.WAY
            ):
                raise ValueError(f"{key.effect} means nothing here")
        return True

    def end(self, to: Way | None = None) -> None:
        """Writing goes on `to` another way, or into another line, or is over: nothing stays
        half-composed."""
        self.target = None

    def forget(self) -> None:
        """Leave nothing of the citizen in this panel and in what stands behind it."""
        self.end()
