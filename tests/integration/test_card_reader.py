"""The card reader's worker against the real pcscd, the real virtual reader and virtual cards."""

import threading
from datetime import date
from pathlib import Path

import pytest
from card_fixtures import CARDS, EMPTY, OCCUPIED, ROOT, Reported, Service

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
from kiosk.events import CardFailed, CardRead, CardReading
from sandbox.cards.slot import CardSlot
from sandbox.pcsc import ensure_pcscd

pytest_plugins = ["card_fixtures"]

ZHANG_YAN = CARDS / "zhang-yan.yaml"
LIN_YULAN = CARDS / "lin-yulan.yaml"
OFFLINE = ReaderStatus(DeviceState.OFFLINE, MediaState.UNKNOWN)
APDUS = range(1, 7)


def faulty(folder: Path, faults: str) -> Path:
    """张龑's card with faults."""
    file = folder / "faulty.yaml"
    file.write_text(f"{ZHANG_YAN.read_text('utf-8')}\nfaults: {{{faults}}}\n", encoding="utf-8")
    return file


def test_a_card_is_read_when_it_is_laid(
    worker: CardReaderWorker, slot: CardSlot, reported: Reported
) -> None:
    """A visit that asked gets the person whose card comes next."""
    worker.read_for("visit")
    slot.lay(ZHANG_YAN)
    assert CardReading("visit") == reported.next(CardReading)
    read = reported.next(CardRead)
    assert ("visit", "张龑") == (read.visit, read.identity.name)


def test_a_card_that_lies_there_is_read_at_once(
    worker: CardReaderWorker, slot: CardSlot, reported: Reported
) -> None:
    """Whoever laid the card before it was asked for need not lay it again."""
    slot.lay(ZHANG_YAN)
    reported.until(OCCUPIED)
    worker.read_for("visit")
    reported.next(CardReading, within=0.3)
    assert reported.next(CardRead, within=0.3).identity.number == "350428195203140013"


def test_nothing_is_read_unasked(
    worker: CardReaderWorker, slot: CardSlot, reported: Reported, tmp_path: Path
) -> None:
    """Without a visit that asked, not one command is sent to a card: this one would leave at it."""
    slot.lay(faulty(tmp_path, "leave_at_apdu: 1"))
    reported.until(OCCUPIED)
    reported.nothing_within(0.5)
    assert slot.occupied


def test_a_read_card_is_not_read_again_until_asked(
    worker: CardReaderWorker, slot: CardSlot, reported: Reported
) -> None:
    """One order ends with one person; the next order reads the card that still lies there."""
    worker.read_for("first")
    slot.lay(ZHANG_YAN)
    reported.next(CardReading)
    reported.next(CardRead)
    reported.nothing_within(0.3)
    worker.read_for("second")
    reported.next(CardReading)
    assert reported.next(CardRead).visit == "second"


@pytest.mark.parametrize("apdu", APDUS)
def test_a_card_taken_away_at_any_command_and_laid_again(
    worker: CardReaderWorker, slot: CardSlot, reported: Reported, tmp_path: Path, apdu: int
) -> None:
    """A card that leaves in the middle is said to have left within 1 s; the next read is right."""
    worker.read_for("visit")
    slot.lay(faulty(tmp_path, f"leave_at_apdu: {apdu}"))
    reported.next(CardReading)
    assert isinstance(reported.next(CardFailed, within=1).error, CardRemoved)
    slot.lay(LIN_YULAN)
    reported.next(CardReading)
    assert reported.next(CardRead).identity.name == "林玉兰"


