"""What this kiosk has put on paper: so that a second copy says that it is one, after a restart too.

One row for each job: its name, the kind of document, a hash of its reference, and what came of it.
Nothing of a person: neither the document nor its number is kept.
"""

import hashlib
import logging
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from kiosk.devices import PrintOutcome
from kiosk.documents.document import Document

_log = logging.getLogger(__name__)

KEPT = timedelta(days=400)
"""Longer than any case runs whose paper could be printed again."""

_NEW = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE IF NOT EXISTS job (
    name TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    reference TEXT NOT NULL,
    at TEXT NOT NULL,
    begun INTEGER NOT NULL CHECK (begun IN (0, 1)),
    outcome TEXT CHECK (outcome IN ('confirmed', 'unconfirmed', 'failed'))
) STRICT;
CREATE INDEX IF NOT EXISTS job_reference ON job (reference, kind);
"""

T = TypeVar("T")


class PrintJournal:
    """One SQLite file, for the one thread that prints. `begin` is on disk when it returns.

    No method raises. Where the file cannot be used the journal goes on in memory: a citizen's
    receipt is worth more than the mark on a second one. `interrupted`: the kiosk ended in the
    middle of a job the last time.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._db = _opened(path)
        except (sqlite3.Error, OSError) as error:
            self._db = self._in_memory(error)
        unknown = "UPDATE job SET outcome = ? WHERE outcome IS NULL"
        ended = self._write(lambda db: db.execute(unknown, (PrintOutcome.UNCONFIRMED.value,)))
        self.interrupted = ended.rowcount > 0

    def begin(self, job: str, document: Document) -> int:
        """Its first byte will be sent now. How many copies of it may be out already."""

        def write(db: sqlite3.Connection) -> int:
            key = (_hash(job, document), document.kind.value)
            count = "SELECT count(*) FROM job WHERE reference = ? AND kind = ? AND begun"
            earlier: int = db.execute(count, key).fetchone()[0]
            _insert(db, job, document, begun=True, outcome=None)
            return earlier

        return self._write(write)

    def refuse(self, job: str, document: Document) -> None:
        """The printer was not ready, and nothing was sent."""
        failed = PrintOutcome.FAILED
        self._write(lambda db: _insert(db, job, document, begun=False, outcome=failed))

    def finish(self, job: str, outcome: PrintOutcome) -> None:
        """What came of a job that was begun."""
        update = "UPDATE job SET outcome = ? WHERE name = ?"
        self._write(lambda db: db.execute(update, (outcome.value, job)))

    def close(self) -> None:
        with suppress(sqlite3.Error):
            self._db.close()

    def _write(self, write: Callable[[sqlite3.Connection], T]) -> T:
        try:
            with self._db:
                return write(self._db)
        except sqlite3.Error as error:
            self.close()
            self._db = self._in_memory(error)
        with self._db:
            return write(self._db)

    def _in_memory(self, error: Exception) -> sqlite3.Connection:
        _log.error("the print journal cannot be written: %s", type(error).__name__)
        db = sqlite3.connect(":memory:")
        db.executescript(_NEW)
        return db


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connected(path)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        # Not a database, or damaged: kept for whoever wants to look, and begun anew.
        path.replace(path.with_suffix(f".corrupt-{datetime.now(UTC):%Y%m%d-%H%M%S}"))
        return _connected(path)


def _connected(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path)
    try:
        path.chmod(0o600)
        db.executescript(_NEW)
        oldest = datetime.now(UTC) - KEPT
        with db:
            db.execute("DELETE FROM job WHERE at < ?", (oldest.isoformat(timespec="seconds"),))
    except BaseException:
        db.close()
        raise
    return db


def _insert(
    db: sqlite3.Connection,
    job: str,
    document: Document,
    *,
    begun: bool,
    outcome: PrintOutcome | None,
) -> None:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    row = (job, document.kind.value, _hash(job, document), at, begun, outcome and outcome.value)
    db.execute("INSERT INTO job VALUES (?, ?, ?, ?, ?, ?)", row)


def _hash(job: str, document: Document) -> str:
    """A document without a reference is like no other."""
    return hashlib.sha256((document.reference or job).encode()).hexdigest()
