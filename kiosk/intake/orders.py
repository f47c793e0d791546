"""What the screens order from the intake desk, on its way to the thread that does it."""

from dataclasses import dataclass, field
from datetime import date

from kiosk.intake.contract import Application, Attachment, Strokes
from kiosk.intake.contract.case_acts import Act
from kiosk.intake.contract.dossier import Person
from kiosk.intake.outbox_rows import OpenRow


@dataclass(frozen=True)
class Filing:
    """One application or several that belong together; `corrects` is the case in which the only
    one takes the place of what was handed in."""

    visit: str
    applications: tuple[Application, ...] = field(repr=False)
    corrects: str | None = None

    def __post_init__(self) -> None:
        if not self.applications or (self.corrects is not None and len(self.applications) > 1):
            raise ValueError("one application, or several that correct nothing")


@dataclass(frozen=True)
class ActOnCase:
    visit: str
    number: str
    act: Act = field(repr=False)
    person: Person = field(repr=False)
    attachments: tuple[Attachment, ...] = field(repr=False)
    strokes: Strokes = field(repr=False)


@dataclass(frozen=True)
class Rating:
    reference: str
    level: int
    reasons: tuple[str, ...] = field(repr=False)


Commission = Filing | ActOnCase | Rating
"""What is kept before it is sent."""


@dataclass(frozen=True)
class LookUp:
    visit: str
    item: str
    number: str = field(repr=False)


@dataclass(frozen=True)
class IdentityQuestion:
    visit: str
    token: str = field(repr=False)


@dataclass(frozen=True)
class StateQuestion:
    visit: str
    number: str


@dataclass(frozen=True)
class DossierQuestion:
    visit: str
    person: Person = field(repr=False)


@dataclass(frozen=True)
class ContentsQuestion:
    visit: str
    person: Person = field(repr=False)
    number: str


@dataclass(frozen=True)
class WindowsQuestion:
    visit: str


@dataclass(frozen=True)
class BookingWish:
    visit: str
    window: str
    day: date
    begins: str
    person: Person = field(repr=False)
    name: str = field(repr=False)
    about: str


@dataclass(frozen=True)
class Cancellation:
    visit: str
    booking: str
    person: Person = field(repr=False)


@dataclass(frozen=True)
class TicketWish:
    visit: str
    window: str
    booking: str | None


@dataclass(frozen=True)
class GuideCall:
    """Of no visit: a guide comes to whoever stands there."""

    place: str


Question = (
    LookUp
    | IdentityQuestion
    | StateQuestion
    | DossierQuestion
    | ContentsQuestion
    | WindowsQuestion
    | BookingWish
    | Cancellation
    | TicketWish
    | GuideCall
)
"""What a citizen waits for the answer to."""


@dataclass(frozen=True)
class Kept:
    """A committed row, to be sent: at once for a `visit`; None where nobody waits for it."""

    row: OpenRow
    visit: str | None
