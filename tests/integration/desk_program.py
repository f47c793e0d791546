"""A kiosk's desk as a process of its own.

Each line on standard output is an event of the desk, behind the monotonic clock's seconds:

    kept REFERENCE | received REFERENCE NUMBER | deferred REFERENCE CODE | failed CODE
    state reachable|away BLOCK waiting=N held=N ALERT…

Orders on standard input, a line each; the desk stops when it ends:

    file COUNT AFTER PAUSE    file so many, the next when the last one is AFTER (kept: committed,
                              tried: received or deferred) and at least PAUSE seconds later
    file-attached | rate REFERENCE | look-up
                              one with a file, a rating with reasons, a question
"""

import argparse
import logging
import queue
import sys
import threading
import time
from pathlib import Path

from kiosk.events import (
    ApplicationKept,
    ApplicationReceived,
    FilingFailed,
    IntakeChanged,
    SendingDeferred,
)
from kiosk.intake.worker import IntakeWorker
from tests.integration.marked_person import DIARY, NAME, NUMBER, application


class Program:
    def __init__(self, wanted: argparse.Namespace) -> None:
        self._inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        self._desk = IntakeWorker(
            wanted.url,
            wanted.kiosk,
            wanted.folder,
            self._inbox.put,
            authority=wanted.authority,
            enrolment_code=wanted.code,
        )
        self._can_file = False
        self._to_file = 0
        self._after = "kept"
        self._pause = 0.0
        self._serial = 0
        self._filing: str | None = None
        self._not_before = 0.0

    def run(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()
        self._desk.start()
        while (message := self._next()) is not None:
            if isinstance(message, str):
                self._obey(message.split())
            else:
                self._tell(message)
            self._file_next()
        self._desk.stop(timeout=20)
        while not self._inbox.empty():
            self._tell(self._inbox.get())

    def _listen(self) -> None:
        for line in sys.stdin:
            self._inbox.put(line)
        self._inbox.put(None)

    def _next(self) -> object:
        while True:
            due = self._to_file > 0 and self._can_file and self._filing is None
            wait = max(self._not_before - time.monotonic(), 0.0) if due else None
            try:
                return self._inbox.get(timeout=wait)
            except queue.Empty:
                self._file_next()

    def _file_next(self) -> None:
        if self._filing is not None or not self._can_file or not self._to_file:
            return
        now = time.monotonic()
        if now < self._not_before:
            return
        self._not_before = now + self._pause
        self._to_file -= 1
        self._serial += 1
        self._filing = f"visit-{self._serial}"
        self._desk.file(self._filing, (application(),))

    def _obey(self, words: list[str]) -> None:
        match words:
            case ["file", count, after, pause]:
                self._to_file, self._after, self._pause = int(count), after, float(pause)
            case ["file-attached"]:
                self._desk.file("attached", (application(attached=True),))
            case ["rate", reference]:
                self._desk.rate("visit", reference, 1, (f"{NAME}：{DIARY}",))
            case ["look-up"]:
                self._desk.look_up("visit", "107", NUMBER)

    def _tell(self, event: object) -> None:
        match event:
            case ApplicationKept(visit, reference):
                self._say("kept", reference)
                if self._after == "kept":
                    self._done(visit)
            case ApplicationReceived(visit, reference, number):
                self._say("received", reference, number)
                self._done(visit)
            case SendingDeferred(visit, reference, error):
                self._say("deferred", reference, error.code)
                self._done(visit)
            case FilingFailed(visit, error):
                self._say("failed", error.code)
                self._done(visit)
                self._to_file += 1
                self._not_before = time.monotonic() + 0.2
            case IntakeChanged() as change:
                self._can_file = change.can_file
                self._say(
                    "state",
                    "reachable" if change.reachable else "away",
                    change.block or "-",
                    f"waiting={change.waiting}",
                    f"held={change.held}",
                    *sorted(change.alerts),
                )

    def _done(self, visit: str) -> None:
        if visit == self._filing:
            self._filing = None

    @staticmethod
    def _say(*words: str) -> None:
        sys.stdout.write(f"{time.monotonic():.6f} {' '.join(words)}\n")
        sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kiosk", default="JL-03")
    parser.add_argument("--authority", type=Path)
    parser.add_argument("--code")
    # Everything that any library says, so that a proof can look for what must not be there.
    logging.basicConfig(level=logging.DEBUG, format="%(asctime)s %(name)s %(message)s")
    Program(parser.parse_args()).run()


if __name__ == "__main__":
    main()
