"""The intake desk: takes the screens' orders and works them off on threads of its own."""

import queue
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from kiosk.devices import Publish
from kiosk.intake.contract import Application, Attachment, Strokes
from kiosk.intake.contract.case_acts import Act
from kiosk.intake.contract.dossier import Person
from kiosk.intake.open_call import OpenCall
from kiosk.intake.orders import (
    ActOnCase,
    BookingWish,
    Cancellation,
    Commission,
    ContentsQuestion,
    DossierQuestion,
    Filing,
    GuideCall,
    IdentityQuestion,
    LookUp,
    Question,
    Rating,
    StateQuestion,
    TicketWish,
    WindowsQuestion,
)
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
        self._look_now = threading.Event()
        self._open_call = OpenCall(kiosk_id, publish, self._look_now.set)
        self._commits: queue.SimpleQueue[Commission | None] = queue.SimpleQueue()
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

    def file(
        self, visit: str, applications: tuple[Application, ...], corrects: str | None = None
    ) -> None:
        self._commits.put(Filing(visit, applications, corrects))

    def act(
        self,
        visit: str,
        number: str,
        act: Act,
        person: Person,
        attachments: tuple[Attachment, ...],
        strokes: Strokes,
    ) -> None:
        self._commits.put(ActOnCase(visit, number, act, person, attachments, strokes))

    def look_up(self, visit: str, item: str, number: str) -> None:
        self._questions.put(LookUp(visit, item, number))

    def identify(self, visit: str, token: str) -> None:
        self._questions.put(IdentityQuestion(visit, token))

    def ask_case(self, visit: str, number: str) -> None:
        self._questions.put(StateQuestion(visit, number))

    def ask_dossier(self, visit: str, person: Person) -> None:
        self._questions.put(DossierQuestion(visit, person))

    def ask_contents(self, visit: str, person: Person, number: str) -> None:
        self._questions.put(ContentsQuestion(visit, person, number))

    def ask_windows(self, visit: str) -> None:
        self._questions.put(WindowsQuestion(visit))

    def book(
        self,
        visit: str,
        window: str,
        day: date,
        begins: str,
        person: Person,
        name: str,
        about: str,
    ) -> None:
        self._questions.put(BookingWish(visit, window, day, begins, person, name, about))

    def cancel(self, visit: str, booking: str, person: Person) -> None:
        self._questions.put(Cancellation(visit, booking, person))

    def take_ticket(self, visit: str, window: str, booking: str | None) -> None:
        self._questions.put(TicketWish(visit, window, booking))

    def call_guide(self, place: str) -> None:
        self._open_call.needed()
        self._questions.put(GuideCall(place))

    def end_call(self) -> None:
        self._open_call.not_needed()

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

        look_now = self._look_now
        sending = Sending(Outbox(path), new_line, standing, self._publish, look_now.set)
        watching = Watching(
            new_line(),
            self._folder,
            self._kiosk_id,
            self._enrolment_code,
            server_time,
            standing,
            sending,
            self._open_call,
            look_now,
        )
        asking = Asking(
            self._kiosk_id, new_line(), standing, self._open_call, self._publish, look_now.set
        )
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
