"""The columns in which a query is looked for as it was typed: hanzi, syllables, initials.

All entries stand behind one another in each column, one character for each of their letters, so
that a place in one column is the same place in every other: a syllable is written as one character
of the private use area. So a match begins and ends at a syllable's boundary by itself.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kiosk.catalogue.search.entries import Entry
from kiosk.catalogue.search.found import Way
from kiosk.catalogue.search.query import LONGEST
from kiosk.catalogue.search.sounds import DialectRules, Piece

MOST_PLACES = 200

FEW_PLACES = 20

_BETWEEN = "\n"
_NOWHERE = "\0"
_RARER_BY_ONE = 12
"""How much rarer a run is for each neighbour more that it has: for choosing alone."""
_FIRST_PRIVATE = 0xE000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a query stands as a whole: letters `start` to `start + length` of an entry."""

    entry: int
    start: int
    length: int
    way: Way


class _Sounding:
    """The columns of sounds: as they are, or as the dialects take them."""

    def __init__(self, syllables: Sequence[str]) -> None:
        self.codes = {
            syllable: chr(_FIRST_PRIVATE + number)
            for number, syllable in enumerate(sorted(set(syllables) - {_BETWEEN}))
        }
        beginning: dict[str, set[str]] = defaultdict(set)
        for syllable, code in self.codes.items():
            for end in range(1, len(syllable) + 1):
                beginning[syllable[:end]].add(code)
        self.beginning = {begun: frozenset(codes) for begun, codes in beginning.items()}
        self.written = "".join(self.codes.get(syllable, _BETWEEN) for syllable in syllables)
        self.initials = "".join(syllable[0] for syllable in syllables)
        self.common = Counter(self.written)
        self.common_initials = Counter(self.initials)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """What to look for, in which column, and at which piece of the pattern it stands; `certain`
    are the pieces that need no second look."""

    offset: int
    column: str
    sought: str
    certain: range


