"""The sender thread's work: everything that was kept reaches the intake, once.

It alone keeps the schedule and writes what came of each try; the posts themselves are made on
small threads, a few at a time. What was just filed is tried at once, whatever the state, because
a citizen waits for it. The rest goes while the intake answers.
"""

import logging
import queue
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk.devices import Publish
from kiosk.errors import IntakeError, OutboxError
from kiosk.events import (
    ActReceived,
    ActRefused,
    ApplicationReceived,
    IntakeAlert,
    SendingDeferred,
)
from kiosk.intake.contract import ReceiptBody
from kiosk.intake.contract.case_acts import CaseActReceipt
from kiosk.intake.line import NewLine
from kiosk.intake.orders import Kept
from kiosk.intake.outbox import Outbox
from kiosk.intake.outbox_rows import Accepted, Deferred, Held, Outcome
from kiosk.intake.posting import Posted, Posting
from kiosk.intake.schedule import Schedule
from kiosk.intake.sending_table import Fate, verdict_on
from kiosk.intake.standing import Standing, Work

_log = logging.getLogger(__name__)

AT_ONCE = 4
_OUTBOX_AGAIN = 5.0
"""Seconds after which an outbox that failed is tried again."""
_COUNT_EVERY = 0.25
"""Seconds between two counts of what waits, while rows come and go."""
_PRUNE_EVERY = 3600.0


@dataclass(frozen=True)
class _Answered:
    """The intake answered a probe and told its time."""

    at: datetime
    news: bool


@dataclass
class _Visit:
    """Who waits for a row; told of a failure once."""

    name: str
    told: bool = False


