"""All words that lead to something: the catalogue's, the aliases', the life events'."""

from collections.abc import Iterable, Iterator

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.search.entries import Entry, Said, spelt
from kiosk.catalogue.search.files import SearchFiles
from kiosk.catalogue.search.found import Category, Part


def categories_of(catalogue: Catalogue, files: SearchFiles) -> Iterator[Category]:
    """Life events, departments and fields, each kind in the order of its file."""

    def in_order(codes: Iterable[str]) -> tuple[str, ...]:
        last = len(files.wanted)
        return tuple(sorted(codes, key=lambda code: (files.wanted.get(code, last), code)))

    for event in files.life_events:
        yield Category(Part.LIFE_EVENT, event.key, event.name, event.items)
    of_field: dict[str, list[str]] = {field.key: [] for field in catalogue.fields}
    for department in catalogue.departments:
        if department.field is None:
            continue
        codes = [item.code for item in catalogue.items_of(department.key, None)]
        of_field[department.field] += codes
        yield Category(Part.DEPARTMENT, department.key, department.name, in_order(codes))
    for field in catalogue.fields:
        yield Category(Part.FIELD, field.key, field.name, in_order(of_field[field.key]))


def entries_of(
    catalogue: Catalogue, files: SearchFiles, categories: Iterable[Category]
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Those in Chinese, wanted and short ones first, and those in English."""
    chinese: list[Entry] = []
    english: list[Entry] = []

    def add(
        words: str, part: Part, codes: tuple[str, ...] = (), category: Category | None = None
    ) -> None:
        column = files.column(words)
        chinese.append(Entry(words, part, codes, category, column.sounds))
        if column.english:
            english.append(Entry(column.english, Part.ENGLISH, codes, category, ()))

    for item in catalogue.items:
        add(item.name, Part.NAME, (item.code,))
    for phrase, codes in files.aliases.items():
        if phrase.isascii():
            english.append(Entry(phrase, Part.ALIAS, codes, None, ()))
        else:
            add(phrase, Part.ALIAS, codes)
    for category in categories:
        add(category.name, category.part, category=category)
    last = len(files.wanted)
    chinese.sort(
        key=lambda entry: (
            min((files.wanted.get(code, last) for code in entry.codes), default=last),
            len(entry.words),
        )
    )
    return tuple(chinese), tuple(english)


SENTENCE = 0.6
"""What a citizen's sentence tells of an item beside its name."""


def said_of(files: SearchFiles, entries: Iterable[Entry]) -> Iterator[Said]:
    """All that can be compared with a sentence: the entries themselves and what people say.

    What guides tell and ask for was tried too and found nothing more.
    """
    names = {}
    for entry in entries:
        yield Said(entry.letters, entry.sounds, entry.codes, entry, 1.0)
        if entry.part is Part.NAME:
            names[entry.codes[0]] = entry
    for code, sentences in files.sentences.items():
        for sentence in sentences:
            letters, _ = spelt(sentence)
            yield Said(letters, files.sounds.of(letters), (code,), names[code], SENTENCE)
