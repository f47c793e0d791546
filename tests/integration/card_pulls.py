"""Cards pulled and swapped in the middle of a read, and what the worker said of it."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hardware.card_reader.reading import read_card
from hardware.card_reader.worker import CardReaderWorker
from kiosk.errors import CardReaderError, CardRemoved
from kiosk.events import CardFailed, CardRead, CardReading
from kiosk.identity import Identity
from sandbox.cards.slot import CardSlot
from tests.integration.card_parts import EMPTY, OCCUPIED, Reported
from tests.virtual_cards import ChipPort, Kind, fitting, read_bare

NEXT = Kind("lin-yulan")
"""Whose card is laid after one that was pulled."""


def commands_of(kind: Kind, folder: Path) -> int:
    """How many commands a read of this card takes, until it is a person or is refused."""
    chip = kind.chip(folder)
    port = ChipPort(chip)
    with suppress(CardReaderError):
        read_card(port, fitting(chip))
    return port.sent


def every_pull(kinds: tuple[Kind, ...], folder: Path) -> Iterator[tuple[Kind, int]]:
    """Each kind of card at each of its commands, counted from 1."""
    for kind in kinds:
        for command in range(1, commands_of(kind, folder) + 1):
            yield kind, command


@dataclass
class Table:
    """A reader, and two hands that lay cards on it: the second card waits for the first to leave.

    Everything that is not as it should be raises AssertionError.
    """

    worker: CardReaderWorker
    reports: Reported
    folder: Path
    first: CardSlot
    second: CardSlot

    def pull(self, kind: Kind, command: int) -> float:
        """The card leaves at that command, and the next one is laid. Seconds until the visit knew
        that it had left."""
        self.clear()
        self.worker.read_for("visit")
        self.first.lay(kind.file(self.folder, f"leave_at_apdu: {command}"))
        self.reports.next(CardReading)
        begun = time.monotonic()
        error = self.reports.next(CardFailed, within=1).error
        told_after = time.monotonic() - begun
        assert isinstance(error, CardRemoved), f"{kind} at {command}: {error!r}"
        self.second.lay(NEXT.file(self.folder))
        self.reports.next(CardReading)
        assert self._person(NEXT) == self.reports.next(CardRead).identity
        return told_after

    def swap(self, one: Kind, other: Kind, after: float) -> Kind:
        """The second card is there as soon as the first leaves, so many seconds after its read
        began. Who was read."""
        self.clear()
        self.first.lay(one.file(self.folder, "delay_ms: 15"))
        self.reports.until(OCCUPIED)
        self.second.lay(other.file(self.folder))
        self.worker.read_for("visit")
        self.reports.next(CardReading)
        threading.Event().wait(after)
        self.first.take_away()
        return self._whoever(one, other)

    def swap_at(self, one: Kind, other: Kind, command: int) -> Kind:
        """Likewise, at a command of the first card."""
        self.clear()
        self.first.lay(one.file(self.folder, f"leave_at_apdu: {command}"))
        self.reports.until(OCCUPIED)
        self.second.lay(other.file(self.folder))
        self.worker.read_for("visit")
        return self._whoever(one, other)

    def clear(self) -> None:
        self.first.take_away()
        self.second.take_away()
        self.reports.until(EMPTY)

    def _whoever(self, one: Kind, other: Kind) -> Kind:
        while True:
            match self.reports.next(object):
                case CardRead(identity=identity):
                    who = [kind for kind in (one, other) if self._person(kind) == identity]
                    assert 1 == len(who), "a person of two cards"
                    return who[0]
                case CardFailed(error=error):
                    assert isinstance(error, CardRemoved), repr(error)

    def _person(self, kind: Kind) -> Identity:
        return read_bare(kind.chip(self.folder))[0]
