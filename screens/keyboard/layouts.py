"""Which keys stand where, as data. A new layout is a new value here, not new code.

A layout is a grid; `column`, `row`, `wide` and `tall` of a key count its cells from the upper
left corner.
"""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.language import mark


class Effect(StrEnum):
    """What a key does. TYPE and SPACE type; SHIFT, LETTERS and SYMBOLS change the keys."""

    TYPE = "type"
    SPACE = "space"
    BACKSPACE = "backspace"
    CLEAR = "clear"
    SHIFT = "shift"
    LETTERS = "letters"
    SYMBOLS = "symbols"
    DONE = "done"


@dataclass(frozen=True)
class Key:
    """`text` is what is typed; `words` what stands on the key (its text where empty)."""

    text: str
    column: int
    row: int
    wide: int
    tall: int = 1
    effect: Effect = Effect.TYPE
    words: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Layout:
    columns: int
    rows: int
    keys: tuple[Key, ...]


class Board(StrEnum):
    """The layout with which a field begins."""

    LETTERS = "letters"
    NUMBER = "number"
    DIGITS = "digits"
    PHONE = "phone"
    RESIDENT_ID = "resident_id"
    CODE = "code"


_CELLS = 2
"""Cells of one letter key: half a key lets rows stand between each other."""


def _row(characters: str, row: int, start: int = 0) -> tuple[Key, ...]:
    return tuple(
        Key(character, start + place * _CELLS, row, _CELLS)
        for place, character in enumerate(characters)
    )


def _last_row(other: Effect, words: str) -> tuple[Key, ...]:
    return (
        Key("", 0, 3, 3, effect=other, words=words),
        Key(" ", 3, 3, 13, effect=Effect.SPACE, words=mark("空格")),
        Key("", 16, 3, 4, effect=Effect.DONE, words=mark("完成")),
    )


def _letters(first: str, second: str, third: str) -> Layout:
    return Layout(
        20,
        4,
        (
            *_row(first, 0),
            *_row(second, 1, start=1),
            Key("", 0, 2, 3, effect=Effect.SHIFT, icon="arrow-big-up"),
            *_row(third, 2, start=3),
            Key("", 17, 2, 3, effect=Effect.BACKSPACE, icon="backspace"),
            *_last_row(Effect.SYMBOLS, "123"),
        ),
    )


SMALL_LETTERS = _letters("qwertyuiop", "asdfghjkl", "zxcvbnm")
CAPITALS = _letters("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")
SYMBOLS = Layout(
    20,
    4,
    (
        *_row("1234567890", 0),
        *_row("-/:()@#&+_", 1),
        *_row("，。、·？！.,", 2),
        Key("", 17, 2, 3, effect=Effect.BACKSPACE, icon="backspace"),
        *_last_row(Effect.LETTERS, "ABC"),
    ),
)


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
    return Layout(8, 4, tuple(keys))


NUMBER_PAD = _pad("-", ".")
DIGIT_PAD = _pad("", "")
PHONE_PAD = _pad("-", "")
ID_PAD = _pad("", "X")


def first_layout(board: Board) -> Layout:
    match board:
        case Board.LETTERS:
            return SMALL_LETTERS
        case Board.CODE:
            return SYMBOLS
        case Board.NUMBER:
            return NUMBER_PAD
        case Board.DIGITS:
            return DIGIT_PAD
        case Board.PHONE:
            return PHONE_PAD
        case Board.RESIDENT_ID:
            return ID_PAD


def after(effect: Effect, layout: Layout, board: Board) -> Layout:
    """The layout after a key that changes the keys. A code of letters and digits (GB 32100) has
    capitals alone."""
    match effect:
        case Effect.SHIFT:
            return SMALL_LETTERS if layout == CAPITALS else CAPITALS
        case Effect.LETTERS:
            return CAPITALS if board is Board.CODE else SMALL_LETTERS
        case Effect.SYMBOLS:
            return SYMBOLS
        case Effect.TYPE | Effect.SPACE | Effect.BACKSPACE | Effect.CLEAR | Effect.DONE:
            return layout
