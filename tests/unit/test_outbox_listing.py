"""What staff see of the outbox, and may do with it, from the command line."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.errors import OutboxUnavailable
from kiosk.intake.contract import CHINA_TIME
from kiosk.intake.outbox import Outbox
from kiosk.intake.outbox_listing import listing, release
from kiosk.intake.outbox_rows import Accepted, Draft, EntryKind, Held

AT = datetime(2026, 11, 24, 9, 30, tzinfo=CHINA_TIME)
ROOT = Path(__file__).parents[2]


def add(outbox: Outbox, content: bytes = b"sealed") -> tuple[str, str]:
    row = outbox.add(
        "JL-03", AT, (Draft(EntryKind.APPLICATION, lambda reference: (content, "0" * 64)),)
    )[0]
    return row.key, row.reference


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "outbox.sqlite"


def test_what_waits_and_is_held_is_listed(file: Path) -> None:
    """A line for each with state, tries, time and reason; what was accepted is not in it, and no
    payload is."""
    outbox = Outbox(file)
    (held, first), (accepted, gone), (_, second) = (add(outbox, b"marked") for _ in range(3))
    outbox.advance((), (held,))
    outbox.advance([Held(held, "INTAKE_REFUSED HTTP 413"), Accepted(accepted, "1")], ())
    headings, *lines = listing(file)
    assert "REFERENCE           KIND         STATE    TRIES  KEPT                 LAST REASON" == (
        headings
    )
    assert [
        f"{first}  application  held     1      2026-11-24 09:30:00  INTAKE_REFUSED HTTP 413",
        f"{second}  application  waiting  0      2026-11-24 09:30:00",
    ] == lines
    assert gone not in "".join(lines)


def test_listing_disturbs_no_running_kiosk(file: Path) -> None:
    """Another connection's transaction is neither waited for nor kept waiting."""
    outbox = Outbox(file)
    add(outbox)
    with outbox._file.transaction() as db:
        db.execute("UPDATE entry SET attempts = 5")
        assert 2 == len(list(listing(file)))
    assert 5 == outbox.records()[0].attempts


def test_an_empty_outbox_says_so(file: Path) -> None:
    """Before the first start there is no file, and none is made by looking."""
    assert ["Nothing waits."] == list(listing(file))
    assert not file.exists()


def test_a_file_that_cannot_be_read_is_said_and_left(file: Path) -> None:
    """A damaged file is for the kiosk to set aside, not for whoever looks."""
    file.write_bytes(b"broken" * 2000)
    with pytest.raises(OutboxUnavailable):
        list(listing(file))
    assert [file] == list(file.parent.iterdir())


def test_what_is_held_is_released(file: Path) -> None:
    """The row waits again; a second time there is nothing to release."""
    outbox = Outbox(file)
    key, reference = add(outbox)
    outbox.advance([Held(key, "HTTP 413")], ())
    assert [True, False] == [release(file, reference), release(file, reference)]
    assert [key] == [row.key for row in outbox.open_rows()]


def test_the_command_lists_and_releases(tmp_path: Path) -> None:
    """`main.py outbox` reads the storage folder of the configuration."""
    config = tmp_path / "kiosk.toml"
    words = (ROOT / "config" / "kiosk.toml").read_text(encoding="utf-8")
    storage = next(line for line in words.splitlines() if line.startswith("folder"))
    config.write_text(words.replace(storage, f'folder = "{tmp_path}"', 1), encoding="utf-8")
    outbox = Outbox(tmp_path / "outbox.sqlite")
    key, reference = add(outbox)
    outbox.advance([Held(key, "INTAKE_REFUSED HTTP 413")], ())

    def outcome(*words: str) -> tuple[int, str]:
        command = [sys.executable, "main.py", "outbox", "--config", str(config), *words]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False
        )
        return done.returncode, done.stdout + done.stderr

    assert f"{reference}  application  held" in outcome()[1]
    assert (0, f"{reference} is sent again\n") == outcome("release", reference)
    assert (1, f"nothing is held under {reference}\n") == outcome("release", reference)
