"""What an applicant does to a case after it was handed in: supply materials (补齐补正, 容缺补交),
withdraw it, have the result posted. Signed, sealed and queued like an application."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from kiosk.intake.contract import (
    MAX_ATTACHMENTS,
    Attachment,
    CaseStage,
    Digest,
    Kiosk,
    Message,
    Number,
    Reference,
    Sealed,
    Signature,
    Strokes,
)
from kiosk.intake.contract.dossier import Person

CASE_ACTS = "/v1/case-acts"


class Supplied(Message):
    """One material: `attachment` names the `question` of the attachment that holds it; None: the
    original was brought to the window's counter, or its electronic licence is to be used."""

    id: int
    attachment: str | None = None
    electronic: bool = False


class Supply(Message):
    """Some or all of what is missing; the clock goes on with the last of it."""

    act: Literal["supply"] = "supply"
    materials: tuple[Supplied, ...] = Field(min_length=1, max_length=60)


class Withdraw(Message):
    """`reason` is one of the keys that the kiosk offers, `words` what the applicant wrote."""

    act: Literal["withdraw"] = "withdraw"
    reason: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)
    words: str = Field(default="", max_length=400, repr=False)


class Post(Message):
    """The result is to come by post. `address` down to the house number."""

    act: Literal["post"] = "post"
    name: str = Field(repr=False, min_length=1, max_length=120)
    phone: str = Field(repr=False, min_length=5, max_length=20)
    address: str = Field(repr=False, min_length=4, max_length=300)


Act = Annotated[Supply | Withdraw | Post, Field(discriminator="act")]


class CaseActContent(Message):
    """What is sealed. On the wire `attachments` is empty: each travels sealed by itself."""

    person: Person
    number: Number
    act: Act
    attachments: tuple[Attachment, ...] = Field(default=(), repr=False, max_length=MAX_ATTACHMENTS)
    signature: Strokes = Field(default=(), repr=False)


class CaseActClaims(Message):
    """What the kiosk signs. `reference` is the act's own; `digest` is
    `digest_of(sealed, *attachments)`."""

    kiosk: Kiosk
    reference: Reference
    number: Number
    kept_at: AwareDatetime
    digest: Digest


class CaseActBody(CaseActClaims):
    """POST /v1/case-acts. 403 not-the-applicant, 404 no-record, 409 not-allowed."""

    sealed: Sealed = Field(repr=False)
    attachments: tuple[Sealed, ...] = Field(default=(), repr=False, max_length=MAX_ATTACHMENTS)
    signature: Signature


class CaseActReceipt(Message):
    """201. `stage`: where the case stands after it."""

    reference: Reference
    number: Number
    stage: CaseStage
    received_at: AwareDatetime
