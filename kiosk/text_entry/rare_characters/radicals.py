"""The radicals by which characters are found, in every form that citizens know."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.errors import ConfigurationError

RADICALS = "radicals.tsv"

_LINE = re.compile(r"([1-9][0-9]?)\t(.)\t([0-9']+(?: [0-9']+)*)")


@dataclass(frozen=True, slots=True)
class Radical:
    """`form` is what stands on its key, `strokes` how many it is written with in the mainland.

    `numbers` are those that Unihan's kRSUnicode gives to the radicals that are written so: of the
    214, with an apostrophe where a simplified form counts apart. 氵 and 水 are both 85.
    """

    form: str
    strokes: int
    numbers: tuple[str, ...]


def load_radicals(folder: Path) -> tuple[Radical, ...]:
    """In the order of their strokes, and of the same number of strokes as dictionaries order them.

    Raises ConfigurationError, OSError.
    """
    file = folder / RADICALS
    found = []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        parts = _LINE.fullmatch(line)
        if parts is None:
            raise ConfigurationError(file, number, "not strokes, form and numbers")
        found.append(Radical(parts[2], int(parts[1]), tuple(parts[3].split(" "))))
    return tuple(found)


def folding(radicals: Sequence[Radical]) -> dict[int, str]:
    """For str.translate: each form as the first form of the same radical, so that 钅, 釒 and 金 are
    one part of a character, 龙 and 龍 as well."""
    first: dict[str, str] = {}
    folded: dict[int, str] = {}
    for radical in radicals:
        number = radical.numbers[0].rstrip("'")
        folded[ord(radical.form)] = first.setdefault(number, radical.form)
    return folded
