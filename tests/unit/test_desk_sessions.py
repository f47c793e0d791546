"""Who is signed in at the officers' desk, for how long, and who has to wait."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from kiosk.intake.contract import CHINA_TIME
from sandbox.intake.database import Database
from sandbox.intake.desk.officers import (
    OfficerInvalid,
    add_officer,
    add_sample_officer,
    password_is_right,
)
from sandbox.intake.desk.sessions import (
    IDLE,
    LONGEST,
    begin_session,
    forget_tries,
    signed_in,
    wait_before_try,
)
from sandbox.intake.desk.sign_in import own_path
from sandbox.intake.tables import AuditEntry, DeskSession, Officer

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=CHINA_TIME)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database.in_folder(tmp_path)
    with made.transaction() as session:
        session.add(Officer(name="wang", shown_as="王示例", password_hash=""))
    yield made
    made.close()


def test_a_session_ends_when_nothing_happens(database: Database) -> None:
    """Half an hour without a page ends it; every page in between gives it half an hour more."""
    with database.transaction() as session:
        token = begin_session(session, "wang", NOW)
        assert signed_in(session, token, NOW + IDLE)
        assert signed_in(session, token, NOW + 2 * IDLE)
        assert signed_in(session, token, NOW + 3 * IDLE + MINUTE) is None
    with database.transaction() as session:
        assert signed_in(session, token, NOW + 2 * IDLE) is None


def test_a_session_ends_with_the_working_day(database: Database) -> None:
    """Eight hours end it though pages were asked for all the time."""
    with database.transaction() as session:
        token = begin_session(session, "wang", NOW)
        at = NOW
        while at + 20 * MINUTE <= NOW + LONGEST:
            at += 20 * MINUTE
            assert signed_in(session, token, at)
        assert signed_in(session, token, NOW + LONGEST + MINUTE) is None


def test_the_database_cannot_be_used_to_sign_in(database: Database) -> None:
    """It holds a digest, which is no cookie."""
    with database.transaction() as session:
        token = begin_session(session, "wang", NOW)
        session.flush()
        [kept] = session.scalars(select(DeskSession.token)).all()
        assert kept != token
        assert signed_in(session, kept, NOW) is None


def test_the_wait_doubles_up_to_its_ceiling(database: Database) -> None:
    """Five tries are free; then 15 s, doubling to 15 min; success begins anew."""
    waits = []
    with database.transaction() as session:
        at = NOW
        assert [None] * 4 == [wait_before_try(session, "wang", at) for _ in range(4)]
        for _ in range(8):
            assert wait_before_try(session, "wang", at) is None
            wait = wait_before_try(session, "wang", at)
            assert wait is not None
            waits.append(wait.total_seconds())
            at += wait
        assert [15, 30, 60, 120, 240, 480, 900, 900] == waits
        assert wait_before_try(session, "chen", at) is None
        forget_tries(session, "wang")
        assert [None] * 5 == [wait_before_try(session, "wang", at) for _ in range(5)]


def test_passwords_are_kept_as_argon2id(database: Database) -> None:
    """The right one is taken, others and other people's names are not; a short one is refused."""
    with database.transaction() as session:
        add_officer(session, "li", "李示例", None, "a-long-password", by="wang")
        officer = session.get_one(Officer, "li")
        assert officer.password_hash.startswith("$argon2id$")
        assert password_is_right(officer, "a-long-password")
        assert not password_is_right(officer, "a-long-passworD")
        assert not password_is_right(None, "a-long-password")
        with pytest.raises(OfficerInvalid):
            add_officer(session, "zhao", "赵示例", None, "short", by="wang")


def test_the_sample_officer_is_made_once(tmp_path: Path) -> None:
    """At the first start alone, with a password that only the folder's owner can read."""
    database = Database.in_folder(tmp_path)
    with database.transaction() as session:
        file = add_sample_officer(session, tmp_path)
        assert file is not None
        assert 0o600 == file.stat().st_mode & 0o777
        name, password = file.read_text(encoding="utf-8").split()
        assert password_is_right(session.get(Officer, name), password)
        assert add_sample_officer(session, tmp_path) is None
    database.close()


def test_an_officer_is_added_at_the_command_line(tmp_path: Path) -> None:
    """The password comes by standard input, so that no list of processes shows it."""
    order = ["add-officer", "wang", "--shown-as", "王示例", "--department", "县民政局"]
    subprocess.run(
        [sys.executable, "-m", "sandbox.intake.desk", "--folder", str(tmp_path), *order],
        input="a-long-password\n",
        text=True,
        check=True,
        timeout=30,
        cwd=Path(__file__).parents[2],
    )
    database = Database.in_folder(tmp_path)
    with database.reading() as session:
        officer = session.get_one(Officer, "wang")
        noted = session.scalars(select(AuditEntry.action)).all()
    database.close()
    assert ("县民政局", False) == (officer.department, officer.is_administrator)
    assert password_is_right(officer, "a-long-password")
    assert ["officer_added"] == noted


@given(st.text() | st.from_regex(r"[/\\]{1,3}[a-z.]*(/[a-z]*)?", fullmatch=True))
def test_signing_in_leads_to_the_desk_alone(path: str) -> None:
    """Whatever stands in the address, the page after signing in is one of the desk's."""
    led = own_path(path)
    assert led == "/" or (led == path and path[0] == "/" and path[1] not in "/\\")
