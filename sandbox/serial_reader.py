"""A virtual reader with a security module on a serial line: frames and nothing else.

It takes the same card files as the virtual PC/SC reader; a card that a security module does not
read is not found.
"""

import threading
from dataclasses import dataclass, replace
from pathlib import Path

from sandbox.cards.card_file import Faults, load_card
from sandbox.cards.security_module import PREAMBLE, SecurityModule
from sandbox.cards.spoiling import garbage
from sandbox.terminal import Terminal

AMOUNTS = ("piece", "noise", "cut_after")
"""Bytes; see Manners."""

_HEAD = len(PREAMBLE) + 2
_LONGEST_REQUEST = 64


@dataclass(frozen=True)
class Manners:
    """How the reader answers: in pieces of `piece` bytes, after `noise` bytes that mean nothing,
    or not at all; or it vanishes after `cut_after` bytes of its next answer."""

    piece: int | None = None
    noise: int = 0
    silent: bool = False
    cut_after: int | None = None


class SerialReader:
    """Its device is the link `path`, while it is plugged in."""

    def __init__(self, path: Path) -> None:
        self.manners = Manners()
        self._terminal = Terminal(path, self._take)
        self._module = SecurityModule()
        self._faults = Faults()
        self._lock = threading.Lock()
        self._interrupted = threading.Event()
        self._held = b""

    @property
    def path(self) -> Path:
        return self._terminal.path

    def plug_in(self) -> None:
        """Raises FileExistsError when something else has the name."""
        self._held = b""
        self._terminal.plug_in()

    def pull_out(self) -> None:
        """The device vanishes, with what is on its way; a card stays where it lies."""
        self._interrupted.set()
        self._terminal.pull_out()

    def lay(self, file: Path) -> None:
        """Lay the card of this file; one that lay there is taken away first.

        Raises CardFileError.
        """
        card = load_card(file)
        self.take_away()
        with self._lock:
            self._module.lay(card)
            self._faults = card.faults

    def take_away(self) -> None:
        self._interrupted.set()
        with self._lock:
            self._module.take_away()
            self._faults = Faults()

    def obey(self, word: str, amount: float | None = None) -> None:
        """`ok`, which plugs it in and ends all that was ordered before; `silent`, `pulled_out`; or
        one of AMOUNTS. ValueError for an order that is none."""
        match word, amount:
            case "ok", None:
                self.manners = Manners()
                self.plug_in()
            case "silent", None:
                self.manners = Manners(silent=True)
            case "pulled_out", None:
                self.pull_out()
            case "piece", float() | int():
                self.manners = replace(self.manners, piece=max(1, round(amount)))
            case "noise", float() | int():
                self.manners = replace(self.manners, noise=max(0, round(amount)))
            case "cut_after", float() | int():
                self.manners = replace(self.manners, cut_after=max(0, round(amount)))
            case _:
                raise ValueError(f"there is no {word} of the serial reader")

    def _take(self, data: bytes) -> None:
        self._held += data
        while (request := self._next_request()) is not None:
            self._serve(request)

    def _next_request(self) -> bytes | None:
        start = self._held.find(PREAMBLE)
        if start < 0:
            self._held = self._held[-len(PREAMBLE) + 1 :]
            return None
        self._held = self._held[start:]
        length = int.from_bytes(self._held[len(PREAMBLE) : _HEAD], "big")
        end = _HEAD + min(length, _LONGEST_REQUEST)
        if len(self._held) < max(end, _HEAD):
            return None
        request, self._held = self._held[:end], self._held[end:]
        return request

    def _serve(self, request: bytes) -> None:
        with self._lock:
            self._interrupted.clear()
            faults, manners = self._faults, self.manners
        self._interrupted.wait(faults.delay_ms / 1000)
        with self._lock:
            answer = self._module.answer(request)
        if manners.silent or faults.mute is not None:
            return
        # The last of it looks as if a frame began.
        noise = garbage(manners.noise)[:-1] + PREAMBLE[:1] if manners.noise else b""
        self._terminal.write((noise + answer)[: manners.cut_after], manners.piece)
        if manners.cut_after is not None:
            self.pull_out()
