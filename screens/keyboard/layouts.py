"""Which keys stand where, as data. A new layout is a new value here, not new code.

A layout is a grid; `column`, `row`, `wide` and `tall` of a key count its cells from the upper
left corner.
"""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.language import mark
from screens.keyboard.ways import Way


class Effect(StrEnum):
    """What a key does. TYPE and SPACE type, COMPOSE gives a letter to the way of writing; UNDO and
    REWRITE take back strokes; SHIFT and WAY change the keys."""

    TYPE = "type"
    COMPOSE = "compose"
    SPACE = "space"
    BACKSPACE = "backspace"
    CLEAR = "clear"
    UNDO = "undo"
    REWRITE = "rewrite"
    SHIFT = "shift"
    WAY = "way"
    DONE = "done"


@dataclass(frozen=True)
class Key:
    """`text` is what is typed; `words` what stands on the key (its text where empty); `way` is
    where a key with the effect WAY leads."""

    text: str
    column: int
    row: int
    wide: int
    tall: int = 1
    effect: Effect = Effect.TYPE
    words: str = ""
    icon: str = ""
    way: Way | None = None


@dataclass(frozen=True)
class Layout:
    """`type` is how much larger than on other keys the characters are."""

    columns: int
    rows: int
    keys: tuple[Key, ...]
    type: float = 1


COLUMNS = 20
"""Cells of a row of letters."""

_CELLS = 2
"""Cells of one letter key: half a key lets rows stand between each other."""


def _row(
    characters: str, row: int, start: int = 0, effect: Effect = Effect.TYPE
) -> tuple[Key, ...]:
    return tuple(
        Key(character, start + place * _CELLS, row, _CELLS, effect=effect)
        for place, character in enumerate(characters)
    )


def _backspace(row: int, column: int = 17) -> Key:
    return Key("", column, row, COLUMNS - column, effect=Effect.BACKSPACE, icon="backspace")


_SHIFT = Key("", 0, 2, 3, effect=Effect.SHIFT, icon="arrow-big-up")
_DIGITS = "1234567890"


def _letters(rows: tuple[str, str, str], effect: Effect, first: Key) -> tuple[Key, ...]:
    """Three rows of keys; `first` stands at the left end of the last."""
    return (
        *_row(rows[0], 0, effect=effect),
        *_row(rows[1], 1, start=1, effect=effect),
        first,
        *_row(rows[2], 2, start=3, effect=effect),
        _backspace(2),
    )


_SMALL = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LARGE = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")

PINYIN_LETTERS = Layout(
    COLUMNS,
    3,
    _letters(
        _SMALL, Effect.COMPOSE, Key("'", 0, 2, 3, effect=Effect.COMPOSE, words=mark("分隔"))
    ),
)
SMALL_LETTERS = Layout(COLUMNS, 3, _letters(_SMALL, Effect.TYPE, _SHIFT))
CAPITALS = Layout(COLUMNS, 3, _letters(_LARGE, Effect.TYPE, _SHIFT))
DIGITS = Layout(COLUMNS, 1, _row(_DIGITS, 0))
SYMBOLS = Layout(
    COLUMNS,
    4,
    (
        *_row(_DIGITS, 0),
        *_row("，。、：；？！（）·", 1),
        *_row("-/.,:#@&+_", 2),
        *_row("()《》“”—%", 3),
        _backspace(3, column=16),
    ),
)

QUICK = (DIGITS, Layout(COLUMNS, 1, _row("，。、：；？！（）·", 0)))
"""Pages where candidates stand while something is composed: what is typed between Chinese words."""

QUICK_IN_NAMES = (Layout(COLUMNS, 1, (Key("·", 0, 0, 5, words=mark("· 间隔号")),)),)
"""Stands in the names of several peoples: 阿依古丽·买买提."""


def _pad(left: str, right: str) -> Layout:
    """Digits as on a telephone; what a number needs besides stands beside the zero."""
    digits = tuple(
        Key(digit, place % 3 * _CELLS, place // 3, _CELLS)
        for place, digit in enumerate("123456789")
    )
    zero_from = _CELLS if left else 0
    zero_to = 2 * _CELLS if right else 3 * _CELLS
    keys = [*digits, Key("0", zero_from, 3, zero_to - zero_from)]
    if left:
        keys.append(Key(left, 0, 3, _CELLS))
    if right:
        keys.append(Key(right, 2 * _CELLS, 3, _CELLS))
    keys += [
        Key("", 6, 0, _CELLS, effect=Effect.BACKSPACE, icon="backspace"),
        Key("", 6, 1, _CELLS, effect=Effect.CLEAR, words=mark("清空")),
        Key("", 6, 2, _CELLS, tall=2, effect=Effect.DONE, words=mark("完成")),
    ]
    return Layout(8, 4, tuple(keys), type=1.3)


NUMBER_PAD = _pad("-", ".")
DIGIT_PAD = _pad("", "")
PHONE_PAD = _pad("-", "")
ID_PAD = _pad("", "X")

HANDWRITING_KEYS = Layout(
    3,
    3,
    (
        Key("", 0, 0, 3, effect=Effect.UNDO, words=mark("退一笔")),
        Key("", 0, 1, 3, effect=Effect.REWRITE, words=mark("重写")),
        Key("", 0, 2, 3, effect=Effect.BACKSPACE, icon="backspace"),
    ),
)

_WAY_KEY = 3
_DONE_KEY = 4


def last_row(ways: tuple[Way, ...], here: Way) -> Layout:
    """The row below every way of writing: the other ways, space, and the end of typing.

    Each way has its place, letters right of the space; the main way, which is the first, stands in
    the place of the way in use, so that a second touch on a key leads back.
    """
    main, *others = ways
    end = COLUMNS - _DONE_KEY
    begin = 0
    keys = []
    for way in others:
        shown = main if way is here else way
        if way is Way.LETTERS:
            end -= _WAY_KEY
            keys.append(_way_key(shown, end))
        else:
            keys.append(_way_key(shown, begin))
            begin += _WAY_KEY
    keys.append(
        Key(" ", begin, 0, end - begin, effect=Effect.SPACE, words=mark("空格"))
    )
    keys.append(
        Key("", COLUMNS - _DONE_KEY, 0, _DONE_KEY, effect=Effect.DONE, words=mark("完成"))
    )
    return Layout(COLUMNS, 1, tuple(keys))


def _way_key(way: Way, column: int) -> Key:
    return Key("", column, 0, _WAY_KEY, effect=Effect.WAY, words=way.words, way=way)
