"""What devices and the intake report. Each crosses to the screens through one `Publish`.

An event that belongs to a visit carries the visit's id, so that a late one is dropped when that
citizen has left.
"""

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.devices import PrinterStatus, PrintOutcome, ReaderStatus
from kiosk.errors import CardReaderError, IntakeError, OutboxError
from kiosk.identity import Identity


@dataclass(frozen=True)
class ReaderChanged:
    status: ReaderStatus


@dataclass(frozen=True)
class CardReading:
    """A read has begun: keep the card there."""

    visit: str


@dataclass(frozen=True)
class CardRead:
    visit: str
    identity: Identity


@dataclass(frozen=True)
class CardFailed:
    visit: str
    error: CardReaderError


@dataclass(frozen=True)
class PrinterChanged:
    status: PrinterStatus


@dataclass(frozen=True)
class PrintFinished:
    job: str
    outcome: PrintOutcome
    status: PrinterStatus


@dataclass(frozen=True)
class IntakeChanged:
    """`reachable`: the last call was answered. `can_file`: a sealing key is at hand and the
    outbox takes applications. `waiting` counts applications not yet sent."""

    reachable: bool
    can_file: bool
    waiting: int


@dataclass(frozen=True)
class ApplicationKept:
    """The application is durably committed under the kiosk's own reference."""

    visit: str
    reference: str
    kept_at: datetime


@dataclass(frozen=True)
class FilingFailed:
    visit: str
    error: OutboxError


@dataclass(frozen=True)
class ApplicationReceived:
    """The intake has it: `number` is the 收件编号."""

    visit: str
    reference: str
    number: str
    received_at: datetime


@dataclass(frozen=True)
class SendingDeferred:
    """The first try to send failed; the outbox goes on by itself."""

    visit: str
    reference: str
    error: IntakeError


@dataclass(frozen=True)
class LookUpAnswered:
    """Rows of label and value as the intake gave them (already masked there)."""

    visit: str
    item: str
    rows: tuple[tuple[str, str], ...] = field(repr=False)
    number: str


@dataclass(frozen=True)
class LookUpFailed:
    visit: str
    item: str
    error: IntakeError
