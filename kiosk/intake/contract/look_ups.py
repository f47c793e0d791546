"""Records that are asked for and shown, and the slips that anybody can check far from a network."""

import hashlib
from base64 import urlsafe_b64encode
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from kiosk.intake.contract import Digest, ItemCode, Kiosk, Message, Sealed, Signature

LOOK_UPS = "/v1/look-ups"
SLIP_KEY = "/v1/slip-key"

SlipNumber = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z-]{8,24}$")]


class LookUpContent(Message):
    """What a look-up seals: whose record. `item` stands here too, so that a sealed question
    cannot be moved to another item."""

    item: ItemCode
    number: str = Field(repr=False, min_length=1, max_length=40)


class LookUpBody(Message):
    """POST /v1/look-ups. It reads and changes nothing, so it carries no Idempotency-Key."""

    kiosk: Kiosk
    item: ItemCode
    sealed: Sealed = Field(repr=False)


class Row(Message):
    label: str = Field(min_length=1, max_length=60)
    value: str = Field(repr=False, max_length=400)


class LookUpAnswer(Message):
    """200. Values are masked by the intake; `number` is the slip's. `proof` is a compact JWS
    (ES256) over `SlipClaims` by the intake's slip key: with that public key anybody can tell, far
    from any network, whether a slip is what the intake answered."""

    number: SlipNumber
    item: ItemCode
    rows: tuple[Row, ...] = Field(min_length=1, max_length=60, repr=False)
    answered_at: AwareDatetime
    proof: Signature


class SlipClaims(Message):
    """What the intake signs of a slip. `digest` is `digest_of_rows(rows)`."""

    number: SlipNumber
    item: ItemCode
    answered_at: AwareDatetime
    digest: Digest


class SlipKey(Message):
    """GET /v1/slip-key: the public key that slips are signed with, as a JWK."""

    kty: Literal["EC"]
    crv: Literal["P-256"]
    x: str = Field(min_length=43, max_length=43)
    y: str = Field(min_length=43, max_length=43)
    kid: str = Field(min_length=1, max_length=64)
    use: Literal["sig"] = "sig"
    alg: Literal["ES256"] = "ES256"


def digest_of_rows(rows: tuple[Row, ...]) -> str:
    """SHA-256 in hex of the rows as lines of label, tabulator, value in UTF-8."""
    return hashlib.sha256(_lines(rows)).hexdigest()


def slip_code(proof: str, rows: tuple[Row, ...]) -> str:
    """What a slip's QR code holds: the proof, a full stop, and in base64url the rows that its
    digest is over. Whoever scans it can check both without any network and compare the rows with
    the paper; letters of ASCII alone, as scanners that type like a keyboard want it."""
    return f"{proof}.{urlsafe_b64encode(_lines(rows)).decode().rstrip('=')}"


def _lines(rows: tuple[Row, ...]) -> bytes:
    return "\n".join(f"{row.label}\t{row.value}" for row in rows).encode()
