"""The card reader's worker against the real pcscd, the real virtual reader and virtual cards."""

import threading
from datetime import date
from pathlib import Path

import pytest
from card_parts import CARDS, EMPTY, OCCUPIED, PROFILES, Pcscds, Reported

from hardware.card_reader.profiles import load_profiles
from hardware.card_reader.worker import CardReaderWorker
from kiosk.devices import DeviceState, MediaState, ReaderStatus
from kiosk.errors import (
    CardReaderUnavailable,
    CardRemoved,
    CardUnknown,
    CardUnreadable,
    ReaderFault,
)
from kiosk.events import CardFailed, CardRead, CardReading, ReaderChanged
from sandbox.cards.slot import CardSlot
from sandbox.pcsc import ensure_pcscd

pytest_plugins = ["card_fixtures"]

ZHANG_YAN = CARDS / "zhang-yan.yaml"
LIN_YULAN = CARDS / "lin-yulan.yaml"
OFFLINE = ReaderStatus(DeviceState.OFFLINE, MediaState.UNKNOWN)


def faulty(folder: Path, faults: str) -> Path:
    """张龑's card with faults."""
    file = folder / "faulty.yaml"
    file.write_text(f"{ZHANG_YAN.read_text('utf-8')}\nfaults: {{{faults}}}\n", encoding="utf-8")
    return file


def test_a_card_is_read_when_it_is_laid(
    card_reader: CardReaderWorker, card_slot: CardSlot, reader_reports: Reported
) -> None:
    """A visit that asked gets the person whose card comes next."""
    card_reader.read_for("visit")
    card_slot.lay(ZHANG_YAN)
    assert CardReading("visit") == reader_reports.next(CardReading)
    read = reader_reports.next(CardRead)
    assert ("visit", "张龑") == (read.visit, read.identity.name)


def test_a_card_that_lies_there_is_read_at_once(
    card_reader: CardReaderWorker, card_slot: CardSlot, reader_reports: Reported
) -> None:
    """Whoever laid the card before it was asked for need not lay it again."""
    card_slot.lay(ZHANG_YAN)
    reader_reports.until(OCCUPIED)
    card_reader.read_for("visit")
    reader_reports.next(CardReading, within=0.3)
    assert reader_reports.next(CardRead, within=0.3).identity.number == "350428195203140013"


def test_nothing_is_read_unasked(
    card_reader: CardReaderWorker, card_slot: CardSlot, reader_reports: Reported, tmp_path: Path
) -> None:
    """Without a visit that asked, not one command is sent to a card: this one would leave at it."""
    card_slot.lay(faulty(tmp_path, "leave_at_apdu: 1"))
    reader_reports.until(OCCUPIED)
    reader_reports.nothing_within(0.5)
    assert card_slot.occupied


def test_a_read_card_is_not_read_again_until_asked(
    card_reader: CardReaderWorker, card_slot: CardSlot, reader_reports: Reported
) -> None:
    """One order ends with one person; the next order reads the card that still lies there."""
    card_reader.read_for("first")
    card_slot.lay(ZHANG_YAN)
    reader_reports.next(CardReading)
    reader_reports.next(CardRead)
    reader_reports.nothing_within(0.3)
    card_reader.read_for("second")
    reader_reports.next(CardReading)
    assert reader_reports.next(CardRead).visit == "second"


@pytest.mark.parametrize("apdu", [1, 6])
def test_a_card_taken_away_and_another_laid(
    card_reader: CardReaderWorker,
    card_slot: CardSlot,
    reader_reports: Reported,
    tmp_path: Path,
    apdu: int,
) -> None:
    """A card that leaves at the first or the last command is said to have left within 1 s; the
    next read is right. Every command of every kind of card is in tests/proofs/card_pulls.py."""
    card_reader.read_for("visit")
    card_slot.lay(faulty(tmp_path, f"leave_at_apdu: {apdu}"))
    reader_reports.next(CardReading)
    assert isinstance(reader_reports.next(CardFailed, within=1).error, CardRemoved)
    card_slot.lay(LIN_YULAN)
    reader_reports.next(CardReading)
    assert reader_reports.next(CardRead).identity.name == "林玉兰"


