"""One citizen's visit: all that is known of them, in one object that is thrown away whole."""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kiosk.catalogue.models import Item
from kiosk.devices import PrinterStatus, PrintOutcome
from kiosk.errors import CardReaderError, IntakeError, OutboxError
from kiosk.forms.answers import Answer
from kiosk.forms.questions import Form
from kiosk.forms.validation import Rejected
from kiosk.identity import Identity
from kiosk.intake.application import Strokes
from kiosk.intake.contract import CaseStage
from kiosk.intake.contract.bookings import Booking, Ticket, Windows
from kiosk.intake.contract.dossier import CaseSheet, Dossier
from kiosk.language import Language


@dataclass(frozen=True)
class FiledPart:
    """One application of a life event. `number` is None until the intake has it."""

    item: str
    reference: str
    number: str | None = None


@dataclass(frozen=True)
class Filed:
    """What is known of what was submitted. `number` is None until the intake has it; an act on a
    case keeps that case's. Of a life event `reference` is the bundle's, and `parts` are its
    applications; the bundle itself gets no number."""

    reference: str
    kept_at: datetime
    number: str | None = None
    received_at: datetime | None = None
    parts: tuple[FiledPart, ...] = ()

    @property
    def arrived(self) -> bool:
        """The intake has all of it."""
        if self.parts:
            return all(part.number is not None for part in self.parts)
        return self.received_at is not None


class ActKind(StrEnum):
    SUPPLY = "supply"
    WITHDRAW = "withdraw"
    POST = "post"


@dataclass(frozen=True)
class Acting:
    """An act on a case that is being filled in."""

    kind: ActKind
    case: CaseSheet = field(repr=False)
    form: Form = field(repr=False)


@dataclass(frozen=True)
class Printed:
    """A print job of this visit; `number` stands on the paper, `outcome` is None while it runs.
    `begun`: something of it may have come out; `second`: of an earlier one too. `about` names the
    document: kind and reference."""

    job: str
    number: str
    second: bool = False
    outcome: PrintOutcome | None = None
    status: PrinterStatus | None = None
    begun: bool = False
    about: str = ""

    @property
    def may_be_repeated(self) -> bool:
        """As often as it takes while nothing came out; after that once, marked 补打."""
        unproved = self.outcome in (PrintOutcome.FAILED, PrintOutcome.UNCONFIRMED)
        return unproved and not (self.begun and self.second)


@dataclass(frozen=True)
class CaseAsked:
    """The case of a scanned receipt: what the intake said of it, or why it said nothing; while it
    is asked, neither. `number` is the 收件编号, `asked` what the receipt's code held."""

    asked: str
    number: str | None = None
    stage: CaseStage | None = None
    due: date | None = None
    error: IntakeError | None = None
    rated: bool = False
    parts: int = 1


@dataclass
class Office:
    """What the intake answered about this citizen and its windows. An `error` is that of the last
    question; while one is under way `asking`. `number_tries` counts typed numbers that it did not
    know."""

    dossier: Dossier | None = field(default=None, repr=False)
    windows: Windows | None = None
    booking: Booking | None = field(default=None, repr=False)
    ticket: Ticket | None = None
    cancelled: str | None = None
    asking: bool = False
    error: IntakeError | None = None
    number_tries: int = 0


@dataclass
class Session:
    """Personal data lives here and in the sealed outbox, nowhere else.

    A new visit gets a new object; nothing is copied from the last one. `answers` holds what was
    accepted; `drafts` what stands in a field as typed, right or wrong, so that nothing typed is
    ever lost; `problems` what is wrong with it. `sought` is what was typed into the search.

    `reading`: a card is read; `identifying`: the intake is asked whose a scanned code is. What
    keeps a card's or a code's person from going on stands in `card_error` and `card_expired`; what
    is wrong with a code itself in `code_error` and `code_unknown`, which are the newer. Of the code
    that was asked about last `code_asked` holds the hash alone.

    `acting` is an act on a case that is filled in instead of an application, `act_error` why the
    intake refused it; `correcting` is the number of the case whose application is being corrected.
    """

    visit: str = field(default_factory=lambda: secrets.token_hex(8))
    language: Language = Language.CHINESE
    large_type: bool = False
    agreed: bool = False
    item: Item | None = None
    sought: str = field(default="", repr=False)
    identity: Identity | None = field(default=None, repr=False)
    card_error: CardReaderError | None = None
    card_expired: bool = False
    reading: bool = False
    identifying: bool = False
    code_error: IntakeError | None = None
    code_unknown: bool = False
    code_asked: int | None = None
    case: CaseAsked | None = None
    office: Office = field(default_factory=Office)
    acting: Acting | None = None
    act_error: IntakeError | None = None
    correcting: str | None = None
    answers: dict[str, Answer] = field(default_factory=dict, repr=False)
    locked: frozenset[str] = frozenset()
    drafts: dict[str, Answer] = field(default_factory=dict, repr=False)
    problems: dict[str, Rejected] = field(default_factory=dict)
    signature: Strokes = field(default=(), repr=False)
    filed: Filed | None = None
    deferred: IntakeError | None = None
    filing_error: OutboxError | None = None
    printed: Printed | None = None
    look_up_rows: tuple[tuple[str, str], ...] | None = field(default=None, repr=False)
    look_up_number: str | None = None
    look_up_proof: str | None = None
    look_up_error: IntakeError | None = None
    rating: int | None = None
    rating_reasons: tuple[str, ...] = ()
    rated_services: frozenset[str] = frozenset()

    def for_another(self, item: Item) -> "Session":
        """The same visit, about another item: the person stays, if the item is content with how
        sure that is, and nothing that was answered."""
        identity = self.identity
        if identity is not None and identity.assurance not in item.accepts:
            identity = None
        return Session(
            visit=self.visit,
            language=self.language,
            large_type=self.large_type,
            sought=self.sought,
            agreed=self.agreed,
            item=item,
            identity=identity,
            office=self.office if identity is not None else Office(),
            case=self.case,
            rated_services=self.rated_services,
        )

    def to_act(self, acting: Acting) -> "Session":
        """The same visit and person, about something that is done to a case of theirs."""
        return Session(
            visit=self.visit,
            language=self.language,
            large_type=self.large_type,
            agreed=self.agreed,
            identity=self.identity,
            office=self.office,
            rated_services=self.rated_services,
            acting=acting,
        )

    @property
    def form(self) -> Form | None:
        """What is filled in: an act on a case, else the item's application."""
        if self.acting is not None:
            return self.acting.form
        return self.item.form if self.item is not None else None

    @property
    def untouched(self) -> bool:
        """Nothing would be missed: no item, no person, no search, no case, no changed language or
        type."""
        return (
            self.item is None
            and not self.sought
            and self.identity is None
            and self.case is None
            and self.language is Language.CHINESE
            and not self.large_type
        )
