"""The recogniser as the kiosk has it: a process of its own, whose events come by a queue."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.events import HandwritingOpened, HandwritingRead
from kiosk.text_entry.handwriting.handwriting import Handwriting
from kiosk.text_entry.handwriting.strokes import Strokes

PATIENCE = 60
"""Seconds, on a machine on which others work."""


class Pen:
    def __init__(self, *command: str) -> None:
        self._others = _reading()
        self.events: queue.Queue[object] = queue.Queue()
        self.engine = (
            Handwriting(self.events.put, command) if command else Handwriting(self.events.put)
        )

    def write(self, strokes: Strokes, room: float = 600) -> tuple[str, ...]:
        """Its candidates."""
        job = self.engine.recognise(strokes, room)
        event = self.events.get(timeout=PATIENCE)
        assert isinstance(event, HandwritingRead), event
        assert job == event.job
        return event.candidates

    def process(self) -> Path:
        """Of the process that reads, in /proc."""
        (found,) = _reading() - self._others
        return found


def _reading() -> set[Path]:
    children = Path("/proc/self/task").glob("*/children")
    pids = {pid for file in children for pid in file.read_text(encoding="ascii").split()}
    return {
        Path("/proc", pid) for pid in pids
        if b"reading_process" in Path("/proc", pid, "cmdline").read_bytes()
    }


@contextmanager
def opened() -> Iterator[Pen]:
    pen = Pen()
    pen.engine.open()
    assert HandwritingOpened() == pen.events.get(timeout=PATIENCE)
    try:
        yield pen
    finally:
        pen.engine.close()