def test_pcscd_is_killed_in_the_middle_and_comes_back(
    card_reader: CardReaderWorker, card_slot: CardSlot, reader_reports: Reported, pcscd: Pcscds
) -> None:
    """A dying service ends the read with its reason; the card that lies there is read, from its
    beginning and without another order, when the service is back."""
    card_reader.read_for("visit")
    card_slot.lay(CARDS / "slow.yaml")
    reader_reports.next(CardReading)
    pcscd.kill()
    error = reader_reports.next(CardFailed, within=2).error
    assert isinstance(error, CardReaderUnavailable)
    assert error.fault is ReaderFault.NO_SERVICE
    reader_reports.until(OFFLINE)
    card_slot.lay(ZHANG_YAN)
    pcscd.start()
    reader_reports.next(CardReading)
    assert reader_reports.next(CardRead).identity.name == "张龑"


def test_pcscd_dies_again_and_again(
    card_reader: CardReaderWorker, card_slot: CardSlot, reader_reports: Reported, pcscd: Pcscds
) -> None:
    """The same worker sees the reader go and come each time, and then still reads."""
    for _ in range(5):
        pcscd.kill()
        reader_reports.until(OFFLINE, within=1)
        pcscd.start()
        reader_reports.until(EMPTY, within=2)
    card_reader.read_for("visit")
    card_slot.lay(ZHANG_YAN)
    reader_reports.next(CardReading)
    reader_reports.next(CardRead)


def test_a_service_that_starts_later_is_found(pcscd: Pcscds, reader_reports: Reported) -> None:
    """A kiosk that came up before pcscd says that its reader is out of order, until it is not."""
    pcscd.kill()
    worker = CardReaderWorker(load_profiles(PROFILES), reader_reports.publish)
    worker.start()
    try:
        reader_reports.until(OFFLINE, within=1)
        pcscd.start()
        reader_reports.until(EMPTY, within=2)
    finally:
        worker.stop()


def test_another_card_is_unknown_until_it_is_taken_away(
    card_reader: CardReaderWorker, card_slot: CardSlot, reader_reports: Reported
) -> None:
    """A bus card is said to be the wrong one, once; the right card is read after it."""
    card_reader.read_for("visit")
    card_slot.lay(CARDS / "unknown.yaml")
    reader_reports.next(CardReading)
    assert isinstance(reader_reports.next(CardFailed).error, CardUnknown)
    reader_reports.nothing_within(1.5)
    card_slot.lay(ZHANG_YAN)
    reader_reports.next(CardReading)
    reader_reports.next(CardRead)


def test_a_swap_that_pcscd_misses_is_found(
    card_reader: CardReaderWorker, card_slot: CardSlot, reader_reports: Reported
) -> None:
    """The right card, there within a moment of the wrong one's leaving, is read nevertheless."""
    card_reader.read_for("visit")
    card_slot.lay(CARDS / "unknown.yaml")
    reader_reports.next(CardReading)
    reader_reports.next(CardFailed)
    second = CardSlot()
    try:
        second.lay(ZHANG_YAN)
        reader_reports.nothing_within(0.5)
        card_slot.take_away()
        reader_reports.next(CardReading)
        reader_reports.next(CardRead)
    finally:
        second.close()


@pytest.mark.parametrize("answer", ["garbage", "empty"])
def test_a_card_that_answers_nonsense_is_unreadable(
    card_reader: CardReaderWorker,
    card_slot: CardSlot,
    reader_reports: Reported,
    tmp_path: Path,
    answer: str,
) -> None:
    """After a second try from the beginning the card is said to be unreadable, once."""
    card_reader.read_for("visit")
    card_slot.lay(faulty(tmp_path, f"answer: {answer}"))
    reader_reports.next(CardReading)
    assert isinstance(reader_reports.next(CardFailed).error, CardUnreadable)
    reader_reports.nothing_within(1.5)


def test_an_expired_card_is_still_a_person(
    card_reader: CardReaderWorker, card_slot: CardSlot, reader_reports: Reported
) -> None:
    """Whether an expired card will do is for the journey to say, not for the reader."""
    card_reader.read_for("visit")
    card_slot.lay(CARDS / "expired.yaml")
    reader_reports.next(CardReading)
    identity = reader_reports.next(CardRead).identity
    assert not identity.expired(date(2014, 5, 10))
    assert identity.expired(date(2014, 5, 11))


