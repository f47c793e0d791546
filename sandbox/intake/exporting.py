"""Everything that came in, to be read by a person."""

from typing import Any

from sqlalchemy import select

from sandbox.intake.database import Database
from sandbox.intake.stored_key import key_of, to_store
from sandbox.intake.tables import (
    ApplicantAct,
    Base,
    Case,
    Correction,
    LookUp,
    Rating,
    SlipKeyPair,
    SuppliedFile,
)


def everything(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Whatever citizens and kiosks sent, oldest first, and the public keys that answer for the
    slips."""
    with database.reading() as session:
        return {
            "applications": [
                _columns(c) for c in session.scalars(select(Case).order_by(Case.number))
            ],
            "corrections": [
                _columns(c) for c in session.scalars(select(Correction).order_by(Correction.id))
            ],
            "case_acts": [
                _columns(a) for a in session.scalars(select(ApplicantAct).order_by(ApplicantAct.id))
            ],
            "supplied_files": [
                _columns(f) for f in session.scalars(select(SuppliedFile).order_by(SuppliedFile.id))
            ],
            "ratings": [
                _columns(r) for r in session.scalars(select(Rating).order_by(Rating.received_at))
            ],
            "look_ups": [
                _columns(q) for q in session.scalars(select(LookUp).order_by(LookUp.answered_at))
            ],
            "slip_keys": [
                to_store(key_of(pair.private_key), private=False)
                for pair in session.scalars(select(SlipKeyPair))
            ],
        }


def _columns(row: Base) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}
