"""The status vocabulary of devices and the ports behind which they stand.

Words are those of CEN XFS / XFS4IoT. A port never blocks: it takes an order, and what comes of
it arrives as an event (`kiosk.events`) through the one `Publish` function it was given.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from kiosk.documents.document import Document
from kiosk.intake.contract import Application, Attachment, Strokes
from kiosk.intake.contract.case_acts import Act
from kiosk.intake.contract.dossier import Person


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


class DocumentCamera(Protocol):
    """Open only while a visit watches. Frames and pictures of papers are kept nowhere else than in
    the events."""

    def watch(self, visit: str) -> None:
        """Open it for this visit: `CameraSeen` again and again, each only after the last one was
        `shown`. `CameraFailed` where no frame comes; it is tried again until `stop`."""

    def shown(self) -> None:
        """The last `CameraSeen` has been dealt with."""

    def capture(self) -> None:
        """Take a picture of what lies there now; ends in `CameraCaptured` or `CameraFailed`."""

    def stop(self) -> None:
        """Close it. Nothing more is published for the visit."""


class IntakeDesk(Protocol):
    """Commits, sends and asks; each in the background."""

    def file(
        self, visit: str, applications: tuple[Application, ...], corrects: str | None = None
    ) -> None:
        """Commit durably, all or none, then send. `ApplicationKept` or `FilingFailed`, then for
        each `ApplicationReceived` when the intake took it, or `SendingDeferred`. Several are those
        of one life event. `corrects` is the 收件编号 of the case in which the only one takes the
        place of what was handed in; where that may not be, `ActRefused` comes."""

    def act(
        self,
        visit: str,
        number: str,
        act: Act,
        person: Person,
        attachments: tuple[Attachment, ...],
        strokes: Strokes,
    ) -> None:
        """Commit an act on the case of this 收件编号 durably, then send. `ActKept` or
        `FilingFailed`, then `ActReceived`, `ActRefused` or `SendingDeferred`."""

    def look_up(self, visit: str, item: str, number: str) -> None:
        """Ask for a record; ends in `LookUpAnswered` or `LookUpFailed`."""

    def identify(self, visit: str, token: str) -> None:
        """Ask whose scanned identity code this is; ends in `IdentityFound` or `IdentityRefused`.
        A code works once: after a refusal the citizen shows a new one."""

    def ask_case(self, visit: str, number: str) -> None:
        """Ask where a case stands, by its 收件编号 or by the kiosk's own reference (what the QR
        code of a receipt holds); ends in `CaseAnswered` or `CaseFailed`."""

    def ask_dossier(self, visit: str, person: Person) -> None:
        """Ask for all that this person has there; ends in `DossierAnswered` or `DossierFailed`."""

    def ask_contents(self, visit: str, person: Person, number: str) -> None:
        """Ask for what this person handed in, to correct it; ends in `ContentsAnswered` or
        `ContentsFailed`."""

    def ask_windows(self, visit: str) -> None:
        """Ask which windows there are and when; ends in `WindowsAnswered` or `BookingFailed`."""

    def book(
        self,
        visit: str,
        window: str,
        day: date,
        begins: str,
        person: Person,
        name: str,
        about: str,
    ) -> None:
        """Book the time that begins at `begins` (HH:MM) for this person; `about` is an item's
        name, or empty. Ends in `Booked` or `BookingFailed` within 8 s, as the next two do."""

    def cancel(self, visit: str, booking: str, person: Person) -> None:
        """Give up what this person booked; ends in `BookingCancelled` or `BookingFailed`."""

    def take_ticket(self, visit: str, window: str, booking: str | None) -> None:
        """A place in the queue, ahead of others with a booking's number; ends in `TicketTaken` or
        `BookingFailed`."""

    def call_guide(self, place: str) -> None:
        """Have a guide come to this kiosk; `place` is the screen's. `HelpChanged` tells how it
        stands until it is over, also after the visit."""

    def end_call(self) -> None:
        """No guide is needed any more."""

    def rate(self, visit: str, reference: str, level: int, reasons: tuple[str, ...]) -> None:
        """Hand in a rating, 5 (best) to 1; kept and sent like an application."""


class Worker(Protocol):
    """What works on a thread of its own."""

    def start(self) -> None: ...

    def stop(self) -> None:
        """Takes 2 s at most."""


Publish = Callable[[object], None]
"""Takes an event from any thread and hands it to whoever wired the parts, without blocking."""
