"""The contract between a kiosk and the intake of the city: every model that crosses the wire.

Both sides use this package, so it imports nothing else of ours: here what every kiosk needs to hand
something in, beside it `enrolment`, `look_ups`, what citizens ask and do later (`dossier`,
`case_acts`), `bookings` and `help_calls`. `docs/intake.md` explains it in prose. Texts are UTF-8
JSON, times ISO 8601 with an offset. Every write carries an `Idempotency-Key`; every answer outside
2xx is a `Problem` (RFC 9457). A message that waits in the kiosk's queue is signed there: its
`…Claims` are what the signature covers.
"""

import hashlib
from datetime import date, timedelta, timezone
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, StringConstraints

CHINA_TIME = timezone(timedelta(hours=8))
"""The hall's civil time (GMT+8 all year), whatever the machine's own zone is."""

HEALTH = "/v1/health"
SEALING_KEY = "/v1/sealing-key"
APPLICATIONS = "/v1/applications"
IDENTITIES = "/v1/identities"
CASES = "/v1/cases"
"""Asked for with a number behind it: `/v1/cases/{number}`."""
RATINGS = "/v1/ratings"

KEY_HEADER = "Idempotency-Key"
PROBLEM_MEDIA_TYPE = "application/problem+json"

MAX_CONTENT = 1024 * 1024
"""Bytes of an application's plaintext without its attachments."""
MAX_ATTACHMENT = 4 * 1024 * 1024
"""Bytes of one attached file."""
MAX_ATTACHMENTS = 8
MAX_SEALED_ATTACHMENT = MAX_ATTACHMENT * 16 // 9 + 4096
"""Characters of one sealed attachment: base64 in the JSON, base64url again in the JWE."""

Reference = Annotated[
    str, StringConstraints(pattern=r"^[A-Z0-9]{3,20}-[0-9]{6}-[2-9A-HJ-NP-Z]{6}$")
]
"""The kiosk's own: its id without dashes, yymmdd, six characters at random: JL03-261124-K7QM2X."""

Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{16,18}$")]
"""收件编号: division code (GB/T 2260), yymmdd, serial of that day, four digits or more."""

CaseNumber = Annotated[
    str,
    StringConstraints(pattern=r"^([0-9]{16,18}|[A-Z0-9]{3,20}-[0-9]{6}-[2-9A-HJ-NP-Z]{6})$"),
]
"""A `Number`, or the `Reference` that a kiosk printed before the intake had given one."""

Kiosk = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9-]{3,20}$")]
ItemCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{3}$")]
Sealed = Annotated[
    str,
    StringConstraints(
        pattern=r"^[A-Za-z0-9_-]+\.\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$"
    ),
]
"""A compact JWE (RFC 7516), ECDH-ES with A256GCM, its header carrying the sealing key's `kid`."""

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Signature = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$", max_length=2048),
]
"""A compact JWS (RFC 7515), ES256, by the kiosk's device key; its header carries that key's `kid`
(RFC 7638), its payload is the JSON of the message's claims."""

Stroke = tuple[tuple[float, float], ...]
Strokes = tuple[Stroke, ...]


class Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class SealingKey(Message):
    """The intake's public key as a JWK (RFC 7517), coordinates in base64url."""

    kty: Literal["EC"]
    crv: Literal["P-256"]
    x: str = Field(min_length=43, max_length=43)
    y: str = Field(min_length=43, max_length=43)
    kid: str = Field(min_length=1, max_length=64)
    use: Literal["enc"] = "enc"
    alg: Literal["ECDH-ES"] = "ECDH-ES"


class Health(Message):
    status: Literal["ok"]
    time: AwareDatetime


DocumentKind = Literal[
    "resident_id",
    "hmt_residence_permit",
    "permanent_resident_2017",
    "permanent_resident_2023",
    "social_security_card",
]


