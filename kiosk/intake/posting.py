"""The posting threads' work: one call after another, several at a time, and what came of each."""

import logging
import queue
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass

from joserfc.errors import JoseError
from joserfc.jws import extract_compact

from kiosk.errors import IntakeAnswerInvalid, IntakeError, IntakeRefused
from kiosk.intake.contract import ReceiptBody
from kiosk.intake.contract.case_acts import CaseActReceipt
from kiosk.intake.line import Line, NewLine
from kiosk.intake.outbox_rows import Entry, EntryKind

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Posted:
    """`came_of_it` is the receipt, None for a rating that was taken, or why there is none.
    `former_key`: it was signed with another device key than the kiosk has now."""

    key: str
    kind: EntryKind
    reference: str
    came_of_it: ReceiptBody | CaseActReceipt | IntakeError | None
    former_key: bool = False


class Posting:
    """`done` is told what came of each entry, on the thread that posted it."""

    def __init__(self, threads: int, new_line: NewLine, done: Callable[[Posted], None]) -> None:
        self._new_line = new_line
        self._done = done
        self._entries: queue.SimpleQueue[Entry | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._run, name=f"intake-post-{number}", daemon=True)
            for number in range(threads)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Each thread ends after the entries that were given before; returns at once."""
        for _ in self._threads:
            self._entries.put(None)

    def post(self, entry: Entry) -> None:
        self._entries.put(entry)

    def _run(self) -> None:
        line = self._new_line()
        while self._post_next(line):
            pass
        line.close()

    def _post_next(self, line: Line) -> bool:
        """False at the end. A call for each entry, so that no payload outlives its post."""
        entry = self._entries.get()
        if entry is None:
            return False
        came_of_it: ReceiptBody | CaseActReceipt | IntakeError | None
        former_key = False
        try:
            came_of_it = _hand_in(line, entry)
        except IntakeRefused as refused:
            came_of_it = refused
            former_key = line.kid != _signed_with(entry.payload)
        except IntakeError as error:
            came_of_it = error
        except Exception as error:  # noqa: BLE001 - the queue outlives a fault of ours
            _log.error("a post failed: %s", type(error).__name__)
            came_of_it = IntakeAnswerInvalid(type(error).__name__)
        self._done(Posted(entry.key, entry.kind, entry.reference, came_of_it, former_key))
        return True


def _hand_in(line: Line, entry: Entry) -> ReceiptBody | CaseActReceipt | None:
    """An answer about another reference or another case is no answer to this row."""
    receipt: ReceiptBody | CaseActReceipt
    match entry.kind:
        case EntryKind.APPLICATION:
            receipt = line.client.apply(entry.key, entry.payload)
            _same(entry.reference, receipt.reference)
            if entry.about != entry.reference:
                _same(entry.about, receipt.number)
            return receipt
        case EntryKind.CASE_ACT:
            receipt = line.client.act(entry.key, entry.payload)
            _same(entry.reference, receipt.reference)
            _same(entry.about, receipt.number)
            return receipt
        case EntryKind.RATING:
            _same(entry.reference, line.client.rate(entry.key, entry.payload).reference)
            return None


def _signed_with(payload: bytes) -> str | None:
    """The `kid` of the key that signed it; None where that cannot be told."""
    found = re.search(rb'"signature":"([^"]+)"', payload)
    try:
        return str(extract_compact(found[1]).headers().get("kid")) if found else None
    except (JoseError, ValueError):
        return None


def _same(sent: str, answered: str) -> None:
    if sent != answered:
        raise IntakeAnswerInvalid("the answer names another reference or case")
