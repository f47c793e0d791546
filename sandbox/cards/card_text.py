"""The 256 bytes of text of the cards that a security module reads: UTF-16LE, padded with spaces.

The four kinds differ by the flag at 248, which for a resident's card is a space.
"""

import hashlib
from collections.abc import Sequence
from datetime import date

from sandbox.cards.card_file import (
    PermanentResident2017,
    PermanentResident2023,
    ResidencePermit,
    ResidentCard,
    SamCard,
    Sex,
)

_SEXES: dict[Sex, str] = {"男": "1", "女": "2", "未知": "0", "未说明": "9"}
_LATIN_2023 = 35
"""Characters of the name in its first part."""

Fields = Sequence[tuple[int, str]]
"""Lengths in bytes and values, in the order of the card."""


def content(card: SamCard) -> bytes:
    """The 1284 bytes that are read of a card: `0100 0400`, text, photo."""
    return bytes.fromhex("01000400") + text_of(card) + _photo(card.number)


def text_of(card: SamCard) -> bytes:
    match card:
        case ResidentCard():
            fields: Fields = (*_resident(card), (36, ""))
        case ResidencePermit():
            more = ((18, card.pass_number), (4, card.issue_count), (6, ""), (2, "J"), (6, ""))
            fields = (*_resident(card), *more)
        case PermanentResident2017():
            fields = _permanent_2017(card)
        case PermanentResident2023():
            fields = _permanent_2023(card)
    return b"".join(_padded(value, length) for length, value in fields)


def _resident(card: ResidentCard | ResidencePermit) -> Fields:
    return (
        (30, card.name),
        (2, _SEXES[card.sex]),
        (4, card.nation),
        (16, _digits(card.birth)),
        (70, card.address),
        (36, card.number),
        (30, card.issuer),
        (16, _digits(card.valid_from)),
        (16, card.valid_to if isinstance(card.valid_to, str) else _digits(card.valid_to)),
    )


def _permanent_2017(card: PermanentResident2017) -> Fields:
    return (
        (120, card.latin_name),
        (2, _SEXES[card.sex]),
        (30, card.number),
        (6, card.country),
        (30, card.name),
        (16, _digits(card.valid_from)),
        (16, _digits(card.valid_to)),
        (16, _digits(card.birth)),
        (4, card.version),
        (8, card.authority),
        (2, "I"),
        (6, ""),
    )


def _permanent_2023(card: PermanentResident2023) -> Fields:
    return (
        (30, card.name),
        (2, _SEXES[card.sex]),
        (4, card.reissue_count),
        (16, _digits(card.birth)),
        (70, card.latin_name[:_LATIN_2023]),
        (36, card.number),
        (30, ""),
        (16, _digits(card.valid_from)),
        (16, _digits(card.valid_to)),
        (22, card.latin_name[_LATIN_2023:]),
        (6, card.country),
        (2, "Y"),
        (6, card.old_number_link),
    )


def _digits(day: date) -> str:
    return f"{day:%Y%m%d}"


def _padded(text: str, length: int) -> bytes:
    encoded = text.encode("utf-16-le")
    return encoded + " ".encode("utf-16-le") * ((length - len(encoded)) // 2)


def _photo(number: str) -> bytes:
    """1024 bytes in the place of a WLT photo: no open encoder is known."""
    return hashlib.shake_128(number.encode()).digest(1024)
