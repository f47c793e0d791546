"""The sender thread's work: everything that was kept reaches the intake, once.

What was just filed is tried at once, whatever the state, because a citizen waits for it. The
rest goes oldest first while the intake answers; a row that fails waits by itself, so that none
blocks another. While nothing answers, one small question every few seconds stands for them all.
"""

import logging
import random
import threading
import time
from collections import deque
from datetime import datetime
from pathlib import Path

from kiosk.devices import Publish
from kiosk.errors import (
    IntakeAnswerInvalid,
    IntakeError,
    IntakeRefused,
    IntakeUnreachable,
    OutboxUnavailable,
)
from kiosk.events import ApplicationReceived, SendingDeferred
from kiosk.intake.client import IntakeClient
from kiosk.intake.contract import CHINA_TIME, ProblemType, ReceiptBody
from kiosk.intake.orders import Kept
from kiosk.intake.outbox import Entry, EntryKind, Outbox
from kiosk.intake.sealing import Sealer, store_key
from kiosk.intake.standing import Standing

_log = logging.getLogger(__name__)

PROBE_EVERY = 5.0
"""Seconds between health probes while something waits or the intake does not answer."""
_PROBE_AT_REST = 60.0
_FIRST_DELAY = 1.0
LONGEST_DELAY = 300.0

_NEVER_AS_IT_IS = frozenset({400, 413, 422})
_NEVER_TYPES = frozenset({ProblemType.REFERENCE_TAKEN, ProblemType.RATED_ALREADY})


