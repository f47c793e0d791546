"""Two cards, swapped at any moment of a read: never a mix of two people."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.card_reader.reading import read_card
from kiosk.errors import CardReaderError, CardRemoved
from kiosk.identity import Identity
from sandbox.cards.chip import Chip
from tests.virtual_cards import KINDS, ChipPort, Kind, fitting, read_bare

FREE = [kind for kind in KINDS if kind.card != "insured-version-3"]
OTHERS = [
    Kind("lin-yulan"),
    Kind("lin-yulan", "reader: wrapped"),
    Kind("zhang-yan-insured"),
    Kind("hamdan-noor"),
    Kind("xiao-yan", "reader: wrapped; frames: {fetched: true}"),
    Kind("insured-version-3"),
]


class SwappedPort(ChipPort):
    """After so many commands another card answers; the reader either sees that the first one left
    or, which is the worst, notices nothing."""

    def __init__(self, first: Chip, second: Chip, after: int, noticed: bool) -> None:
        super().__init__(first)
        self._second = second
        self._after = after
        self._noticed = noticed

    def send_and_receive(self, apdu: bytes) -> tuple[bytes, int]:
        if self.sent == self._after:
            self.chip = self._second
            if self._noticed:
                self.sent += 1
                raise CardRemoved
        return super().send_and_receive(apdu)


def outcome(first: Kind, second: Kind, after: int, noticed: bool) -> Identity | None:
    """Whoever was read, or None for a named error."""
    with TemporaryDirectory() as folder:
        chips = [kind.chip(Path(folder)) for kind in (first, second)]
    try:
        return read_card(SwappedPort(*chips, after, noticed), fitting(chips[0]))
    except CardReaderError:
        return None


def people() -> Mapping[Kind, Identity]:
    with TemporaryDirectory() as folder:
        return {
            kind: read_bare(kind.chip(Path(folder)))[0]
            for kind in {*FREE, *OTHERS}
            if kind.card != "insured-version-3"
        }


PEOPLE = people()


@settings(max_examples=400, deadline=None)
@given(
    first=st.sampled_from(FREE),
    second=st.sampled_from(OTHERS),
    after=st.integers(0, 24),
    noticed=st.booleans(),
)
def test_nobody_is_made_of_two_cards(first: Kind, second: Kind, after: int, noticed: bool) -> None:
    """Whichever two cards are swapped after whichever command, the person is wholly of one."""
    identity = outcome(first, second, after, noticed)
    assert identity in (None, PEOPLE[first], PEOPLE.get(second))
    if noticed and after == 0:
        assert identity is None


def test_a_swap_after_the_last_command_is_no_swap() -> None:
    """The test above can tell people apart: without a swap the first one is read."""
    for kind in FREE:
        assert PEOPLE[kind] == outcome(kind, OTHERS[0], 99, noticed=True)
