"""A page that a field opens in place of the form's own: it has a head, a column and one action."""

from collections.abc import Callable

from kivy.uix.boxlayout import BoxLayout

from screens.view import Action


class SubPage:
    """`title` and `below` stand at its head. `fill` adds its widgets to the column; `redraw`,
    `reveal` and `close` are set by the form that shows it."""

    title = ""
    below = ""

    def __init__(self) -> None:
        self.redraw: Callable[[], None] = lambda: None
        self.reveal: Callable[..., None] = lambda _row, _typed=None: None
        self.close: Callable[[], None] = lambda: None

    def fill(self, column: BoxLayout) -> None:
        raise TypeError("a page fills itself")

    def action(self) -> Action | None:
        return None

    def back(self) -> None:
        """One step back; the first step closes the page."""
        self.close()

    def hear(self, composing: str) -> None:
        """What is being composed on the keyboard, after each touch."""

    def give_up(self, letters: str) -> None:
        """Letters that were composed and not chosen when typing ended."""

    def forget(self) -> None:
        """Drop what is known of the citizen."""
