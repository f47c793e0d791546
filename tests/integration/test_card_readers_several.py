"""Several PC/SC readers, plugged in and out, and other programs beside the kiosk."""

from collections.abc import Sequence
from pathlib import Path

from card_parts import EMPTY, OCCUPIED, PROFILES, Pcscds, Reported

from hardware.card_reader.listing import listing
from hardware.card_reader.pcsc import CardService, Slot
from hardware.card_reader.profiles import load_profiles
from hardware.card_reader.worker import CardReaderWorker
from kiosk.devices import DeviceState, MediaState, ReaderStatus
from kiosk.errors import CardReaderUnavailable, ChipSerialOnly, ReaderFault
from kiosk.events import CardFailed, CardRead, CardReading
from sandbox.cards.slot import CardSlot
from sandbox.pcsc import Readers
from tests.virtual_cards import CARDS

pytest_plugins = ["card_fixtures"]

ZHANG_YAN = CARDS / "zhang-yan.yaml"
FIRST, SECOND = "Virtual PCD 00 00", "Virtual PCD 00 01"
NO_READER = ReaderStatus(DeviceState.NO_DEVICE, MediaState.UNKNOWN)
OFFLINE = ReaderStatus(DeviceState.OFFLINE, MediaState.UNKNOWN)


def test_what_pcscd_sees_is_told_at_once(
    card_reader: CardReaderWorker, card_slot: CardSlot, reader_reports: Reported
) -> None:
    """A card that lies there and one that is gone: 0.2 s after pcscd knows, the kiosk knows."""
    with CardService() as beside:
        slots: Sequence[Slot] = [Slot(FIRST)]
        card_slot.lay(ZHANG_YAN)
        while not slots[0].occupied:
            slots = beside.await_change(slots, 5)
        reader_reports.until(OCCUPIED, within=0.2)
        card_slot.take_away()
        while slots[0].occupied:
            slots = beside.await_change(slots, 5)
        reader_reports.until(EMPTY, within=0.2)


def test_two_readers_with_a_card_each_give_one_person(
    card_reader: CardReaderWorker,
    card_slot: CardSlot,
    second_slot: CardSlot,
    reader_reports: Reported,
) -> None:
    """Both are read; the first identity is the answer, and of the other nothing is said."""
    card_slot.lay(CARDS / "slow.yaml")
    second_slot.lay(CARDS / "lin-yulan.yaml")
    reader_reports.until(OCCUPIED)
    card_reader.read_for("visit")
    seen = [reader_reports.next(object) for _ in range(2)]
    if CardReading("visit") == seen[-1]:
        seen.append(reader_reports.next(object))
    (read,) = (event for event in seen if isinstance(event, CardRead))
    assert "林玉兰" == read.identity.name
    reader_reports.nothing_within(0.8)


def test_a_reader_that_comes_back_under_another_name_is_found(
    card_reader: CardReaderWorker, card_slot: CardSlot, reader_reports: Reported, pcscd: Pcscds
) -> None:
    """Unplugged, plugged in elsewhere and missing altogether: each is seen within 5 s, and the
    visit that waits is served."""
    pcscd.kill()
    reader_reports.until(OFFLINE, within=1)
    pcscd.start(Readers.NONE)
    reader_reports.until(NO_READER, within=5)
    pcscd.kill()
    pcscd.start(Readers.ELSEWHERE)
    reader_reports.until(EMPTY, within=5)
    assert {FIRST, SECOND}.isdisjoint(report.name for report in card_reader.readers())
    card_reader.read_for("visit")
    card_slot.lay(ZHANG_YAN)
    reader_reports.next(CardReading)
    assert "张龑" == reader_reports.next(CardRead).identity.name
    pcscd.kill()


def test_a_card_that_another_program_holds_is_read_when_it_is_free(
    card_reader: CardReaderWorker, card_slot: CardSlot, reader_reports: Reported
) -> None:
    """A sharing violation is said to be one, once, and ends by itself."""
    card_slot.lay(ZHANG_YAN)
    reader_reports.until(OCCUPIED)
    with CardService() as other, other.connect(FIRST):
        card_reader.read_for("visit")
        reader_reports.next(CardReading)
        error = reader_reports.next(CardFailed).error
        assert isinstance(error, CardReaderUnavailable)
        assert ReaderFault.IN_USE == error.fault
        reader_reports.until(ReaderStatus(DeviceState.BUSY, MediaState.PRESENT), within=0.2)
    reader_reports.next(CardReading)
    reader_reports.next(CardRead)
    reader_reports.until(OCCUPIED, within=0.2)


def test_roles_and_readers_that_nobody_knows(pcscd: Pcscds, tmp_path: Path) -> None:
    """Staff see every reader: ours with its role, and those that no profile fits."""
    pcscd.start()
    contact = (PROFILES / "examples" / "social_security_contact.toml").read_text("utf-8")
    ours = tmp_path / "contact.toml"
    ours.write_text(contact.replace("Vendor Contact*", "*00 01"), encoding="utf-8")
    assert [
        "READER             ROLE                  STATE    CARD",
        "Virtual PCD 00 01  social_security_card  online   not_present",
        "Virtual PCD 00 00  no profile fits       ignored",
    ] == listing(load_profiles(tmp_path)).splitlines()


def test_a_chip_serial_is_no_identity(
    card_reader: CardReaderWorker, card_slot: CardSlot, reader_reports: Reported
) -> None:
    """A reader without a security module says that it cannot read identities."""
    card_reader.read_for("visit")
    card_slot.lay(CARDS / "chip-serial.yaml")
    reader_reports.next(CardReading)
    assert isinstance(reader_reports.next(CardFailed).error, ChipSerialOnly)
