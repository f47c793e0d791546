"""Which kiosks there are: enrolment by code, device keys, renewal, revocation, signatures."""

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from joserfc.jwk import ECKey
from joserfc.jws import deserialize_compact, extract_compact
from pydantic import BaseModel
from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.orm import Session

from kiosk.intake.contract import CHINA_TIME, ProblemType
from kiosk.intake.contract.enrolment import DeviceCertificate
from sandbox.intake.auditing import STAFF, note
from sandbox.intake.authority import (
    Authority,
    Requested,
    RequestInvalid,
    read_request,
)
from sandbox.intake.database import Database
from sandbox.intake.problems import Refusal
from sandbox.intake.stored_key import key_of, to_store
from sandbox.intake.tables import DeviceKey, EnrolmentCode, table_of
from sandbox.intake.wrong_tries import WrongTries

CODE_LASTS = timedelta(hours=24)
_STANDING_LASTS = timedelta(days=3650)
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODE_LENGTH = 16
"""Characters of 5 bits each: 80 bits, which nobody guesses in a day."""


_THUMBPRINT = re.compile(r"[A-Za-z0-9_-]{43}")
_KEYS = table_of(DeviceKey)
_STANDING = select(_KEYS.c.kiosk, _KEYS.c.revoked_at).where(_KEYS.c.kid == bindparam("of"))


