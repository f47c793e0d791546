"""Who this kiosk is to its intake: a device key, and the certificate that the intake gave for it.

Both stand in one file, so that no crash can leave a key beside another key's certificate.
"""

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.x509.oid import NameOID
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from pydantic import BaseModel

from kiosk.intake.whole_file import replace_whole

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class DeviceIdentity:
    """`file` is PEM: private key, certificate, and the authority that issued it. `kid` is the
    key's thumbprint (RFC 7638)."""

    kiosk_id: str
    kid: str
    not_before: datetime
    not_after: datetime
    file: Path
    key: ECKey = field(repr=False, compare=False)

    def sign(self, claims: BaseModel) -> str:
        """A compact JWS (RFC 7515) over the JSON of the claims."""
        header = {"alg": "ES256", "kid": self.kid}
        return jws.serialize_compact(header, claims.model_dump_json().encode(), self.key)

    def renewal_due(self, now: datetime) -> bool:
        """Whether a third of the certificate's life or less is left."""
        return self.not_after - now <= (self.not_after - self.not_before) / 3


def load_identity(folder: Path, kiosk_id: str) -> DeviceIdentity | None:
    """The identity in the kiosk's storage folder, None where there is none. A damaged file counts
    as none and is set aside."""
    file = _file(folder, kiosk_id)
    try:
        return _parsed(file, file.read_bytes(), kiosk_id)
    except FileNotFoundError:
        return None
    except OSError as error:
        _log.error("the device identity cannot be read: %s", type(error).__name__)
        return None
    except ValueError:
        set_aside(file)
        return None


def store_identity(
    folder: Path, kiosk_id: str, private_key: str, certificate: str, authority: str
) -> DeviceIdentity:
    """Replace the identity whole, all in PEM. ValueError when the parts do not belong together or
    to this kiosk, OSError when the disk does not take it."""
    file = _file(folder, kiosk_id)
    content = "\n".join((private_key, certificate, authority)).encode()
    identity = _parsed(file, content, kiosk_id)
    replace_whole(file, content)
    return identity


def set_aside(file: Path) -> None:
    """Keep a damaged file under another name, for staff to look at."""
    aside = file.with_name(f"{file.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S.%f}")
    try:
        file.replace(aside)
    except OSError as error:
        _log.error("%s is damaged and stays: %s", file.name, type(error).__name__)
    else:
        _log.error("%s is damaged and was set aside", file.name)


def device_folder(folder: Path) -> Path:
    return folder / "device"


def _file(folder: Path, kiosk_id: str) -> Path:
    return device_folder(folder) / f"{kiosk_id}.pem"


def _parsed(file: Path, content: bytes, kiosk_id: str) -> DeviceIdentity:
    try:
        key = ECKey.import_key(content)
    except JoseError as error:
        raise ValueError("no key") from error
    certificate = x509.load_pem_x509_certificates(content)[0]
    public = certificate.public_key()
    if (
        not isinstance(public, EllipticCurvePublicKey)
        or not isinstance(public.curve, SECP256R1)
        or not key.is_private
        or public != key.public_key
    ):
        raise ValueError("the certificate is for another key")
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    if [kiosk_id] != [name.value for name in names]:
        raise ValueError("the certificate is another kiosk's")
    return DeviceIdentity(
        kiosk_id,
        key.thumbprint(),
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
        file,
        key,
    )