class Sending:
    """Owns the outbox's second connection. `ask` has the intake's health asked for at once."""

    def __init__(
        self,
        outbox: Outbox,
        new_line: NewLine,
        standing: Standing,
        publish: Publish,
        ask: Callable[[], None],
    ) -> None:
        self._outbox = outbox
        self._standing = standing
        self._publish = publish
        self._ask = ask
        self._inbox: queue.SimpleQueue[Kept | Posted | _Answered | None] = queue.SimpleQueue()
        self._posting = Posting(AT_ONCE + 1, new_line, self._inbox.put)
        self._schedule = Schedule(AT_ONCE, random.random)
        self._outcomes: list[Outcome] = []
        self._receipts: list[ApplicationReceived | ActReceived] = []
        self._visits: dict[str, _Visit] = {}
        self._line_error: IntakeError | None = None
        self._intake_says: datetime | None = None
        self._next_prune = 0.0
        self._counted = 0.0
        self._changed = True
        self._stopping = False

    def take(self, kept: Kept) -> None:
        """Send this: at once where a citizen waits for it. From any thread; a row that is known
        already may come again.

        Rows come in this way alone, never from a look into the file: the sender would find a row
        before it is told which visit waits for it.
        """
        self._inbox.put(kept)

    def answered(self, at: datetime, news: bool) -> None:
        """The intake answered and told its time; `news`: it did not before. From any thread."""
        self._inbox.put(_Answered(at, news))

    @property
    def has_open(self) -> bool:
        """Whether anything still has to be sent. From any thread."""
        return len(self._schedule) > 0

    def stop(self) -> None:
        """Begin nothing more and end with the calls under way. From any thread."""
        self._stopping = True
        self._inbox.put(None)

    def run(self) -> None:
        self._posting.start()
        while not self._stopping:
            self._hear(self._safely(self._turn))
        self._posting.stop()
        while self._schedule.under_way:
            self._hear(None)
        self._safely(self._record)
        self._outbox.close()

    def _safely(self, work: Callable[[], float | None]) -> float | None:
        """Seconds until the next turn, None: when something is heard."""
        try:
            return work()
        except OutboxError as error:
            _log.error("the outbox cannot be used: %s", error)
        except Exception as error:  # noqa: BLE001 - the queue outlives a fault of ours
            _log.error("sending failed: %s", type(error).__name__)
        return _OUTBOX_AGAIN

    def _hear(self, pause: float | None) -> None:
        """Everything that was said, waiting at most `pause` seconds for the first word."""
        try:
            self._note(self._inbox.get(timeout=pause))
            while True:
                self._note(self._inbox.get_nowait())
        except queue.Empty:
            return

    def _note(self, word: Kept | Posted | _Answered | None) -> None:
        now = time.monotonic()
        match word:
            case Kept(row, visit):
                self._changed = True
                self._schedule.add(row, now, urgent=visit is not None)
                if visit is not None:
                    self._visits[row.key] = _Visit(visit)
                    if self._line_error is not None and self._schedule.line_waits(now):
                        self._tell_deferred(row.key, row.reference, self._line_error)
            case Posted(key=key, came_of_it=came_of_it):
                if isinstance(came_of_it, IntakeError):
                    self._failed(word, came_of_it, now)
                else:
                    self._taken(key, came_of_it, now)
            case _Answered(at, news):
                self._intake_says = at
                if news:
                    self._schedule.all_due(now)
            case None:
                pass

    def _turn(self) -> float | None:
        now = time.monotonic()
        self._prune(now)
        begin = self._schedule.take(now, answers=self._standing.reachable)
        self._record(begin)
        if self._changed and (now >= self._counted + _COUNT_EVERY or not self._schedule.under_way):
            self._standing.recount(self._outbox.counts)
            self._counted, self._changed = now, False
        due = self._schedule.next_due(answers=self._standing.reachable)
        if self._changed:
            due = min(self._counted + _COUNT_EVERY, due or self._counted + _COUNT_EVERY)
        return None if due is None else max(due - time.monotonic(), 0.0)

    def _record(self, begin: tuple[str, ...] = ()) -> None:
        """Write what came of the tries, note those that begin, and only then act on either."""
        if not self._outcomes and not begin:
            return
        try:
            entries = self._outbox.advance(self._outcomes, begin)
        except Exception:
            for key in begin:
                self._schedule.returned(key, time.monotonic() + _OUTBOX_AGAIN)
            raise
        self._changed = True
        self._outcomes = []
        for entry in entries:
            self._posting.post(entry)
        for key in set(begin) - {entry.key for entry in entries}:
            self._schedule.dropped(key)
        receipts, self._receipts = self._receipts, []
        for receipt in receipts:
            self._publish(receipt)

    def _taken(self, key: str, receipt: ReceiptBody | CaseActReceipt | None, now: float) -> None:
        self._schedule.settled(key)
        self._outcomes.append(Accepted(key, receipt.number if receipt else None))
        visit = self._visits.pop(key, None)
        if visit is not None and receipt is not None:
            self._receipts.append(_told_to(visit.name, receipt))
        self._line_now(None, None)
        if not self._standing.reachable:
            self._standing.answered(True)
            self._schedule.all_due(now)

    def _failed(self, posted: Posted, error: IntakeError, now: float) -> None:
        verdict = verdict_on(error, former_key=posted.former_key)
        self._schedule.failed(posted.key, now, verdict)
        if verdict.refused:
            self._tell_refused(posted.key, posted.reference, error)
        else:
            self._tell_deferred(posted.key, posted.reference, error)
        reason = f"{error.code} {error}".rstrip()
        if verdict.fate is Fate.HOLD:
            _log.error("held %s %s: %s", posted.kind, posted.reference, reason)
            self._outcomes.append(Held(posted.key, reason))
            self._visits.pop(posted.key, None)
        else:
            _log.warning("deferred %s %s: %s", posted.kind, posted.reference, reason)
            self._outcomes.append(Deferred(posted.key, reason))
        match verdict.fate:
            case Fate.LATER:
                self._line_now(error, verdict.alert)
            case Fate.HOLD | Fate.SOON:
                self._line_now(None, None)
            case Fate.RETRY:
                pass
        if verdict.ask:
            self._ask()

    def _line_now(self, error: IntakeError | None, alert: IntakeAlert | None) -> None:
        """Why nothing may be sent; None: the line works."""
        if error is not None or self._line_error is not None:
            self._line_error = error
            self._standing.alert(Work.SENDING, frozenset() if alert is None else frozenset([alert]))

    def _tell_deferred(self, key: str, reference: str, error: IntakeError) -> None:
        visit = self._visits.get(key)
        if visit is not None and not visit.told:
            visit.told = True
            self._publish(SendingDeferred(visit.name, reference, error))

    def _tell_refused(self, key: str, reference: str, error: IntakeError) -> None:
        visit = self._visits.get(key)
        if visit is not None:
            self._publish(ActRefused(visit.name, reference, error))

    def _prune(self, now: float) -> None:
        if self._intake_says is not None and now >= self._next_prune:
            self._next_prune = now + _PRUNE_EVERY
            self._outbox.prune(self._intake_says)


def _told_to(
    visit: str, receipt: ReceiptBody | CaseActReceipt
) -> ApplicationReceived | ActReceived:
    match receipt:
        case ReceiptBody():
            return ApplicationReceived(
                visit, receipt.reference, receipt.number, receipt.received_at
            )
        case CaseActReceipt():
            return ActReceived(visit, receipt.reference, receipt.number, receipt.stage)
