"""Authorities and certificates, made for one test."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

NOW = datetime.now(UTC)
A_YEAR = timedelta(days=365)


def pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


@dataclass(frozen=True)
class Signed:
    """A certificate and its private key in PEM."""

    key: str
    certificate: str

    def in_file(self, file: Path) -> Path:
        file.write_text(self.key + self.certificate, encoding="ascii")
        return file


class Authority:
    """Signs certificates; valid for twenty years around now."""

    def __init__(self, folder: Path, name: str = "an authority") -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = named(name)
        basic = x509.BasicConstraints(ca=True, path_length=None)
        self.certificate = self._signed(
            self._key.public_key(), self._name, NOW - 10 * A_YEAR, NOW + 10 * A_YEAR, basic
        )
        self.file = folder / f"{name}.pem"
        self.file.write_text(self.certificate, encoding="ascii")

    def server(
        self,
        host: str = "127.0.0.1",
        since: datetime = NOW - A_YEAR / 12,
        until: datetime = NOW + A_YEAR / 12,
    ) -> Signed:
        at = x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
        return self._pair(named(host), since, until, x509.SubjectAlternativeName([at]))

    def device(
        self,
        kiosk: str = "JL-03",
        since: datetime = NOW - A_YEAR / 12,
        until: datetime = NOW + A_YEAR / 12,
    ) -> Signed:
        return self._pair(named(kiosk), since, until, x509.BasicConstraints(False, None))

    def _pair(
        self, name: x509.Name, since: datetime, until: datetime, extension: x509.ExtensionType
    ) -> Signed:
        key = ec.generate_private_key(ec.SECP256R1())
        return Signed(pem(key), self._signed(key.public_key(), name, since, until, extension))

    def _signed(
        self,
        key: ec.EllipticCurvePublicKey,
        name: x509.Name,
        since: datetime,
        until: datetime,
        extension: x509.ExtensionType,
    ) -> str:
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(since)
            .not_valid_after(until)
            .add_extension(extension, critical=False)
            .sign(self._key, hashes.SHA256())
            .public_bytes(Encoding.PEM)
            .decode()
        )
