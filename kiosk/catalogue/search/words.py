"""Finding whole sentences: what is meant by most of what a query says.

Words that mean the same count as one, fillers count for nothing, and what is said of few items
counts most. Compared are single words or characters and pairs of neighbours.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log

from pydantic import BaseModel, ConfigDict

from kiosk.catalogue.search.entries import Entry, Said

_FIRST_PRIVATE = 0xF0000
_ALONE = 0.5
"""What a single character counts beside a pair; a word that was recognised counts as a pair."""

UNKNOWN = 0.3
"""What something in the query counts that is said of nothing."""

LATER = 0.8
"""What each further item of a saying keeps of its worth."""

MOST_LIKELY = 60

MOST_MET = 250
"""Sayings, and items, after which those that share only commoner things are left out."""


class Vocabulary(BaseModel):
    """config/search/words.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fillers: tuple[str, ...]
    english_fillers: tuple[str, ...]
    same: tuple[tuple[str, ...], ...]


class Wording:
    """Brings a text to its words: one character for each."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._words = dict.fromkeys(vocabulary.fillers, "")
        for number, group in enumerate(vocabulary.same):
            self._words.update(dict.fromkeys(group, chr(_FIRST_PRIVATE + number)))
        self._known = _longest_first(self._words)
        self._filler = _longest_first(vocabulary.fillers)

    def features(self, letters: str) -> frozenset[str]:
        """Of a text as it stands and as its words mean; a character that is a word of its own
        may also be a part of a longer one (电 in 电脑), so neither is enough."""
        meant = self._known.sub(lambda found: self._words[found[0]], letters)
        return features(meant) | features(self.without_fillers(letters))

    def without_fillers(self, letters: str) -> str:
        return self._filler.sub("", letters)


@dataclass(frozen=True, slots=True)
class Likely:
    """An item (`code`), or the category of the entry, where that is empty. `share` is how much of
    the query is said of it in all, `fit` how alike the query and the likest single saying are,
    whose entry is `entry`: 0 to 1."""

    code: str
    entry: Entry
    rank: int
    share: float
    fit: float


class WordIndex:
    """What is meant, by the features of all that is said. Built once; only read from then on."""

    def __init__(self, sayings: Sequence[Said], featured: Sequence[frozenset[str]]) -> None:
        """`featured` are the features of each of the sayings."""
        self._sayings = sayings
        self._having: dict[str, set[int]] = defaultdict(set)
        self._worth: dict[str, dict[str, float]] = defaultdict(dict)
        for number, (saying, found) in enumerate(zip(sayings, featured, strict=True)):
            for feature in found:
                self._having[feature].add(number)
                worth = self._worth[feature]
                for rank, code in enumerate(saying.codes):
                    worth[code] = max(worth.get(code, 0.0), saying.worth * LATER**rank)
        everything = 1 + len({code for saying in sayings for code in saying.codes})
        self._weights = {
            feature: log(1 + everything / max(1.0, sum(worth.values())))
            / log(1 + everything)
            * _value(feature)
            for feature, worth in self._worth.items()
        }
        self._totals = [sum(self._weights[feature] for feature in found) for found in featured]

    def likely(self, sought: Iterable[str], least: float) -> Iterator[Likely]:
        """Items and categories of which at least `least` of the query is said: 1 is a word that
        is said of one item alone."""
        met: dict[int, float] = defaultdict(float)
        shared: dict[str, float] = defaultdict(float)
        total = 0.0
        known = []
        for feature in sought:
            weight = self._weights.get(feature)
            if weight is None:
                # It may mean something else, or be mere chatter.
                total += UNKNOWN * _value(feature)
            else:
                total += weight
                known.append((weight, feature))
        for weight, feature in sorted(known, reverse=True):
            numbers, worth = self._having[feature], self._worth[feature]
            for number in numbers if len(met) < MOST_MET else met.keys() & numbers:
                met[number] += weight
            for code in worth if len(shared) < MOST_MET else shared.keys() & worth.keys():
                shared[code] += weight * worth[code]
        yield from self._likely(met, shared, total, least)

    def _likely(
        self, met: dict[int, float], shared: dict[str, float], total: float, least: float
    ) -> Iterator[Likely]:
        """The likest saying of each item and of each category."""
        best: dict[str, tuple[float, int, int]] = {}
        for number, weight in met.items():
            saying = self._sayings[number]
            fit = saying.worth * 2 * weight / (total + self._totals[number])
            if saying.shown.category is not None and weight >= least:
                yield Likely("", saying.shown, 0, weight / total, fit)
            for rank, code in enumerate(saying.codes):
                if code not in best or best[code][0] < fit:
                    best[code] = (fit, number, rank)
        for code, share in nlargest(MOST_LIKELY, shared.items(), key=lambda found: found[1]):
            if code in best and share >= least:
                fit, number, rank = best[code]
                yield Likely(code, self._sayings[number].shown, rank, share / total, fit)


def features(text: str) -> frozenset[str]:
    """Its characters and the pairs of neighbours."""
    return frozenset((*text, *(text[n : n + 2] for n in range(len(text) - 1))))


def _longest_first(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _value(feature: str) -> float:
    return _ALONE if len(feature) == 1 and ord(feature) < _FIRST_PRIVATE else 1.0
