"""What the outbox says of its rows, and what it is told. A row is named by its idempotency key,
which no row of another file can have."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class EntryKind(StrEnum):
    APPLICATION = "application"
    CASE_ACT = "case_act"
    RATING = "rating"


class EntryState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    ACCEPTED = "accepted"
    HELD = "held"


@dataclass(frozen=True)
class Draft:
    """What is to be kept under a new reference, for which `payload` makes the bytes and their
    digest. `about` is the case that it belongs to, None for one that begins a case of its own;
    `bundle` the reference of several that were filed together."""

    kind: EntryKind
    payload: Callable[[str], tuple[bytes, str]]
    about: str | None = None
    bundle: str | None = None


@dataclass(frozen=True)
class OpenRow:
    """What still has to be sent. Rows about one case go in their order: `about` is its 收件编号
    where it was known, else the reference that began it. `size` is the payload's, in bytes."""

    key: str
    kind: EntryKind
    reference: str
    about: str
    size: int


@dataclass(frozen=True)
class Entry:
    """One row as it is sent: the same bytes under the same key each time."""

    key: str
    kind: EntryKind
    reference: str
    about: str
    payload: bytes = field(repr=False)


@dataclass(frozen=True)
class Record:
    """What stays of a row, or stands beside its payload; `number` is None until accepted, `reason`
    is the last try's."""

    kind: EntryKind
    reference: str
    state: EntryState
    digest: str
    attempts: int
    number: str | None
    reason: str | None
    kept_at: datetime


@dataclass(frozen=True)
class Accepted:
    """The intake has it; a rating gets no `number`."""

    key: str
    number: str | None


@dataclass(frozen=True)
class Deferred:
    """It is tried again."""

    key: str
    reason: str


@dataclass(frozen=True)
class Held:
    """It waits for staff."""

    key: str
    reason: str


Outcome = Accepted | Deferred | Held
"""What came of one try."""


def new_key() -> str:
    """A random UUID (RFC 9562, version 4), without what `uuid` does besides: a citizen waits."""
    chance = secrets.token_bytes(16).hex()
    return f"{chance[:8]}-{chance[8:12]}-4{chance[13:16]}-a{chance[17:20]}-{chance[20:]}"
