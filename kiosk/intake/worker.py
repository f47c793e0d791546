"""The intake desk: takes the screens' orders and works them off on threads of its own."""

import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.devices import Publish
from kiosk.intake.contract import Application
from kiosk.intake.orders import Filing, IdentityQuestion, LookUp, Question, Rating, StateQuestion
from kiosk.intake.standing import Standing

OUTBOX_FILE = "outbox.sqlite"


class IntakeWorker:
    """An `IntakeDesk` (`kiosk.devices`) over HTTP, with the outbox in `folder`.

    One thread commits, one sends by means of a few that post, one watches the intake, one asks.
    The first makes the others and what they need (SQLite, HTTP, cryptography), imports
    included, so that neither importing this class nor `start` keeps the first frame waiting. What
    is ordered before `start` is done after it.

    `authority` is a file of certificates that vouch for the intake, None the public ones;
    `enrolment_code` makes a kiosk without an identity ask for one.
    """

    def __init__(
        self,
        url: str,
        kiosk_id: str,
        folder: Path,
        publish: Publish,
        *,
        authority: Path | None = None,
        enrolment_code: str | None = None,
    ) -> None:
        self._url = url
        self._kiosk_id = kiosk_id
        self._folder = folder
        self._publish = publish
        self._authority = authority
        self._enrolment_code = enrolment_code
        self._standing = Standing(publish)
        self._commits: queue.SimpleQueue[Filing | Rating | None] = queue.SimpleQueue()
        self._questions: queue.SimpleQueue[Question | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin; returns at once. The first `IntakeChanged` says what was found."""
        self._begin("intake-commit", self._commit)

    def stop(self, timeout: float = 2.0) -> None:
        """Finish what was ordered and end; waits at most `timeout` seconds. A call under way may
        outlast it, which loses nothing: what is kept is sent after the next start."""
        until = time.monotonic() + timeout
        self._commits.put(None)
        self._questions.put(None)
        # The first thread makes the others, so the list may grow while it is waited for.
        for thread in self._threads:
            thread.join(max(until - time.monotonic(), 0.0))

    def file(self, visit: str, application: Application) -> None:
        self._commits.put(Filing(visit, application))

    def look_up(self, visit: str, item: str, number: str) -> None:
        self._questions.put(LookUp(visit, item, number))

    def identify(self, visit: str, token: str) -> None:
        self._questions.put(IdentityQuestion(visit, token))

    def ask_case(self, visit: str, number: str) -> None:
        self._questions.put(StateQuestion(visit, number))

    def rate(self, visit: str, reference: str, level: int, reasons: tuple[str, ...]) -> None:
        self._commits.put(Rating(reference, level, reasons))

    def _begin(self, name: str, run: Callable[[], None]) -> None:
        thread = threading.Thread(target=run, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _commit(self) -> None:
        from kiosk.intake.asking import Asking
        from kiosk.intake.committing import Committing
        from kiosk.intake.device_identity import load_identity
        from kiosk.intake.line import Line
        from kiosk.intake.outbox import Outbox
        from kiosk.intake.sealing import load_sealer
        from kiosk.intake.sending import Sending
        from kiosk.intake.server_time import ServerTime
        from kiosk.intake.watching import Watching

        standing = self._standing
        path = self._folder / OUTBOX_FILE
        server_time = ServerTime(self._folder)
        sealer = load_sealer(self._folder)
        if sealer is not None:
            standing.has_key(sealer)
        identity = load_identity(self._folder, self._kiosk_id)
        if identity is not None:
            standing.is_device(identity)

        def new_line() -> Line:
            return Line(self._url, self._authority, server_time, standing)

        look_now = threading.Event()
        sending = Sending(Outbox(path), new_line, standing, self._publish, look_now.set)
        watching = Watching(
            new_line(),
            self._folder,
            self._kiosk_id,
            self._enrolment_code,
            server_time,
            standing,
            sending,
            look_now,
        )
        asking = Asking(self._kiosk_id, new_line(), standing, self._publish, look_now.set)
        committing = Committing(
            self._kiosk_id, Outbox(path), server_time, standing, self._publish, sending.take
        )
        committing.look()
        self._begin("intake-watch", watching.run)
        self._begin("intake-send", sending.run)
        self._begin("intake-ask", lambda: asking.run(self._questions))
        committing.run(self._commits)
        watching.stop()
        sending.stop()
