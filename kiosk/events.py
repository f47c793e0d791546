"""What devices, the intake and the reading of handwriting report. Each crosses to the screens
through one `Publish`.

An event that belongs to a visit carries the visit's id, so that a late one is dropped when that
citizen has left.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kiosk.devices import DeviceState, PrinterStatus, PrintOutcome, ReaderStatus
from kiosk.errors import (
    CardReaderError,
    DocumentCameraError,
    HandwritingUnavailable,
    IntakeError,
    OutboxError,
)
from kiosk.forms.answers import FileAnswer
from kiosk.identity import Identity
from kiosk.intake.contract import CaseStage
from kiosk.intake.contract.bookings import Booking, Ticket, Windows
from kiosk.intake.contract.dossier import Contents, Dossier
from kiosk.intake.contract.help_calls import HelpCall
from kiosk.scanning import Code


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
class ScannerChanged:
    """`ONLINE`: codes are read, as far as that can be known; `NO_DEVICE`: they are not."""

    device: DeviceState


@dataclass(frozen=True)
class Scanned:
    """Whoever stands there showed this code."""

    code: Code


@dataclass(frozen=True)
class PrinterChanged:
    status: PrinterStatus


@dataclass(frozen=True)
class PrintFinished:
    """`begun`: something of it may have come out."""

    job: str
    outcome: PrintOutcome
    status: PrinterStatus
    begun: bool


class FilingBlock(StrEnum):
    """Why no application can be taken now, the first that holds."""

    STARTING = "starting"
    NOT_ENROLLED = "not_enrolled"
    NO_SEALING_KEY = "no_sealing_key"
    DISK_FULL = "disk_full"
    OUTBOX_FAULT = "outbox_fault"


class IntakeAlert(StrEnum):
    """What staff have to see to, while filing may well go on."""

    CLOCK_WRONG = "clock_wrong"
    INTAKE_NOT_TRUSTED = "intake_not_trusted"
    KIOSK_REFUSED = "kiosk_refused"
    CERTIFICATE_EXPIRES = "certificate_expires"
    HELD = "held"
    OUTBOX_SET_ASIDE = "outbox_set_aside"
    STORAGE = "storage"


@dataclass(frozen=True)
class IntakeChanged:
    """`reachable`: the last call was answered. `block` keeps applications from being taken, None
    when they can. `waiting` counts applications and acts on cases that are not yet sent, `held`
    what waits for staff."""

    reachable: bool
    block: FilingBlock | None
    waiting: int
    held: int = 0
    alerts: frozenset[IntakeAlert] = frozenset()

    @property
    def can_file(self) -> bool:
        return self.block is None


@dataclass(frozen=True)
class KeptPart:
    """One application of a life event, by its own reference."""

    item: str
    reference: str


@dataclass(frozen=True)
class ApplicationKept:
    """The application is durably committed under the kiosk's own reference. Of several that were
    filed together `reference` is the one that they have in common, and `parts` are all of them."""

    visit: str
    reference: str
    kept_at: datetime
    parts: tuple[KeptPart, ...] = ()


@dataclass(frozen=True)
class FilingFailed:
    """Nothing was kept: neither the application, nor any of several, nor the act on a case."""

    visit: str
    error: OutboxError


@dataclass(frozen=True)
class ApplicationReceived:
    """The intake has it: `number` is the 收件编号. Of several each is told by itself."""

    visit: str
    reference: str
    number: str
    received_at: datetime


@dataclass(frozen=True)
class ActKept:
    """The act on a case is durably committed under a reference of its own."""

    visit: str
    reference: str
    kept_at: datetime


@dataclass(frozen=True)
class ActReceived:
    """The intake did it: case `number` now stands at `stage`."""

    visit: str
    reference: str
    number: str
    stage: CaseStage


@dataclass(frozen=True)
class ActRefused:
    """The case does not allow it, or is not this person's, or not known: an act, or an application
    that was to take the place of another. It waits for staff."""

    visit: str
    reference: str
    error: IntakeError


@dataclass(frozen=True)
class SendingDeferred:
    """The first try to send failed; the outbox goes on by itself."""

    visit: str
    reference: str
    error: IntakeError


@dataclass(frozen=True)
class LookUpAnswered:
    """Rows of label and value as the intake gave them (already masked there). `proof` is its
    signature over them, a compact JWS that a slip carries."""

    visit: str
    item: str
    rows: tuple[tuple[str, str], ...] = field(repr=False)
    number: str
    proof: str


@dataclass(frozen=True)
class LookUpFailed:
    visit: str
    item: str
    error: IntakeError


@dataclass(frozen=True)
class IdentityFound:
    """Whose the scanned identity code is, as the intake says; checked like a card's."""

    visit: str
    identity: Identity


