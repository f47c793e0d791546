"""English names and aliases: by beginnings of words, in any order."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Begun:
    """`share` is that of the query's words that begin a word of the text, `covered` the share of
    the text that they make up: 0 to 1."""

    entry: int
    share: float
    covered: float


class EnglishIndex:
    """`texts` in lower case, words with single spaces between. Built once, then only read."""

    def __init__(self, texts: Sequence[str], fillers: Sequence[str]) -> None:
        having: dict[str, set[int]] = defaultdict(set)
        for number, text in enumerate(texts):
            for word in text.split():
                having[word].add(number)
        self._having = dict(having)
        self._words = sorted(having)
        self._texts = texts
        self._fillers = frozenset(fillers)

    def begun(self, query: str) -> Iterator[Begun]:
        """The texts with at least half of the query's words, fillers apart."""
        words = [word for word in query.split() if word not in self._fillers]
        met: Counter[int] = Counter()
        letters: Counter[int] = Counter()
        for word in words:
            for number in self._beginning(word):
                met[number] += 1
                letters[number] += len(word) + 1
        for number, count in met.items():
            if 2 * count >= len(words):
                covered = letters[number] / (len(self._texts[number]) + 1)
                yield Begun(number, count / len(words), min(1.0, covered))

    def _beginning(self, beginning: str) -> set[int]:
        found: set[int] = set()
        for place in range(bisect_left(self._words, beginning), len(self._words)):
            if not self._words[place].startswith(beginning):
                break
            found |= self._having[self._words[place]]
        return found
