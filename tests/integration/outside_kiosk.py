"""A kiosk as an outside team would write it from the document: of ours it has the models alone."""

import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import requests
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from joserfc.jwe import encrypt_compact
from joserfc.jwk import ECKey
from joserfc.jws import serialize_compact
from pydantic import BaseModel

from kiosk.intake.contract import (
    CHINA_TIME,
    Application,
    ApplicationClaims,
    Attachment,
    RatingClaims,
    RatingReasons,
    digest_of,
)
from kiosk.intake.contract.case_acts import Act, CaseActClaims, CaseActContent
from kiosk.intake.contract.dossier import DossierContent, Person
from kiosk.intake.contract.enrolment import RenewalClaims
from sandbox.intake.local_intake import LocalIntake
from tests.integration.intake_fixtures import application

KEPT_AT = datetime(2026, 11, 24, 9, 30, tzinfo=CHINA_TIME)
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def request_for(kiosk: str, key: ec.EllipticCurvePrivateKey) -> str:
    """PKCS #10 in PEM."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, kiosk)])
    builder = x509.CertificateSigningRequestBuilder().subject_name(name)
    return builder.sign(key, SHA256()).public_bytes(Encoding.PEM).decode()


def reference() -> str:
    return "JL03-261124-" + "".join(secrets.choice(_LETTERS) for _ in range(6))


def problem(answer: requests.Response) -> tuple[int, str]:
    """Status and type, after a look that it is a whole problem document."""
    assert "application/problem+json" == answer.headers["Content-Type"]
    read = answer.json()
    assert {"type", "title", "status", "detail", "instance"} == set(read)
    assert answer.status_code == read["status"]
    return answer.status_code, read["type"].removeprefix("/problems/")


@dataclass
class OutsideKiosk:
    """`key` and `kid` are those with which it signs."""

    url: str
    kiosk: str
    key: ec.EllipticCurvePrivateKey
    kid: str
    session: requests.Session

    def post(self, path: str, body: object, key: str | None = None) -> requests.Response:
        """`key` None: a new one; empty: none."""
        headers = {"Idempotency-Key": str(uuid.uuid4()) if key is None else key}
        return self.session.post(
            f"{self.url}v1/{path}", json=body, headers=headers if key != "" else {}, timeout=20
        )

    def sealed(self, content: BaseModel | bytes) -> str:
        jwk = self.session.get(f"{self.url}v1/sealing-key", timeout=5).json()
        plain = content if isinstance(content, bytes) else content.model_dump_json().encode()
        header = {"alg": "ECDH-ES", "enc": "A256GCM", "kid": jwk["kid"]}
        return encrypt_compact(header, plain, ECKey.import_key(jwk))

    def signed(self, claims: BaseModel) -> dict[str, Any]:
        """The claims as members of a body, and the signature over them."""
        said = claims.model_dump_json()
        header = {"alg": "ES256", "kid": self.kid}
        signature = serialize_compact(header, said.encode(), ECKey.import_key(pem(self.key)))
        return {**claims.model_dump(mode="json"), "signature": signature}

    def application(
        self,
        named: str | None = None,
        content: Application | bytes | None = None,
        attachments: Iterable[BaseModel | bytes] = (),
        **changed: Any,
    ) -> dict[str, Any]:
        """A body. `changed` are claims that are signed as they are."""
        sealed = self.sealed(content or application())
        parts = [self.sealed(attachment) for attachment in attachments]
        claims = {
            "kiosk": self.kiosk,
            "reference": named or reference(),
            "item": "041",
            "kept_at": KEPT_AT,
            "digest": digest_of(sealed, *parts),
            **changed,
        }
        return {
            **self.signed(ApplicationClaims.model_validate(claims)),
            "sealed": sealed,
            "attachments": parts,
        }

    def rating(self, rated: str, level: int = 5, reasons: tuple[str, ...] = ()) -> dict[str, Any]:
        sealed = self.sealed(RatingReasons(reasons=reasons)) if reasons else None
        claims = RatingClaims(
            kiosk=self.kiosk,
            reference=rated,
            level=level,
            kept_at=KEPT_AT,
            digest=digest_of(*([sealed] if sealed else [])),
        )
        return {**self.signed(claims), "sealed": sealed}

    def asking(self, content: BaseModel) -> dict[str, Any]:
        """A body that asks with what is sealed alone."""
        return {"kiosk": self.kiosk, "sealed": self.sealed(content)}

    def dossier(self, number: str) -> dict[str, Any]:
        """What the person with this number is told."""
        person = Person(kind="resident_id", number=number)
        answer = self.post("dossiers", self.asking(DossierContent(person=person)), "")
        assert 200 == answer.status_code, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def case_act(
        self,
        number: str,
        act: Act,
        person: str,
        attachments: Iterable[Attachment] = (),
        named: str | None = None,
        **changed: Any,
    ) -> dict[str, Any]:
        """A body. `changed` are members of the sealed content."""
        who = Person(kind="resident_id", number=person)
        content = CaseActContent(person=who, number=number, act=act)
        sealed = self.sealed(content.model_copy(update=changed))
        parts = [self.sealed(attachment) for attachment in attachments]
        claims = CaseActClaims(
            kiosk=self.kiosk,
            reference=named or reference(),
            number=number,
            kept_at=KEPT_AT,
            digest=digest_of(sealed, *parts),
        )
        return {**self.signed(claims), "sealed": sealed, "attachments": parts}

    def renewal(self, key: ec.EllipticCurvePrivateKey) -> dict[str, Any]:
        wanted = request_for(self.kiosk, key)
        claims = RenewalClaims(kiosk=self.kiosk, digest=digest_of(wanted))
        return {**self.signed(claims), "request": wanted}

    def shows(self, folder: Path, certificate: str) -> None:
        """Show this certificate in TLS from now on."""
        file = folder / f"{self.kiosk}-{uuid.uuid4().hex}.pem"
        file.write_text(pem(self.key) + certificate)
        self.session.close()
        self.session.cert = str(file)


def enrolled(intake: LocalIntake, kiosk: str = "JL-03", folder: Path | None = None) -> OutsideKiosk:
    """With a new code. `folder`: where its certificate is kept, for TLS."""
    session = requests.Session()
    session.trust_env = False
    session.verify = str(intake.authority)
    key = new_key()
    made = OutsideKiosk(intake.url, kiosk, key, "", session)
    code = intake.issue_code(kiosk)
    body = {"kiosk": kiosk, "code": code, "request": request_for(kiosk, key)}
    answer = made.post("enrolments", body)
    assert 201 == answer.status_code, answer.text
    made.kid = answer.json()["kid"]
    if folder is not None:
        made.shows(folder, answer.json()["certificate"])
    return made
