"""The status vocabulary of devices and the ports behind which they stand.

Words are those of CEN XFS / XFS4IoT. A port never blocks: it takes an order, and what comes of
it arrives as an event (`kiosk.events`) through the one `Publish` function it was given.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.documents.document import Document
from kiosk.intake.application import Application


class DeviceState(StrEnum):
    STARTING = "starting"
    ONLINE = "online"
    OFFLINE = "offline"
    NO_DEVICE = "no_device"
    HARDWARE_ERROR = "hardware_error"
    USER_ERROR = "user_error"
    BUSY = "busy"


class PaperState(StrEnum):
    UNKNOWN = "unknown"
    FULL = "full"
    LOW = "low"
    OUT = "out"
    JAMMED = "jammed"


class MediaState(StrEnum):
    UNKNOWN = "unknown"
    PRESENT = "present"
    NOT_PRESENT = "not_present"


class PrinterFault(StrEnum):
    """What keeps the printer from printing."""

    SILENT = "silent"
    OFFLINE = "offline"
    COVER_OPEN = "cover_open"
    PAPER_OUT = "paper_out"
    CUTTER = "cutter"
    UNRECOVERABLE = "unrecoverable"
    NO_CONNECTION = "no_connection"


class ScannerFault(StrEnum):
    """Why no code is read."""

    NO_DEVICE = "no_device"


@dataclass(frozen=True)
class PrinterStatus:
    """`fault` is None only when the printer itself said that it can print."""

    device: DeviceState
    paper: PaperState
    fault: PrinterFault | None

    @property
    def ready(self) -> bool:
        return self.device is DeviceState.ONLINE and self.fault is None


@dataclass(frozen=True)
class ReaderStatus:
    device: DeviceState
    media: MediaState


class PrintOutcome(StrEnum):
    """`CONFIRMED` only after the printer's own proof. `UNCONFIRMED`: all bytes were sent, and
    nothing is known of them. `FAILED`: not all were sent, or a fault stood before the proof."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    FAILED = "failed"


class CardReader(Protocol):
    """Watches for a card always, reads it only for a visit that asked for it."""

    def read_for(self, visit: str) -> None:
        """Read the card that lies there or comes next, and again after a failure, until told
        to stop. Ends in `CardRead`; each failed try is a `CardFailed`."""

    def stop_reading(self) -> None:
        """Forget the visit; a read under way is dropped."""


class ReceiptPrinter(Protocol):
    def print(self, job: str, document: Document) -> None:
        """Print one document; ends in `PrintFinished`."""

    def check(self) -> None:
        """Ask the printer for its status now; ends in `PrinterChanged` even if nothing changed."""

    def forget(self) -> None:
        """The visit is over: drop every job of which nothing was sent yet, without an event."""


class IntakeDesk(Protocol):
    """Commits, sends and asks; each in the background."""

    def file(self, visit: str, application: Application) -> None:
        """Commit durably, then send. `ApplicationKept` or `FilingFailed`, then
        `ApplicationReceived` when the intake took it, or `SendingDeferred`."""

    def look_up(self, visit: str, item: str, number: str) -> None:
        """Ask for a record; ends in `LookUpAnswered` or `LookUpFailed`."""

    def identify(self, visit: str, token: str) -> None:
        """Ask whose scanned identity code this is; ends in `IdentityFound` or `IdentityRefused`.
        A code works once: after a refusal the citizen shows a new one."""

    def ask_case(self, visit: str, number: str) -> None:
        """Ask where a case stands, by its 收件编号 or by the kiosk's own reference (what the QR
        code of a receipt holds); ends in `CaseAnswered` or `CaseFailed`."""

    def rate(self, visit: str, reference: str, level: int, reasons: tuple[str, ...]) -> None:
        """Hand in a rating, 5 (best) to 1; kept and sent like an application."""


class Worker(Protocol):
    """What works on a thread of its own."""

    def start(self) -> None: ...

    def stop(self) -> None:
        """Takes 2 s at most."""


Publish = Callable[[object], None]
"""Takes an event from any thread and hands it to whoever wired the parts, without blocking."""