def test_a_visit_that_ended_in_the_middle_gets_nothing(
    card_reader: CardReaderWorker, card_slot: CardSlot, reader_reports: Reported
) -> None:
    """Once told to stop, the worker has no more word for that visit, whatever it was reading."""
    card_reader.read_for("visit")
    card_slot.lay(CARDS / "slow.yaml")
    reader_reports.next(CardReading)
    card_reader.stop_reading()
    reader_reports.nothing_within(2)


def test_a_card_that_leaves_after_its_visit_is_no_fault(
    card_reader: CardReaderWorker, card_slot: CardSlot, reader_reports: Reported
) -> None:
    """A citizen who ends the visit and takes the card in one go leaves a reader that works."""
    card_reader.read_for("visit")
    card_slot.lay(CARDS / "slow.yaml")
    reader_reports.next(CardReading)
    card_reader.stop_reading()
    card_slot.take_away()
    reader_reports.until(EMPTY)
    assert {DeviceState.ONLINE} == set(reader_reports.states)


def test_the_next_visit_gets_its_own_read(
    card_reader: CardReaderWorker, card_slot: CardSlot, reader_reports: Reported
) -> None:
    """A new order in the middle of a read begins anew and answers to the new visit alone."""
    card_reader.read_for("first")
    card_slot.lay(CARDS / "slow.yaml")
    assert CardReading("first") == reader_reports.next(CardReading)
    card_reader.read_for("second")
    assert CardReading("second") == reader_reports.next(CardReading)
    assert reader_reports.next(CardRead).visit == "second"


def test_a_reader_that_no_profile_fits_is_no_reader(
    pcscd: Pcscds, reader_reports: Reported
) -> None:
    """A reader for something else is left alone and shown as missing."""
    shipped, *_ = load_profiles(PROFILES)
    other = shipped.model_copy(update={"reader": "Other Vendor*"})
    pcscd.start()
    worker = CardReaderWorker([other], reader_reports.publish)
    worker.start()
    try:
        reader_reports.until(ReaderStatus(DeviceState.NO_DEVICE, MediaState.UNKNOWN))
    finally:
        worker.stop()


def test_an_unexpected_error_is_said_and_survived(
    pcscd: Pcscds, card_slot: CardSlot, reader_reports: Reported
) -> None:
    """Whatever breaks while a card is read, the reader is shown out of order and comes back."""
    broken = threading.Event()

    def publish(event: object) -> None:
        if isinstance(event, CardReading) and not broken.is_set():
            broken.set()
            raise LookupError
        reader_reports.publish(event)

    worker = CardReaderWorker(load_profiles(PROFILES), publish)
    worker.start()
    try:
        reader_reports.until(EMPTY)
        worker.read_for("visit")
        card_slot.lay(ZHANG_YAN)
        reader_reports.until(ReaderStatus(DeviceState.HARDWARE_ERROR, MediaState.PRESENT))
        reader_reports.next(CardReading)
        reader_reports.next(CardRead)
    finally:
        worker.stop()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_breaks_is_replaced(pcscd: Pcscds, reader_reports: Reported) -> None:
    """Whatever breaks while the readers are watched, they are watched again."""
    broken = threading.Event()

    def publish(event: object) -> None:
        if event == ReaderChanged(OFFLINE) and not broken.is_set():
            broken.set()
            raise LookupError
        reader_reports.publish(event)

    worker = CardReaderWorker(load_profiles(PROFILES), publish)
    worker.start()
    try:
        reader_reports.until(EMPTY)
        pcscd.kill()
        assert broken.wait(2)
        reader_reports.status = None
        pcscd.start()
        reader_reports.until(EMPTY, within=2)
    finally:
        worker.stop()


def test_stopping_ends_the_thread_in_the_middle_of_a_read(
    card_reader: CardReaderWorker, card_slot: CardSlot, reader_reports: Reported
) -> None:
    """The program can end at any time: the worker leaves within its 2 s."""
    card_reader.read_for("visit")
    card_slot.lay(CARDS / "slow.yaml")
    reader_reports.next(CardReading)
    card_reader.stop()
    assert "card-reader" not in {thread.name for thread in threading.enumerate()}


def test_a_pcscd_that_was_there_is_left_running(pcscd: Pcscds) -> None:
    """The sandbox uses the service it finds, and stops only what it started."""
    pcscd.start()
    with ensure_pcscd() as found:
        assert not found.started_here
    assert not ensure_pcscd().started_here
