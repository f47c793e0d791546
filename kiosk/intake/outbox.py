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
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.errors import DiskFull, OutboxUnavailable
from kiosk.intake.contract import MAX_ATTACHMENTS, MAX_CONTENT, MAX_SEALED_ATTACHMENT
from kiosk.intake.outbox_file import OutboxFile
from kiosk.intake.outbox_rows import (
    Accepted,
    Deferred,
    Draft,
    Entry,
    EntryKind,
    EntryState,
    Held,
    OpenRow,
    Outcome,
    Record,
    new_key,
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
_BEHIND_HELD = (
    "EXISTS (SELECT 1 FROM entry AS held "
    "WHERE (held.reference = entry.reference OR held.bundle = entry.reference) "
    "AND held.id < entry.id AND held.state = 'held')"
)
_BEHIND_OPEN = (
    "EXISTS (SELECT 1 FROM entry AS earlier "
    "WHERE (earlier.about = entry.about OR earlier.bundle = entry.reference) "
    f"AND earlier.id < entry.id AND earlier.{_OPEN})"
)
"""A rating may be of a whole bundle, whose reference no row of its own has."""


class _ReferenceTaken(Exception):
    """One of the references that were made up is in the file already."""


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

    def add(self, kiosk_id: str, kept_at: datetime, drafts: Sequence[Draft]) -> tuple[OpenRow, ...]:
        """Commit all of these durably, or none, each under a new reference. A payload is asked for
        again in the rare case that its reference is taken."""
        while True:
            references = [new_reference(kiosk_id, kept_at) for _ in drafts]
            made = [draft.payload(ref) for draft, ref in zip(drafts, references, strict=True)]
            with suppress(_ReferenceTaken), self._file.transaction() as db:
                return tuple(
                    _added(db, draft, reference, kept_at, content, digest)
                    for draft, reference, (content, digest) in zip(
                        drafts, references, made, strict=True
                    )
                )

    def add_rating(
        self, reference: str, kept_at: datetime, payload: bytes, digest: str
    ) -> OpenRow | None:
        """Commit a rating; None when this service was rated before."""
        rated = "SELECT kind, about FROM entry WHERE reference = ?"
        with self._file.transaction() as db:
            about = reference
            for kind, case in db.execute(rated, (reference,)):
                if kind == EntryKind.RATING:
                    return None
                about = case
            of = about, None
            return _inserted(db, EntryKind.RATING, reference, of, kept_at, payload, digest)

    def open_rows(self) -> tuple[OpenRow, ...]:
        """What still has to be sent, oldest first, without a rating of what is held."""
        with self._file.transaction() as db:
            return tuple(
                OpenRow(key, EntryKind(kind), reference, about, size)
                for key, kind, reference, about, size in db.execute(
                    "SELECT idempotency_key, kind, reference, about, length(content) FROM entry "
                    "JOIN payload ON payload.entry = entry.id "
                    f"WHERE {_OPEN} AND NOT {_BEHIND_HELD} ORDER BY id"
                )
            )

    def counts(self) -> tuple[int, int]:
        """How many applications and acts on cases are not yet sent, and how many rows are held."""
        with self._file.transaction() as db:
            waiting = f"SELECT count(*) FROM entry WHERE {_OPEN} AND kind <> 'rating'"
            held = "SELECT count(*) FROM entry WHERE state = 'held'"
            return db.execute(waiting).fetchone()[0], db.execute(held).fetchone()[0]

    def advance(self, outcomes: Sequence[Outcome], begin: Sequence[str]) -> tuple[Entry, ...]:
        """Record what came of some tries, then that others begin, in one transaction.

        A try is noted before it is made, so that no crash leaves it unknown. Returned is what may
        be sent of the rows in `begin`: not what is settled, nor what stands behind an open row of
        its case, nor the rating of what is held.
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


def _added(
    db: sqlite3.Connection,
    draft: Draft,
    reference: str,
    kept_at: datetime,
    content: bytes,
    digest: str,
) -> OpenRow:
    if db.execute("SELECT 1 FROM entry WHERE reference = ?", (reference,)).fetchone():
        raise _ReferenceTaken
    belongs_to = draft.about or reference, draft.bundle
    return _inserted(db, draft.kind, reference, belongs_to, kept_at, content, digest)


def _inserted(
    db: sqlite3.Connection,
    kind: EntryKind,
    reference: str,
    belongs_to: tuple[str, str | None],
    kept_at: datetime,
    content: bytes,
    digest: str,
) -> OpenRow:
    """`belongs_to`: case and bundle."""
    key = new_key()
    added = db.execute(
        "INSERT INTO entry "
        "(kind, reference, about, bundle, state, idempotency_key, digest, kept_at) "
        "VALUES (?, ?, ?, ?, 'waiting', ?, ?, ?)",
        (kind.value, reference, *belongs_to, key, digest, kept_at.isoformat()),
    )
    db.execute("INSERT INTO payload VALUES (?, ?)", (added.lastrowid, content))
    return OpenRow(key, kind, reference, belongs_to[0], len(content))


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
    row = db.execute(
        "UPDATE entry SET state = 'sending', attempts = attempts + 1 "
        f"WHERE idempotency_key = ? AND {_OPEN} AND NOT {_BEHIND_HELD} AND NOT {_BEHIND_OPEN} "
        "RETURNING id, kind, reference, about",
        (key,),
    ).fetchone()
    if row is None:
        return None
    number, kind, reference, about = row
    (payload,) = db.execute("SELECT content FROM payload WHERE entry = ?", (number,)).fetchone()
    return Entry(key, EntryKind(kind), reference, about, payload)


def new_reference(kiosk_id: str, at: datetime) -> str:
    """The kiosk's id without dashes, the day, six characters at random: JL03-261124-K7QM2X."""
    chance = "".join([_LETTERS[byte & 31] for byte in secrets.token_bytes(6)])
    day = f"{at.year % 100:02}{at.month:02}{at.day:02}"
    return f"{kiosk_id.replace('-', '')}-{day}-{chance}"
