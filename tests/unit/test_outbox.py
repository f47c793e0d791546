"""The outbox: what was committed is there, once, whatever happens to file and disk."""

import re
import subprocess
import sys
import uuid
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.errors import DiskFull, OutboxUnavailable
from kiosk.intake.contract import CHINA_TIME
from kiosk.intake.outbox import KEEP_FREE, Outbox, new_reference
from kiosk.intake.outbox_rows import (
    Accepted,
    Deferred,
    Draft,
    Entry,
    EntryKind,
    EntryState,
    Held,
    OpenRow,
)

AT = datetime(2026, 11, 24, 9, 30, tzinfo=CHINA_TIME)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "storage" / "outbox.sqlite"


@pytest.fixture
def outbox(file: Path) -> Outbox:
    return Outbox(file)


def add(outbox: Outbox, payload: bytes = b"sealed") -> OpenRow:
    return outbox.add(
        "JL-03", AT, (Draft(EntryKind.APPLICATION, lambda reference: (payload, "0" * 64)),)
    )[0]


def keep_act(outbox: Outbox, case: str = "3504282611240001") -> OpenRow:
    draft = Draft(EntryKind.CASE_ACT, lambda reference: (b"act", "0" * 64), case)
    return outbox.add("JL-03", AT, (draft,))[0]


def keys(*rows: OpenRow) -> tuple[str, ...]:
    return tuple(row.key for row in rows)


def begin(outbox: Outbox, row: OpenRow) -> Entry | None:
    entries = outbox.advance((), (row.key,))
    return entries[0] if entries else None


def accept(outbox: Outbox, row: OpenRow, number: str | None = "3504282611240001") -> None:
    outbox.advance([Accepted(row.key, number)], ())


def references(outbox: Outbox) -> list[str]:
    return [record.reference for record in outbox.records()]


def test_a_reference_reads_as_kiosk_day_and_chance() -> None:
    """The reference is short, upper case, and has no letter that people misread."""
    assert re.fullmatch(r"JL03-261124-[2-9A-HJ-NP-Z]{6}", new_reference("JL-03", AT))


def test_bytes_and_key_are_the_same_at_each_try(outbox: Outbox, file: Path) -> None:
    """A try after a restart sends what the first one sent, under the same key."""
    row = add(outbox, b"frozen")
    first = begin(outbox, row)
    outbox.close()
    second = begin(Outbox(file), row)
    assert first == second
    assert first is not None and b"frozen" == first.payload


def test_the_payload_is_asked_for_each_reference(outbox: Outbox) -> None:
    """The bytes name the reference under which they are kept."""
    row = outbox.add(
        "JL-03", AT, (Draft(EntryKind.APPLICATION, lambda r: (r.encode(), "0" * 64)),)
    )[0]
    sent = begin(outbox, row)
    assert sent is not None
    assert (row.reference, row.reference.encode()) == (sent.reference, sent.payload)


def test_acceptance_leaves_a_tombstone(outbox: Outbox) -> None:
    """Reference, digest and number stay; the payload is gone and nothing is sent again."""
    row = add(outbox)
    begin(outbox, row)
    accept(outbox, row)
    (stone,) = outbox.records()
    assert (row.reference, EntryState.ACCEPTED, "3504282611240001", "0" * 64) == (
        stone.reference,
        stone.state,
        stone.number,
        stone.digest,
    )
    assert () == outbox.open_rows()
    assert begin(outbox, row) is None


def test_an_accepted_payload_is_overwritten(outbox: Outbox, file: Path) -> None:
    """After the acceptance the bytes are in no page of the database file, nor in the WAL once
    the intake's time was told."""
    mark = b"marked-payload" * 1000
    accept(outbox, add(outbox, mark))
    outbox.prune(AT)
    kept = b"".join(part.read_bytes() for part in file.parent.iterdir())
    assert b"marked-payload" * 10 not in kept


def test_a_held_row_keeps_its_payload_and_reason(outbox: Outbox) -> None:
    """Staff find what the intake would not take; the sender leaves it alone."""
    row = add(outbox)
    begin(outbox, row)
    outbox.advance([Held(row.key, "HTTP 422")], ())
    (record,) = outbox.records()
    assert (EntryState.HELD, "HTTP 422", 1) == (record.state, record.reason, record.attempts)
    assert ((0, 1), ()) == (outbox.counts(), outbox.open_rows())
    assert begin(outbox, row) is None


def test_a_deferred_row_shows_tries_and_last_reason(outbox: Outbox) -> None:
    """Staff see how often a row was tried and what came of the last try."""
    row = add(outbox)
    for reason in ("INTAKE_UNREACHABLE", "HTTP 503"):
        begin(outbox, row)
        outbox.advance([Deferred(row.key, reason)], ())
    (record,) = outbox.records()
    assert (2, "HTTP 503", AT) == (record.attempts, record.reason, record.kept_at)
    assert (row,) == outbox.open_rows()


