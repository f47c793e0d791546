"""What a match is worth: how much of the words was met and how surely, and what people want."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.catalogue.search.columns import Place
from kiosk.catalogue.search.entries import Entry
from kiosk.catalogue.search.found import Category, Match, Part, Way

WHOLE, BEGINNING, INSIDE = 100.0, 88.0, 78.0
COVERAGE = 8.0
"""What the met share of the words adds to BEGINNING and INSIDE."""

WAY = {
    Way.TEXT: 0.0,
    Way.PINYIN: 1.0,
    Way.INITIALS: 4.0,
    Way.DIALECT: 6.0,
    Way.WORDS: 0.0,
    Way.SIMILAR: 0.0,
}
BEGUN = 0.5
"""What each syllable costs that stands for many because it is only begun."""

WANTED = 8.0
"""What the most wanted items gain; the others less by their rank, and those without one nothing."""

WANTED_BY_WORDS = 0.25
"""The share of it that remains where a sentence says by itself what is wanted."""

LATER_CODE = 2.0
"""What each further item of an alias loses."""


def worth(place: Place, entry: Entry, begun: int) -> float:
    """Of a query that stands in the entry as a whole, `begun` of its syllables only begun."""
    covered = place.length / len(entry.letters)
    if covered == 1.0:
        worth = WHOLE
    elif place.start == 0:
        worth = BEGINNING + COVERAGE * covered
    else:
        worth = INSIDE + COVERAGE * covered
    return worth - WAY[place.way] - BEGUN * begun


APART, APART_INITIALS = 64.0, 54.0
COMPACT = 14.0
"""What pieces gain that stand apart but close to each other."""

LEAST_COMPACT = 0.5


def worth_apart(place: Place, entry: Entry, pieces: int) -> float:
    """Of a query whose pieces stand in the entry in order; 0 where they are too far apart."""
    compact = pieces / place.length
    if compact < LEAST_COMPACT:
        return 0.0
    first = APART_INITIALS if place.way is Way.INITIALS else APART
    return first + COMPACT * compact + COVERAGE * pieces / len(entry.letters)


def wishes(wanted: Mapping[str, int]) -> dict[str, float]:
    """What each item gains, from its rank."""
    ranks = max(wanted.values(), default=0) + 1
    return {code: WANTED * (1 - rank / ranks) for code, rank in wanted.items()}


ENOUGH = 3
"""Items with which nothing less sure is looked for."""

ALONE_ENOUGH = BEGINNING + 1.0
"""Likewise the score of one item, whose words begin with the query."""


@dataclass
class Ranking:
    """Keeps the best match of each item and of each category."""

    wished: Mapping[str, float]
    """What an item gains by being wanted; `wishes` makes it."""

    items: dict[str, Match] = field(default_factory=dict)
    categories: dict[Category, Match] = field(default_factory=dict)
    surest: float = 0.0

    def is_enough(self) -> bool:
        """Whether what is less sure would only be in the way."""
        return len(self.items) >= ENOUGH or self.surest >= ALONE_ENOUGH

    def add(self, entry: Entry, way: Way, score: float, span: tuple[int, int]) -> None:
        if entry.category is not None:
            known = self.categories.get(entry.category)
            if known is None or score > known.score:
                match = Match(entry.part, way, entry.words, *span, score)
                self.categories[entry.category] = match
            return
        self.surest = max(self.surest, score)
        for rank, code in enumerate(entry.codes):
            self.add_one(entry, code, rank, way, score, span)

    def add_one(
        self,
        entry: Entry,
        code: str,
        rank: int,
        way: Way,
        score: float,
        span: tuple[int, int] = (0, 0),
    ) -> None:
        """One item of an entry, the `rank`-th of its items."""
        wished = self.wished.get(code, 0.0) * (WANTED_BY_WORDS if way is Way.WORDS else 1.0)
        valued = score - (entry.part is Part.ALIAS) - LATER_CODE * rank + wished
        known = self.items.get(code)
        if known is None or valued > known.score:
            self.items[code] = Match(entry.part, way, entry.words, *span, valued)

    def keep(self, code: str, match: Match) -> None:
        """`match`, unless a better one is known."""
        known = self.items.get(code)
        if known is None or match.score > known.score:
            self.items[code] = match
