"""The file under the outbox: what it holds outlives damage, and programs older and newer."""

import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.errors import OutboxUnavailable
from kiosk.intake.contract import CHINA_TIME
from kiosk.intake.outbox import Outbox
from kiosk.intake.outbox_rows import Accepted, Draft, EntryKind, OpenRow

AT = datetime(2026, 11, 24, 9, 30, tzinfo=CHINA_TIME)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "storage" / "outbox.sqlite"


@pytest.fixture
def outbox(file: Path) -> Outbox:
    return Outbox(file)


def add(outbox: Outbox, payload: bytes = b"sealed") -> OpenRow:
    draft = Draft(EntryKind.APPLICATION, lambda reference: (payload, "0" * 64))
    return outbox.add("JL-03", AT, (draft,))[0]


def references(outbox: Outbox) -> list[str]:
    return [record.reference for record in outbox.records()]


def test_the_file_syncs_each_commit(outbox: Outbox, file: Path) -> None:
    """WAL with synchronous=FULL: a commit survives a power cut."""
    outbox.check()
    assert "wal" == sqlite3.connect(file).execute("PRAGMA journal_mode").fetchone()[0]
    with outbox._file.transaction() as db:
        assert 2 == db.execute("PRAGMA synchronous").fetchone()[0]


def test_only_the_owner_may_read_the_file(outbox: Outbox, file: Path) -> None:
    """Other users of the machine see nothing, not even what is sealed."""
    outbox.check()
    assert 0o600 == file.stat().st_mode & 0o777


@pytest.mark.parametrize("damage", [b"no database at all" * 600, b""])
def test_a_damaged_file_is_set_aside(outbox: Outbox, file: Path, damage: bytes) -> None:
    """A file that is no database is kept under another name, and a new one takes applications;
    an empty file is simply a new one."""
    file.parent.mkdir()
    file.write_bytes(damage)
    if damage:
        with pytest.raises(OutboxUnavailable):
            outbox.check()
    outbox.check()
    add(outbox)
    aside = [p.read_bytes() for p in file.parent.glob("outbox.corrupt-*")]
    assert ([damage] if damage else []) == aside


def test_a_damaged_page_is_found_before_a_form_begins(outbox: Outbox, file: Path) -> None:
    """The look at the start goes through the whole file, not its first page alone."""
    for _ in range(40):
        add(outbox, b"x" * 3000)
    outbox.close()
    whole = bytearray(file.read_bytes())
    whole[4096 * 8 : 4096 * 20] = b"\xaa" * 4096 * 12
    file.write_bytes(whole)
    with pytest.raises(OutboxUnavailable):
        Outbox(file).check()
    Outbox(file).check()
    assert 1 == len(list(file.parent.glob("outbox.corrupt-*")))


def test_a_damage_that_two_find_is_set_aside_once(outbox: Outbox, file: Path) -> None:
    """Whoever finds a file damaged that the other one has replaced leaves the new one in place."""
    outbox.prune(AT)
    file.write_bytes(b"no database at all" * 600)
    with pytest.raises(OutboxUnavailable):
        Outbox(file).check()
    row = add(Outbox(file))
    outbox._file.set_aside()
    assert (row,) == outbox.open_rows()
    assert outbox.stands_aside()


def test_a_row_of_a_damaged_file_is_no_row_of_the_new_one(outbox: Outbox, file: Path) -> None:
    """What came of a try before the damage touches no row that was kept after it."""
    before = add(outbox)
    outbox.close()
    file.write_bytes(b"no database at all" * 600)
    with pytest.raises(OutboxUnavailable):
        outbox.check()
    after = add(outbox)
    outbox.advance([Accepted(before.key, "3504282611240001")], ())
    assert (after,) == outbox.open_rows()


def test_a_file_moved_away_gets_no_further_rows(outbox: Outbox, file: Path) -> None:
    """Committing into a file that nobody will open again would lose the application."""
    add(outbox)
    file.rename(file.with_name("elsewhere"))
    assert [add(outbox).reference] == references(Outbox(file))


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """No place for the file is an error of the tree, not of the operating system."""
    (tmp_path / "storage").write_text("a file stands here")
    with pytest.raises(OutboxUnavailable):
        add(Outbox(tmp_path / "storage" / "outbox.sqlite"))


