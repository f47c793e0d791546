"""The key that slips are signed with, so that anybody can check one far from any network."""

from datetime import datetime

from joserfc.jwk import ECKey
from joserfc.jws import serialize_compact
from pydantic import JsonValue
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from kiosk.intake.contract import CHINA_TIME
from kiosk.intake.contract.look_ups import SlipClaims, SlipKey
from sandbox.intake.auditing import STAFF, note
from sandbox.intake.database import Database
from sandbox.intake.stored_key import key_of, to_store
from sandbox.intake.tables import SlipKeyPair


class SlipKeys:
    """One key for ever, made at the first start and kept in the database: what it signed lies on
    paper, and nobody can be told of another one."""

    def __init__(self, database: Database) -> None:
        with database.transaction() as session:
            database.alone(session)
            row = session.scalars(select(SlipKeyPair)).one_or_none()
            stored = row.private_key if row is not None else _made(session)
        self._key = key_of(stored)
        self._kid = self._key.thumbprint()

    def public_key(self) -> SlipKey:
        public = to_store(self._key, private=False)
        return SlipKey(kty="EC", crv="P-256", x=str(public["x"]), y=str(public["y"]), kid=self._kid)

    def proof(self, claims: SlipClaims) -> str:
        """A compact JWS (ES256) over the claims."""
        header = {"alg": "ES256", "kid": self._kid}
        return serialize_compact(header, claims.model_dump_json().encode(), self._key)


def _made(session: Session) -> dict[str, JsonValue]:
    made = ECKey.generate_key("P-256", auto_kid=True)
    kid, stored = str(made.kid), to_store(made, private=True)
    at = datetime.now(CHINA_TIME)
    session.execute(
        insert(SlipKeyPair), {"kid": kid, "private_key": stored, "made_at": at.isoformat()}
    )
    note(session, at, STAFF, "slip-key-made", kid)
    return stored
