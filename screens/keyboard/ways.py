"""The ways of writing, and with which of them a line is written."""

from enum import StrEnum

from kiosk.language import Language, mark


class Way(StrEnum):
    """A further way is a member here, its place in `ways_of`, and its panel in panels.py."""

    PINYIN = "pinyin"
    HANDWRITING = "handwriting"
    LETTERS = "letters"
    RADICALS = "radicals"
    SYMBOLS = "symbols"
    PAD = "pad"

    @property
    def words(self) -> str:
        """What stands on the key that leads to it."""
        match self:
            case Way.PINYIN:
                return mark("拼音")
            case Way.HANDWRITING:
                return mark("手写")
            case Way.RADICALS:
                return mark("部首")
            case Way.LETTERS:
                return "ABC"
            case Way.SYMBOLS:
                return "123"
            case Way.PAD:
                return ""


class Board(StrEnum):
    """What a line holds, by which its keys are chosen."""

    CHINESE = "chinese"
    NAME = "name"
    NUMBER = "number"
    DIGITS = "digits"
    PHONE = "phone"
    RESIDENT_ID = "resident_id"
    CODE = "code"


def ways_of(board: Board, pinyin: bool, handwriting: bool, radicals: bool) -> tuple[Way, ...]:
    """The main way first, then the others as they stand below. Without `pinyin` handwriting stands
    in its place, and without that too letters."""
    match board:
        case Board.CHINESE | Board.NAME:
            by_look = (Way.RADICALS,) if radicals else ()
            if pinyin and handwriting:
                return (Way.PINYIN, Way.SYMBOLS, Way.HANDWRITING, *by_look, Way.LETTERS)
            if pinyin or handwriting:
                main = Way.PINYIN if pinyin else Way.HANDWRITING
                return (main, Way.SYMBOLS, *by_look, Way.LETTERS)
            return (Way.LETTERS, Way.SYMBOLS, *by_look)
        case Board.CODE:
            return (Way.LETTERS, Way.SYMBOLS)
        case Board.NUMBER | Board.DIGITS | Board.PHONE | Board.RESIDENT_ID:
            return (Way.PAD,)


def first_way(
    board: Board, ways: tuple[Way, ...], language: Language, by_hand: bool = False
) -> Way:
    """Who writes `by_hand` goes on so; who reads English writes letters first; a code begins with
    digits."""
    match board:
        case Board.CODE:
            return Way.SYMBOLS
        case Board.CHINESE | Board.NAME if by_hand and Way.HANDWRITING in ways:
            return Way.HANDWRITING
        case Board.CHINESE | Board.NAME if language is Language.ENGLISH:
            return Way.LETTERS
        case _:
            return ways[0]
