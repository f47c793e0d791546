"""Cards of several kinds pulled and swapped at some of their commands; all of them stand in
tests/proofs/card_pulls.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from card_parts import Reported

from hardware.card_reader.worker import CardReaderWorker
from sandbox.cards.slot import CardSlot
from tests.integration.card_pulls import NEXT, Table
from tests.virtual_cards import FETCHED, WRAPPED, Kind

pytest_plugins = ["card_fixtures"]


@pytest.fixture
def table(
    card_reader: CardReaderWorker, card_slot: CardSlot, reader_reports: Reported, tmp_path: Path
) -> Iterator[Table]:
    second = CardSlot()
    yield Table(card_reader, reader_reports, tmp_path, card_slot, second)
    second.close()


@pytest.mark.parametrize(
    ("kind", "command"),
    [
        (Kind("zhang-yan", WRAPPED), 1),
        (Kind("marie-tremblay", WRAPPED), 3),
        (Kind("gonzalez", FETCHED), 6),
        (Kind("insured-long-name"), 8),
    ],
    ids=str,
)
def test_a_card_of_any_kind_pulled_and_another_laid(table: Table, kind: Kind, command: int) -> None:
    """The visit knows within 1 s that the card left, and the next card is read right."""
    table.pull(kind, command)


def test_two_people_are_never_mixed(table: Table) -> None:
    """A second card that waits for the first to leave is read from its beginning."""
    assert NEXT == table.swap_at(Kind("zhang-yan"), NEXT, 2)


@pytest.mark.parametrize("after", [0.05, 0.5])
def test_two_people_swapped_by_hand(table: Table, after: float) -> None:
    """Early in the read the second one is the person, after it the first one: no one in between."""
    one = Kind("zhang-yan-insured")
    assert (NEXT if after < 0.1 else one) == table.swap(one, NEXT, after)
