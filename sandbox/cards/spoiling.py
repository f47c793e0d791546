"""Which answers of a card are spoiled, and how."""

import hashlib
from typing import Literal

from sandbox.cards.card_file import Faults

Way = Literal["garbage", "empty", "short", "wrong_length", "wrong_checksum"]


def spoiled(faults: Faults, answer: int) -> Way | None:
    """How this answer is, counted from 1 since the card was laid."""
    return faults.answer if faults.answer_at in (None, answer) else None


def garbage(size: int) -> bytes:
    """`size` bytes that look like nothing, the same every time."""
    return hashlib.shake_128(b"garbage").digest(size)
