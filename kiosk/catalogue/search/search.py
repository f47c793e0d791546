"""Finds items by what a citizen types, with each keystroke anew."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.search.columns import Columns
from kiosk.catalogue.search.english import EnglishIndex
from kiosk.catalogue.search.entries import Entry
from kiosk.catalogue.search.files import SearchFiles, load_search_files
from kiosk.catalogue.search.found import Category, Found, Hit, Part, Way
from kiosk.catalogue.search.query import Query, normal, patterns, query_of, runs_of
from kiosk.catalogue.search.ranking import Ranking, worth, worth_apart
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

RUNS = 15.0
"""What it costs that the parts of a query stand apart."""

LEAST_SHARE = 0.34
"""The share of a sentence that an entry has to have."""


class Search:
    """Built once from checked files, on a worker (about 0.1 s). `find` touches no disk, knows
    nothing but its query, and may be called from several threads."""

    def __init__(self, catalogue: Catalogue, files: SearchFiles) -> None:
        self._files = files
        self._sounds = files.sounds
        self._categories = {c.key: c for c in _categories(catalogue, files)}
        chinese, english = _entries(catalogue, files, self._categories.values())
        last = len(files.wanted)
        # The columns leave out what stands late where there is too much: short and wanted first.
        chinese.sort(
            key=lambda e: (min(files.wanted.get(code, last) for code in e.codes), len(e.words))
        )
        self._entries = tuple(chinese)
        self._columns = Columns(self._entries, files.sounds.rules)
        folded = [self._columns.folded_of(number) for number in range(len(self._entries))]
        self._like_sounds = SimilarIndex(folded, 2)
        self._like_pinyin = SimilarIndex([_blurred("".join(e.sounds)) for e in self._entries], 4)
        self._names = {e.codes[0]: e for e in chinese if e.part is Part.NAME}
        self._codes = tuple(self._names)
        self._wording = Wording(files.vocabulary)
        wordings = [self._wording.of(entry.letters) for entry in self._entries]
        self._words = WordIndex(wordings)
        self._item_words = WordIndex(self._by_item(wordings))
        self._spoken_words = WordIndex(folded)
        self._spoken_items = WordIndex(self._by_item(folded))
        self._english_entries = tuple(english)
        texts = [normal(entry.words) for entry in self._english_entries]
        self._english = EnglishIndex(texts, files.vocabulary.english_fillers)
        self._like_english = SimilarIndex(texts, 4)

    def _by_item(self, texts: Sequence[str]) -> list[str]:
        """All that leads to an item, taken together."""
        of_item: dict[str, list[str]] = {code: [] for code in self._codes}
        for entry, text in zip(self._entries, texts, strict=True):
            for code in entry.codes if not entry.key else ():
                of_item[code].append(text)
        return ["\n".join(of_item[code]) for code in self._codes]

    def find(self, typed: str, limit: int = 20) -> Found:
        """At most `limit` items for any text; one that holds nothing to look for finds nothing."""
        query = query_of(typed)
        if not query.text:
            return Found((), ())
        ranking = Ranking(self._files.wanted)
        readings = patterns(query, self._sounds)
        self._add_places(ranking, readings, 0.0)
        if query.letters:
            self._add_english(ranking, query)
        if not ranking.is_enough():
            self._add_less_sure(ranking, query, readings)
        return self._found(ranking, limit)

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
        likeliest = self._spoken_of(readings[0]) if readings else ()
        if not query.letters:
            self._add_rewritten(ranking, query, likeliest)
            if ranking.is_enough():
                return
        self._add_apart(ranking, likeliest)
        whole = [piece.text for piece in likeliest if not piece.begun]
        spoken = self._columns.folded(whole) if 2 * len(whole) > len(likeliest) else ""
        if query.hanzi:
            words = self._wording.of(query.text)
            self._add_words(ranking, self._words, self._item_words, words, 0.0)
        elif spoken:
            self._add_words(ranking, self._spoken_words, self._spoken_items, spoken, 4.0)
        if not query.letters:
            self._add_similar(ranking, self._like_sounds, spoken, LEAST_HANZI)
            return
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
        if len(runs) < 2:
            return
        each = []
        for run in runs:
            alone = Ranking(self._files.wanted)
            self._add_places(alone, patterns(Query(run, run), self._sounds), 0.0)
            each.append(alone.items)
        for code in set[str].intersection(*(set(items) for items in each)):
            longest = max((items[code] for items in each), key=lambda match: len(match.words))
            score = sum(items[code].score for items in each) / len(each) - RUNS
            ranking.keep(code, replace(longest, way=Way.WORDS, score=score))

    def _spoken_of(self, pattern: Sequence[Piece]) -> tuple[Piece, ...]:
        return tuple(
            Piece(self._sounds.of(piece.text)[0]) if piece.hanzi else piece for piece in pattern
        )

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
        shares = {self._codes[l.entry]: l.share for l in items.alike(text, LEAST_SHARE)}
        for code, share in shares.items():
            ranking.add_one(self._names[code], code, 0, Way.WORDS, 15.0 + 35.0 * share - less)
        for likeness in entries.alike(text, LEAST_SHARE):
            entry = self._entries[likeness.entry]
            score = 15.0 + 15.0 * likeness.share + 25.0 * likeness.fit - less
            if entry.key:
                ranking.add(entry, Way.WORDS, score + 25.0 * likeness.share, (0, 0))
            for rank, code in enumerate(entry.codes if not entry.key else ()):
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

    def _found(self, ranking: Ranking, limit: int) -> Found:
        best = sorted(ranking.items.items(), key=lambda found: (-found[1].score, found[0]))
        items = tuple(Hit(code, match) for code, match in best[:limit])
        near = sorted(ranking.categories.items(), key=lambda found: (-found[1].score, found[0]))
        named = [key for key, match in near if match.score >= SURE or not items]
        if not items and not named:
            named = [key for key, c in self._categories.items() if c.part is Part.FIELD]
        return Found(items, tuple(self._categories[key] for key in named))


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


def _categories(catalogue: Catalogue, files: SearchFiles) -> Iterator[Category]:
    def in_order(codes: Iterable[str]) -> tuple[str, ...]:
        last = len(files.wanted)
        return tuple(sorted(codes, key=lambda code: (files.wanted.get(code, last), code)))

    for event in files.life_events:
        yield Category(Part.LIFE_EVENT, event.key, event.name, event.items)
    of_field: dict[str, list[str]] = {field.key: [] for field in catalogue.fields}
    for department in catalogue.departments:
        codes = [item.code for item in catalogue.items_of(department.key, None)]
        of_field[department.field] += codes
        yield Category(Part.DEPARTMENT, department.key, department.name, in_order(codes))
    for field in catalogue.fields:
        yield Category(Part.FIELD, field.key, field.name, in_order(of_field[field.key]))


def _entries(
    catalogue: Catalogue, files: SearchFiles, categories: Iterable[Category]
) -> tuple[list[Entry], list[Entry]]:
    """Those in Chinese and those in English."""
    chinese: list[Entry] = []
    english: list[Entry] = []

    def add(words: str, part: Part, codes: tuple[str, ...], key: str) -> None:
        column = files.column(words)
        chinese.append(Entry(words, part, codes, key, column.sounds))
        if column.english:
            english.append(Entry(column.english, Part.ENGLISH, codes, key, ()))

    for item in catalogue.items:
        add(item.name, Part.NAME, (item.code,), "")
    for phrase, codes in files.aliases.items():
        if phrase.isascii():
            english.append(Entry(phrase, Part.ALIAS, codes, "", ()))
        else:
            add(phrase, Part.ALIAS, codes, "")
    for category in categories:
        add(category.name, category.part, category.items, category.key)
    return chinese, english