def test_rows_of_an_older_file_are_kept(outbox: Outbox, file: Path) -> None:
    """A file of version 1 is brought up to date with all that it holds."""
    file.parent.mkdir()
    old = sqlite3.connect(file)
    old.executescript(
        """
        CREATE TABLE entry (
            id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, reference TEXT NOT NULL,
            state TEXT NOT NULL, idempotency_key TEXT NOT NULL UNIQUE, payload BLOB,
            digest TEXT NOT NULL, kept_at TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
            number TEXT, settled_at TEXT, reason TEXT, UNIQUE (kind, reference)
        ) STRICT;
        CREATE INDEX entry_open ON entry (id) WHERE state IN ('waiting', 'sending');
        INSERT INTO entry VALUES
            (3, 'application', 'JL03-261124-K7QM2X', 'sending', 'key-3', X'0102', 'd3',
             '2026-11-24T09:30:00+08:00', 2, NULL, NULL, NULL),
            (4, 'application', 'JL03-261124-K7QM2Y', 'accepted', 'key-4', NULL, 'd4',
             '2026-11-24T09:31:00+08:00', 1, '3504282611240001', '2026-11-24', NULL);
        PRAGMA user_version = 1;
        """
    )
    old.close()
    outbox.check()
    reference = "JL03-261124-K7QM2X"
    row = OpenRow("key-3", EntryKind.APPLICATION, reference, reference, 2)
    assert (row,) == outbox.open_rows()
    assert b"\x01\x02" == outbox.advance((), ("key-3",))[0].payload
    assert ["d3", "d4"] == [record.digest for record in outbox.records()]
    assert "JL03-261124-K7QM2Y" != add(outbox).reference


def test_what_waited_before_acts_were_known_is_sent(outbox: Outbox, file: Path) -> None:
    """A file of version 2 takes acts on cases, and what it held goes out under its old keys."""
    file.parent.mkdir()
    old = sqlite3.connect(file)
    old.executescript(
        """
        CREATE TABLE entry (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('application', 'rating')),
            reference TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'accepted', 'held')),
            idempotency_key TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, kept_at TEXT NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0, number TEXT, reason TEXT, counted_from INTEGER,
            UNIQUE (reference, kind)
        ) STRICT;
        CREATE TABLE payload (entry INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT;
        INSERT INTO entry VALUES
            (3, 'application', 'JL03-261124-K7QM2X', 'sending', 'key-3', 'd3',
             '2026-11-24T09:30:00+08:00', 2, NULL, 'HTTP 503', NULL),
            (4, 'rating', 'JL03-261124-K7QM2X', 'waiting', 'key-4', 'd4',
             '2026-11-24T09:31:00+08:00', 0, NULL, NULL, NULL),
            (5, 'application', 'JL03-261124-K7QM2Y', 'accepted', 'key-5', 'd5',
             '2026-11-24T09:32:00+08:00', 1, '3504282611240001', NULL, 1764000000);
        INSERT INTO payload VALUES (3, X'0102'), (4, X'0304');
        PRAGMA user_version = 2;
        """
    )
    old.close()
    draft = Draft(EntryKind.CASE_ACT, lambda _: (b"act", "0" * 64), "3504282611240001")
    (act,) = outbox.add("JL-03", AT, (draft,))
    assert ["key-3", "key-4", act.key] == [row.key for row in outbox.open_rows()]
    assert ["HTTP 503", None, None, None] == [record.reason for record in outbox.records()]
    sent = outbox.advance((), ("key-3", "key-4", act.key))
    assert [b"\x01\x02", b"act"] == [entry.payload for entry in sent]
    (rating,) = outbox.advance([Accepted("key-3", "3504282611240002")], ("key-4",))
    assert b"\x03\x04" == rating.payload


def test_a_newer_file_is_left_alone(outbox: Outbox, file: Path) -> None:
    """An older program takes nothing, and moves nothing away."""
    outbox.check()
    outbox.close()
    sqlite3.connect(file).execute("PRAGMA user_version = 4")
    with pytest.raises(OutboxUnavailable):
        outbox.check()
    assert not outbox.stands_aside()
