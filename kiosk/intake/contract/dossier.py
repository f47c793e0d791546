"""What a citizen who proved who they are is told of all that they have at the office: cases with
their notices, electronic licences, bookings."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, JsonValue, StringConstraints

from kiosk.intake.contract import (
    CaseStage,
    DocumentKind,
    ItemCode,
    Kiosk,
    Message,
    Number,
    Reference,
    Sealed,
    Strokes,
)
from kiosk.intake.contract.bookings import Booking

DOSSIERS = "/v1/dossiers"
CONTENTS = "/v1/case-contents"

Words = Annotated[str, StringConstraints(max_length=2000)]


class Person(Message):
    """Who asks, as the document says it. The kiosk asks for nobody whose document it has not read
    (or whose code the intake has not turned into an identity)."""

    kind: DocumentKind
    number: str = Field(repr=False, min_length=1, max_length=40)


class DossierContent(Message):
    """What the question seals."""

    person: Person


class DossierBody(Message):
    """POST /v1/dossiers. Reads and changes nothing, so it carries no Idempotency-Key."""

    kiosk: Kiosk
    sealed: Sealed = Field(repr=False)


class EventKind(StrEnum):
    """What happened to a case: 收件, 更正, 受理, 容缺受理, 补正告知, 补交, 审核, 审批, 延期, 办结,
    送达, 不予受理, 撤回."""

    RECEIVED = "received"
    CORRECTED = "corrected"
    ACCEPTED = "accepted"
    ACCEPTED_WITH_PROMISE = "accepted_with_promise"
    RETURNED = "returned"
    SUPPLIED = "supplied"
    REVIEWING = "reviewing"
    DECIDING = "deciding"
    EXTENDED = "extended"
    FINISHED = "finished"
    DELIVERED = "delivered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class CaseEvent(Message):
    """`words` are the office's own: reasons, the decision. `due`: the limit as it was after it."""

    at: AwareDatetime
    kind: EventKind
    words: Words = Field(default="", repr=False)
    due: date | None = None


class MissingMaterial(Message):
    """A material that is still to come, or came. `promised`: 容缺, else 补正. `due`: the last day
    for it, None where the office set none. `standard`: what it has to be like."""

    id: int
    name: str = Field(min_length=1, max_length=200)
    standard: Words = ""
    reason: Words = Field(default="", repr=False)
    promised: bool
    due: date | None = None
    supplied: bool = False


class Outcome(StrEnum):
    APPROVED = "approved"
    NOT_APPROVED = "not_approved"


class Collection(Message):
    """How the result reaches the citizen. `window`: where it lies ready, empty where it does not;
    `by_post`: it can be sent, `posted`: that was asked for; `electronic`: where it can be taken,
    for a QR code, None where there is none; `collected`: it was handed over."""

    window: str = Field(default="", max_length=60)
    by_post: bool = False
    posted: bool = False
    electronic: str | None = Field(default=None, max_length=300)
    collected: bool = False


class CaseSheet(Message):
    """One case of this citizen. `due` and `due_provisional` (暂定: beyond the years whose holidays
    are known) as the clock stands now; `clock_stopped`: 补正 after acceptance. `can_withdraw` and
    `can_correct`: the rules allow it now. `bundle` as in the application, `office` likewise."""

    number: Number
    reference: Reference
    bundle: Reference | None = None
    item: ItemCode
    item_name: str = Field(max_length=100)
    department: str = Field(max_length=60)
    stage: CaseStage
    applied_at: AwareDatetime
    received_at: AwareDatetime
    due: date | None = None
    due_provisional: bool = False
    clock_stopped: bool = False
    deemed: bool = False
    office: str | None = None
    events: tuple[CaseEvent, ...] = Field(max_length=60)
    missing: tuple[MissingMaterial, ...] = Field(default=(), max_length=60)
    refused_to: str = Field(default="", max_length=200)
    outcome: Outcome | None = None
    collection: Collection | None = None
    can_withdraw: bool = False
    can_correct: bool = False
    rated: bool = False


class Licence(Message):
    """An electronic licence at hand (电子证照). `number` is masked by the intake; `kind` is the
    name that materials are called by (结婚证, 营业执照 …)."""

    kind: str = Field(min_length=1, max_length=60)
    number: str = Field(repr=False, max_length=60)
    issuer: str = Field(max_length=60)
    valid_to: date | None = None


class Dossier(Message):
    """200. Newest cases first."""

    cases: tuple[CaseSheet, ...] = Field(max_length=100)
    licences: tuple[Licence, ...] = Field(default=(), max_length=40)
    bookings: tuple[Booking, ...] = Field(default=(), max_length=20)
    answered_at: AwareDatetime


class ContentsContent(Message):
    """What the question after a case's contents seals."""

    person: Person
    number: Number


class ContentsBody(Message):
    """POST /v1/case-contents: what this applicant handed in, to be corrected. No Idempotency-Key.
    403 not-the-applicant, 409 not-allowed where it cannot be corrected any more."""

    kiosk: Kiosk
    sealed: Sealed = Field(repr=False)


class Contents(Message):
    """200. `answers` as in the application; files as their name and type alone: what was attached
    stays with the case unless it is handed in anew."""

    number: Number
    item: ItemCode
    answers: dict[str, JsonValue] = Field(repr=False)
    signature: Strokes = Field(default=(), repr=False)
    language: Literal["zh", "en"]
    answered_at: AwareDatetime
