"""The durable queue: one SQLite file, one row for everything that still has to reach the intake.

A row's payload and idempotency key are fixed by the commit that makes it, and the payload is
erased in the transaction that records its acceptance; what stays is a tombstone. The payload is
sealed: nothing in this file, its WAL or its shared memory names a person.

    waiting ──record_sending──▶ sending ──accept──▶ accepted (tombstone)
                                 │    ▲
                                 ├────┘ tried again, also after a restart
                                 └──hold──▶ held (for staff: never sent again by itself)
"""

import secrets
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from kiosk.errors import OutboxUnavailable

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Thirty-two, without 0 O 1 I, which people misread."""

_BUSY_TIMEOUT = 3.0
"""Seconds that one connection waits for the other one's transaction."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('application', 'rating')),
    reference TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'accepted', 'held')),
    idempotency_key TEXT NOT NULL UNIQUE,
    payload BLOB,
    digest TEXT NOT NULL,
    kept_at TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    number TEXT,
    settled_at TEXT,
    reason TEXT,
    UNIQUE (kind, reference),
    CHECK ((payload IS NULL) = (state = 'accepted'))
) STRICT;
CREATE INDEX IF NOT EXISTS entry_open ON entry (id) WHERE state IN ('waiting', 'sending');
PRAGMA user_version = 1;
"""
_OPEN = "state IN ('waiting', 'sending')"
_CORRUPT = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class EntryKind(StrEnum):
    APPLICATION = "application"
    RATING = "rating"


class EntryState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    ACCEPTED = "accepted"
    HELD = "held"


@dataclass(frozen=True)
class Entry:
    """One row as it is sent: the same bytes under the same key each time."""

    id: int
    kind: EntryKind
    reference: str
    key: str
    payload: bytes = field(repr=False)


@dataclass(frozen=True)
class Tombstone:
    """What stays of a row, or stands beside its payload; `number` is None until accepted."""

    kind: EntryKind
    reference: str
    state: EntryState
    digest: str
    attempts: int
    number: str | None
    reason: str | None


class Outbox:
    """One connection to the file, for the one thread that made it.

    Every method raises OutboxUnavailable when the disk or the file does not do what it must;
    what was committed before stays committed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._inode = 0

    def close(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def check(self) -> None:
        """Open the file, look it through, and show that it takes a write."""
        with self._transaction() as db:
            if db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                self._set_aside()
                raise OutboxUnavailable("quick_check")
            db.execute("CREATE TABLE checked (filler BLOB) STRICT")
            db.execute("INSERT INTO checked VALUES (zeroblob(65536))")
            db.execute("DROP TABLE checked")

    def add_application(
        self, kiosk_id: str, kept_at: datetime, payload: Callable[[str], tuple[bytes, str]]
    ) -> tuple[int, str]:
        """Commit one application durably; returns its row and its new reference.

        `payload` makes the bytes and their digest for a reference; it is asked again in the rare
        case that the reference is taken.
        """
        while True:
            reference = new_reference(kiosk_id, kept_at)
            content, digest = payload(reference)
            entry = self._add(EntryKind.APPLICATION, reference, kept_at, content, digest)
            if entry is not None:
                return entry, reference

    def add_rating(
        self, reference: str, kept_at: datetime, payload: bytes, digest: str
    ) -> int | None:
        """Commit a rating; returns its row, or None when this service was rated before."""
        return self._add(EntryKind.RATING, reference, kept_at, payload, digest)

    def open_ids(self) -> tuple[int, ...]:
        """What still has to be sent, oldest first."""
        with self._transaction() as db:
            return tuple(
                i for (i,) in db.execute(f"SELECT id FROM entry WHERE {_OPEN} ORDER BY id")
            )

    def waiting(self) -> int:
        """How many applications are not yet sent."""
        where = f"{_OPEN} AND kind = 'application'"
        with self._transaction() as db:
            return int(db.execute(f"SELECT count(*) FROM entry WHERE {where}").fetchone()[0])

    def record_sending(self, entry: int) -> Entry | None:
        """Note a try before it begins, so that no crash leaves it unknown; None when the row is
        settled already."""
        with self._transaction() as db:
            row = db.execute(
                "UPDATE entry SET state = 'sending', attempts = attempts + 1 "
                f"WHERE id = ? AND {_OPEN} "
                "RETURNING id, kind, reference, idempotency_key, payload",
                (entry,),
            ).fetchone()
        return None if row is None else Entry(row[0], EntryKind(row[1]), row[2], row[3], row[4])

    def accept(self, entry: int, number: str | None, at: datetime) -> None:
        """Record the intake's receipt and erase the payload, in one transaction."""
        with self._transaction() as db:
            db.execute(
                "UPDATE entry SET state = 'accepted', payload = NULL, number = ?, settled_at = ?, "
                "reason = NULL WHERE id = ?",
                (number, at.isoformat(), entry),
            )

    def hold(self, entry: int, reason: str, at: datetime) -> None:
        """Keep a row that the intake will never take as it is, with its reason, for staff."""
        with self._transaction() as db:
            db.execute(
                "UPDATE entry SET state = 'held', reason = ?, settled_at = ? WHERE id = ?",
                (reason, at.isoformat(), entry),
            )

    def tombstones(self) -> tuple[Tombstone, ...]:
        """Every row without its payload, oldest first."""
        with self._transaction() as db:
            return tuple(
                Tombstone(EntryKind(kind), reference, EntryState(state), *rest)
                for kind, reference, state, *rest in db.execute(
                    "SELECT kind, reference, state, digest, attempts, number, reason "
                    "FROM entry ORDER BY id"
                )
            )

    def _add(
        self, kind: EntryKind, reference: str, kept_at: datetime, payload: bytes, digest: str
    ) -> int | None:
        with self._transaction() as db:
            added = db.execute(
                "INSERT INTO entry (kind, reference, state, idempotency_key, payload, digest, "
                "kept_at) VALUES (?, ?, 'waiting', ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (kind, reference, str(uuid.uuid4()), payload, digest, kept_at.isoformat()),
            )
        return added.lastrowid if added.rowcount == 1 else None

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """One transaction, on disk when the block ends. A full or read-only disk and a damaged
        file end in OutboxUnavailable; a damaged one is set aside for the next call."""
        try:
            db = self._opened()
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    db.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _CORRUPT:
                self._set_aside()
            self.close()
            raise OutboxUnavailable(_name_of(error)) from error
        except OSError as error:
            self.close()
            raise OutboxUnavailable(type(error).__name__) from error

    def _opened(self) -> sqlite3.Connection:
        """The connection, made anew when the file under its path is another one by now: a row
        committed to a file that was moved away would be lost."""
        if self._connection is not None and self._inode_now() == self._inode:
            return self._connection
        self.close()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self._path, timeout=_BUSY_TIMEOUT, isolation_level=None)
        try:
            self._path.chmod(0o600)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA secure_delete = ON")
            db.executescript(_SCHEMA)
        except BaseException:
            db.close()
            raise
        self._connection, self._inode = db, self._inode_now()
        return db

    def _inode_now(self) -> int:
        try:
            return self._path.stat().st_ino
        except FileNotFoundError:
            return 0

    def _set_aside(self) -> None:
        """Move a damaged file away, never delete it: what it holds can still be recovered."""
        self.close()
        stamp = f"{datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
        aside = self._path.with_name(f"{self._path.stem}.corrupt-{stamp}")
        for ending in ("-wal", "-shm", ""):
            part = self._path.with_name(self._path.name + ending)
            with suppress(FileNotFoundError):
                part.replace(aside.with_name(aside.name + ending))


def new_reference(kiosk_id: str, at: datetime) -> str:
    """The kiosk's id without dashes, the day, six characters at random: JL03-261124-K7QM2X."""
    chance = "".join(secrets.choice(_LETTERS) for _ in range(6))
    return f"{kiosk_id.replace('-', '')}-{at:%y%m%d}-{chance}"


def _name_of(error: sqlite3.Error) -> str:
    return str(getattr(error, "sqlite_errorname", type(error).__name__))
