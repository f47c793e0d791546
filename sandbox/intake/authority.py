"""The intake's certificate authority: it issues what kiosks and the service itself show in TLS."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from joserfc.jwk import ECKey
from sqlalchemy.orm import Session

from sandbox.intake.database import Database
from sandbox.intake.tables import Authority as AuthorityRow

DEVICE_DAYS = 90
_SERVER_DAYS = 90
_AUTHORITY_DAYS = 3650
_CLOCKS_DIFFER = timedelta(hours=1)
"""A certificate begins so long before it is issued: a kiosk's clock may be behind ours."""


class RequestInvalid(Exception):
    """A certificate request is not what the contract says; the message says where."""


@dataclass(frozen=True)
class Requested:
    """A PKCS #10 request that was looked at: whose it is, for which key."""

    kiosk: str
    key: ec.EllipticCurvePublicKey

    @property
    def kid(self) -> str:
        return thumbprint(self.key)


@dataclass(frozen=True)
class Issued:
    """`certificate` is PEM, `serial` in hex."""

    certificate: str
    serial: str
    not_after: datetime


class Authority:
    """One key for all instances, kept in the database; made at the first start."""

    def __init__(self, database: Database) -> None:
        with database.transaction() as session:
            database.alone(session)
            row = session.get(AuthorityRow, 1) or _make(session)
            self.certificate = row.certificate
            key = load_pem_private_key(row.private_key.encode(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        self._key = key
        self._certificate = x509.load_pem_x509_certificate(self.certificate.encode())

    def for_device(self, requested: Requested) -> Issued:
        """For a kiosk's key: its common name is the kiosk's id."""
        return self._issue(
            requested.kiosk, requested.key, DEVICE_DAYS, ExtendedKeyUsageOID.CLIENT_AUTH, ()
        )

    def for_server(self, names: Sequence[str]) -> tuple[str, str]:
        """A new private key and the certificate for these names and addresses, both in PEM."""
        key = ec.generate_private_key(ec.SECP256R1())
        issued = self._issue(
            names[0], key.public_key(), _SERVER_DAYS, ExtendedKeyUsageOID.SERVER_AUTH, names
        )
        return _pem(key), issued.certificate

    def _issue(
        self,
        common_name: str,
        key: ec.EllipticCurvePublicKey,
        days: int,
        use: x509.ObjectIdentifier,
        names: Sequence[str],
    ) -> Issued:
        # A certificate's times have whole seconds.
        now = datetime.now(UTC).replace(microsecond=0)
        not_after = now + timedelta(days=days)
        builder = (
            x509.CertificateBuilder()
            .subject_name(_named(common_name))
            .issuer_name(self._certificate.subject)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - _CLOCKS_DIFFER)
            .not_valid_after(not_after)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_uses(digital_signature=True), critical=True)
            .add_extension(x509.ExtendedKeyUsage([use]), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()),
                critical=False,
            )
        )
        if names:
            builder = builder.add_extension(
                x509.SubjectAlternativeName([_general(name) for name in names]), critical=False
            )
        made = builder.sign(self._key, SHA256())
        return Issued(
            made.public_bytes(Encoding.PEM).decode("ascii"), f"{made.serial_number:x}", not_after
        )


def read_request(pem: str) -> Requested:
    """Raises RequestInvalid for anything but a signed request for one P-256 key and one name."""
    try:
        request = x509.load_pem_x509_csr(pem.encode())
        key = request.public_key()
        names = request.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        signed = request.is_signature_valid
    except Exception as error:
        raise RequestInvalid("no PKCS #10 request in PEM") from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise RequestInvalid("not an EC P-256 key")
    if not signed:
        raise RequestInvalid("not signed with its own key")
    if len(names) != 1:
        raise RequestInvalid("not one common name")
    return Requested(str(names[0].value), key)


def thumbprint(key: ec.EllipticCurvePublicKey) -> str:
    """RFC 7638, as signatures name the key."""
    return ECKey.import_key(key).thumbprint()


def _make(session: Session) -> AuthorityRow:
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    name = _named("Intake device authority")
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCKS_DIFFER)
        .not_valid_after(now + timedelta(days=_AUTHORITY_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_uses(key_cert_sign=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, SHA256())
    )
    row = AuthorityRow(
        id=1, private_key=_pem(key), certificate=made.public_bytes(Encoding.PEM).decode("ascii")
    )
    session.add(row)
    return row


def _uses(*, digital_signature: bool = False, key_cert_sign: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _named(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")