def test_a_released_row_is_sent_as_it_was(outbox: Outbox) -> None:
    """What staff release goes again with the same bytes under the same key."""
    row = add(outbox, b"frozen")
    outbox.advance([Held(row.key, "HTTP 413")], ())
    assert outbox.release(row.reference)
    assert (row,) == outbox.open_rows()
    assert Entry(row.key, row.kind, row.reference, row.about, b"frozen") == begin(outbox, row)


def test_only_what_is_held_can_be_released(outbox: Outbox) -> None:
    """An accepted row is not sent again by anybody's hand, nor one that does not exist."""
    row = add(outbox)
    accept(outbox, row)
    assert [False, False] == [outbox.release(row.reference), outbox.release("JL03-261124-222222")]


def test_a_rating_waits_for_its_application(outbox: Outbox) -> None:
    """A rating is given out only when the application that it rates was accepted."""
    row = add(outbox)
    rating = outbox.add_rating(row.reference, AT, b"{}", "0" * 64)
    assert rating is not None
    assert begin(outbox, rating) is None
    (sent,) = outbox.advance([Accepted(row.key, "3504282611240001")], (rating.key,))
    assert EntryKind.RATING == sent.kind


def test_nothing_stands_behind_a_held_row_but_its_own_case(outbox: Outbox) -> None:
    """What is held keeps back its rating, and nobody else's application."""
    held, other = add(outbox), add(outbox)
    rating = outbox.add_rating(held.reference, AT, b"{}", "0" * 64)
    outbox.advance([Held(held.key, "HTTP 422")], ())
    assert (other,) == outbox.open_rows()
    outbox.release(held.reference)
    assert (held, other, rating) == outbox.open_rows()


def test_tombstones_go_after_thirty_days(outbox: Outbox) -> None:
    """By the intake's time, counted from the first time it told after the acceptance; what waits
    or is held stays however old it is."""
    gone, held, waiting = add(outbox), add(outbox), add(outbox)
    accept(outbox, gone)
    outbox.advance([Held(held.key, "HTTP 422")], ())
    outbox.prune(AT)
    outbox.prune(AT + timedelta(days=30))
    assert [row.reference for row in (gone, held, waiting)] == references(outbox)
    outbox.prune(AT + timedelta(days=30, seconds=1))
    assert [row.reference for row in (held, waiting)] == references(outbox)


def test_no_time_but_the_intakes_counts(outbox: Outbox) -> None:
    """A row that was accepted long ago by our clock is not older than the intake's first word."""
    accept(outbox, add(outbox))
    outbox.prune(AT + timedelta(days=4000))
    assert 1 == len(outbox.records())


def test_of_several_all_are_kept_or_none(outbox: Outbox) -> None:
    """When one of them cannot be written, those before it are not there either."""
    good = Draft(EntryKind.APPLICATION, lambda reference: (b"sealed", "0" * 64))
    bad = Draft(EntryKind.APPLICATION, lambda reference: (None, ""))  # NOT NULL in the file
    with pytest.raises(OutboxUnavailable):
        outbox.add("JL-03", AT, (good, good, bad))
    assert () == outbox.records()
    kept = outbox.add("JL-03", AT, (good, good))
    assert kept == outbox.open_rows()
    assert 2 == len({row.reference for row in kept}) == len({row.key for row in kept})


def test_acts_on_a_case_go_in_their_order(outbox: Outbox) -> None:
    """The second waits while the first is open, and no longer once that is held: a withdrawal that
    was refused keeps back nothing that is allowed."""
    first, second = keep_act(outbox), keep_act(outbox)
    other = keep_act(outbox, "3504282611240002")
    assert (first, second, other) == outbox.open_rows()
    assert [first.key, other.key] == [e.key for e in outbox.advance((), keys(first, second, other))]
    outbox.advance([Held(first.key, "HTTP 409")], ())
    assert second.key == outbox.advance((), keys(second))[0].key


def test_a_rating_of_an_act_waits_for_it(outbox: Outbox) -> None:
    """What is rated by an act's own reference goes behind that act and behind no other case."""
    act = keep_act(outbox)
    rating = outbox.add_rating(act.reference, AT, b"{}", "0" * 64)
    assert rating is not None
    assert () == outbox.advance((), keys(rating))
    outbox.advance([Held(act.key, "HTTP 409")], ())
    assert () == outbox.open_rows()
    outbox.release(act.reference)
    outbox.advance([Accepted(act.key, act.about)], ())
    assert rating.key == outbox.advance((), keys(rating))[0].key


