"""A call to a reader that never returns: that reader alone is out of order, until it is freed."""

import threading
import time
from pathlib import Path

from card_parts import EMPTY, OCCUPIED, Pcscds, Reported

from hardware.card_reader.worker import CardReaderWorker
from kiosk.devices import DeviceState, MediaState, ReaderStatus
from kiosk.errors import CardReaderUnavailable, CardRemoved, ReaderFault
from kiosk.events import CardFailed, CardRead, CardReading
from sandbox.cards.slot import CardSlot
from tests.virtual_cards import CARDS, Kind

pytest_plugins = ["card_fixtures"]

MUTE = Kind("zhang-yan")
OUT_OF_ORDER = ReaderStatus(DeviceState.HARDWARE_ERROR, MediaState.PRESENT)
OFFLINE = ReaderStatus(DeviceState.OFFLINE, MediaState.UNKNOWN)


def found_stuck(reports: Reported) -> None:
    """Within 3 s of the call the visit is told, and the reader is shown out of order."""
    reports.next(CardReading)
    error = reports.next(CardFailed, within=3).error
    assert isinstance(error, CardReaderUnavailable)
    assert ReaderFault.NOT_ANSWERING == error.fault
    reports.until(OUT_OF_ORDER, within=0.2)


def reading_threads() -> int:
    return sum(thread.name == "card-read" for thread in threading.enumerate())


def test_a_connection_that_hangs_costs_one_reader_until_its_card_leaves(
    card_reader: CardReaderWorker,
    card_slot: CardSlot,
    second_slot: CardSlot,
    reader_reports: Reported,
    tmp_path: Path,
) -> None:
    """While the first reader hangs the second one serves the next visit; the hanging thread is not
    joined by others, and ends when the card is taken away."""
    card_reader.read_for("first")
    card_slot.lay(MUTE.file(tmp_path, "mute: connect"))
    found_stuck(reader_reports)
    card_reader.read_for("second")
    reader_reports.nothing_within(0.3)
    assert 1 == reading_threads()
    second_slot.lay(CARDS / "lin-yulan.yaml")
    assert "second" == reader_reports.next(CardReading).visit
    assert "林玉兰" == reader_reports.next(CardRead).identity.name
    assert [DeviceState.HARDWARE_ERROR, DeviceState.ONLINE] == [
        report.status.device for report in card_reader.readers()
    ]
    second_slot.take_away()
    card_slot.take_away()
    reader_reports.until(EMPTY, within=1)
    card_reader.read_for("third")
    card_slot.lay(CARDS / "zhang-yan.yaml")
    assert "third" == reader_reports.next(CardReading).visit
    assert "张龑" == reader_reports.next(CardRead).identity.name


def test_a_command_that_hangs_ends_with_the_service(
    card_reader: CardReaderWorker,
    card_slot: CardSlot,
    reader_reports: Reported,
    pcscd: Pcscds,
    tmp_path: Path,
) -> None:
    """Restarting pcscd frees the reader, without a word to the visit that was told already."""
    card_reader.read_for("visit")
    card_slot.lay(MUTE.file(tmp_path, "mute: apdu"))
    found_stuck(reader_reports)
    pcscd.kill()
    reader_reports.until(OFFLINE, within=1)
    card_slot.lay(CARDS / "zhang-yan.yaml")
    pcscd.start()
    assert "visit" == reader_reports.next(CardReading).visit
    assert "张龑" == reader_reports.next(CardRead).identity.name


def test_a_card_that_leaves_while_it_is_powered_up_has_left(
    card_reader: CardReaderWorker, card_slot: CardSlot, reader_reports: Reported, tmp_path: Path
) -> None:
    """To PC/SC it looks like a mute one; the citizen is told the truth."""
    card_reader.read_for("visit")
    card_slot.lay(MUTE.file(tmp_path, "mute: connect"))
    reader_reports.next(CardReading)
    card_slot.take_away()
    assert isinstance(reader_reports.next(CardFailed, within=1).error, CardRemoved)


def test_stopping_leaves_a_hanging_call_behind(
    card_reader: CardReaderWorker, card_slot: CardSlot, reader_reports: Reported, tmp_path: Path
) -> None:
    """The program ends though a card holds one of its threads."""
    card_reader.read_for("visit")
    card_slot.lay(MUTE.file(tmp_path, "mute: apdu"))
    reader_reports.next(CardReading)
    begun = time.monotonic()
    card_reader.stop()
    assert time.monotonic() - begun < 3


def test_a_mute_card_that_is_never_seen_is_no_card(
    card_reader: CardReaderWorker, card_slot: CardSlot, reader_reports: Reported, tmp_path: Path
) -> None:
    """A card that does not even answer its reset holds pcscd's own look: the kiosk stays free, and
    reads the next card."""
    card_reader.read_for("visit")
    card_slot.lay(MUTE.file(tmp_path, "mute: reset"))
    reader_reports.nothing_within(0.8)
    card_slot.lay(CARDS / "zhang-yan.yaml")
    reader_reports.next(CardReading)
    reader_reports.next(CardRead)
    reader_reports.until(OCCUPIED)