@pytest.mark.parametrize("apdu", APDUS)
def test_two_people_are_never_mixed(
    worker: CardReaderWorker, slot: CardSlot, reported: Reported, tmp_path: Path, apdu: int
) -> None:
    """A second card that waits for the first to leave, at any command, is read from its beginning,
    and the first one's owner is never reported."""
    slot.lay(faulty(tmp_path, f"leave_at_apdu: {apdu}"))
    reported.until(OCCUPIED)
    second = CardSlot()
    try:
        second.lay(LIN_YULAN)
        worker.read_for("visit")
        read = _first_read(reported)
    finally:
        second.close()
    assert ("林玉兰", "350428198807070021") == (read.identity.name, read.identity.number)
    assert ("福建省三明市将乐县水南镇滨河南路66号", date(2039, 3, 21)) == (
        read.identity.address,
        read.identity.valid_to,
    )


def _first_read(reported: Reported) -> CardRead:
    """The first person after whatever failed before."""
    while True:
        event = reported.next(object)
        match event:
            case CardRead():
                return event
            case CardFailed(error=error):
                assert isinstance(error, CardRemoved)


def test_pcscd_is_killed_in_the_middle_and_comes_back(
    worker: CardReaderWorker, slot: CardSlot, reported: Reported, pcscd: Service
) -> None:
    """A dying service ends the read with its reason; the card that lies there is read, from its
    beginning and without another order, when the service is back."""
    worker.read_for("visit")
    slot.lay(CARDS / "slow.yaml")
    reported.next(CardReading)
    pcscd.kill()
    error = reported.next(CardFailed, within=2).error
    assert isinstance(error, CardReaderUnavailable)
    assert error.fault is ReaderFault.NO_SERVICE
    reported.until(OFFLINE)
    slot.lay(ZHANG_YAN)
    pcscd.start()
    reported.next(CardReading)
    assert reported.next(CardRead).identity.name == "张龑"


def test_pcscd_dies_again_and_again(
    worker: CardReaderWorker, slot: CardSlot, reported: Reported, pcscd: Service
) -> None:
    """The same worker sees the reader go and come each time, and then still reads."""
    for _ in range(5):
        pcscd.kill()
        reported.until(OFFLINE, within=1)
        pcscd.start()
        reported.until(EMPTY, within=2)
    worker.read_for("visit")
    slot.lay(ZHANG_YAN)
    reported.next(CardReading)
    reported.next(CardRead)


def test_a_service_that_starts_later_is_found(pcscd: Service, reported: Reported) -> None:
    """A kiosk that came up before pcscd says that its reader is out of order, until it is not."""
    pcscd.kill()
    worker = CardReaderWorker(load_profiles(ROOT / "config" / "readers"), reported.publish)
    worker.start()
    try:
        reported.until(OFFLINE, within=1)
        pcscd.start()
        reported.until(EMPTY, within=2)
    finally:
        worker.stop()


def test_another_card_is_unknown_until_it_is_taken_away(
    worker: CardReaderWorker, slot: CardSlot, reported: Reported
) -> None:
    """A bus card is said to be the wrong one, once; the right card is read after it."""
    worker.read_for("visit")
    slot.lay(CARDS / "unknown.yaml")
    reported.next(CardReading)
    assert isinstance(reported.next(CardFailed).error, CardUnknown)
    reported.nothing_within(1.5)
    slot.lay(ZHANG_YAN)
    reported.next(CardReading)
    reported.next(CardRead)


def test_a_swap_that_pcscd_misses_is_found(
    worker: CardReaderWorker, slot: CardSlot, reported: Reported
) -> None:
    """The right card, there within a moment of the wrong one's leaving, is read nevertheless."""
    worker.read_for("visit")
    slot.lay(CARDS / "unknown.yaml")
    reported.next(CardReading)
    reported.next(CardFailed)
    second = CardSlot()
    try:
        second.lay(ZHANG_YAN)
        reported.nothing_within(0.5)
        slot.take_away()
        reported.next(CardReading)
        reported.next(CardRead)
    finally:
        second.close()


