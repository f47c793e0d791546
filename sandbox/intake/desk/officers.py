"""Who may sign in at the desk, and with which password."""

import secrets
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Semaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kiosk.intake.contract import CHINA_TIME
from sandbox.intake.auditing import STAFF, note
from sandbox.intake.desk.sessions import end_sessions_of
from sandbox.intake.tables import AuditEntry, Officer

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
_LONGEST_NAME = 40
_LONGEST_SHOWN = 60
OFFICER_FILE = "desk-officer.txt"
_SAMPLE_NAME = "demo"

_hasher = PasswordHasher()
_few_at_once = Semaphore(2)
"""Each look at a password takes 64 MiB."""


class OfficerInvalid(Exception):
    """An officer cannot be added like this; `words` say why, in Chinese."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def add_officer(
    session: Session,
    name: str,
    shown_as: str,
    department: str | None,
    password: str,
    *,
    by: str,
    is_administrator: bool = False,
) -> None:
    """`department` None sees the cases of all. Raises OfficerInvalid."""
    if not name.isascii() or not name.replace("-", "").isalnum() or len(name) > _LONGEST_NAME:
        raise OfficerInvalid("登录名只能用字母、数字和短横，最多 40 个")
    if not 0 < len(shown_as.strip()) <= _LONGEST_SHOWN:
        raise OfficerInvalid("请填写姓名，最多 60 个字")
    if session.scalar(select(AuditEntry.id).where(AuditEntry.actor == name).limit(1)) or (
        session.get(Officer, name) is not None
    ):
        raise OfficerInvalid("这个登录名已经用过，请换一个")
    session.add(
        Officer(
            name=name,
            shown_as=shown_as.strip(),
            department=department,
            password_hash=_hash_of(password),
            is_administrator=is_administrator,
        )
    )
    _note(session, by, "officer_added", name)


def remove_officer(session: Session, name: str, *, by: str) -> None:
    """Whoever is signed in under this name is out at once; what was done under it stays noted,
    so nobody else gets the name."""
    end_sessions_of(session, name)
    session.execute(delete(Officer).where(Officer.name == name))
    _note(session, by, "officer_removed", name)


def set_password(session: Session, name: str, password: str, keep: str) -> None:
    """All sessions of the officer end but the one with the cookie `keep`. Raises
    OfficerInvalid."""
    session.get_one(Officer, name).password_hash = _hash_of(password)
    end_sessions_of(session, name, keep)
    _note(session, name, "password_changed", name)


def password_is_right(officer: Officer | None, password: str) -> bool:
    """Takes about as long for a name that nobody has."""
    known = officer.password_hash if officer else _nobodys_hash()
    with _few_at_once:
        try:
            _hasher.verify(known, password)
        except VerificationError:
            return False
    return officer is not None


def add_sample_officer(session: Session, folder: Path) -> Path | None:
    """Where nobody can sign in yet, an administrator for trying the desk out.

    Returns the file, readable by its owner alone, that holds the name and a random password.
    """
    if session.scalar(select(Officer.name).limit(1)) is not None:
        return None
    password = secrets.token_urlsafe(12)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / OFFICER_FILE
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    file.write_text(f"{_SAMPLE_NAME}\n{password}\n", encoding="utf-8")
    add_officer(
        session, _SAMPLE_NAME, "示例管理员", None, password, by=STAFF, is_administrator=True
    )
    return file


def _note(session: Session, actor: str, action: str, name: str) -> None:
    note(session, datetime.now(CHINA_TIME), actor, action, name)


@cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe())


def _hash_of(password: str) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise OfficerInvalid(f"密码至少 {SHORTEST_PASSWORD} 位，最多 {LONGEST_PASSWORD} 位")
    return _hasher.hash(password)
