"""Which answers of a card are spoiled, and how."""

import hashlib
from typing import Literal

from sandbox.cards.card_file import Faults

Way = Literal["garbage", "empty", "short", "wrong_length", "wrong_checksum"]


class Spoiling:
    """Counts answers, from 1 since the card was laid."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._answers = 0

    def next(self) -> Way | None:
        """How the next answer is spoiled; to be asked once for each."""
        self._answers += 1
        return self._faults.answer if self._faults.answer_at in (None, self._answers) else None


def garbage(size: int) -> bytes:
    """`size` bytes that look like nothing, the same every time."""
    return hashlib.shake_128(b"garbage").digest(size)
