"""How far the sending may be ahead of the paper.

A printer takes much more than it has printed: up to 64 KB, two thirds of a receipt. Where the
paper ends then, that rest lies in a buffer that is full, no command reaches it any more, not even
the one that empties it, and it comes out for whoever puts in new paper. So the job is sent in
windows, each ending in the question that proves a print, and no more than two are ever unanswered.
"""

from hardware.receipt_printer.conversation import Conversation
from hardware.receipt_printer.profiles import ProofCommand
from hardware.receipt_printer.proof import SLOWEST, SPARE, ask, await_answer
from kiosk.devices import PrinterStatus

WINDOW_MM = 24.0
"""A printer of 300 mm/s prints two in 160 ms: time enough for an answer and the next window."""


class Pace:
    """For one job, and by one command; None sends without waiting, to a printer that proves
    nothing."""

    def __init__(self, talk: Conversation, command: ProofCommand | None) -> None:
        self._talk = talk
        self._command = command
        self._since = 0.0
        self._asked = 0
        self._unanswered: list[bytes] = []
        self.unknown = False
        """The printer, in order, did not answer: it does not know the command."""

    def sent(self, millimetres: float) -> PrinterStatus | None:
        """So much more paper was sent. The status when a fault stands, and the job is over."""
        self._since += millimetres
        if self._command is None or self.unknown or self._since < WINDOW_MM:
            return None
        self._since = 0.0
        self._asked += 1
        mark = f"w{self._asked % 1000:03d}".encode("ascii")
        ask(self._talk, self._command, mark)
        self._unanswered.append(mark)
        return self._await_first(self._command) if len(self._unanswered) > 1 else None

    def settle(self) -> PrinterStatus | None:
        """Wait until nothing is unanswered, so that no late answer is taken for the proof."""
        while self._command is not None and self._unanswered:
            if (status := self._await_first(self._command)) is not None:
                return status
        return None

    def _await_first(self, command: ProofCommand) -> PrinterStatus | None:
        patience = SPARE + 2 * WINDOW_MM / SLOWEST
        status = await_answer(self._talk, command, self._unanswered.pop(0), patience)
        if status is None or status.fault is not None:
            return status
        self.unknown = True
        self._unanswered.clear()
        return None