class Applicant(Message):
    """The person as the document of `kind` says it; codes of GB/T 2261.1, GB/T 3304 and ISO 3166-1
    alpha-3, dates as ISO 8601. What a document does not say is null; `valid_to` is null for 长期
    too.

    `assurance` says how far the identity can be trusted: proved genuine by the reader's security
    module; read from a chip that anybody can write; turned by the intake from a scanned token;
    typed, and vouched for by staff.
    """

    kind: DocumentKind
    assurance: Literal["sam_verified", "unauthenticated_chip", "scanned_token", "vouched"]
    name: str = Field(repr=False)
    number: str = Field(repr=False)
    sex: str = Field(repr=False)
    birth: str = Field(repr=False)
    nation: str | None = Field(default=None, repr=False)
    address: str | None = Field(default=None, repr=False)
    issuer: str | None = Field(default=None, repr=False)
    valid_from: str | None = Field(default=None, repr=False)
    valid_to: str | None = Field(default=None, repr=False)
    latin_name: str | None = Field(default=None, repr=False)
    country: str | None = Field(default=None, repr=False)


class Attachment(Message):
    """A file that answers one question; `content` is base64. Sealed as a part of its own."""

    question: str
    name: str = Field(repr=False)
    media_type: str
    content: str = Field(repr=False, max_length=MAX_ATTACHMENT * 4 // 3 + 4)


class Application(Message):
    """What is sealed: the application as the citizen signed it.

    `answers` maps a question's id to its answer; `signature` holds strokes of points, each 0…1 of
    the pad's width and height from its upper left corner. On the wire `attachments` is empty:
    each travels sealed by itself. `office`: the division (GB/T 2260) whose office decides, where
    that is another county's (跨省通办, 省内通办).
    """

    item: ItemCode
    item_name: str
    applicant: Applicant
    answers: dict[str, JsonValue] = Field(repr=False)
    attachments: tuple[Attachment, ...] = Field(default=(), repr=False, max_length=MAX_ATTACHMENTS)
    signature: Strokes = Field(repr=False)
    language: Literal["zh", "en"]
    signed_at: AwareDatetime
    office: str | None = Field(default=None, pattern=r"^[0-9]{6}$")


class ApplicationClaims(Message):
    """What the kiosk signs. `kept_at`: when the kiosk committed it, which is the day on which the
    citizen applied. `digest` is `digest_of(sealed, *attachments)`.

    `bundle` is what the applications of one life event (一件事) have in common: a reference of its
    own, by which all of them are found. `corrects`: this takes the place of what was handed in for
    that case, by the same applicant, while it is not accepted yet; the case keeps its number.
    """

    kiosk: Kiosk
    reference: Reference
    item: ItemCode
    bundle: Reference | None = None
    corrects: Number | None = None
    kept_at: AwareDatetime
    digest: Digest


class ApplicationBody(ApplicationClaims):
    """POST /v1/applications. `signature` is over the `ApplicationClaims` of this body."""

    sealed: Sealed = Field(repr=False)
    attachments: tuple[Sealed, ...] = Field(default=(), repr=False, max_length=MAX_ATTACHMENTS)
    signature: Signature


class ReceiptBody(Message):
    """201: received (收件), which is not yet accepted (受理)."""

    number: Number
    reference: Reference
    received_at: AwareDatetime


class IdentityContent(Message):
    """What the question after an identity seals: the code that the citizen showed, as it was
    scanned. To the kiosk it says nothing; the intake knows whose it is."""

    token: str = Field(repr=False, min_length=1, max_length=512)


class IdentityBody(Message):
    """POST /v1/identities. A token works once, so this carries no Idempotency-Key: after a lost
    answer the citizen shows a new one."""

    kiosk: Kiosk
    sealed: Sealed = Field(repr=False)


class IdentityAnswer(Message):
    """200. Of the assurances `applicant` has `scanned_token`."""

    applicant: Applicant
    answered_at: AwareDatetime


class CaseStage(StrEnum):
    """Where a case stands: 收件, 补正, 受理, 不予受理, 审核, 审批, 办结, 送达, 撤回.

    What was decided is for the applicant alone and told at the window."""

    RECEIVED = "received"
    SUPPLEMENT = "supplement"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REVIEW = "review"
    DECISION = "decision"
    FINISHED = "finished"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"


class CaseQuestion(Message):
    """GET /v1/cases/{number}: the member stands in the path."""

    number: CaseNumber


class CaseState(Message):
    """200. Nothing here says whose case it is, or about what. `due`: the day in China by which
    it has to be decided; null before it is accepted, while the clock stands and once it was
    decided, and where no limit is known. `rated`: one rating was given. A bundle is asked for by
    its reference: `number` is that of its first case, the state that of the one least far, and
    `parts` counts its cases."""

    number: Number
    state: CaseStage
    due: date | None
    answered_at: AwareDatetime
    rated: bool = False
    parts: int = Field(default=1, ge=1)


class RatingReasons(Message):
    """What a rating seals: a citizen may have written anything here."""

    reasons: tuple[str, ...] = Field(min_length=1, max_length=12, repr=False)


class RatingClaims(Message):
    """What the kiosk signs. `level` 5 非常满意 … 1 非常不满意; `reference` names the application or
    the slip; `digest` is `digest_of(sealed)`, or `digest_of()` where nothing is sealed."""

    kiosk: Kiosk
    reference: str = Field(pattern=r"^[0-9A-Z-]{3,40}$")
    level: int = Field(ge=1, le=5)
    kept_at: AwareDatetime
    digest: Digest


class RatingBody(RatingClaims):
    """POST /v1/ratings. `sealed` holds `RatingReasons` where there are any; `signature` is over
    the `RatingClaims` of this body."""

    sealed: Sealed | None = Field(default=None, repr=False)
    signature: Signature


class RatingReceipt(Message):
    reference: str
    received_at: AwareDatetime


class ProblemType(StrEnum):
    """`type` of a problem: relative to the intake's address, stable for ever."""

    KEY_MISSING = "/problems/idempotency-key-missing"
    KEY_REUSED = "/problems/idempotency-key-reused"
    IN_PROGRESS = "/problems/in-progress"
    REFERENCE_TAKEN = "/problems/reference-taken"
    RATED_ALREADY = "/problems/rated-already"
    MALFORMED = "/problems/malformed"
    OUTSIDE_CONTRACT = "/problems/outside-contract"
    DIGEST_MISMATCH = "/problems/digest-mismatch"
    SIGNATURE_INVALID = "/problems/signature-invalid"
    CANNOT_OPEN = "/problems/cannot-open"
    CONTENT_INVALID = "/problems/content-invalid"
    TOO_LARGE = "/problems/too-large"
    NO_RECORD = "/problems/no-record"
    NOT_ALLOWED = "/problems/not-allowed"
    NOT_THE_APPLICANT = "/problems/not-the-applicant"
    TAKEN = "/problems/taken"
    TOKEN_INVALID = "/problems/token-invalid"
    NOT_FOUND = "/problems/not-found"
    METHOD_NOT_ALLOWED = "/problems/method-not-allowed"
    CERTIFICATE_REQUIRED = "/problems/certificate-required"
    CODE_INVALID = "/problems/code-invalid"
    KIOSK_UNKNOWN = "/problems/kiosk-unknown"
    KIOSK_REVOKED = "/problems/kiosk-revoked"
    OTHER_KIOSK = "/problems/other-kiosk"
    TOO_MANY_REQUESTS = "/problems/too-many-requests"
    UNAVAILABLE = "/problems/unavailable"


class Problem(BaseModel):
    """RFC 9457. Members beyond these are allowed, and ignored by the kiosk."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    type: str
    title: str
    status: int = Field(ge=400, le=599)
    detail: str = ""
    instance: str = ""


def digest_of(*parts: str) -> str:
    """SHA-256 in hex of the parts (ASCII), joined by line feeds: of an application the sealed
    content first, then the attachments in their order."""
    return hashlib.sha256("\n".join(parts).encode("ascii")).hexdigest()
