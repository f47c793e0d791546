"""The keys to which kiosks seal: one in use, the retired ones still opening."""

from datetime import datetime

from joserfc.jwk import ECKey
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from kiosk.intake.contract import CHINA_TIME, SealingKey
from sandbox.intake.auditing import STAFF, note
from sandbox.intake.database import Database
from sandbox.intake.opening import CannotOpen, open_sealed
from sandbox.intake.stored_key import key_of, to_store
from sandbox.intake.tables import SealingKeyPair


class SealingKeys:
    """Kept in the database, so that every instance opens what was sealed to any of them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, ECKey] = {}
        with database.transaction() as session:
            database.alone(session)
            if session.scalar(_IN_USE) is None:
                _make(session, datetime.now(CHINA_TIME), STAFF)
        self._learn()

    def public_key(self) -> SealingKey:
        """The one in use."""
        with self._database.reading() as session:
            row = session.scalars(_IN_USE).one()
        public = to_store(key_of(row.private_key), private=False)
        return SealingKey(
            kty="EC", crv="P-256", x=str(public["x"]), y=str(public["y"]), kid=row.kid
        )

    def open(self, sealed: str) -> bytes:
        """The plaintext; CannotOpen when it was sealed to none of the keys."""
        try:
            return open_sealed(sealed, self._known)
        except CannotOpen as error:
            # Another instance may have made a key since.
            if error.args != (KeyError.__name__,) or not self._learn():
                raise
            return open_sealed(sealed, self._known)

    def rotate(self, actor: str = STAFF) -> None:
        """A new key is in use from now on; the audit trail names the `actor`."""
        at = datetime.now(CHINA_TIME)
        with self._database.transaction() as session:
            self._database.alone(session)
            session.execute(
                update(SealingKeyPair)
                .where(SealingKeyPair.retired_at.is_(None))
                .values(retired_at=at.isoformat())
            )
            _make(session, at, actor)
        self._learn()

    def _learn(self) -> bool:
        """Read the keys anew; whether there was one that was not known."""
        with self._database.reading() as session:
            rows = session.scalars(select(SealingKeyPair)).all()
        before, self._known = (
            self._known,
            {row.kid: key_of(row.private_key) for row in rows},
        )
        return before.keys() != self._known.keys()


_IN_USE = select(SealingKeyPair).where(SealingKeyPair.retired_at.is_(None))


def _make(session: Session, at: datetime, actor: str) -> None:
    made = ECKey.generate_key("P-256", auto_kid=True)
    kid = str(made.kid)
    session.execute(
        insert(SealingKeyPair),
        {"kid": kid, "private_key": to_store(made, private=True), "made_at": at.isoformat()},
    )
    note(session, at, actor, "sealing-key-made", kid)
