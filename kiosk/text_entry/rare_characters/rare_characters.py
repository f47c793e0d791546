"""Characters by radical and further strokes, and by the parts that they are put together from.

Everything here is a look-up in what scripts/build-rare-characters prepared; no input raises. A
touch takes well under a millisecond.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.errors import ConfigurationError
from kiosk.text_entry.rare_characters.radicals import Radical, folding, load_radicals

CHARACTERS = "characters.tsv"
COMPOSITIONS = "compositions.tsv"

MOST_PARTS = 3
"""Of a character that is put together; who sees more of them finds two that hold them."""

_CELL = re.compile(r"([0-9' ]+)\t(?:(-)|([0-9]{1,2}))\t(\S+)")

Numbers = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """`parts` is how the characters were written one behind the other, `character` what they
    make."""

    parts: str = field(repr=False)
    character: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RareCharacters:
    """Made by `load_rare_characters`. Characters come in the order in which names use them; those
    that no list of names knows come last."""

    radicals: tuple[Radical, ...]
    _usual: Mapping[Numbers, str] = field(repr=False)
    _cells: Mapping[Numbers, Mapping[int, str]] = field(repr=False)
    _compositions: bytes = field(repr=False)
    _folding: Mapping[int, str] = field(repr=False)

    def strokes(self) -> tuple[int, ...]:
        """The numbers of strokes that radicals have, ascending."""
        return tuple(sorted({radical.strokes for radical in self.radicals}))

    def with_strokes(self, strokes: int) -> tuple[Radical, ...]:
        """The radicals written with so many."""
        return tuple(radical for radical in self.radicals if radical.strokes == strokes)

    def usual(self, radical: Radical) -> str:
        """The characters with this radical that names use most; all of them where they are few."""
        return self._usual.get(radical.numbers, "")

    def further_strokes(self, radical: Radical) -> tuple[int, ...]:
        """How many strokes its characters have besides the radical, ascending."""
        return tuple(self._cells.get(radical.numbers, {}))

    def characters(self, radical: Radical, further: int) -> str:
        """Those with this radical and so many further strokes."""
        return self._cells.get(radical.numbers, {}).get(further, "")

    def composed_of(self, parts: str) -> str:
        """The characters that are put together from these parts in whichever order: 䶮 of 龙天."""
        if not 2 <= len(parts) <= MOST_PARTS or not parts.isprintable():
            return ""
        line = "".join(sorted(parts.translate(self._folding)))
        begin = self._compositions.find(f"\n{line}\t".encode())
        if begin < 0:
            return ""
        end = self._compositions.index(b"\n", begin + 1)
        return self._compositions[begin:end].decode().partition("\t")[2]

    def composed_at_end(self, text: str) -> tuple[Composed, ...]:
        """What can be put together from the last characters of a text, longest parts first."""
        return tuple(
            Composed(parts, character)
            for count in range(min(MOST_PARTS, len(text)), 1, -1)
            for parts in (text[-count:],)
            for character in self.composed_of(parts)
        )


def load_rare_characters(folder: Path) -> RareCharacters:
    """From config/rare_characters; takes some ten milliseconds, on a worker.

    Raises ConfigurationError, OSError.
    """
    radicals = load_radicals(folder)
    known = {radical.numbers for radical in radicals}
    usual: dict[Numbers, str] = {}
    cells: dict[Numbers, dict[int, str]] = {}
    file = folder / CHARACTERS
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        parts = _CELL.fullmatch(line)
        if parts is None or (numbers := tuple(parts[1].split(" "))) not in known:
            raise ConfigurationError(file, number, "not a radical, strokes and characters")
        if parts[2]:
            usual[numbers] = parts[4]
        else:
            cells.setdefault(numbers, {})[int(parts[3])] = parts[4]
    compositions = b"\n" + (folder / COMPOSITIONS).read_bytes()
    if not compositions.endswith(b"\n"):
        raise ConfigurationError(folder / COMPOSITIONS, 0, "the last line does not end")
    return RareCharacters(radicals, usual, cells, compositions, folding(radicals))
