"""The file under the outbox: opened, brought up to date, measured, and set aside when damaged."""

import os
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from kiosk.errors import DiskFull, OutboxUnavailable

_BUSY_TIMEOUT = 3.0
"""Seconds that one connection waits for the other one's transaction."""

_WAL_REST = 4 * 2**20
"""Bytes to which the WAL shrinks again after large applications."""

_VERSION = 3

_ENTRY = """
CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('application', 'case_act', 'rating')),
    reference TEXT NOT NULL,
    about TEXT NOT NULL,
    bundle TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'accepted', 'held')),
    idempotency_key TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    kept_at TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    number TEXT,
    reason TEXT,
    counted_from INTEGER,
    UNIQUE (reference, kind)
) STRICT
"""
_ENTRIES = (
    _ENTRY,
    "CREATE INDEX entry_about ON entry (about)",
    "CREATE INDEX entry_bundle ON entry (bundle) WHERE bundle IS NOT NULL",
)
_NEW = (
    *_ENTRIES,
    # Apart from what changes at each try: SQLite writes a changed row anew as a whole.
    "CREATE TABLE payload (entry INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT",
)
_FROM_VERSION_1 = (
    "ALTER TABLE entry RENAME TO entry_1",
    "DROP INDEX entry_open",
    *_NEW,
    "INSERT INTO entry (id, kind, reference, about, state, idempotency_key, digest, kept_at, "
    "attempts, number, reason) SELECT id, kind, reference, reference, state, idempotency_key, "
    "digest, kept_at, attempts, number, reason FROM entry_1",
    "INSERT INTO payload SELECT id, payload FROM entry_1 WHERE payload IS NOT NULL",
    "DROP TABLE entry_1",
)
_FROM_VERSION_2 = (
    "ALTER TABLE entry RENAME TO entry_2",
    *_ENTRIES,
    "INSERT INTO entry (id, kind, reference, about, state, idempotency_key, digest, kept_at, "
    "attempts, number, reason, counted_from) SELECT id, kind, reference, reference, state, "
    "idempotency_key, digest, kept_at, attempts, number, reason, counted_from FROM entry_2",
    "DROP TABLE entry_2",
)
_CORRUPT = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

_moving = threading.Lock()
"""Held while a file is opened or moved: two connections of this process may find it damaged at
once, and each must know which file it has."""


class OutboxFile:
    """One connection to the file, for the one thread that uses it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._inode = 0

    def close(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def free(self) -> int:
        """Bytes that the disk has left. OutboxUnavailable when there is no place for the file."""
        folder = self._path.parent
        try:
            try:
                disk = os.statvfs(folder)
            except FileNotFoundError:
                folder.mkdir(parents=True)
                disk = os.statvfs(folder)
        except OSError as error:
            raise OutboxUnavailable(type(error).__name__) from error
        return disk.f_bavail * disk.f_frsize

    def stands_aside(self) -> bool:
        """Whether a damaged file lies beside this one."""
        return any(self._path.parent.glob(f"{self._path.stem}.corrupt-*"))

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One transaction, on disk when the block ends. Raises DiskFull or OutboxUnavailable; a
        damaged file is set aside, and the next call begins a new one."""
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
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in _CORRUPT:
                self.set_aside()
            self.close()
            if code == sqlite3.SQLITE_FULL:
                raise DiskFull(self.free()) from error
            raise OutboxUnavailable(
                getattr(error, "sqlite_errorname", type(error).__name__)
            ) from error
        except OSError as error:
            self.close()
            raise OutboxUnavailable(type(error).__name__) from error

    def empty_log(self) -> None:
        """Move the WAL into the file and cut it off, so that nothing erased stays in it; left for
        another time where somebody reads."""
        with suppress(sqlite3.Error, OSError):
            self._opened().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def set_aside(self) -> None:
        """Move the damaged file away, never delete it: what it holds can still be recovered."""
        self.close()
        stamp = f"{datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
        aside = self._path.with_name(f"{self._path.stem}.corrupt-{stamp}")
        with _moving:
            if self._inode_now() != self._inode:
                # Somebody else did it already, and this is the new one.
                return
            for ending in ("-wal", "-shm", ""):
                part = self._path.with_name(self._path.name + ending)
                with suppress(FileNotFoundError):
                    part.replace(aside.with_name(aside.name + ending))

    def _opened(self) -> sqlite3.Connection:
        """The connection, made anew when the file under its path is another one by now: a row
        committed to a file that was moved away would be lost."""
        if self._connection is not None and self._inode_now() == self._inode:
            return self._connection
        self.close()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with _moving:
            db = sqlite3.connect(self._path, timeout=_BUSY_TIMEOUT, isolation_level=None)
            self._inode = self._inode_now()
        try:
            self._path.chmod(0o600)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA secure_delete = ON")
            db.execute(f"PRAGMA journal_size_limit = {_WAL_REST}")
            _bring_up_to_date(db)
        except BaseException:
            db.close()
            raise
        self._connection = db
        return db

    def _inode_now(self) -> int:
        try:
            return self._path.stat().st_ino
        except FileNotFoundError:
            return 0


def _bring_up_to_date(db: sqlite3.Connection) -> None:
    """Rows of version 1 are kept as they are. They carry no signature, so that the intake refuses
    them and they are held, for staff to see."""
    if _version(db) == _VERSION:
        return
    db.execute("BEGIN IMMEDIATE")
    # Asked again: another connection may have been first.
    match _version(db):
        case 0:
            steps: tuple[str, ...] = _NEW
        case 1:
            steps = _FROM_VERSION_1
        case 2:
            steps = _FROM_VERSION_2
        case 3:
            steps = ()
        case newer:
            raise OutboxUnavailable(f"version {newer}")
    for step in steps:
        db.execute(step)
    db.execute(f"PRAGMA user_version = {_VERSION}")
    db.execute("COMMIT")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])
