"""How a kiosk becomes known to its intake, and gets a certificate for another key in time."""

from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from kiosk.intake.contract import Digest, Kiosk, Message, Signature

ENROLMENTS = "/v1/enrolments"
RENEWALS = "/v1/renewals"

CertificateRequest = Annotated[str, StringConstraints(min_length=64, max_length=4096)]
"""PKCS #10 (RFC 2986) in PEM, for an EC P-256 key; the subject's common name is the kiosk's id."""


class EnrolmentBody(Message):
    """POST /v1/enrolments, the one call without a device certificate. `code` was issued for this
    kiosk by the intake's staff and works once."""

    kiosk: Kiosk
    code: str = Field(pattern=r"^[0-9A-Z-]{8,40}$", repr=False)
    request: CertificateRequest


class RenewalClaims(Message):
    """What the kiosk signs with the key that it has; `digest` is `digest_of(request)`."""

    kiosk: Kiosk
    digest: Digest


class RenewalBody(RenewalClaims):
    """POST /v1/renewals: a certificate for a new key, before the old one's ends."""

    request: CertificateRequest
    signature: Signature


class DeviceCertificate(Message):
    """201: the certificate for the key of the request, and the authority that issued it, both
    X.509 (RFC 5280) in PEM. `kid` names the key in signatures (RFC 7638)."""

    kiosk: Kiosk
    kid: str = Field(min_length=43, max_length=43)
    certificate: str = Field(max_length=8192)
    authority: str = Field(max_length=16384)
    not_after: AwareDatetime
