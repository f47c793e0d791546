"""Strokes in, candidates out: what a keyboard needs to know of handwriting."""

import logging
import os
import select
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from importlib.util import find_spec

from kiosk.configuration import CONFIG, PROGRAM
from kiosk.devices import Publish
from kiosk.errors import HandwritingUnavailable
from kiosk.events import HandwritingEvent, HandwritingLost, HandwritingOpened, HandwritingRead
from kiosk.text_entry.handwriting.strokes import Strokes
from kiosk.text_entry.handwriting.wire import (
    Answer,
    HandwritingFault,
    Job,
    NotOpened,
    Opened,
    Read,
    answer_of,
    job_line,
)

_log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "kiosk.text_entry.handwriting.reading_process", str(CONFIG))

OPEN_WITHIN = 20.0
ANSWER_WITHIN = 5.0
"""Seconds, on a machine that is busy; what takes longer has failed."""

ENVIRONMENT = {
    "MALLOC_MMAP_THRESHOLD_": str(2**20),
    "MALLOC_TRIM_THRESHOLD_": str(2**20),
    "ORT_DISABLE_TELEMETRY": "1",
}
"""Has glibc give back at once what a large picture took: 25 MB less after a long line. And
onnxruntime, from 1.29 on, tells its maker nothing; the one that is pinned cannot."""


def is_installed() -> bool:
    """Whether the packages are there, of which nothing is imported."""
    return all(find_spec(package) for package in ("onnxruntime", "rapidocr"))


class Handwriting:
    """No method waits: a thread of its own starts the reading process and talks with it, and what
    comes of it goes to `publish`. All methods are called by one thread.

    Opened when a citizen first wants to write so, closed when the visit ends; then the process
    and all the memory it took are gone.
    """

    def __init__(self, publish: Publish, command: Sequence[str] = COMMAND) -> None:
        self.written: Callable[[HandwritingEvent], None] = lambda event: None
        self._publish = publish
        self._command = command
        self._visit: _Visit | None = None
        self._newest = 0

    def open(self) -> None:
        """Ends in HandwritingOpened or HandwritingLost, unless it is open already."""
        if self._visit is None or self._visit.lost:
            self._visit = _Visit(self._command, self._publish)

    def recognise(self, strokes: Strokes, room: float) -> int:
        """The number of the job, which ends in HandwritingRead unless another one comes before it
        is read. `room` is the height of the writing area in the pixels of the strokes; there is
        one point at least."""
        self._newest += 1
        if self._visit is not None:
            self._visit.give(Job(self._newest, strokes, room))
        return self._newest

    def drop(self) -> None:
        """Nothing is written any more: the answer that may be under way is of no use."""
        self._newest += 1

    def hear(self, event: HandwritingEvent) -> None:
        """What was published, on the thread that calls the methods: what is late ends here, all
        else goes to `written`."""
        match event:
            case HandwritingRead(job):
                late = job != self._newest
            case HandwritingLost():
                late = self._visit is None or not self._visit.lost
            case HandwritingOpened():
                late = self._visit is None
        if not late:
            self.written(event)

    def close(self) -> None:
        """Without an event."""
        self.drop()
        if self._visit is not None:
            self._visit.end()
            self._visit = None


class _Visit:
    """One process and the thread that talks with it."""

    def __init__(self, command: Sequence[str], publish: Publish) -> None:
        self.lost = False
        self._command = command
        self._publish = publish
        self._wake = threading.Condition()
        self._waiting: Job | None = None
        self._ended = False
        # Rung when the visit ends while the thread listens to the process: killing that from here
        # would be a call to the system about another process, on the thread that draws.
        self._bell = os.eventfd(0)
        threading.Thread(target=self._run, name="handwriting", daemon=True).start()

    def give(self, job: Job) -> None:
        """Takes the place of one that is not begun."""
        with self._wake:
            self._waiting = job
            self._wake.notify()

    def end(self) -> None:
        with self._wake:
            self._waiting = None
            if not self._ended:
                self._ended = True
                os.eventfd_write(self._bell, 1)
            self._wake.notify()

    def _run(self) -> None:
        try:
            self._serve()
        except HandwritingUnavailable as error:
            self._lose(error)
        except OSError:
            self._lose(HandwritingUnavailable(HandwritingFault.ENDED))
        with self._wake:
            self._ended = True
            os.close(self._bell)

    def _lose(self, error: HandwritingUnavailable) -> None:
        if not self._ended:
            _log.warning("no handwriting: %s", error)
            self.lost = True
            self._publish(HandwritingLost(error))

    def _serve(self) -> None:
        with subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, cwd=PROGRAM, env={**os.environ, **ENVIRONMENT},
        ) as process:
            try:
                match self._hear(process, OPEN_WITHIN):
                    case NotOpened(fault):
                        raise HandwritingUnavailable(fault)
                    case Opened() | Read():
                        self._publish(HandwritingOpened())
                    case None:
                        return
                while job := self._next():
                    match self._ask(process, job):
                        case Read(number, candidates):
                            self._publish(HandwritingRead(number, candidates))
                        case Opened() | NotOpened():
                            raise HandwritingUnavailable(HandwritingFault.ENDED)
                        case None:
                            return
            finally:
                process.kill()

    def _next(self) -> Job | None:
        """None when the visit has ended."""
        with self._wake:
            self._wake.wait_for(lambda: self._waiting or self._ended)
            job, self._waiting = self._waiting, None
            return job

    def _ask(self, process: subprocess.Popen[bytes], job: Job) -> Answer | None:
        assert process.stdin is not None
        process.stdin.write(job_line(job))
        process.stdin.flush()
        return self._hear(process, ANSWER_WITHIN)

    def _hear(self, process: subprocess.Popen[bytes], within: float) -> Answer | None:
        """None when the visit has ended. Raises HandwritingUnavailable when nothing comes
        `within` these seconds."""
        assert process.stdout is not None
        output = process.stdout.fileno()
        heard, _, _ = select.select([output, self._bell], [], [], within)
        if self._bell in heard:
            return None
        if not heard:
            raise HandwritingUnavailable(HandwritingFault.NO_ANSWER)
        line = process.stdout.readline()
        if not line:
            raise HandwritingUnavailable(HandwritingFault.ENDED)
        return answer_of(line)