def test_the_rating_of_a_bundle_waits_for_all_of_it(outbox: Outbox) -> None:
    """It is given out when the last part was accepted, and not while one of them is held."""
    bundle = "JL03-261124-K7QM2X"
    draft = Draft(EntryKind.APPLICATION, lambda _: (b"part", "0" * 64), bundle=bundle)
    first, second = outbox.add("JL-03", AT, (draft, draft))
    rating = outbox.add_rating(bundle, AT, b"{}", "0" * 64)
    assert rating is not None
    assert (first, second, rating) == outbox.open_rows()
    assert () == outbox.advance([Accepted(first.key, "3504282611240001")], keys(rating))
    outbox.advance([Held(second.key, "HTTP 422")], ())
    assert () == outbox.open_rows()
    assert () == outbox.advance((), keys(rating))
    outbox.release(second.reference)
    outbox.advance([Accepted(second.key, "3504282611240002")], ())
    assert rating.key == outbox.advance((), keys(rating))[0].key


def test_a_service_is_rated_once(outbox: Outbox) -> None:
    """The second rating of a reference is not kept."""
    assert outbox.add_rating("JL03-261124-K7QM2X", AT, b"{}", "0" * 64) is not None
    assert outbox.add_rating("JL03-261124-K7QM2X", AT, b"{}", "0" * 64) is None


def test_waiting_counts_no_ratings(outbox: Outbox) -> None:
    """A rating on its way is nothing that a citizen waits for, an act on a case is."""
    add(outbox)
    outbox.add_rating("JL03-261124-K7QM2X", AT, b"{}", "0" * 64)
    assert ((1, 0), 2) == (outbox.counts(), len(outbox.open_rows()))
    keep_act(outbox)
    assert (2, 0) == outbox.counts()


def test_a_key_is_a_random_uuid(outbox: Outbox) -> None:
    """Version 4 of RFC 9562, another one each time."""
    keys = {add(outbox).key for _ in range(20)}
    assert 20 == len(keys)
    assert {(4, uuid.RFC_4122)} == {(uuid.UUID(k).version, uuid.UUID(k).variant) for k in keys}
    assert keys == {str(uuid.UUID(key)) for key in keys}


def test_there_must_be_room_before_anything_is_written(file: Path) -> None:
    """With less left than the reserve the outbox says so, while what is there still goes out."""
    row = add(Outbox(file))
    full = Outbox(file, keep_free=2**62)
    with pytest.raises(DiskFull) as raised:
        full.room()
    assert 0 < raised.value.free < 2**62
    accept(full, row)
    assert [EntryState.ACCEPTED] == [record.state for record in full.records()]


def test_the_reserve_holds_the_largest_application(file: Path) -> None:
    """What the contract allows at most fits twice into what is kept free: WAL and file."""
    assert KEEP_FREE > 2 * (8 * 7_400_000 + 1_400_000) + 2**26


_NO_ROOM = """
import resource, signal, sys
from datetime import datetime, timezone
from pathlib import Path
from kiosk.errors import OutboxError
from kiosk.intake.outbox import Outbox
from kiosk.intake.outbox_rows import Draft, EntryKind
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
outbox = Outbox(Path(sys.argv[1]))
now = datetime.now(timezone.utc)
draft = Draft(EntryKind.APPLICATION, lambda reference: (b"x" * 20000, ""))
add = lambda: outbox.add("JL-03", now, (draft,))[0]
for _ in range(3):
    print(add().reference)
resource.setrlimit(resource.RLIMIT_FSIZE, (40000, resource.RLIM_INFINITY))
for attempt in (add, outbox.check):
    try:
        attempt()
    except OutboxError as error:
        print(error.code)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
outbox.check()
print(add().reference)
"""


def test_a_disk_that_takes_no_more_loses_nothing(file: Path) -> None:
    """When the file cannot grow, the commit fails aloud, what was there stays, and filing goes on
    when there is room again. A limit on file size makes the kernel refuse real writes."""
    done = subprocess.run(
        [sys.executable, "-c", _NO_ROOM, str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    *said, last = done.stdout.split()
    assert ["OUTBOX_UNAVAILABLE", "OUTBOX_UNAVAILABLE"] == said[3:]
    outbox = Outbox(file)
    outbox.check()
    assert [*said[:3], last] == references(outbox)


def test_a_file_that_may_not_grow_is_a_full_disk(outbox: Outbox) -> None:
    """SQLite's own word for it is told as what it means; what was there stays."""
    row = add(outbox)
    with outbox._file.transaction() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages + 4}")
    with pytest.raises(DiskFull):
        add(outbox, b"x" * 100_000)
    assert (row,) == outbox.open_rows()
