"""Finding in spite of slips: a character, a letter or two that are wrong, missing or too many."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rapidfuzz import fuzz, process

LEAST_HANZI = 60
LEAST_PINYIN = 70
LEAST_ENGLISH = 80
"""Cut-offs of rapidfuzz's score (0 to 100): it always finds something, and below these it is
chance. Measured on 5,000 names of service items; initials would need 90, which leaves no slip in
a query of less than ten."""

SHORTEST = 3
"""Letters or characters under which every slip is another word."""

MOST_ALIKE = 40
_PARTS = 3
_BETWEEN = "\n"


@dataclass(frozen=True, slots=True)
class Alike:
    """`score` is from 0 to 1: how alike the query and the part of the entry are that is most like
    it. An entry shorter than the query is measured by what it leaves of the query. `covered` is
    the query's share of the entry."""

    entry: int
    score: float
    covered: float


class SimilarIndex:
    """Built once; only read from then on."""

    def __init__(self, texts: Sequence[str], shortest_part: int) -> None:
        """`shortest_part` is the length of what stands in few of the texts."""
        self._texts = texts
        self._shortest_part = shortest_part
        self._all = dict(enumerate(texts))
        self._joined = _BETWEEN.join(texts)
        self._starts = [0, *accumulate(len(text) + 1 for text in texts)]

    def alike(self, text: str, least: float) -> Iterator[Alike]:
        """Entries with a part like `text`, at least as alike as `least` (0 to 100)."""
        if len(text) < SHORTEST:
            return
        best = process.extract(
            text,
            self._candidates(text),
            scorer=fuzz.partial_ratio,
            score_cutoff=least,
            limit=MOST_ALIKE,
        )
        for entry, score, number in best:
            covered = len(text) / len(entry)
            # Where the entry is the shorter one, the score is that of its place in the query.
            if covered > 1.0:
                score = min(score, fuzz.ratio(text, entry))
                if score < least:
                    continue
            yield Alike(number, score / 100, min(1.0, covered))

    def _candidates(self, text: str) -> Mapping[int, str]:
        """Of a query with one slip, two of three parts are whole; a short one is compared with
        every entry."""
        size = len(text) // _PARTS
        if size < self._shortest_part:
            return self._all
        found: dict[int, str] = {}
        for start in (0, size, len(text) - size):
            part = text[start : start + size]
            place = self._joined.find(part)
            while place >= 0:
                number = bisect_right(self._starts, place) - 1
                found[number] = self._texts[number]
                place = self._joined.find(part, self._starts[number + 1])
        return found
