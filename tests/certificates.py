"""Authorities and certificates, made for one test."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

NOW = datetime.now(UTC)
A_YEAR = timedelta(days=365)
A_MONTH = A_YEAR / 12


@dataclass(frozen=True)
class Signed:
    """A certificate and its private key in PEM."""

    key: str
    certificate: str

    def in_file(self, file: Path) -> Path:
        file.write_text(self.key + self.certificate, encoding="ascii")
        return file


class Authority:
    """Signs certificates that are valid, unless told otherwise, for a month to either side."""

    def __init__(self, own: Signed) -> None:
        key = load_pem_private_key(own.key.encode(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        self._key = key
        self._name = x509.load_pem_x509_certificate(own.certificate.encode()).subject
        self.certificate = own.certificate

    @classmethod
    def new(cls, called: str = "an authority") -> "Authority":
        """Valid for twenty years around now."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = _named(called)
        basic = x509.BasicConstraints(ca=True, path_length=None)
        span = (NOW - 10 * A_YEAR, NOW + 10 * A_YEAR)
        certificate = _signed(key, name, key.public_key(), name, span, basic)
        return cls(Signed(_pem(key), certificate))

    def in_file(self, file: Path) -> Path:
        """Its certificate alone."""
        file.write_text(self.certificate, encoding="ascii")
        return file

    def server(
        self,
        host: str = "127.0.0.1",
        since: datetime = NOW - A_MONTH,
        until: datetime = NOW + A_MONTH,
    ) -> Signed:
        at = x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
        return self._pair(host, (since, until), x509.SubjectAlternativeName([at]))

    def device(
        self,
        kiosk: str = "JL-03",
        since: datetime = NOW - A_MONTH,
        until: datetime = NOW + A_MONTH,
    ) -> Signed:
        return self._pair(kiosk, (since, until), x509.BasicConstraints(False, None))

    def _pair(
        self, name: str, span: tuple[datetime, datetime], extension: x509.ExtensionType
    ) -> Signed:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _named(name)
        certificate = _signed(self._key, self._name, key.public_key(), subject, span, extension)
        return Signed(_pem(key), certificate)


def _signed(
    by: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    subject: x509.Name,
    span: tuple[datetime, datetime],
    extension: x509.ExtensionType,
) -> str:
    made = (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .public_key(key)
        .subject_name(subject)
        .serial_number(x509.random_serial_number())
        .not_valid_before(span[0])
        .not_valid_after(span[1])
        .add_extension(extension, critical=False)
        .sign(by, hashes.SHA256())
    )
    return made.public_bytes(Encoding.PEM).decode()


def _pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
