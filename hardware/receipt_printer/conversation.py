"""Questions to the printer and the answers that belong to them."""

import time
from collections import deque
from typing import TypeVar

from hardware.receipt_printer import commands
from hardware.receipt_printer.answers import Answer, AnswerReader, RealTimeStatus
from hardware.receipt_printer.status import SILENT, decode_status
from hardware.receipt_printer.wire import Wire
from kiosk.devices import PrinterStatus

ANSWER_WITHIN = 0.7
"""Seconds for one answer to DLE EOT, which a printer gives at once; the first that is missing ends
the question, so that silence takes no longer than this."""
SETTLES_IN = 0.05
"""Seconds after which no further answer is on its way."""
PIECE = 1024
"""Bytes handed to the wire at once: a serial line of 4800 baud carries them in 2.2 s, so that a
slow printer is not taken for one that takes nothing."""
_MOST_ANSWERS = 64

A = TypeVar("A", bound=Answer)


class Conversation:
    """Everything here raises PrinterUnavailable when the connection is broken."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._reader = AnswerReader()
        self._waiting: deque[Answer] = deque()
        self._settled = True

    def send(self, data: bytes) -> None:
        self._settled = False
        for start in range(0, len(data), PIECE):
            self._wire.send(data[start : start + PIECE])

    def wait_for(self, kind: type[A], within: float) -> A | None:
        """The next answer of this kind, or None after `within` seconds. Others are kept."""
        deadline = time.monotonic() + within
        while True:
            for answer in self._waiting:
                if isinstance(answer, kind):
                    self._waiting.remove(answer)
                    return answer
            left = deadline - time.monotonic()
            if left <= 0:
                return None
            self._waiting.extend(self._reader.feed(self._wire.receive(left)))

    def status(self) -> PrinterStatus:
        """The printer's status now; SILENT when one answer is missing.

        Answers that came before the questions are dropped: a late one, or noise, would be taken
        for a new one. Dots of a picture can look like a question too, and some printers answer
        it: what is still on its way after a job comes before the answers to these questions, so
        that the last four are the right ones.
        """
        self._drop_old_answers()
        found: list[int] = []
        for number in (1, 2, 3, 4):
            self._wire.send(commands.real_time_status(number))
            answer = self.wait_for(RealTimeStatus, ANSWER_WITHIN)
            if answer is None:
                return SILENT
            found.append(answer.byte)
        while not self._settled and len(found) < _MOST_ANSWERS:
            late = self.wait_for(RealTimeStatus, SETTLES_IN)
            if late is None:
                self._settled = True
            else:
                found.append(late.byte)
        return decode_status(bytes(found[-4:]))

    def _drop_old_answers(self) -> None:
        deadline = time.monotonic() + ANSWER_WITHIN
        while (data := self._wire.receive(0)) and time.monotonic() < deadline:
            self._waiting.extend(self._reader.feed(data))
        kept = (answer for answer in self._waiting if not isinstance(answer, RealTimeStatus))
        self._waiting = deque(kept)
