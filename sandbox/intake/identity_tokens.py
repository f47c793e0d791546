"""Identity codes: opaque tokens that stand for a person, for once and for a minute.

A city's own app makes them for whoever is signed in there; here they are made for invented people.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import yaml
from pydantic import TypeAdapter
from sqlalchemy import delete
from sqlalchemy.orm import Session

from kiosk.intake.contract import CHINA_TIME, Applicant, IdentityAnswer, ProblemType
from sandbox.intake.auditing import STAFF, note
from sandbox.intake.database import Database
from sandbox.intake.licences import FOLDER
from sandbox.intake.problems import Refusal
from sandbox.intake.tables import IdentityToken
from sandbox.intake.wrong_tries import WrongTries

TOKEN_LASTS = timedelta(seconds=60)
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_PREFIX = "SANDBOX-MZT:"
"""By which a kiosk knows what it has scanned; config/scanner.toml repeats it."""

_LENGTH = 32
"""Characters of 5 bits each: 160 bits."""


def load_people(folder: Path = FOLDER) -> dict[str, Applicant]:
    """By name. Raises pydantic's ValidationError for a file that is not what it must be."""
    told = yaml.safe_load((folder / "people.yaml").read_text(encoding="utf-8"))
    people = TypeAdapter(tuple[Applicant, ...]).validate_python(
        [{**person, "assurance": "scanned_token"} for person in told]
    )
    return {person.name: person for person in people}


class IdentityTokens:
    """Each token stands in the database as a digest alone, so that a new instance knows it too
    and nobody who reads it there can use it."""

    def __init__(self, database: Database, people: Mapping[str, Applicant]) -> None:
        self._database = database
        self._people = people
        self._wrong = WrongTries(most=10)

    @property
    def names(self) -> tuple[str, ...]:
        """The people whose codes can be shown."""
        return tuple(self._people)

    def issue(self, name: str, actor: str = STAFF) -> str:
        """A new token of this person, which counts from now. KeyError for a name that no sample
        person has. The audit trail names the `actor` alone."""
        person = self._people[name]
        at = datetime.now(CHINA_TIME)
        token = _PREFIX + "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
        with self._database.transaction() as session:
            session.execute(delete(IdentityToken).where(IdentityToken.expires_at <= at.isoformat()))
            session.add(
                IdentityToken(
                    digest=_digest(token),
                    person=person.name,
                    expires_at=(at + TOKEN_LASTS).isoformat(),
                )
            )
            note(session, at, actor, "token-issued", actor)
        return token

    def redeem(self, session: Session, kiosk: str, token: str, at: datetime) -> IdentityAnswer:
        """Whose it is, and the end of it. Every other one is refused in the same words."""
        self._wrong.check(kiosk)
        row = session.get(IdentityToken, _digest(token), with_for_update=True)
        person = self._people.get(row.person) if row is not None else None
        if row is None or person is None or row.expires_at <= at.isoformat():
            self._wrong.add(kiosk)
            raise Refusal(ProblemType.TOKEN_INVALID)
        session.delete(row)
        note(session, at, kiosk, "identified", kiosk)
        return IdentityAnswer(applicant=person, answered_at=at)


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
