"""A real pcscd with the real virtual reader, a virtual card's place on it, and a worker."""

from collections.abc import Iterator

import pytest
from card_parts import EMPTY, PROFILES, Pcscds, Reported

from hardware.card_reader.profiles import load_profiles
from hardware.card_reader.worker import CardReaderWorker
from sandbox.cards.slot import VPCD_PORT, CardSlot


@pytest.fixture(scope="module")
def pcscd() -> Iterator[Pcscds]:
    service = Pcscds()
    service.start()
    yield service
    service.stop()


@pytest.fixture
def card_slot(pcscd: Pcscds) -> Iterator[CardSlot]:
    """An empty place on the reader; it is empty again before the next test begins."""
    pcscd.start()
    place = CardSlot()
    yield place
    place.close()


@pytest.fixture
def second_slot(card_slot: CardSlot) -> Iterator[CardSlot]:
    """The place on the second reader."""
    place = CardSlot(port=VPCD_PORT + 1)
    yield place
    place.close()


@pytest.fixture
def reader_reports() -> Reported:
    return Reported()


@pytest.fixture
def card_reader(
    pcscd: Pcscds, card_slot: CardSlot, reader_reports: Reported
) -> Iterator[CardReaderWorker]:
    """A worker that has seen the empty reader."""
    worker = CardReaderWorker(load_profiles(PROFILES), reader_reports.publish)
    worker.start()
    reader_reports.until(EMPTY)
    yield worker
    worker.stop()
