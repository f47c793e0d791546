"""The outbox: what was committed is there, once, whatever happens to file and disk."""

import re
import sqlite3
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.errors import OutboxUnavailable
from kiosk.intake.contract import CHINA_TIME
from kiosk.intake.outbox import EntryKind, EntryState, Outbox, new_reference

AT = datetime(2026, 11, 24, 9, 30, tzinfo=CHINA_TIME)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "storage" / "outbox.sqlite"


@pytest.fixture
def outbox(file: Path) -> Outbox:
    return Outbox(file)


def add(outbox: Outbox, payload: bytes = b"sealed") -> tuple[int, str]:
    return outbox.add_application("JL-03", AT, lambda reference: (payload, "0" * 64))


def test_a_reference_reads_as_kiosk_day_and_chance() -> None:
    """The reference is short, upper case, and has no letter that people misread."""
    assert re.fullmatch(r"JL03-261124-[2-9A-HJ-NP-Z]{6}", new_reference("JL-03", AT))


def test_the_file_syncs_each_commit(outbox: Outbox, file: Path) -> None:
    """WAL with synchronous=FULL: a commit survives a power cut."""
    outbox.check()
    assert "wal" == sqlite3.connect(file).execute("PRAGMA journal_mode").fetchone()[0]
    assert outbox._connection is not None
    assert 2 == outbox._connection.execute("PRAGMA synchronous").fetchone()[0]


def test_only_the_owner_may_read_the_file(outbox: Outbox, file: Path) -> None:
    """Other users of the machine see nothing, not even what is sealed."""
    outbox.check()
    assert 0o600 == file.stat().st_mode & 0o777


def test_bytes_and_key_are_the_same_at_each_try(outbox: Outbox, file: Path) -> None:
    """A try after a restart sends what the first one sent, under the same key."""
    entry, _ = add(outbox, b"frozen")
    first = outbox.record_sending(entry)
    outbox.close()
    second = Outbox(file).record_sending(entry)
    assert first == second
    assert first is not None and b"frozen" == first.payload


def test_the_payload_is_asked_for_each_reference(outbox: Outbox) -> None:
    """The bytes name the reference under which they are kept."""
    entry, reference = outbox.add_application("JL-03", AT, lambda r: (r.encode(), "0" * 64))
    sent = outbox.record_sending(entry)
    assert sent is not None
    assert (reference, reference.encode()) == (sent.reference, sent.payload)


def test_acceptance_leaves_a_tombstone(outbox: Outbox) -> None:
    """Reference, digest and number stay; the payload is gone and nothing is sent again."""
    entry, reference = add(outbox)
    outbox.record_sending(entry)
    outbox.accept(entry, "3504282611240001", AT)
    (stone,) = outbox.tombstones()
    assert (reference, EntryState.ACCEPTED, "3504282611240001", "0" * 64) == (
        stone.reference,
        stone.state,
        stone.number,
        stone.digest,
    )
    assert () == outbox.open_ids()
    assert outbox.record_sending(entry) is None


def test_an_accepted_payload_is_overwritten(outbox: Outbox, file: Path) -> None:
    """After the acceptance the bytes are in no page of the database file."""
    mark = b"marked-payload" * 1000
    entry, _ = add(outbox, mark)
    outbox.accept(entry, "3504282611240001", AT)
    outbox.close()
    assert b"marked-payload" * 10 not in file.read_bytes()


def test_a_held_row_keeps_its_payload_and_reason(outbox: Outbox) -> None:
    """Staff find what the intake would not take; the sender leaves it alone."""
    entry, _ = add(outbox)
    outbox.hold(entry, "HTTP 422", AT)
    (stone,) = outbox.tombstones()
    assert (EntryState.HELD, "HTTP 422") == (stone.state, stone.reason)
    assert (0, ()) == (outbox.waiting(), outbox.open_ids())


def test_a_service_is_rated_once(outbox: Outbox) -> None:
    """The second rating of a reference is not kept."""
    assert outbox.add_rating("JL03-261124-K7QM2X", AT, b"{}", "0" * 64) is not None
    assert outbox.add_rating("JL03-261124-K7QM2X", AT, b"{}", "0" * 64) is None


def test_waiting_counts_applications_alone(outbox: Outbox) -> None:
    """A rating on its way is not an application that a citizen waits for."""
    add(outbox)
    outbox.add_rating("JL03-261124-K7QM2X", AT, b"{}", "0" * 64)
    assert (1, 2) == (outbox.waiting(), len(outbox.open_ids()))
    assert [EntryKind.APPLICATION, EntryKind.RATING] == [s.kind for s in outbox.tombstones()]


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


def test_a_file_moved_away_gets_no_further_rows(outbox: Outbox, file: Path) -> None:
    """Committing into a file that nobody will open again would lose the application."""
    add(outbox)
    file.rename(file.with_name("elsewhere"))
    _, reference = add(outbox)
    assert [reference] == [stone.reference for stone in Outbox(file).tombstones()]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """No place for the file is an error of the tree, not of the operating system."""
    (tmp_path / "storage").write_text("a file stands here")
    with pytest.raises(OutboxUnavailable):
        add(Outbox(tmp_path / "storage" / "outbox.sqlite"))


_FULL_DISK = """
import resource, signal, sys
from datetime import datetime, timezone
from pathlib import Path
from kiosk.errors import OutboxUnavailable
from kiosk.intake.outbox import Outbox
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
outbox = Outbox(Path(sys.argv[1]))
now = datetime.now(timezone.utc)
add = lambda: outbox.add_application("JL-03", now, lambda reference: (b"x" * 20000, ""))
for _ in range(3):
    print(add()[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (40000, resource.RLIM_INFINITY))
for attempt in (add, outbox.check):
    try:
        attempt()
    except OutboxUnavailable:
        print("unavailable")
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
outbox.check()
print(add()[1])
"""


def test_a_disk_that_takes_no_more_loses_nothing(file: Path) -> None:
    """When the file cannot grow, the commit fails aloud, what was there stays, and filing goes on
    when there is room again. A limit on file size makes the kernel refuse real writes."""
    done = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    *said, last = done.stdout.split()
    assert ["unavailable", "unavailable"] == said[3:]
    outbox = Outbox(file)
    outbox.check()
    assert [*said[:3], last] == [stone.reference for stone in outbox.tombstones()]
