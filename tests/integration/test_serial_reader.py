"""A reader on a serial line: the worker at one end, a virtual security module at the other."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from card_parts import EMPTY, OCCUPIED, Reported

from hardware.card_reader.profiles import load_profiles
from hardware.card_reader.worker import CardReaderWorker
from kiosk.devices import DeviceState, MediaState, ReaderStatus
from kiosk.errors import CardReaderUnavailable, CardRemoved, CardUnreadable, ReaderFault
from kiosk.events import CardFailed, CardRead, CardReading
from sandbox.serial_reader import SerialReader
from tests.virtual_cards import CARDS, Kind

ZHANG_YAN = CARDS / "zhang-yan.yaml"
GONE = ReaderStatus(DeviceState.NO_DEVICE, MediaState.UNKNOWN)
SILENT = ReaderStatus(DeviceState.HARDWARE_ERROR, MediaState.UNKNOWN)

FRAMES = range(1, 4)
"""Find, select and read."""


@pytest.fixture
def far_end(tmp_path: Path) -> Iterator[SerialReader]:
    reader = SerialReader(tmp_path / "line")
    reader.plug_in()
    yield reader
    reader.pull_out()


@pytest.fixture
def worker(
    far_end: SerialReader, reader_reports: Reported, tmp_path: Path
) -> Iterator[CardReaderWorker]:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "serial.toml").write_text(
        f'name = "Serial"\ntransport = "serial"\n[serial]\ndevice = "{far_end.path}"\n'
    )
    made = CardReaderWorker(load_profiles(tmp_path / "profiles"), reader_reports.publish)
    made.start()
    reader_reports.until(EMPTY)
    yield made
    made.stop()


@pytest.fixture
def reader_reports() -> Reported:
    return Reported()


@pytest.mark.parametrize(
    ("card", "name"),
    [("zhang-yan", "张龑"), ("chen-yurou", "陳語柔"), ("gonzalez", None), ("marie-tremblay", None)],
)
def test_every_kind_of_card_is_read(
    worker: CardReaderWorker,
    far_end: SerialReader,
    reader_reports: Reported,
    card: str,
    name: str | None,
) -> None:
    """It is seen to lie there, read when it is asked for, and seen to go."""
    far_end.lay(CARDS / f"{card}.yaml")
    reader_reports.until(OCCUPIED, within=0.5)
    worker.read_for("visit")
    assert CardReading("visit") == reader_reports.next(CardReading, within=0.3)
    read = reader_reports.next(CardRead, within=0.5)
    assert name in (None, read.identity.name)
    far_end.take_away()
    reader_reports.until(EMPTY, within=0.5)


@pytest.mark.parametrize("frame", FRAMES)
def test_a_card_taken_away_at_any_frame_and_laid_again(
    worker: CardReaderWorker,
    far_end: SerialReader,
    reader_reports: Reported,
    tmp_path: Path,
    frame: int,
) -> None:
    """Each ends in a named error within 1 s or is never seen to begin; the next read is right."""
    worker.read_for("visit")
    far_end.lay(Kind("lin-yulan").file(tmp_path, f"leave_at_apdu: {frame}"))
    if frame > 1:
        reader_reports.next(CardReading)
        assert isinstance(reader_reports.next(CardFailed, within=1).error, CardRemoved)
    else:
        reader_reports.nothing_within(0.2)
    far_end.lay(ZHANG_YAN)
    reader_reports.next(CardReading)
    assert "张龑" == reader_reports.next(CardRead).identity.name


def test_a_card_that_is_found_only_once(
    worker: CardReaderWorker, far_end: SerialReader, reader_reports: Reported, tmp_path: Path
) -> None:
    """Some modules lose a card when they have read it: it counts as gone, and as new when it is
    laid again."""
    once = Kind("zhang-yan", "frames: {found_once: true}").file(tmp_path)
    for visit in ("first", "second"):
        worker.read_for(visit)
        far_end.lay(once)
        reader_reports.next(CardReading)
        assert visit == reader_reports.next(CardRead).visit
        reader_reports.until(EMPTY)


def test_a_line_that_rustles_and_comes_in_pieces(
    worker: CardReaderWorker, far_end: SerialReader, reader_reports: Reported
) -> None:
    """Noise before each frame, and frames in pieces, change nothing."""
    far_end.obey("noise", 30)
    far_end.obey("piece", 100)
    worker.read_for("visit")
    far_end.lay(ZHANG_YAN)
    reader_reports.next(CardReading)
    assert "张龑" == reader_reports.next(CardRead).identity.name


def test_a_reader_that_falls_silent_in_the_middle(
    worker: CardReaderWorker, far_end: SerialReader, reader_reports: Reported, tmp_path: Path
) -> None:
    """It is out of order until it answers; then the card that lies there is read from its
    beginning."""
    worker.read_for("visit")
    far_end.lay(Kind("zhang-yan").file(tmp_path, "delay_ms: 60"))
    reader_reports.next(CardReading)
    far_end.obey("silent")
    error = reader_reports.next(CardFailed, within=3).error
    assert isinstance(error, CardReaderUnavailable)
    assert ReaderFault.NOT_ANSWERING == error.fault
    reader_reports.until(SILENT, within=0.5)
    far_end.obey("ok")
    reader_reports.next(CardReading)
    reader_reports.next(CardRead)


def test_a_cable_that_is_pulled_and_put_back(
    worker: CardReaderWorker, far_end: SerialReader, reader_reports: Reported
) -> None:
    """The reader is missing within 1 s and back within 5 s, with the card on it."""
    far_end.pull_out()
    reader_reports.until(GONE, within=1)
    far_end.lay(ZHANG_YAN)
    worker.read_for("visit")
    far_end.plug_in()
    reader_reports.until(OCCUPIED, within=5)
    reader_reports.next(CardReading)
    assert "张龑" == reader_reports.next(CardRead).identity.name


def test_a_module_that_may_not_read_is_out_of_order(
    worker: CardReaderWorker, far_end: SerialReader, reader_reports: Reported, tmp_path: Path
) -> None:
    """It finds cards and reads none: said once, shown until the card is gone."""
    worker.read_for("visit")
    far_end.lay(Kind("zhang-yan", "reader: wrapped").file(tmp_path, "sw3: {read: 0x66}"))
    reader_reports.next(CardReading)
    assert isinstance(reader_reports.next(CardFailed).error, CardReaderUnavailable)
    reader_reports.until(ReaderStatus(DeviceState.HARDWARE_ERROR, MediaState.PRESENT))
    reader_reports.nothing_within(1.3)
    far_end.take_away()
    reader_reports.until(EMPTY)


def test_a_hurt_frame_is_tried_once_more_and_then_named(
    worker: CardReaderWorker, far_end: SerialReader, reader_reports: Reported, tmp_path: Path
) -> None:
    """One wrong checksum is passed over; a card that always has one is unreadable, once."""
    worker.read_for("visit")
    far_end.lay(
        Kind("zhang-yan", "reader: wrapped").file(tmp_path, "answer: wrong_checksum, answer_at: 4")
    )
    reader_reports.next(CardReading)
    reader_reports.next(CardRead)
    worker.read_for("visit")
    far_end.lay(Kind("zhang-yan", "reader: wrapped").file(tmp_path, "answer: wrong_checksum"))
    reader_reports.next(CardReading)
    assert isinstance(reader_reports.next(CardFailed).error, CardUnreadable)
    reader_reports.nothing_within(1.3)
