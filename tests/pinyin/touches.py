"""How a citizen types a phrase."""

from collections.abc import Iterator

from kiosk.text_entry.pinyin.pinyin import Composing, Mode, Pinyin
from tests.pinyin.phrases import Phrase


def type_letters(pinyin: Pinyin, letters: str) -> Composing:
    composing = pinyin.state()
    for letter in letters:
        composing = pinyin.type(letter)
    return composing


def write_name(pinyin: Pinyin, name: Phrase) -> Iterator[int]:
    """Type the whole name, then choose each character; yields the page on which each stood."""
    pinyin.mode = Mode.SURNAME
    composing = type_letters(pinyin, name.letters)
    for character in name.text:
        while character not in composing.candidates:
            assert composing.has_more, f"{character} is not offered"
            composing = pinyin.turn(1)
        yield composing.page
        composing = pinyin.choose(composing.candidates.index(character))
        assert character == composing.committed
    assert Composing(committed=name.text[-1]) == composing
