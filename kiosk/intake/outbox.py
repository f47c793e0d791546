"""The durable queue: one SQLite file with everything that still has to reach the intake.

A row's payload and idempotency key are fixed by the commit that makes it, and the payload is
erased in the transaction that records its acceptance; what stays is a tombstone. The payload is
sealed: nothing in this file, its WAL or its shared memory names a person.

    waiting ──begun──▶ sending ──accepted──▶ accepted (tombstone, erased after 30 days)
       ▲                │    ▲
       │                ├────┘ deferred: tried again, also after a restart
       └──release── held ◀──┘ (for staff: never sent again by itself)
"""

import secrets
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.errors import DiskFull, OutboxUnavailable
from kiosk.intake.contract import MAX_ATTACHMENTS, MAX_CONTENT, MAX_SEALED_ATTACHMENT
from kiosk.intake.outbox_file import OutboxFile
from kiosk.intake.outbox_rows import (
    Accepted,
    Deferred,
    Entry,
    EntryKind,
    EntryState,
    Held,
    OpenRow,
    Outcome,
    Record,
)

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Thirty-two, without 0 O 1 I, which people misread."""

_LARGEST = MAX_CONTENT * 3 // 2 + MAX_ATTACHMENTS * MAX_SEALED_ATTACHMENT
"""Bytes of the largest application, sealed."""

KEEP_FREE = 2 * _LARGEST + 64 * 2**20
"""Bytes that the disk must have left before a row is added: the largest application goes into the
WAL first and then into the file, and 64 MiB are left for the rest of the machine."""

TOMBSTONE_KEPT = timedelta(days=30)

_OPEN = "state IN ('waiting', 'sending')"
_IN_TURN = (
    f"{_OPEN} AND NOT EXISTS (SELECT 1 FROM entry AS earlier WHERE "
    "earlier.reference = entry.reference AND earlier.id < entry.id AND earlier.state {barred})"
)


class Outbox:
    """One connection to the file, for the one thread that made it.

    Every method raises OutboxUnavailable or DiskFull when the disk or the file does not do what
    it must; what was committed before stays committed. `keep_free` is in bytes; whether it is
    there, `room` says, once for each order and before anything is sealed for it.
    """

    def __init__(self, path: Path, keep_free: int = KEEP_FREE) -> None:
        self._file = OutboxFile(path)
        self._keep_free = keep_free

    def close(self) -> None:
        self._file.close()

    def check(self) -> None:
        """Open the file, look it through, and show that it takes a write."""
        with self._file.transaction() as db:
            if db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                self._file.set_aside()
                raise OutboxUnavailable("quick_check")
            db.execute("CREATE TABLE checked (filler BLOB) STRICT")
            db.execute("INSERT INTO checked VALUES (zeroblob(65536))")
            db.execute("DROP TABLE checked")

    def room(self) -> None:
        """Raises DiskFull when the largest application might not fit."""
        free = self._file.free()
        if free < self._keep_free:
            raise DiskFull(free)

    def stands_aside(self) -> bool:
        """Whether a damaged file was set aside and still lies there."""
        return self._file.stands_aside()

    def add_application(
        self, kiosk_id: str, kept_at: datetime, payload: Callable[[str], tuple[bytes, str]]
    ) -> OpenRow:
        """Commit one application durably under a new reference.

        `payload` makes the bytes and their digest for a reference; it is asked again in the rare
        case that the reference is taken.
        """
        while True:
            reference = new_reference(kiosk_id, kept_at)
            content, digest = payload(reference)
            row = self._add(EntryKind.APPLICATION, reference, kept_at, content, digest)
            if row is not None:
                return row

    def add_rating(
        self, reference: str, kept_at: datetime, payload: bytes, digest: str
    ) -> OpenRow | None:
        """Commit a rating; None when this service was rated before."""
        return self._add(EntryKind.RATING, reference, kept_at, payload, digest)

    def open_rows(self) -> tuple[OpenRow, ...]:
        """What still has to be sent, oldest first, without what stands behind a held row of its
        case."""
        in_turn = _IN_TURN.format(barred="= 'held'")
        with self._file.transaction() as db:
            return tuple(
                OpenRow(key, EntryKind(kind), reference, size)
                for key, kind, reference, size in db.execute(
                    "SELECT idempotency_key, kind, reference, length(content) FROM entry "
                    f"JOIN payload ON payload.entry = entry.id WHERE {in_turn} ORDER BY id"
                )
            )

    def counts(self) -> tuple[int, int]:
        """How many applications are not yet sent, and how many rows are held."""
        with self._file.transaction() as db:
            waiting = f"SELECT count(*) FROM entry WHERE {_OPEN} AND kind = 'application'"
            held = "SELECT count(*) FROM entry WHERE state = 'held'"
            return db.execute(waiting).fetchone()[0], db.execute(held).fetchone()[0]

    def advance(self, outcomes: Sequence[Outcome], begin: Sequence[str]) -> tuple[Entry, ...]:
        """Record what came of some tries, then that others begin, in one transaction.

        A try is noted before it is made, so that no crash leaves it unknown. Returned is what may
        be sent of the rows in `begin`: not what is settled, nor what an earlier row of its case
        stands before.
        """
        with self._file.transaction() as db:
            for outcome in outcomes:
                _record(db, outcome)
            return tuple(entry for key in begin if (entry := _begun(db, key)) is not None)

    def release(self, reference: str) -> bool:
        """Send again what was held under this reference; False where nothing was."""
        with self._file.transaction() as db:
            released = db.execute(
                "UPDATE entry SET state = 'waiting' WHERE reference = ? AND state = 'held'",
                (reference,),
            )
        return released.rowcount > 0

    def prune(self, intake_says: datetime) -> None:
        """Erase tombstones that are 30 days old by the intake's time, as told in this run. A
        tombstone's days count from the first call after its acceptance, so that our own clock has
        no say in it."""
        now = int(intake_says.timestamp())
        with self._file.transaction() as db:
            db.execute(
                "UPDATE entry SET counted_from = ? "
                "WHERE state = 'accepted' AND counted_from IS NULL",
                (now,),
            )
            db.execute(
                "DELETE FROM entry WHERE state = 'accepted' AND counted_from < ?",
                (now - int(TOMBSTONE_KEPT.total_seconds()),),
            )
        self._file.empty_log()

    def records(self) -> tuple[Record, ...]:
        """Every row without its payload, oldest first."""
        with self._file.transaction() as db:
            return records_in(db)

    def _add(
        self, kind: EntryKind, reference: str, kept_at: datetime, payload: bytes, digest: str
    ) -> OpenRow | None:
        key = _new_key()
        with self._file.transaction() as db:
            added = db.execute(
                "INSERT INTO entry (kind, reference, state, idempotency_key, digest, kept_at) "
                "VALUES (?, ?, 'waiting', ?, ?, ?) ON CONFLICT DO NOTHING",
                (kind.value, reference, key, digest, kept_at.isoformat()),
            )
            if added.rowcount == 0:
                return None
            db.execute("INSERT INTO payload VALUES (?, ?)", (added.lastrowid, payload))
        return OpenRow(key, kind, reference, len(payload))


def records_in(db: sqlite3.Connection) -> tuple[Record, ...]:
    """Every row without its payload, oldest first. Raises sqlite3.Error."""
    return tuple(
        Record(
            EntryKind(kind),
            reference,
            EntryState(state),
            digest,
            attempts,
            number,
            reason,
            datetime.fromisoformat(kept_at),
        )
        for kind, reference, state, digest, attempts, number, reason, kept_at in db.execute(
            "SELECT kind, reference, state, digest, attempts, number, reason, kept_at "
            "FROM entry ORDER BY id"
        )
    )


def _record(db: sqlite3.Connection, outcome: Outcome) -> None:
    match outcome:
        case Accepted(key, number):
            db.execute(
                "UPDATE entry SET state = 'accepted', number = ?, reason = NULL "
                "WHERE idempotency_key = ?",
                (number, key),
            )
            db.execute(
                "DELETE FROM payload "
                "WHERE entry = (SELECT id FROM entry WHERE idempotency_key = ?)",
                (key,),
            )
        case Deferred(key, reason):
            db.execute(
                f"UPDATE entry SET reason = ? WHERE idempotency_key = ? AND {_OPEN}",
                (reason, key),
            )
        case Held(key, reason):
            db.execute(
                "UPDATE entry SET state = 'held', reason = ? "
                f"WHERE idempotency_key = ? AND {_OPEN}",
                (reason, key),
            )


def _begun(db: sqlite3.Connection, key: str) -> Entry | None:
    in_turn = _IN_TURN.format(barred="<> 'accepted'")
    row = db.execute(
        "UPDATE entry SET state = 'sending', attempts = attempts + 1 "
        f"WHERE idempotency_key = ? AND {in_turn} RETURNING id, kind, reference",
        (key,),
    ).fetchone()
    if row is None:
        return None
    number, kind, reference = row
    (payload,) = db.execute("SELECT content FROM payload WHERE entry = ?", (number,)).fetchone()
    return Entry(key, EntryKind(kind), reference, payload)


def new_reference(kiosk_id: str, at: datetime) -> str:
    """The kiosk's id without dashes, the day, six characters at random: JL03-261124-K7QM2X."""
    chance = "".join([_LETTERS[byte & 31] for byte in secrets.token_bytes(6)])
    day = f"{at.year % 100:02}{at.month:02}{at.day:02}"
    return f"{kiosk_id.replace('-', '')}-{day}-{chance}"


def _new_key() -> str:
    """A random UUID (RFC 9562, version 4), without what `uuid` does besides: a citizen waits."""
    chance = secrets.token_bytes(16).hex()
    return f"{chance[:8]}-{chance[8:12]}-4{chance[13:16]}-a{chance[17:20]}-{chance[20:]}"
