"""Signing in, staying signed in, and the wait after wrong passwords.

Sessions stand in the database, so that every instance of the service knows them and signing out
ends them.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from sandbox.intake.tables import DeskSession, Officer, SignInTries

LONGEST = timedelta(hours=8)
IDLE = timedelta(minutes=30)
FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=15)
_TRIES_KEPT = timedelta(days=1)
_SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class SignedIn:
    """Who asks. `department` None sees the cases of all."""

    name: str
    shown_as: str
    department: str | None
    is_administrator: bool


def new_token() -> str:
    return secrets.token_urlsafe(32)


def form_token(token: str) -> str:
    """What every form of the browser that holds this cookie carries: another site can neither
    read the cookie nor guess this."""
    return _digest(f"form:{token}")


def begin_session(session: Session, officer: str, now: datetime) -> str:
    """Returns the cookie's value; the database keeps its digest alone."""
    session.execute(
        delete(DeskSession).where(DeskSession.signed_in_at < (now - LONGEST).isoformat())
    )
    token = new_token()
    session.add(
        DeskSession(
            token=_digest(token),
            officer=officer,
            signed_in_at=now.isoformat(),
            seen_at=now.isoformat(),
        )
    )
    return token


def signed_in(session: Session, token: str, now: datetime) -> SignedIn | None:
    """Whose session it is; None where there is none, or it is over."""
    found = session.get(DeskSession, _digest(token))
    if found is None:
        return None
    seen = datetime.fromisoformat(found.seen_at)
    if now - seen > IDLE or now - datetime.fromisoformat(found.signed_in_at) > LONGEST:
        session.delete(found)
        return None
    if now - seen > _SEEN_EVERY:
        found.seen_at = now.isoformat()
    officer = session.get_one(Officer, found.officer)
    return SignedIn(officer.name, officer.shown_as, officer.department, officer.is_administrator)


def end_session(session: Session, token: str) -> None:
    session.execute(delete(DeskSession).where(DeskSession.token == _digest(token)))


def end_sessions_of(session: Session, officer: str, keep: str = "") -> None:
    """All of them, but the one whose cookie is to be kept."""
    session.execute(
        delete(DeskSession).where(
            DeskSession.officer == officer, DeskSession.token != _digest(keep)
        )
    )


def wait_before_try(session: Session, name: str, now: datetime) -> timedelta | None:
    """How long this name has to wait still; None: a password may be looked at.

    That one counts as wrong until `forget_tries`, so that many at once are no more than one by
    one.
    """
    session.execute(
        delete(SignInTries).where(SignInTries.tried_at < (now - _TRIES_KEPT).isoformat())
    )
    found = session.get(SignInTries, _digest(name), with_for_update=True)
    if found is None:
        found = SignInTries(name=_digest(name), tries=0)
        session.add(found)
    elif found.wait_until is not None and now < (until := datetime.fromisoformat(found.wait_until)):
        return until - now
    found.tries += 1
    found.tried_at = now.isoformat()
    if found.tries >= FREE_TRIES:
        wait = min(FIRST_WAIT * 2 ** min(found.tries - FREE_TRIES, 20), LONGEST_WAIT)
        found.wait_until = (now + wait).isoformat()
    return None


def forget_tries(session: Session, name: str) -> None:
    session.execute(delete(SignInTries).where(SignInTries.name == _digest(name)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
