"""How the kiosk comes by its device certificate, and by the next one before that ends.

What is asked for is on the disk before it is sent. Should the answer be lost, the same bytes go
again under the same idempotency key, and the intake gives the answer that it gave before.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.errors import IntakeAnswerInvalid, IntakeRefused
from kiosk.intake.client import IntakeClient
from kiosk.intake.contract import digest_of
from kiosk.intake.contract.enrolment import (
    DeviceCertificate,
    EnrolmentBody,
    RenewalBody,
    RenewalClaims,
)
from kiosk.intake.device_identity import (
    DeviceIdentity,
    device_folder,
    set_aside,
    store_identity,
)
from kiosk.intake.whole_file import replace_whole


class _Asked(BaseModel):
    """A new key and the request for its certificate, in PEM. `occasion` is what it is asked with:
    the digest of a code, or the `kid` of the key that signs; another occasion is another key."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    occasion: str
    private_key: str = Field(repr=False)
    request: str
    signature: str


def enrol(client: IntakeClient, folder: Path, kiosk_id: str, code: str) -> DeviceIdentity:
    """Ask for a certificate with a one-time code, and store it in the kiosk's storage folder.

    Raises the client's errors; calling again with the same code after a lost answer brings that
    answer. OSError when the disk does not take it.
    """
    file = _file(folder, kiosk_id)
    occasion = digest_of(code)
    asked = _asked_before(file, occasion) or _ask(file, kiosk_id, occasion, None)
    body = EnrolmentBody(kiosk=kiosk_id, code=code, request=asked.request)
    return _carried_out(client.enrol, body, asked, folder, kiosk_id)


def renew(client: IntakeClient, folder: Path, identity: DeviceIdentity) -> DeviceIdentity:
    """Ask for a certificate for a new key, with the key that the kiosk has; otherwise as `enrol`.
    `identity` stays usable until the new one is stored."""
    file = _file(folder, identity.kiosk_id)
    asked = _asked_before(file, identity.kid) or _ask(
        file, identity.kiosk_id, identity.kid, identity
    )
    body = RenewalBody(
        kiosk=identity.kiosk_id,
        digest=digest_of(asked.request),
        request=asked.request,
        signature=asked.signature,
    )
    return _carried_out(client.renew, body, asked, folder, identity.kiosk_id)


def _carried_out(
    send: Callable[[str, bytes], DeviceCertificate],
    body: EnrolmentBody | RenewalBody,
    asked: _Asked,
    folder: Path,
    kiosk_id: str,
) -> DeviceIdentity:
    file = _file(folder, kiosk_id)
    payload = body.model_dump_json().encode()
    try:
        answer = send(hashlib.sha256(payload).hexdigest(), payload)
    except IntakeRefused as refused:
        if refused.status == 422:
            # These bytes will never be taken: the next try is another key's.
            file.unlink(missing_ok=True)
        raise
    try:
        identity = store_identity(
            folder, kiosk_id, asked.private_key, answer.certificate, answer.authority
        )
    except ValueError:
        raise IntakeAnswerInvalid("the certificate is not for this kiosk's key") from None
    file.unlink(missing_ok=True)
    return identity


def _asked_before(file: Path, occasion: str) -> _Asked | None:
    try:
        asked = _Asked.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        return None
    except ValidationError:
        set_aside(file)
        return None
    return asked if asked.occasion == occasion else None


def _ask(file: Path, kiosk_id: str, occasion: str, signer: DeviceIdentity | None) -> _Asked:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, kiosk_id)])
    request = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(name)
        .sign(key, hashes.SHA256())
        .public_bytes(Encoding.PEM)
        .decode()
    )
    private_key = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    signature = ""
    if signer is not None:
        signature = signer.sign(RenewalClaims(kiosk=kiosk_id, digest=digest_of(request)))
    asked = _Asked(occasion=occasion, private_key=private_key, request=request, signature=signature)
    replace_whole(file, asked.model_dump_json().encode())
    return asked


def _file(folder: Path, kiosk_id: str) -> Path:
    return device_folder(folder) / f"{kiosk_id}.asked.json"
