"""Finds items by what a citizen types, with each keystroke anew."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.search.catalogue_words import categories_of, entries_of
from kiosk.catalogue.search.columns import Columns
from kiosk.catalogue.search.english import EnglishIndex
from kiosk.catalogue.search.files import SearchFiles, load_search_files
from kiosk.catalogue.search.found import Category, Found, Hit, Part, Way
from kiosk.catalogue.search.query import Query, normal, patterns, query_of, runs_of
from kiosk.catalogue.search.ranking import Ranking, wishes, worth, worth_apart
from kiosk.catalogue.search.similar import (
    LEAST_ENGLISH,
    LEAST_HANZI,
    LEAST_PINYIN,
    SimilarIndex,
)
from kiosk.catalogue.search.sounds import Piece
from kiosk.catalogue.search.words import WordIndex, Wording

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

LEAST_SHARE = 0.25
"""The share of a sentence that an entry has to have."""


class Search:
    """Built once from checked files, on a worker (about 0.1 s). `find` touches no disk, knows
    nothing but its query, and may be called from several threads."""

    def __init__(self, catalogue: Catalogue, files: SearchFiles) -> None:
        self._wished = wishes(files.wanted)
        self._sounds = files.sounds
        self._categories = tuple(categories_of(catalogue, files))
        self._departments = [c for c in self._categories if c.part is Part.DEPARTMENT]
        self._entries, self._english_entries = entries_of(catalogue, files, self._categories)
        self._columns = Columns(self._entries, files.sounds.rules)
        folded = [self._columns.folded_of(number) for number in range(len(self._entries))]
        self._like_sounds = SimilarIndex(folded, 2)
        self._like_pinyin = SimilarIndex([_blurred("".join(e.sounds)) for e in self._entries], 3)
        self._names = {e.codes[0]: e for e in self._entries if e.part is Part.NAME}
        self._codes = tuple(self._names)
        self._wording = Wording(files.vocabulary)
        wordings = [self._wording.of(entry.letters) for entry in self._entries]
        self._words = WordIndex(wordings)
        self._item_words = WordIndex(self._by_item(wordings))
        self._spoken_words = WordIndex(folded)
        self._spoken_items = WordIndex(self._by_item(folded))
        texts = [normal(entry.words) for entry in self._english_entries]
        self._english = EnglishIndex(texts, files.vocabulary.english_fillers)
        self._like_english = SimilarIndex(texts, 4)

    def _by_item(self, texts: Sequence[str]) -> list[str]:
        """All that leads to an item, taken together."""
        of_item: dict[str, list[str]] = {code: [] for code in self._codes}
        for entry, text in zip(self._entries, texts, strict=True):
            for code in entry.codes:
                of_item[code].append(text)
        return ["\n".join(of_item[code]) for code in self._codes]

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
        if query.hanzi:
            shared = self._item_words.alike(self._wording.of(query.text), 0.0)
        else:
            shared = self._spoken_items.alike(self._spoken(readings), 0.0)
        codes = [self._codes[likeness.entry] for likeness in shared[:MOST_NEAREST]]
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
        if query.hanzi:
            words = self._wording.of(query.text)
            self._add_words(ranking, self._words, self._item_words, words, 0.0)
        elif spoken:
            self._add_words(ranking, self._spoken_words, self._spoken_items, spoken, 4.0)
        if not query.letters:
            self._add_similar(ranking, self._like_sounds, spoken, LEAST_HANZI)
            return
        if likeliest and all(piece.begun for piece in likeliest):
            self._add_halves(ranking, likeliest)
        self._add_similar(ranking, self._like_pinyin, _blurred(query.text), LEAST_PINYIN)
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
        if len(pattern) <= MOST_HALVED:
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
        whole = [piece.text for piece in likeliest if not piece.begun]
        return self._columns.folded(whole) if 2 * len(whole) > len(likeliest) else ""

    def _add_apart(self, ranking: Ranking, sounds: Sequence[Piece]) -> None:
        if len(sounds) < SHORTEST_APART:
            return
        for place, pieces in self._columns.apart(sounds):
            entry = self._entries[place.entry]
            score = worth_apart(place, entry, pieces)
            if score:
                ranking.add(entry, place.way, score, entry.span(place.start, place.length))

    def _add_words(
        self, ranking: Ranking, entries: WordIndex, items: WordIndex, text: str, less: float
    ) -> None:
        shares = {
            self._codes[alike.entry]: alike.share for alike in items.alike(text, LEAST_SHARE)
        }
        for code, share in shares.items():
            ranking.add_one(self._names[code], code, 0, Way.WORDS, 15.0 + 35.0 * share - less)
        for likeness in entries.alike(text, LEAST_SHARE):
            entry = self._entries[likeness.entry]
            score = 15.0 + 15.0 * likeness.share + 25.0 * likeness.fit - less
            if entry.category is not None:
                ranking.add(entry, Way.WORDS, score + 25.0 * likeness.share, (0, 0))
            for rank, code in enumerate(entry.codes):
                ranking.add_one(entry, code, rank, Way.WORDS, score + 35.0 * shares.get(code, 0.0))

    def _add_similar(
        self, ranking: Ranking, index: SimilarIndex, text: str, least: float
    ) -> None:
        for alike in index.alike(text, least):
            score = 70.0 * alike.score + 8.0 * alike.covered
            ranking.add(self._entries[alike.entry], Way.SIMILAR, score, (0, 0))

    def _add_similar_english(self, ranking: Ranking, query: Query) -> None:
        for alike in self._like_english.alike(query.spaced, LEAST_ENGLISH):
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
