"""The keyboard's pinyin, overheard: letters that are only composed are looked for already."""

from collections.abc import Callable

from kiosk.text_entry.pinyin.pinyin import Composing, Mode, Pinyin


class OverheardPinyin:
    """Stands in the place of the `pinyin` it is made of. `heard` gets what is being composed after
    each touch; `dropped` the letters that were given up when typing ended."""

    def __init__(
        self, pinyin: Pinyin, heard: Callable[[str], None], dropped: Callable[[str], None]
    ) -> None:
        self._pinyin = pinyin
        self._heard = heard
        self._dropped = dropped

    @property
    def mode(self) -> Mode:
        return self._pinyin.mode

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self._pinyin.mode = mode

    def state(self) -> Composing:
        return self._pinyin.state()

    def type(self, letter: str) -> Composing:
        return self._tell(self._pinyin.type(letter))

    def erase(self) -> Composing:
        return self._tell(self._pinyin.erase())

    def choose(self, index: int) -> Composing:
        return self._tell(self._pinyin.choose(index))

    def turn(self, pages: int) -> Composing:
        return self._pinyin.turn(pages)

    def clear(self) -> Composing:
        given_up = _written(self._pinyin.state())
        cleared = self._tell(self._pinyin.clear())
        self._dropped("".join(char for char in given_up if char.isascii()))
        return cleared

    def forget(self) -> None:
        self._pinyin.forget()

    def _tell(self, composing: Composing) -> Composing:
        self._heard(_written(composing))
        return composing


def _written(composing: Composing) -> str:
    """Without the gaps that show how the letters were read: a search reads them in its own way."""
    return composing.composing.replace(" ", "").replace("ü", "v")
