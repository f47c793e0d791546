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
"""Seconds for one answer to DLE EOT, which a printer gives at once; four take 2.8 s at most."""

A = TypeVar("A", bound=Answer)


class Conversation:
    """Everything here raises PrinterUnavailable when the connection is broken."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._reader = AnswerReader()
        self._waiting: deque[Answer] = deque()

    def send(self, data: bytes) -> None:
        self._wire.send(data)

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

        Answers to an earlier question are dropped first: they would be taken for new ones, and
        dots of a picture can look like a question to the printer.
        """
        while self.wait_for(RealTimeStatus, 0):
            continue
        answers = bytearray()
        for number in (1, 2, 3, 4):
            self.send(commands.real_time_status(number))
            answer = self.wait_for(RealTimeStatus, ANSWER_WITHIN)
            if answer is None:
                return SILENT
            answers.append(answer.byte)
        return decode_status(bytes(answers))
