"""What the long proofs show at length (tests/proofs), shown in short."""

import random
from collections.abc import Iterator
from pathlib import Path

from tests.integration.intake_processes import DeskProcess, ServiceHere, enrolment_code
from tests.integration.marked_person import hits, marks
from tests.proofs.intake_dropped_answers import dropped
from tests.proofs.intake_flipped_bits import flipped
from tests.proofs.intake_kills import killed
from tests.proofs.intake_outage import POISONOUS, outage


def test_kills_of_the_service_lose_and_double_nothing(tmp_path: Path):
    """SIGKILL for the service while applications are filed: each reference that was reported is
    one case, and both files are sound. (Those of the desk are in test_intake_kill.)"""
    outcome = killed(tmp_path, 0, 2, random.Random())
    assert len(outcome.reported) > 1
    assert ([], [], True) == (outcome.lost, outcome.doubled, outcome.sound)


def test_dropped_answers_lose_and_double_nothing(tmp_path: Path):
    """300 applications on a line that drops every fifth answer to one, the service restarted on
    the way, are exactly 300 cases; an old key takes no new payload."""
    spared = (b"GET ", b"POST /v1/enrolments ")
    outcome = dropped(tmp_path, 1, 300, random.Random(), ServiceHere, spared)
    assert 300 == len(set(outcome.reported)) == outcome.arrived.total()
    assert set(outcome.reported) == set(outcome.arrived)
    assert (422, "/problems/idempotency-key-reused") == outcome.changed
    assert outcome.cut > 30


def test_a_queue_waits_out_three_days_behind_poison(tmp_path: Path):
    """What waits behind a row that is never taken, three days on the wall clock, goes out when the
    intake is back; the row is held with its reason."""
    outcome = outage(tmp_path, 20, 0.0, ServiceHere)
    assert outcome.first <= 300
    assert 20 == len(outcome.kept)
    assert outcome.kept == outcome.arrived
    assert ("held", POISONOUS) == (outcome.poison.state, outcome.poison.reason)


def test_flipped_bits_are_refused(tmp_path: Path):
    """A payload in which one bit is turned over is refused, wherever the bit stands."""
    outcome = flipped(tmp_path, random.sample(range(8 * 1024), 200))
    assert [] == outcome.taken
    assert 201 == outcome.whole


def test_no_raw_byte_names_the_person(tmp_path: Path):
    """Name, number, address, phone and what a file and a rating say stand nowhere in the outbox,
    its WAL, the logs at their most talkative or the temporary files: not while an application
    waits, nor after a kill, nor when it was accepted."""
    office = tmp_path / "service"
    code, _authority = enrolment_code(office)
    service = ServiceHere(office)
    url = service.url
    desk = DeskProcess(url, tmp_path / "kiosk", code=code)
    desk.file(2, "tried")
    desk.until(lambda: len(desk.received) == 2)
    service.kill()
    desk.order("look-up")
    desk.order(f"rate {desk.kept[0][0]}")
    desk.order("file-attached")
    desk.until(lambda: len(desk.deferred) == 1)
    found = {"waiting": hits(_files(desk))}
    desk.kill()
    found["killed"] = hits(_files(desk))
    desk = DeskProcess(url, tmp_path / "kiosk")
    desk.until(lambda: bool(desk.states))
    found["started again"] = hits(_files(desk))
    service = ServiceHere(office, service.port)
    desk.file(1)
    desk.until_sent()
    found["accepted"] = hits(_files(desk))
    desk.finish()
    found["ended"] = hits(_files(desk))
    service.kill()
    assert {moment: [] for moment in found} == found


def test_what_names_the_person_would_be_found(tmp_path: Path):
    """Each writing of each word is found where it stands."""
    for what, mark in marks().items():
        (tmp_path / "raw").write_bytes(b"\x00" + mark + b"\xff")
        assert [what] == [hit.partition(": ")[2] for hit in hits([tmp_path / "raw"]) if what in hit]


def _files(desk: DeskProcess) -> Iterator[Path]:
    """All that the desk has on the disk, what it opened and deleted with it."""
    yield from (path for path in desk.folder.rglob("*") if path.is_file())
    opened = Path(f"/proc/{desk.pid}/fd")
    if opened.exists():
        yield from (path for path in opened.iterdir() if "(deleted)" in str(path.readlink()))
