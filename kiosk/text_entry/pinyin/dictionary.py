"""The dictionaries that librime's deployer compiles, as lines.

Three of them: words and sentences; surnames; the characters of given names. What they hold comes
from the catalogue, the administrative divisions, config/pinyin, and of Debian the vocabulary of
rime-essay and the readings of rime-data-luna-pinyin, both made simplified by OpenCC before.

This runs when the kiosk is set up, never while it serves.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.data_file import DataFile
from kiosk.errors import ConfigurationError
from kiosk.forms.questions import Question
from kiosk.regions import Level, Region, Regions

OUR_WEIGHT = 50_000
"""Of a word of forms, items and the county. In rime-essay 身份證 has 4,370 and 我 1,191,912."""

FAR_PLACE_WEIGHT = 5_000
"""Of the country's other provinces, prefectures and counties."""

GIVEN_NAME_VOCABULARY_SHARE = 0.1
"""How much of a character's frequency in plain text is added to that in given names: their list
is an academic public's and lacks what the countryside calls its children."""

SURNAME_VOCABULARY_SHARE = 0.001
"""The same for surnames: what is in no list of surnames stands behind, the common ones first."""

LONGEST = 20
"""Characters of the longest word that is taken from the catalogue."""

_IDEOGRAPHS = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]{2,}")
_CHARACTER = re.compile(r"(\S)\t([a-z]+(?: [a-z]+)*)\t([0-9]+)\t([0-9]+)")
_READ = re.compile(r"(\S+)\t([a-z]+(?: [a-z]+)*)(?:\t([0-9.]+)%)?")
_WEIGHED = re.compile(r"(\S+)\t([0-9]+)")


@dataclass(frozen=True, slots=True)
class Character:
    """`surname` and `given` are occurrences in a million surnames and given names."""

    text: str
    readings: tuple[str, ...]
    surname: int
    given: int


Characters = Mapping[str, Character]


@dataclass(frozen=True, slots=True)
class Readings:
    """`shares` of a character's readings are 0…1; `words` have all their syllables."""

    shares: Mapping[tuple[str, str], float]
    words: Mapping[str, tuple[str, ...]]

    def share(self, character: Character, reading: str) -> float:
        """Of a reading that plain text has not, when it has another: nearly none."""
        known = [self.shares.get((character.text, other)) for other in character.readings]
        if all(share is None for share in known):
            return 1.0
        return self.shares.get((character.text, reading), 0.001)


def load_characters(file: Path) -> Characters:
    """config/pinyin/characters.tsv. Raises ConfigurationError."""
    found = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        form = _CHARACTER.fullmatch(line)
        if form is None:
            raise ConfigurationError(file, number, "expected a character, readings and two numbers")
        found[form[1]] = Character(form[1], tuple(form[2].split()), int(form[3]), int(form[4]))
    return found


def load_words(file: Path) -> frozenset[str]:
    """config/pinyin/words.yaml, whose groups are for its readers alone. Raises
    ConfigurationError."""
    checked = DataFile(file)
    found: set[str] = set()
    for group, words in checked.mapping().items():
        if not isinstance(words, str) or not all(map(_IDEOGRAPHS.fullmatch, words.split())):
            raise checked.error((group,), "words of two characters or more are needed here")
        found.update(words.split())
    return frozenset(found)


def read_vocabulary(lines: Iterable[str], characters: Characters) -> Mapping[str, int]:
    """Words of rime-essay with their weights; those with a character outside `characters` are
    left out, so that no traditional one is left."""
    found: dict[str, int] = {}
    for line in lines:
        form = _WEIGHED.fullmatch(line)
        if form and all(character in characters for character in form[1]):
            found[form[1]] = found.get(form[1], 0) + int(form[2])
    return found


def read_readings(lines: Iterable[str], characters: Characters) -> Readings:
    """Of rime-data-luna-pinyin, as far as the standard table knows the reading too: a simplified
    character must not take over what only a traditional one of its group is read as."""
    shares: dict[tuple[str, str], float] = {}
    words: dict[str, tuple[str, ...]] = {}
    for line in lines:
        form = _READ.fullmatch(line)
        if form is None:
            continue
        text, code = form[1], form[2]
        if len(text) == 1:
            if text in characters and code in characters[text].readings:
                share = float(form[3] or 100) / 100
                shares[text, code] = max(share, shares.get((text, code), 0))
        elif all(character in characters for character in text) and form[3] != "0":
            words[text] = tuple(dict.fromkeys((*words.get(text, ()), code)))
    return Readings(shares, words)