@dataclass(frozen=True)
class IdentityRefused:
    """A code that is unknown, used or expired is an `IntakeRefused` with TOKEN_INVALID."""

    visit: str
    error: IntakeError


@dataclass(frozen=True)
class CaseAnswered:
    """`number` is the 收件编号, also where the kiosk's own reference was asked for. `due`: the day
    by which it has to be decided, None where there is none now. `rated`: one rating was given.
    `parts` counts the cases of a life event, of which `number` is the first."""

    visit: str
    number: str
    state: CaseStage
    due: date | None
    rated: bool = False
    parts: int = 1


@dataclass(frozen=True)
class CaseFailed:
    """A number that the intake does not know is an `IntakeRefused` with NO_RECORD."""

    visit: str
    error: IntakeError


@dataclass(frozen=True)
class DossierAnswered:
    visit: str
    dossier: Dossier = field(repr=False)


@dataclass(frozen=True)
class DossierFailed:
    visit: str
    error: IntakeError


@dataclass(frozen=True)
class ContentsAnswered:
    visit: str
    contents: Contents = field(repr=False)


@dataclass(frozen=True)
class ContentsFailed:
    """What may not be corrected any more is an `IntakeRefused` with NOT_ALLOWED."""

    visit: str
    error: IntakeError


@dataclass(frozen=True)
class WindowsAnswered:
    visit: str
    windows: Windows


@dataclass(frozen=True)
class Booked:
    visit: str
    booking: Booking = field(repr=False)


@dataclass(frozen=True)
class BookingCancelled:
    """`booking` is its number."""

    visit: str
    booking: str


@dataclass(frozen=True)
class TicketTaken:
    visit: str
    ticket: Ticket


@dataclass(frozen=True)
class BookingFailed:
    """The windows were not told, or no time was booked, none cancelled, no ticket taken. Where
    somebody else was faster it is an `IntakeRefused` with TAKEN."""

    visit: str
    error: IntakeError


@dataclass(frozen=True)
class HelpChanged:
    """How the call for a guide stands: made, answered by somebody, over. With `call` None there
    was no answer, and `error` says why; an open call is asked after again."""

    call: HelpCall | None
    error: IntakeError | None


@dataclass(frozen=True)
class CameraChanged:
    """What the last look through the document camera found."""

    device: DeviceState


@dataclass(frozen=True)
class CameraSeen:
    """What lies under the camera now: `pixels` are three bytes each, red, green, blue, the top row
    first."""

    visit: str
    width: int
    height: int
    pixels: bytes = field(repr=False)


@dataclass(frozen=True)
class CameraCaptured:
    """`page_found`: the sheet alone, laid straight; else all that the camera saw. `seen` is the
    picture as the screen shows it."""

    visit: str
    picture: FileAnswer = field(repr=False)
    page_found: bool
    seen: CameraSeen


@dataclass(frozen=True)
class CameraFailed:
    """`DocumentCameraUnavailable` until a frame comes again; else what is wrong with the picture
    that was taken."""

    visit: str
    error: DocumentCameraError


CameraEvent = CameraSeen | CameraCaptured | CameraFailed


@dataclass(frozen=True)
class HandwritingOpened:
    """Strokes are read from now on; those that were given before are read first."""


@dataclass(frozen=True)
class HandwritingRead:
    """Up to ten candidates for the strokes of this job, the likeliest first."""

    job: int
    candidates: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class HandwritingLost:
    """Nothing will be read until it is opened again."""

    error: HandwritingUnavailable


HandwritingEvent = HandwritingOpened | HandwritingRead | HandwritingLost
