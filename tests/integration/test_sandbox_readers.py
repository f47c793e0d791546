"""The virtual card readers as PC/SC shows them: laid on, unplugged, renamed, dead."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from smartcard import scard

from sandbox.card_readers import CardReaders
from sandbox.control import ControlProblem

CARDS = Path(__file__).parents[1] / "cards"
FIRST, SECOND = "Virtual PCD 00 00", "Virtual PCD 00 01"
WITHIN_S = 5.0


@pytest.fixture
def readers() -> Iterator[CardReaders]:
    readers = CardReaders()
    readers.start_pcscd()
    yield readers
    readers.stop()


def names() -> list[str] | None:
    """Of the readers; None without a service."""
    result, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
    if result != scard.SCARD_S_SUCCESS:
        return None
    _, found = scard.SCardListReaders(context, [])
    scard.SCardReleaseContext(context)
    return list(found)


def wait_for(reader: str, flag: int) -> int:
    """The reader's state as soon as it has the flag, or when that takes too long."""
    deadline = time.monotonic() + WITHIN_S
    state = scard.SCARD_STATE_UNAWARE
    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
    while not state & flag and (left := deadline - time.monotonic()) > 0:
        known = [(reader, state & ~scard.SCARD_STATE_CHANGED)]
        _, seen = scard.SCardGetStatusChange(context, round(left * 1000), known)
        state = int(seen[0][1])
    scard.SCardReleaseContext(context)
    return state


def lies_on(reader: str) -> bool:
    return bool(wait_for(reader, scard.SCARD_STATE_PRESENT) & scard.SCARD_STATE_PRESENT)


def empty(reader: str) -> bool:
    return bool(wait_for(reader, scard.SCARD_STATE_EMPTY) & scard.SCARD_STATE_EMPTY)


def test_two_readers_with_a_card_each(readers: CardReaders) -> None:
    """Each card lies on its own reader, and leaves alone or with all others."""
    readers.lay(CARDS / "zhang-yan.yaml", 1)
    readers.lay(CARDS / "lin-yulan.yaml", 2)
    assert lies_on(FIRST) and lies_on(SECOND)
    readers.take_away(2)
    assert empty(SECOND) and lies_on(FIRST)
    readers.take_all_away()
    assert empty(FIRST)


def test_readers_are_unplugged_and_come_back(readers: CardReaders) -> None:
    """The service comes back without readers, with others, with the first ones; a card that lay
    there all the time is found there again."""
    readers.lay(CARDS / "zhang-yan.yaml", 1)
    assert [FIRST, SECOND] == names()
    readers.turn_pcscd("none")
    assert [] == names()
    readers.turn_pcscd("elsewhere")
    assert ["Virtual PCD 01 00 00", "Virtual PCD 01 00 01"] == names()
    assert lies_on("Virtual PCD 01 00 00")
    readers.turn_pcscd("killed")
    assert names() is None
    readers.turn_pcscd("here")
    assert [FIRST, SECOND] == names()
    assert lies_on(FIRST)


def test_a_mute_card_lets_the_connection_hang_until_it_leaves(
    readers: CardReaders, tmp_path: Path
) -> None:
    """It is seen, woken once, and then answers nothing: whoever connects waits for its leaving."""
    file = tmp_path / "mute.yaml"
    right = (CARDS / "zhang-yan.yaml").read_text("utf-8")
    file.write_text(right + "faults: {mute: connect}\n", encoding="utf-8")
    readers.lay(file, 1)
    assert lies_on(FIRST)
    outcome: list[int] = []
    asked = threading.Event()

    def connect() -> None:
        _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
        asked.set()
        result, card, _ = scard.SCardConnect(
            context, FIRST, scard.SCARD_SHARE_SHARED, scard.SCARD_PROTOCOL_ANY
        )
        if result == scard.SCARD_S_SUCCESS:
            result, _ = scard.SCardTransmit(card, scard.SCARD_PCI_T1, [0xFF, 0xB0, 0, 0, 0])
        outcome.append(result)
        scard.SCardReleaseContext(context)

    thread = threading.Thread(target=connect, daemon=True)
    thread.start()
    assert asked.wait(WITHIN_S)
    thread.join(0.3)
    assert [] == outcome
    readers.take_away(1)
    thread.join(WITHIN_S)
    assert 1 == len(outcome)


@pytest.mark.parametrize("reader", [3, "serial", None])
def test_a_reader_that_is_not_there(readers: CardReaders, reader: object) -> None:
    """No card can be laid on a reader that this sandbox does not run."""
    with pytest.raises(ControlProblem, match="no reader"):
        readers.lay(CARDS / "zhang-yan.yaml", reader)
