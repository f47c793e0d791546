"""Six pages joined: what is asked of the card and what becomes of its answers."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.card_reader.card_text import text_of
from hardware.card_reader.page_read import read_text
from kiosk.errors import CardReaderError, CardUnknown, CardUnreadable

TEXT = bytes(range(256))
CONTENT = bytes.fromhex("01000400") + TEXT + bytes(1024)
PAGES = [(CONTENT[start : start + 256], 0x9000) for start in range(0, 1284, 256)]


class Card:
    """Gives the answers it was told, one after the other, and keeps what it was asked."""

    def __init__(self, answers: Sequence[tuple[bytes, int]]) -> None:
        self._answers = iter(answers)
        self.asked: list[str] = []

    def send_and_receive(self, apdu: bytes) -> tuple[bytes, int]:
        self.asked.append(apdu.hex())
        return next(self._answers)


def test_the_six_pages_are_asked_in_order() -> None:
    """A whole read is six commands, and gives the text without the photo."""
    card = Card(PAGES)
    assert read_text(card) == TEXT
    assert [f"ffb00{page}0000" for page in range(6)] == card.asked


@pytest.mark.parametrize("status_word", [0x6D00, 0x6E00])
def test_a_card_without_the_command_is_unknown(status_word: int) -> None:
    """A card that does not know the command is another card, not a broken one."""
    with pytest.raises(CardUnknown):
        read_text(Card([(b"", status_word)]))


@pytest.mark.parametrize("page", range(6))
def test_a_refused_page_is_named_by_its_status_word(page: int) -> None:
    """A refusal at any page ends the read, with the card's own word for it."""
    with pytest.raises(CardUnreadable) as caught:
        read_text(Card([*PAGES[:page], (b"", 0x6982)]))
    assert 0x6982 == caught.value.status_word


@pytest.mark.parametrize(
    "content",
    [b"", CONTENT[:-1], CONTENT + b"\0", bytes(4) + CONTENT[4:]],
    ids=["nothing", "one byte short", "one byte long", "other lengths"],
)
def test_another_form_is_unreadable(content: bytes) -> None:
    """Content that is not 1284 bytes, or says other lengths, is not taken apart."""
    with pytest.raises(CardUnreadable):
        text_of(content)


@settings(deadline=None)
@given(st.lists(st.tuples(st.binary(max_size=300), st.integers(0, 0xFFFF)), min_size=6, max_size=6))
def test_any_answers_give_text_or_a_typed_error(answers: list[tuple[bytes, int]]) -> None:
    """No answer whatever raises anything but a reader's error."""
    try:
        text = read_text(Card(answers))
    except CardReaderError:
        return
    assert 256 == len(text)