class Sending:
    """Owns the outbox's second connection and a connection to the intake."""

    def __init__(
        self, url: str, folder: Path, outbox: Path, standing: Standing, publish: Publish
    ) -> None:
        self._folder = folder
        self._outbox = Outbox(outbox)
        self._client = IntakeClient(url)
        self._standing = standing
        self._publish = publish
        self._kept: deque[Kept] = deque()
        self._open: dict[int, None] = {}
        self._urgent: deque[int] = deque()
        self._wake = threading.Event()
        self._stopping = False
        self._visits: dict[int, str] = {}
        self._failures: dict[int, int] = {}
        self._not_before: dict[int, float] = {}
        self._next_probe = 0.0

    def take(self, kept: Kept) -> None:
        """Send this: at once where a citizen waits for it. From any thread.

        Rows come in this way alone, never from a look into the file: the sender would find a row
        before it is told which visit waits for it.
        """
        self._kept.append(kept)
        self._wake.set()

    def doubt(self) -> None:
        """Somebody else had no answer: look now. From any thread."""
        self._next_probe = 0.0
        self._wake.set()

    def stop(self) -> None:
        """End after the call under way. From any thread."""
        self._stopping = True
        self._wake.set()

    def run(self) -> None:
        while True:
            self._wake.clear()
            # After the clearing, so that an order to stop is never slept through.
            if self._stopping:
                break
            try:
                if time.monotonic() >= self._next_probe:
                    self._probe()
                pause = 0.0 if self._send_next() else self._pause()
            except OutboxUnavailable as error:
                _log.error("the outbox cannot be read: %s", error)
                pause = PROBE_EVERY
            except Exception as error:  # noqa: BLE001 - the queue outlives a fault of ours
                _log.error("sending failed: %s", type(error).__name__)
                pause = PROBE_EVERY
            if pause:
                self._wake.wait(pause)
        self._client.close()
        self._outbox.close()

    def _send_next(self) -> bool:
        """Try one row; False when nothing is due."""
        self._take_over()
        if self._urgent:
            self._send(self._urgent.popleft(), first=True)
            return True
        if not self._standing.reachable:
            return False
        now = time.monotonic()
        due = next((row for row in self._open if self._not_before.get(row, 0.0) <= now), None)
        if due is None:
            return False
        self._send(due, first=False)
        return True

    def _take_over(self) -> None:
        if not self._kept:
            return
        while self._kept:
            kept = self._kept.popleft()
            self._open[kept.entry] = None
            if kept.visit is not None:
                self._visits[kept.entry] = kept.visit
                self._urgent.append(kept.entry)
        self._standing.recount(self._outbox.waiting)

    def _send(self, number: int, *, first: bool) -> None:
        # Should anything unforeseen break this try, the next row's turn comes all the same.
        self._not_before[number] = time.monotonic() + LONGEST_DELAY
        entry = self._outbox.record_sending(number)
        if entry is None:
            self._settled(number)
            return
        try:
            receipt = self._hand_in(entry)
        except IntakeError as error:
            self._failed(entry, error, first=first)
            return
        at = datetime.now(CHINA_TIME)
        self._outbox.accept(entry.id, receipt.number if receipt else None, at)
        visit = self._visits.get(entry.id)
        self._settled(entry.id)
        if receipt is not None and visit is not None:
            self._publish(
                ApplicationReceived(visit, entry.reference, receipt.number, receipt.received_at)
            )
        self._reached()
        self._standing.recount(self._outbox.waiting)

    def _hand_in(self, entry: Entry) -> ReceiptBody | None:
        """The receipt, which a rating has none of. An answer about another reference is no answer
        to this row."""
        match entry.kind:
            case EntryKind.APPLICATION:
                receipt = self._client.apply(entry.key, entry.payload)
                self._same(entry.reference, receipt.reference)
                return receipt
            case EntryKind.RATING:
                self._same(entry.reference, self._client.rate(entry.key, entry.payload).reference)
                return None

    @staticmethod
    def _same(sent: str, answered: str) -> None:
        if sent != answered:
            raise IntakeAnswerInvalid("the answer names another reference")

    def _failed(self, entry: Entry, error: IntakeError, *, first: bool) -> None:
        visit = self._visits.get(entry.id) if first else None
        if _never_as_it_is(error):
            _log.error("held %s %s: %s", entry.kind, entry.reference, error)
            self._outbox.hold(entry.id, str(error), datetime.now(CHINA_TIME))
            self._settled(entry.id)
            self._standing.recount(self._outbox.waiting)
        else:
            failures = self._failures[entry.id] = self._failures.get(entry.id, 0) + 1
            self._not_before[entry.id] = time.monotonic() + delay_after(failures)
            _log.warning("deferred %s %s: %s", entry.kind, entry.reference, error)
        if visit is not None:
            self._publish(SendingDeferred(visit, entry.reference, error))
        if isinstance(error, IntakeUnreachable):
            # One slow answer is no outage: whether there is one, the probe says.
            self._next_probe = 0.0

    def _probe(self) -> None:
        try:
            self._client.health()
        except IntakeError as error:
            if self._standing.answered(False):
                _log.warning("the intake does not answer: %s", error)
        else:
            self._refresh_key()
            self._reached()
        settled = self._standing.reachable and not self._open
        self._next_probe = time.monotonic() + (_PROBE_AT_REST if settled else PROBE_EVERY)

    def _reached(self) -> None:
        """After an outage all rows are due at once."""
        if self._standing.answered(True):
            _log.info("the intake answers")
            self._not_before.clear()

    def _refresh_key(self) -> None:
        """A key that changed is known before the next application is sealed."""
        sealer = self._standing.sealer
        try:
            key = self._client.sealing_key()
            if sealer is not None and sealer.key == key:
                return
            self._standing.has_key(Sealer(key))
        except IntakeError as error:
            _log.warning("no sealing key: %s", error)
            return
        try:
            store_key(self._folder, key)
        except OSError as error:
            _log.error("the sealing key could not be stored: %s", type(error).__name__)

    def _pause(self) -> float:
        now = time.monotonic()
        due = [self._next_probe]
        if self._standing.reachable:
            due += self._not_before.values()
        return max(min(due) - now, 0.01)

    def _settled(self, entry: int) -> None:
        self._open.pop(entry, None)
        self._visits.pop(entry, None)
        self._failures.pop(entry, None)
        self._not_before.pop(entry, None)


def _never_as_it_is(error: IntakeError) -> bool:
    """Whether the same bytes can never be taken. Everything else is tried again."""
    return isinstance(error, IntakeRefused) and (
        error.status in _NEVER_AS_IT_IS or (error.status == 409 and error.problem in _NEVER_TYPES)
    )


def delay_after(failures: int) -> float:
    """Seconds until the next try: doubling from 1 s to 300 s, half of it by chance, so that
    kiosks that lost the intake together do not come back together."""
    longest = min(LONGEST_DELAY, _FIRST_DELAY * 2.0 ** min(failures - 1, 16))
    return longest * random.uniform(0.5, 1.0)
