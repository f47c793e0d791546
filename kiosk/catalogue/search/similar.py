"""Finding in spite of slips: a character, a letter or two that are wrong, missing or too many."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from rapidfuzz import fuzz, process


@dataclass(frozen=True, slots=True)
class Writing:
    """How much of a text may be a slip, in letters, or in syllables of hanzi; rapidfuzz always
    finds something, and beyond this it is chance. Measured with letters and hanzi drawn by lot.

    A text has one slip from `shortest` on, and as many as it holds `per_slip`. One below `sure`
    has to be how an entry begins. A run of `part` stands in few entries.
    """

    shortest: int
    sure: int
    per_slip: int
    part: int


HANZI = Writing(shortest=4, sure=4, per_slip=4, part=2)
PINYIN = Writing(shortest=5, sure=6, per_slip=6, part=3)
ENGLISH = Writing(shortest=5, sure=6, per_slip=4, part=4)

MOST_ALIKE = 40
_PARTS = 3
_ROUNDING = 0.1
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

    def __init__(self, texts: Sequence[str], writing: Writing) -> None:
        self._writing = writing
        self._texts = texts
        self._all = dict(enumerate(texts))
        self._joined = _BETWEEN.join(texts)
        self._starts = [0, *accumulate(len(text) + 1 for text in texts)]

    def alike(self, text: str) -> Iterator[Alike]:
        """Entries with a part that is `text` but for its slips."""
        writing = self._writing
        if len(text) < writing.shortest:
            return
        # rapidfuzz's ratio, 0 to 100, of a text with one letter in each place of a slip wrong, and
        # of the part of it that is as long as an entry that has a letter less for each slip.
        slips = max(1, len(text) // writing.per_slip)
        least = 100.0 * (1.0 - slips / len(text)) - _ROUNDING
        least_of_part = 100.0 * (1.0 - slips / (len(text) - slips)) - _ROUNDING
        best = process.extract(
            text,
            self._candidates(text),
            scorer=fuzz.partial_ratio,
            score_cutoff=least_of_part,
            limit=MOST_ALIKE,
        )
        for entry, score, number in best:
            covered = len(text) / len(entry)
            if len(text) < writing.sure and fuzz.ratio(text, entry[: len(text)]) < least:
                continue
            # Where the entry is the shorter one, the score is that of its place in the query.
            if covered > 1.0:
                score = fuzz.ratio(text, entry)
            if score < least:
                continue
            yield Alike(number, score / 100, min(1.0, covered))

    def _candidates(self, text: str) -> Mapping[int, str]:
        """Of a query with one slip, two of three parts are whole; a short one is compared with
        every entry."""
        size = len(text) // _PARTS
        if size < self._writing.part:
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