def catalogue_words(catalogue: Catalogue) -> frozenset[str]:
    """Names of items, departments and materials, titles, questions and options."""
    names = [field.name for field in catalogue.fields]
    names += [department.name for department in catalogue.departments]
    for item in catalogue.items:
        names.append(item.name)
        names += [material.name for material in item.materials]
        for section in item.form.sections if item.form else ():
            names.append(section.title)
            for question in section.questions:
                names += _labels(question)
    runs = (run for name in names for run in _IDEOGRAPHS.findall(name))
    return frozenset(run for run in runs if len(run) <= LONGEST)


def _labels(question: Question) -> Iterator[str]:
    yield question.label
    for option in question.options:
        yield option.label
    for field in question.fields:
        yield from _labels(field)


def near_places(regions: Regions, county: str) -> frozenset[str]:
    """The prefecture's counties, the county's townships and villages, and each township after all
    that stands above it; counties and townships also as one says them (将乐, 水南)."""
    prefecture = county[: Level.CITY]
    found = {region.name for region in regions.children(prefecture)}
    found |= {township.name for township in regions.children(county)}
    found |= {name[:-1] for name in found if len(name) > 2}
    above = regions.names(county)
    for township in regions.children(county):
        for start in range(len(above)):
            found.add("".join((*above[start:], township.name)))
        found |= {village.place for village in regions.children(township.code)}
    return frozenset(found | {"".join(above), *above})


def far_places(regions: Regions) -> frozenset[str]:
    """Every province, prefecture and county."""

    def below(code: str) -> Iterator[Region]:
        for region in regions.children(code):
            yield region
            if region.level < Level.COUNTY:
                yield from below(region.code)

    return frozenset(region.place for region in below(""))


def words_dictionary(
    characters: Characters, readings: Readings, vocabulary: Mapping[str, int], ours: Iterable[str],
    far: Iterable[str],
) -> Iterator[str]:
    """The deployer reads the weights of words that are not `ours` from the vocabulary, and finds
    the syllables of words without a reading by itself."""
    weights = dict.fromkeys(far, FAR_PLACE_WEIGHT) | dict.fromkeys(ours, OUR_WEIGHT)
    yield from _head("words", "vocabulary: vocabulary", "use_preset_vocabulary: true")
    for character in characters.values():
        for reading in character.readings:
            share = readings.share(character, reading)
            yield f"{character.text}\t{reading}\t{share * 100:g}%"
    for word, codes in sorted(readings.words.items()):
        for code in codes:
            yield f"{word}\t{code}\t{max(weights.get(word, 0), vocabulary.get(word, 0))}"
    for word, weight in sorted(weights.items()):
        if word not in readings.words:
            yield f"{word}\t\t{max(weight, vocabulary.get(word, 0))}"


def surnames_dictionary(
    characters: Characters, readings: Readings, vocabulary: Mapping[str, int]
) -> Iterator[str]:
    """A surname is often read as plain text is not (单, 曾): each of its readings counts whole."""
    plain = _per_million(characters, vocabulary)
    yield from _head("surnames")
    for character in characters.values():
        for reading in character.readings:
            share = readings.share(character, reading)
            weight = character.surname + plain[character.text] * share * SURNAME_VOCABULARY_SHARE
            yield f"{character.text}\t{reading}\t{weight:.4f}"


def given_names_dictionary(
    characters: Characters, readings: Readings, vocabulary: Mapping[str, int]
) -> Iterator[str]:
    plain = _per_million(characters, vocabulary)
    yield from _head("given_names")
    for character in characters.values():
        weight = character.given + plain[character.text] * GIVEN_NAME_VOCABULARY_SHARE
        for reading in character.readings:
            share = readings.share(character, reading)
            yield f"{character.text}\t{reading}\t{weight * share:.4f}"


def _per_million(characters: Characters, vocabulary: Mapping[str, int]) -> Mapping[str, float]:
    everything = sum(vocabulary.get(text, 0) for text in characters)
    return {text: vocabulary.get(text, 0) * 1_000_000 / everything for text in characters}


def _head(name: str, *settings: str) -> Iterator[str]:
    yield "---"
    yield f"name: {name}"
    yield 'version: "1"'
    yield "sort: by_weight"
    yield from settings
    yield "..."
