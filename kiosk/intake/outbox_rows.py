"""What the outbox says of its rows, and what it is told. A row is named by its idempotency key,
which no row of another file can have."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class EntryKind(StrEnum):
    APPLICATION = "application"
    RATING = "rating"


class EntryState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    ACCEPTED = "accepted"
    HELD = "held"


@dataclass(frozen=True)
class OpenRow:
    """What still has to be sent. Rows of one reference are one case and go in their order; `size`
    is the payload's, in bytes."""

    key: str
    kind: EntryKind
    reference: str
    size: int


@dataclass(frozen=True)
class Entry:
    """One row as it is sent: the same bytes under the same key each time."""

    key: str
    kind: EntryKind
    reference: str
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
