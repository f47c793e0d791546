"""Finding whole sentences: which entries share most of what a query says.

Words that mean the same count as one, fillers count for nothing, and what stands in few entries
counts most. Compared are single words or characters and pairs of neighbours.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log

from pydantic import BaseModel, ConfigDict

_FIRST_PRIVATE = 0xF0000
_ALONE = 0.5
"""What a single character counts beside a pair; a word that was recognised counts as a pair."""


UNKNOWN = 0.3
"""What something in the query counts that no entry has."""

WHOLLY = 0.99
"""The share of an entry that makes it stand wholly in the query."""

MOST_ALIKE = 60

MOST_MET = 250
"""Entries after which those that share only commoner things are left out."""


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
        longest_first = sorted(self._words, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first)))
        self._filler = re.compile(
            "|".join(map(re.escape, sorted(vocabulary.fillers, key=len, reverse=True)))
        )

    def of(self, letters: str) -> str:
        return self._known.sub(lambda found: self._words[found[0]], letters)

    def without_fillers(self, letters: str) -> str:
        return self._filler.sub("", letters)


@dataclass(frozen=True, slots=True)
class Likeness:
    """`share` is how much of the query the entry has, `fit` how alike the two are: 0 to 1."""

    entry: int
    share: float
    fit: float


class WordIndex:
    """Entries by what they are made of. Built once; only read from then on."""

    def __init__(self, entries: Sequence[str]) -> None:
        """`entries` are texts as `Wording` or as the dialects' sounds bring them; of one that
        consists of several, newlines stand between."""
        self._entries: dict[str, set[int]] = defaultdict(set)
        features = [set(_features(text)) for text in entries]
        for number, found in enumerate(features):
            for feature in found:
                self._entries[feature].add(number)
        count = max(len(entries), 2)
        self._weights = {
            feature: log(count / len(numbers)) / log(count) * _value(feature)
            for feature, numbers in self._entries.items()
        }
        self._totals = [sum(self._weights[f] for f in found) for found in features]

    def alike(self, text: str, least: float) -> list[Likeness]:
        """The entries that share at least `least` of the text, or all of which stand in it, those
        most alike first."""
        met: dict[int, float] = defaultdict(float)
        total = 0.0
        known = []
        for feature in set(_features(text)):
            weight = self._weights.get(feature)
            if weight is None:
                # It may mean something else, or be mere chatter.
                total += UNKNOWN * _value(feature)
            else:
                total += weight
                known.append((weight, feature))
        for weight, feature in sorted(known, reverse=True):
            numbers = self._entries[feature]
            if len(met) < MOST_MET:
                for number in numbers:
                    met[number] += weight
            else:
                for number in met.keys() & numbers:
                    met[number] += weight
        if not total:
            return []
        totals = self._totals
        enough = [
            (weight / total + 2 * weight / (total + totals[number]), weight, number)
            for number, weight in met.items()
            if weight >= least * total or weight >= WHOLLY * totals[number] > 0.0
        ]
        return [
            Likeness(number, weight / total, 2 * weight / (total + totals[number]))
            for _, weight, number in nlargest(MOST_ALIKE, enough)
        ]


def _features(text: str) -> Iterable[str]:
    for part in text.split("\n"):
        yield from part
        yield from (part[n : n + 2] for n in range(len(part) - 1))


def _value(feature: str) -> float:
    return _ALONE if len(feature) == 1 and ord(feature) < _FIRST_PRIVATE else 1.0