class Columns:
    """Built once; only read from then on."""

    def __init__(self, entries: Sequence[Entry], rules: DialectRules) -> None:
        self._rules = rules
        self._starts: list[int] = []
        sounds: list[str] = [_BETWEEN]
        characters: list[str] = [_BETWEEN]
        for entry in entries:
            self._starts.append(len(sounds))
            sounds += (*entry.sounds, _BETWEEN)
            characters += (*entry.letters, _BETWEEN)
        # A pattern that begins in the last entry may reach beyond it.
        sounds += [_BETWEEN] * LONGEST
        characters += [_BETWEEN] * LONGEST
        self._characters = "".join(characters)
        self._common = Counter(self._characters)
        self._plain = _Sounding(sounds)
        self._folded = _Sounding([rules.folded(sound) for sound in sounds])

    def places(self, patterns: Sequence[Sequence[Piece]]) -> Iterator[tuple[Place, int]]:
        """The places of the patterns, each place once by its surest way, and the number of its
        pattern. At most about `MOST_PLACES`; where there are more, those of later entries are
        left out. The dialects' sounds are looked for only where few others were found."""
        seen: set[int] = set()
        for folded in (False, True):
            for number, pattern in enumerate(patterns):
                way = _way(pattern, folded)
                if way is None or len(seen) >= (FEW_PLACES if folded else MOST_PLACES):
                    continue
                for position in self._find(pattern, folded):
                    if position not in seen:
                        seen.add(position)
                        entry = bisect_right(self._starts, position) - 1
                        start = position - self._starts[entry]
                        yield Place(entry, start, len(pattern), way), number

    def apart(self, sounds: Sequence[Piece]) -> Iterator[tuple[Place, int]]:
        """Places of syllables that stand in this order and with others between, and of how many
        pieces each is."""
        folded = self._pattern(sounds, True)
        allowed = ["".join(sorted(self._allowed(piece, self._folded)[1])) for piece in folded]
        if not all(allowed):
            return
        # What was passed over is not tried again, so that this takes no longer than one look.
        first, *others = (f"[{re.escape(codes)}]" for codes in allowed)
        sought = re.compile(first + "".join(f"(?>[^{_BETWEEN}]*?{other})" for other in others))
        way = Way.INITIALS if all(piece.begun for piece in sounds) else Way.PINYIN
        for found in sought.finditer(self._folded.written):
            entry = bisect_right(self._starts, found.start()) - 1
            start = found.start() - self._starts[entry]
            yield Place(entry, start, len(found[0]), way), len(sounds)

    def folded_of(self, entry: int) -> str:
        """An entry's sounds as the dialects take them, one character each."""
        start = self._starts[entry]
        end = self._folded.written.index(_BETWEEN, start)
        return self._folded.written[start:end]

    def folded(self, sounds: Iterable[str]) -> str:
        """The same of any sounds; one that no entry has is written as a character of its own."""
        codes = self._folded.codes
        return "".join(codes.get(self._rules.folded(sound), _NOWHERE) for sound in sounds)

    def _find(self, pattern: Sequence[Piece], folded: bool) -> Iterable[int]:
        """Where the pattern stands, where an entry begins first."""
        sounding = self._folded if folded else self._plain
        pattern = self._pattern(pattern, folded)
        anchor = self._anchor(pattern, sounding)
        checks = [
            (place, *self._allowed(piece, sounding))
            for place, piece in enumerate(pattern)
            if place not in anchor.certain
        ]
        # Inside of an entry a lone syllable says nothing.
        everywhere = len(pattern) > 1 or pattern[0].hanzi
        beginning: list[int] = []
        inside: list[int] = []
        characters, column, sought = self._characters, anchor.column, anchor.sought
        position = column.find(sought)
        while position >= 0:
            start = position - anchor.offset
            begins = characters[start - 1] == _BETWEEN
            if begins or (everywhere and len(inside) < MOST_PLACES):
                for place, looked_at, allowed in checks:
                    if looked_at[start + place] not in allowed:
                        break
                else:
                    (beginning if begins else inside).append(start)
                    if len(beginning) >= MOST_PLACES:
                        break
            position = column.find(sought, position + 1)
        return (*beginning, *inside)[:MOST_PLACES]

    def _pattern(self, pattern: Sequence[Piece], folded: bool) -> Sequence[Piece]:
        if not folded:
            return pattern
        return tuple(
            piece if piece.hanzi else Piece(self._rules.folded(piece.text), begun=piece.begun)
            for piece in pattern
        )

    def _anchor(self, pattern: Sequence[Piece], sounding: _Sounding) -> _Anchor:
        """The part of the pattern that is likely to stand in the fewest places."""
        if len(pattern) == 1 and not pattern[0].hanzi:
            initial = _BETWEEN + pattern[0].text[0]
            return _Anchor(-1, sounding.initials, initial, range(0))
        runs = []
        offset = 0
        for exact, run in groupby(pattern, key=lambda piece: (piece.hanzi, not piece.begun)):
            pieces = tuple(run)
            after = offset + len(pieces)
            texts = [piece.text for piece in pieces]
            match exact:
                case True, _:
                    likely = min(self._common[text] for text in texts)
                    anchor = _Anchor(offset, self._characters, "".join(texts), range(offset, after))
                case False, True:
                    sought = "".join(sounding.codes.get(text, _NOWHERE) for text in texts)
                    likely = min(sounding.common[code] for code in sought)
                    anchor = _Anchor(offset, sounding.written, sought, range(offset, after))
                case _:
                    sought = "".join(text[0] for text in texts)
                    likely = min(sounding.common_initials[initial] for initial in sought)
                    anchor = _Anchor(offset, sounding.initials, sought, range(0))
            runs.append((likely / _RARER_BY_ONE ** (len(pieces) - 1), anchor))
            offset = after
        if not any(piece.hanzi for piece in pattern):
            sought = "".join(piece.text[0] for piece in pattern)
            likely = min(sounding.common_initials[initial] for initial in sought)
            anchor = _Anchor(0, sounding.initials, sought, range(0))
            runs.append((likely / _RARER_BY_ONE ** (len(pattern) - 1), anchor))
        return min(runs, key=lambda run: run[0])[1]

    def _allowed(self, piece: Piece, sounding: _Sounding) -> tuple[str, frozenset[str]]:
        """The column to look at, and what may stand there."""
        if piece.hanzi:
            return self._characters, frozenset(piece.text)
        if piece.begun:
            return sounding.written, sounding.beginning.get(piece.text, frozenset())
        return sounding.written, frozenset(sounding.codes.get(piece.text, _NOWHERE))


def _way(pattern: Sequence[Piece], folded: bool) -> Way | None:
    """How the pattern would be met; text has no dialect."""
    if all(piece.hanzi for piece in pattern):
        return None if folded else Way.TEXT
    if folded:
        return Way.DIALECT
    return Way.INITIALS if all(piece.begun for piece in pattern) else Way.PINYIN
