"""A security module at the far end of a terminal line, whose answers a test sends its own way."""

from collections.abc import Callable
from pathlib import Path

from sandbox.cards.card_file import load_card
from sandbox.cards.security_module import SecurityModule
from sandbox.terminal import Terminal

Way = Callable[[bytes], list[bytes]]
"""What goes over the line in place of an answer, piece by piece."""


class SamLine:
    def __init__(self, path: Path, card: Path) -> None:
        self.module = SecurityModule()
        self.module.lay(load_card(card))
        self.way: Way = lambda answer: [answer]
        self._terminal = Terminal(path, self._take)
        self._terminal.plug_in()

    def say(self, data: bytes) -> None:
        """Without having been asked."""
        self._terminal.write(data)

    def pull_out(self) -> None:
        self._terminal.pull_out()

    def _take(self, request: bytes) -> None:
        for piece in self.way(self.module.answer(request)):
            self._terminal.write(piece)