@pytest.mark.parametrize("answer", ["garbage", "empty"])
def test_a_card_that_answers_nonsense_is_unreadable(
    worker: CardReaderWorker, slot: CardSlot, reported: Reported, tmp_path: Path, answer: str
) -> None:
    """After a second try from the beginning the card is said to be unreadable, once."""
    worker.read_for("visit")
    slot.lay(faulty(tmp_path, f"answer: {answer}"))
    reported.next(CardReading)
    assert isinstance(reported.next(CardFailed).error, CardUnreadable)
    reported.nothing_within(1.5)


def test_an_expired_card_is_still_a_person(
    worker: CardReaderWorker, slot: CardSlot, reported: Reported
) -> None:
    """Whether an expired card will do is for the journey to say, not for the reader."""
    worker.read_for("visit")
    slot.lay(CARDS / "expired.yaml")
    reported.next(CardReading)
    identity = reported.next(CardRead).identity
    assert not identity.expired(date(2014, 5, 10))
    assert identity.expired(date(2014, 5, 11))


def test_a_visit_that_ended_in_the_middle_gets_nothing(
    worker: CardReaderWorker, slot: CardSlot, reported: Reported
) -> None:
    """Once told to stop, the worker has no more word for that visit, whatever it was reading."""
    worker.read_for("visit")
    slot.lay(CARDS / "slow.yaml")
    reported.next(CardReading)
    worker.stop_reading()
    reported.nothing_within(2)


def test_the_next_visit_gets_its_own_read(
    worker: CardReaderWorker, slot: CardSlot, reported: Reported
) -> None:
    """A new order in the middle of a read begins anew and answers to the new visit alone."""
    worker.read_for("first")
    slot.lay(CARDS / "slow.yaml")
    assert CardReading("first") == reported.next(CardReading)
    worker.read_for("second")
    assert CardReading("second") == reported.next(CardReading)
    assert reported.next(CardRead).visit == "second"


def test_a_reader_that_no_profile_fits_is_no_reader(pcscd: Service, reported: Reported) -> None:
    """A reader for something else is left alone and shown as missing."""
    (shipped,) = load_profiles(ROOT / "config" / "readers")
    other = shipped.model_copy(update={"reader": "Other Vendor*"})
    pcscd.start()
    worker = CardReaderWorker([other], reported.publish)
    worker.start()
    try:
        reported.until(ReaderStatus(DeviceState.NO_DEVICE, MediaState.UNKNOWN))
    finally:
        worker.stop()


def test_an_unexpected_error_is_said_and_survived(
    pcscd: Service, slot: CardSlot, reported: Reported
) -> None:
    """Whatever breaks while a card is read, the reader is shown out of order and comes back."""
    broken = threading.Event()

    def publish(event: object) -> None:
        if isinstance(event, CardReading) and not broken.is_set():
            broken.set()
            raise LookupError
        reported.publish(event)

    worker = CardReaderWorker(load_profiles(ROOT / "config" / "readers"), publish)
    worker.start()
    try:
        worker.read_for("visit")
        slot.lay(ZHANG_YAN)
        reported.until(ReaderStatus(DeviceState.HARDWARE_ERROR, MediaState.UNKNOWN))
        reported.until(OCCUPIED)
        worker.read_for("visit")
        reported.next(CardReading)
        reported.next(CardRead)
    finally:
        worker.stop()


def test_stopping_ends_the_thread_in_the_middle_of_a_read(
    worker: CardReaderWorker, slot: CardSlot, reported: Reported
) -> None:
    """The program can end at any time: the worker leaves within its 2 s."""
    worker.read_for("visit")
    slot.lay(CARDS / "slow.yaml")
    reported.next(CardReading)
    worker.stop()
    assert "card-reader" not in {thread.name for thread in threading.enumerate()}


def test_a_pcscd_that_was_there_is_left_running(pcscd: Service) -> None:
    """The sandbox uses the service it finds, and stops only what it started."""
    pcscd.start()
    with ensure_pcscd() as found:
        assert not found.started_here
    assert not ensure_pcscd().started_here