class Registry:
    """Every refusal is a `Refusal`."""

    def __init__(self, database: Database, authority: Authority) -> None:
        self._database = database
        self._authority = authority
        self._wrong_codes = WrongTries(most=5)
        # A registered key never changes, so a known one needs no look into the database; whether
        # it was revoked is asked each time.
        self._known: dict[str, tuple[str, ECKey]] = {}

    def issue_code(self, kiosk: str, standing: bool = False, actor: str = STAFF) -> str:
        """A new code for this kiosk, for once within 24 hours, or, `standing`, again and again.
        The audit trail names the `actor`."""
        code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
        self.set_code(kiosk, code, standing, actor)
        return code

    def set_code(self, kiosk: str, code: str, standing: bool = False, actor: str = STAFF) -> None:
        at = datetime.now(CHINA_TIME)
        with self._database.transaction() as session:
            session.merge(
                EnrolmentCode(
                    digest=_digest(code),
                    kiosk=kiosk,
                    issued_at=at.isoformat(),
                    expires_at=(at + (_STANDING_LASTS if standing else CODE_LASTS)).isoformat(),
                    used_at=None,
                    standing=standing,
                )
            )
            note(session, at, actor, "code-issued", kiosk, {"standing": standing})

    def revoke(self, kiosk: str, actor: str = STAFF) -> None:
        """Of this kiosk no key and no code is accepted any more; a new code enrols it anew."""
        at = datetime.now(CHINA_TIME)
        with self._database.transaction() as session:
            session.execute(
                update(DeviceKey)
                .where(DeviceKey.kiosk == kiosk, DeviceKey.revoked_at.is_(None))
                .values(revoked_at=at.isoformat())
            )
            session.execute(
                update(EnrolmentCode)
                .where(EnrolmentCode.kiosk == kiosk)
                .values(expires_at=at.isoformat())
            )
            note(session, at, actor, "revoked", kiosk)

    def enrol(
        self, session: Session, kiosk: str, code: str, request: str, at: datetime
    ) -> DeviceCertificate:
        """Use the code up, and certify the request's key."""
        requested = _request_of(kiosk, request)
        self._wrong_codes.check(kiosk)
        row = session.get(EnrolmentCode, _digest(code), with_for_update=True)
        if (
            row is None
            or row.kiosk != kiosk
            or row.expires_at <= at.isoformat()
            or (row.used_at is not None and not row.standing)
        ):
            self._wrong_codes.add(kiosk)
            raise Refusal(ProblemType.CODE_INVALID)
        row.used_at = at.isoformat()
        certified = self._certify(session, requested, at)
        note(session, at, kiosk, "enrolled", kiosk, {"kid": certified.kid})
        return certified

    def renew(
        self, session: Session, kiosk: str, signer: str, request: str, at: datetime
    ) -> DeviceCertificate:
        """Certify a new key, asked for with the key `signer`, whose certificate still runs."""
        requested = _request_of(kiosk, request)
        held = session.get_one(DeviceKey, signer)
        if datetime.fromisoformat(held.not_after) <= at:
            raise Refusal(ProblemType.CERTIFICATE_REQUIRED)
        certified = self._certify(session, requested, at)
        note(session, at, kiosk, "renewed", kiosk, {"kid": certified.kid, "before": signer})
        return certified

    def _certify(self, session: Session, requested: Requested, at: datetime) -> DeviceCertificate:
        row = session.get(DeviceKey, requested.kid)
        if row is None:
            row = DeviceKey(
                kid=requested.kid,
                kiosk=requested.kiosk,
                public_key=to_store(requested.key, private=False),
                issued_at=at.isoformat(),
            )
            session.add(row)
        else:
            _admit(row, requested.kiosk)
        issued = self._authority.for_device(requested)
        not_after = issued.not_after.astimezone(CHINA_TIME)
        row.serial, row.certificate = issued.serial, issued.certificate
        row.not_after = not_after.isoformat()
        session.flush()
        return DeviceCertificate(
            kiosk=requested.kiosk,
            kid=requested.kid,
            certificate=issued.certificate,
            authority=self._authority.certificate,
            not_after=not_after,
        )

    def signer(self, kiosk: str, signature: str, claims: BaseModel) -> str:
        """The kid of the registered key of this kiosk that signed these claims."""
        kid = kid_of(signature)
        owner, key = self._known.get(kid) or self._learn(kid)
        if owner != kiosk:
            raise Refusal(ProblemType.KIOSK_UNKNOWN)
        try:
            payload = deserialize_compact(signature, key, algorithms=["ES256"]).payload
            signed = type(claims).model_validate_json(payload)
        except Exception:  # noqa: BLE001 - what was signed breaks in as many
            raise Refusal(ProblemType.SIGNATURE_INVALID) from None
        if signed != claims:
            raise Refusal(ProblemType.SIGNATURE_INVALID)
        return kid

    def admit(self, session: Session, kiosk: str, kids: set[str]) -> None:
        """That these keys are this kiosk's and none was revoked, as the transaction sees it."""
        for kid in kids:
            row = session.connection().execute(_STANDING, {"of": kid}).one_or_none()
            _admit(row, kiosk)

    def _learn(self, kid: str) -> tuple[str, ECKey]:
        row = None
        if _THUMBPRINT.fullmatch(kid):
            with self._database.reading() as session:
                row = session.get(DeviceKey, kid)
        if row is None:
            raise Refusal(ProblemType.KIOSK_UNKNOWN)
        self._known[kid] = row.kiosk, key_of(row.public_key)
        return self._known[kid]


def kid_of(signature: str) -> str:
    """By which key it says that it was made."""
    try:
        return str(extract_compact(signature.encode("ascii")).headers()["kid"])
    except Exception:  # noqa: BLE001 - a header from outside breaks in many ways
        raise Refusal(ProblemType.SIGNATURE_INVALID) from None


def _admit(row: DeviceKey | Row[str, str | None] | None, kiosk: str) -> None:
    if row is None:
        raise Refusal(ProblemType.KIOSK_UNKNOWN)
    if row.kiosk != kiosk:
        raise Refusal(ProblemType.OTHER_KIOSK)
    if row.revoked_at is not None:
        raise Refusal(ProblemType.KIOSK_REVOKED)


def _request_of(kiosk: str, request: str) -> Requested:
    try:
        requested = read_request(request)
    except RequestInvalid as error:
        raise Refusal(ProblemType.CONTENT_INVALID, str(error)) from None
    if requested.kiosk != kiosk:
        raise Refusal(ProblemType.CONTENT_INVALID, "the common name is not the kiosk's id")
    return requested


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode("ascii")).hexdigest()
