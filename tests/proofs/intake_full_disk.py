"""The outbox on a disk of its own that really runs full; half a minute, and mounts a tmpfs, for
which it must be root."""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.errors import DiskFull
from kiosk.events import ApplicationReceived, FilingBlock, FilingFailed, IntakeChanged
from kiosk.intake.contract import CHINA_TIME
from kiosk.intake.outbox import KEEP_FREE, Outbox
from kiosk.intake.outbox_rows import Accepted, Draft, EntryKind, EntryState
from sandbox.intake.local_intake import LocalIntake, Mode
from tests.integration.intake_fixtures import Reported, application, desk_at, references

AT = datetime(2026, 11, 24, 9, 30, tzinfo=CHINA_TIME)


@contextmanager
def disk(place: Path, size: int) -> Iterator[Path]:
    """A file system of `size` bytes."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    subprocess.run(mount, check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """Rows are added until the disk has no byte left: each that was committed is there, not even
    a try can be noted, and all goes on when there is room again."""
    with disk(tmp_path / "disk", 2**20) as folder:
        filler = folder / "filler"
        filler.write_bytes(bytes(2**18))
        outbox = Outbox(folder / "outbox.sqlite", keep_free=0)
        rows = []
        with pytest.raises(DiskFull):
            while True:
                rows.append(
                    outbox.add(
                        "JL-03",
                        AT,
                        (Draft(EntryKind.APPLICATION, lambda reference: (b"x" * 9000, "")),),
                    )[0]
                )
        print(f"\n{len(rows)} rows fitted")
        assert tuple(rows) == outbox.open_rows()
        with pytest.raises(DiskFull):
            while True:
                outbox.advance((), [rows[0].key])
        filler.unlink()
        outbox.advance([Accepted(row.key, None) for row in rows[:10]], ())
        last = outbox.add(
            "JL-03", AT, (Draft(EntryKind.APPLICATION, lambda reference: (b"x" * 9000, "")),)
        )[0]
        assert (*rows[10:], last) == outbox.open_rows()
        outbox.close()
        db = sqlite3.connect(folder / "outbox.sqlite")
        assert ("ok",) == db.execute("PRAGMA integrity_check").fetchone()
        db.close()


def test_a_filling_disk_is_noticed_by_itself(tmp_path: Path) -> None:
    """While nobody files, the kiosk notices that the room is gone and that it is there again;
    between, an application fails aloud and one kept before goes out."""
    intake = LocalIntake("127.0.0.1", 0, tmp_path / "intake")
    intake.start()
    reported = Reported()
    code = intake.issue_code("JL-03")
    with disk(tmp_path / "disk", KEEP_FREE + 2**25) as folder:
        with desk_at(intake.url, folder, reported, code) as desk:
            reported.until(IntakeChanged, which=lambda change: change.can_file)
            intake.set_mode(Mode.DOWN)
            desk.file("before", (application(),))
            reported.until(IntakeChanged, which=lambda change: change.waiting == 1)
            filler = folder / "filler"
            filler.write_bytes(bytes(2**26))
            reported.until(
                IntakeChanged, 15.0, lambda change: change.block is FilingBlock.DISK_FULL
            )
            desk.file("full", (application(),))
            failed = reported.until(FilingFailed)
            intake.set_mode(Mode.UP)
            received = reported.until(ApplicationReceived, 15.0)
            filler.unlink()
            reported.until(IntakeChanged, 15.0, lambda change: change.can_file)
        outbox = Outbox(folder / "outbox.sqlite")
        (record,) = outbox.records()
        outbox.close()
    assert isinstance(failed.error, DiskFull)
    assert (received.reference, EntryState.ACCEPTED) == (record.reference, record.state)
    assert [received.reference] == references(intake, tmp_path)
    intake.stop()
