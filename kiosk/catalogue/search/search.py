"""Finds items by what a citizen types, with each keystroke anew."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.search.catalogue_words import categories_of, entries_of, said_of
from kiosk.catalogue.search.columns import Columns
from kiosk.catalogue.search.english import EnglishIndex
from kiosk.catalogue.search.files import SearchFiles, load_search_files
from kiosk.catalogue.search.found import Category, Found, Hit, Part, Way
from kiosk.catalogue.search.query import Query, normal, patterns, query_of, runs_of
from kiosk.catalogue.search.ranking import Ranking, wishes, worth, worth_apart
from kiosk.catalogue.search.similar import ENGLISH, HANZI, PINYIN, SimilarIndex
from kiosk.catalogue.search.sounds import Piece
from kiosk.catalogue.search.words import Likely, WordIndex, Wording, features

SURE = 70.0
"""The score from which on a category was named, not merely thought of."""

SHORTEST_APART = 4
"""Syllables under which those that stand apart say nothing."""

TOGETHER = 15.0
"""What it costs that the parts of a query stand in different words."""

MOST_RUNS = 4
MOST_HALVED = 7
"""Initials of which two words are made; of more every item would have some."""

MOST_NEAREST = 4
"""Categories that are shown where nothing was found."""

LEAST_SAID = 1.2
"""What has to be said of an item for a sentence to mean it: a word that is said of no other, and a
little more."""

LESS_BY_SOUND = 4.0
"""What it costs that a sentence is compared by its sounds alone."""


class Search:
    """Built once from checked files, on a worker (about 0.2 s). `find` touches no disk, knows
    nothing but its query, and may be called from several threads."""

    def __init__(self, catalogue: Catalogue, files: SearchFiles) -> None:
        self._wished = wishes(files.wanted)
        self._sounds = files.sounds
        self._categories = tuple(categories_of(catalogue, files))
        self._departments = [c for c in self._categories if c.part is Part.DEPARTMENT]
        self._entries, self._english_entries = entries_of(catalogue, files, self._categories)
        self._columns = Columns(self._entries, files.sounds.rules)
        folded = [self._columns.folded_of(number) for number in range(len(self._entries))]
        self._like_sounds = SimilarIndex(folded, HANZI)
        blurred = [_blurred("".join(entry.sounds)) for entry in self._entries]
        self._like_pinyin = SimilarIndex(blurred, PINYIN)
        self._wording = Wording(files.vocabulary)
        said = tuple(said_of(files, self._entries))
        self._words = WordIndex(said, [self._wording.features(each.letters) for each in said])
        spoken = [features(self._columns.folded(each.sounds)) for each in said]
        self._spoken_words = WordIndex(said, spoken)
        texts = [normal(entry.words) for entry in self._english_entries]
        self._english = EnglishIndex(texts, files.vocabulary.english_fillers)
        self._like_english = SimilarIndex(texts, ENGLISH)

    @property
    def items(self) -> int:
        """How many can be found."""
        return sum(entry.part is Part.NAME for entry in self._entries)

    def find(self, typed: str, limit: int = 20) -> Found:
        """At most `limit` items for any text; one that holds nothing to look for finds nothing."""
        query = query_of(typed)
        if not query.text:
            return Found((), ())
        ranking = Ranking(self._wished)
        readings = patterns(query, self._sounds)
        self._add_places(ranking, readings, 0.0)
        if query.letters:
            self._add_english(ranking, query)
        if not ranking.is_enough():
            self._add_less_sure(ranking, query, readings)
        if not ranking.items:
            return Found((), self._nearest(ranking, query, readings))
        best = sorted(ranking.items.items(), key=lambda found: (-found[1].score, found[0]))
        named = [c for c, match in ranking.categories.items() if match.score >= SURE]
        named.sort(key=lambda category: -ranking.categories[category].score)
        return Found(tuple(Hit(code, match) for code, match in best[:limit]), tuple(named))

    def _nearest(
        self, ranking: Ranking, query: Query, readings: Sequence[Sequence[Piece]]
    ) -> tuple[Category, ...]:
        """Categories that the query is likest to, then those with items that share anything at
        all with it; all fields where there are none."""
        near = sorted(ranking.categories, key=lambda c: -ranking.categories[c].score)
        likely = sorted(self._likely(query, readings, 0.0), key=lambda found: -found.share)
        codes = [found.code for found in likely if found.code][:MOST_NEAREST]
        having = [c for code in codes for c in self._departments if code in c.items]
        if near or having:
            return tuple(dict.fromkeys((*near, *having)))[:MOST_NEAREST]
        return tuple(c for c in self._categories if c.part is Part.FIELD)

    def _add_places(
        self, ranking: Ranking, readings: Sequence[Sequence[Piece]], less: float
    ) -> None:
        begun = [sum(piece.begun for piece in pattern) for pattern in readings]
        for place, number in self._columns.places(readings):
            entry = self._entries[place.entry]
            score = worth(place, entry, begun[number]) - less
            ranking.add(entry, place.way, score, entry.span(place.start, place.length))

    def _add_english(self, ranking: Ranking, query: Query) -> None:
        for begun in self._english.begun(query.spaced):
            entry = self._english_entries[begun.entry]
            way = Way.TEXT if begun.share == 1.0 else Way.WORDS
            score = 44.0 + 40.0 * begun.share + 14.0 * begun.covered
            ranking.add(entry, way, score, (0, 0))

    def _add_less_sure(
        self, ranking: Ranking, query: Query, readings: Sequence[Sequence[Piece]]
    ) -> None:
        likeliest = self._likeliest(readings)
        if not query.letters:
            self._add_rewritten(ranking, query, likeliest)
            if ranking.is_enough():
                return
        self._add_apart(ranking, likeliest)
        spoken = self._spoken(readings)
        less = 0.0 if query.hanzi else LESS_BY_SOUND
        for likely in self._likely(query, readings, LEAST_SAID):
            score = 15.0 + 40.0 * likely.share + 35.0 * likely.fit - less
            if likely.code:
                ranking.add_one(likely.entry, likely.code, likely.rank, Way.WORDS, score)
            else:
                ranking.add(likely.entry, Way.WORDS, score, (0, 0))
        if not query.letters:
            self._add_similar(ranking, self._like_sounds, spoken)
            return
        if likeliest and all(piece.begun for piece in likeliest):
            self._add_halves(ranking, likeliest)
        self._add_similar(ranking, self._like_pinyin, _blurred(query.text))
        if not spoken:
            self._add_similar_english(ranking, query)

    def _add_rewritten(
        self, ranking: Ranking, query: Query, spoken: Sequence[Piece]
    ) -> None:
        """A wrong character mostly sounds like the right one; fillers hide what is meant; and what
        was typed in parts may stand in parts."""
        if spoken:
            self._add_places(ranking, (spoken,), 3.0)
        short = self._wording.without_fillers(query.text)
        if short and short != query.text:
            self._add_places(ranking, patterns(Query(short, short), self._sounds), 3.0)
        self._add_runs(ranking, query)

    def _add_runs(self, ranking: Ranking, query: Query) -> None:
        """Items in whose words, taken together, each run of hanzi or letters stands."""
        runs = runs_of(query)
        if len(runs) > 1:
            self._add_together(
                ranking, [patterns(Query(run, run), self._sounds) for run in runs[:MOST_RUNS]]
            )

    def _add_halves(self, ranking: Ranking, pattern: Sequence[Piece]) -> None:
        """The same for initials of two words that stand in different places."""
        if len(pattern) <= MOST_HALVED and len(set(pattern)) > 1:
            for cut in range(2, len(pattern) - 1):
                self._add_together(ranking, ((pattern[:cut],), (pattern[cut:],)))

    def _add_together(
        self, ranking: Ranking, parts: Sequence[Sequence[Sequence[Piece]]]
    ) -> None:
        each = []
        for readings in parts:
            alone = Ranking(self._wished)
            self._add_places(alone, readings, 0.0)
            each.append(alone.items)
        for code in set[str].intersection(*(set(items) for items in each)):
            longest = max((items[code] for items in each), key=lambda match: len(match.words))
            score = sum(items[code].score for items in each) / len(each) - TOGETHER
            found = replace(longest, way=Way.WORDS, start=0, stop=0, score=score)
            ranking.keep(code, found)

    def _likeliest(self, readings: Sequence[Sequence[Piece]]) -> tuple[Piece, ...]:
        """The first reading in syllables alone."""
        return tuple(
            Piece(self._sounds.of(piece.text)[0]) if piece.hanzi else piece
            for piece in (readings[0] if readings else ())
        )

    def _spoken(self, readings: Sequence[Sequence[Piece]]) -> str:
        """The whole syllables of the first reading as the columns write them; none where most are
        only begun."""
        likeliest = self._likeliest(readings)
        begun = sum(piece.begun for piece in likeliest)
        if 2 * begun >= len(likeliest):
            return ""
        return self._columns.folded(piece.text for piece in likeliest if not piece.begun)

    def _add_apart(self, ranking: Ranking, sounds: Sequence[Piece]) -> None:
        if len(sounds) < SHORTEST_APART:
            return
        for place, pieces in self._columns.apart(sounds):
            entry = self._entries[place.entry]
            score = worth_apart(place, entry, pieces)
            if score:
                ranking.add(entry, place.way, score, entry.span(place.start, place.length))

    def _likely(
        self, query: Query, readings: Sequence[Sequence[Piece]], least: float
    ) -> Iterator[Likely]:
        """What is meant by most of the query, in hanzi or as it is spoken."""
        if query.hanzi:
            return self._words.likely(self._wording.features(query.text), least)
        return self._spoken_words.likely(features(self._spoken(readings)), least)

    def _add_similar(self, ranking: Ranking, index: SimilarIndex, text: str) -> None:
        for alike in index.alike(text):
            score = 70.0 * alike.score + 8.0 * alike.covered
            ranking.add(self._entries[alike.entry], Way.SIMILAR, score, (0, 0))

    def _add_similar_english(self, ranking: Ranking, query: Query) -> None:
        for alike in self._like_english.alike(query.spaced):
            score = 70.0 * alike.score + 8.0 * alike.covered
            ranking.add(self._english_entries[alike.entry], Way.SIMILAR, score, (0, 0))


def load_search(folder: Path, catalogue: Catalogue) -> Search:
    """Reads config/search; for the thread that opens the kiosk, after the first frame.

    Raises ConfigurationError with the file, the line and what to put right.
    """
    return Search(catalogue, load_search_files(folder, catalogue))


_BLURS = ((re.compile("(?<=[zcs])h"), ""), (re.compile("(?<=[ei]n)g"), ""))


def _blurred(letters: str) -> str:
    """Pinyin without what is most often mixed up, so that a slip beside it still counts as one."""
    for sound, taken_for in _BLURS:
        letters = sound.sub(taken_for, letters)
    return letters
