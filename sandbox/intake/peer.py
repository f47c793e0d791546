"""Who is at the other end of a TLS connection."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from starlette.types import Scope

from kiosk.intake.contract import ProblemType
from sandbox.intake.authority import thumbprint
from sandbox.intake.problems import Refusal


@dataclass(frozen=True)
class Peer:
    """The kiosk that a client certificate names, and its key (RFC 7638)."""

    kiosk: str
    kid: str


def peer_of(scope: Scope) -> Peer | None:
    """None on a connection without TLS, where signatures alone say whose a message is. Under TLS
    (extension `tls` of ASGI) without a client certificate: Refusal. That it was issued by our
    authority and still runs, the handshake made sure of."""
    tls: dict[str, Any] | None = scope.get("extensions", {}).get("tls")
    if tls is None:
        return None
    if not tls["client_cert_chain"]:
        raise Refusal(ProblemType.CERTIFICATE_REQUIRED)
    return _read(tls["client_cert_chain"][0])


@lru_cache(maxsize=4096)
def _read(pem: str) -> Peer:
    certificate = x509.load_pem_x509_certificate(pem.encode("ascii"))
    key = certificate.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    [name] = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return Peer(str(name.value), thumbprint(key))
