"""Reads config/search: what citizens say, and how the catalogue's words sound.

aliases.yaml        everyday words → items
sentences.yaml      what people say when they come for an item
life_events.yaml    what happens in a life → items
wanted.yaml         items that most people come for
words.yaml          fillers, and words that mean the same
dialect.yaml        sounds that the dialects do not tell apart
columns.tsv         each Chinese text, its syllables and its English: made by scripts/build-search
sounds.tsv          each syllable and the characters that sound so: made likewise
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.data_file import DataFile
from kiosk.catalogue.search.entries import spelt
from kiosk.catalogue.search.sounds import DialectRules, Sounds
from kiosk.catalogue.search.words import Vocabulary
from kiosk.errors import ConfigurationError
from kiosk.forms.questions import Key, Words

Codes = tuple[str, ...]


class LifeEvent(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Key
    name: Words
    items: Codes


@dataclass(frozen=True)
class Column:
    """`sounds` has one syllable for each letter of the text; `english` is empty where the gettext
    catalogue has none."""

    sounds: tuple[str, ...]
    english: str


@dataclass(frozen=True)
class SearchFiles:
    """`wanted` gives a code its rank from 0, where it has one; ranks are shared."""

    aliases: Mapping[str, Codes]
    sentences: Mapping[str, tuple[str, ...]]
    life_events: tuple[LifeEvent, ...]
    wanted: Mapping[str, int]
    vocabulary: Vocabulary
    sounds: Sounds
    columns: Mapping[str, Column]

    def column(self, text: str) -> Column:
        """Of a text that is younger than columns.tsv, the sounds of its single characters."""
        known = self.columns.get(text)
        return known or Column(self.sounds.of(spelt(text)[0]), "")


def load_search_files(folder: Path, catalogue: Catalogue) -> SearchFiles:
    """All of config/search, checked against the catalogue. Reads the disk: on a worker.

    Raises ConfigurationError with the file, the line and what to put right.
    """
    codes = {item.code: item.name for item in catalogue.items}
    vocabulary = DataFile(folder / "words.yaml")
    rules = DataFile(folder / "dialect.yaml")
    return SearchFiles(
        _aliases(DataFile(folder / "aliases.yaml"), codes),
        _sentences(DataFile(folder / "sentences.yaml"), codes),
        _life_events(DataFile(folder / "life_events.yaml"), codes),
        _wanted(DataFile(folder / "wanted.yaml"), codes),
        vocabulary.check(Vocabulary, vocabulary.content),
        Sounds(_readings(folder / "sounds.tsv"), rules.check(DialectRules, rules.content)),
        _columns(folder / "columns.tsv"),
    )


def read_aliases(file: DataFile) -> dict[str, Codes]:
    """Phrases and the codes they stand for, as the file has them."""
    found: dict[str, Codes] = {}
    for key in file.mapping():
        for position, phrase in enumerate(file.sequence((key,))):
            if not isinstance(phrase, str) or not spelt(phrase)[0]:
                raise file.error((key, position), "words are needed here")
            if phrase in found:
                raise file.error((key, position), f"{phrase} stands twice")
            found[phrase] = tuple(str(key).split())
    return found


def _aliases(file: DataFile, names: Mapping[str, str]) -> dict[str, Codes]:
    found = read_aliases(file)
    for key in file.mapping():
        _known(file, (key,), str(key).split(), names)
        for position, phrase in enumerate(file.sequence((key,))):
            if phrase in names.values():
                raise file.error((key, position), f"{phrase} is an item's name already")
    return found


def _sentences(file: DataFile, names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code in file.mapping():
        _known(file, (code,), (str(code),), names)
        for position, sentence in enumerate(file.sequence((code,))):
            if not isinstance(sentence, str) or not spelt(sentence)[0]:
                raise file.error((code, position), "words are needed here")
        found[str(code)] = tuple(file.sequence((code,)))
    return found


def _life_events(file: DataFile, names: Mapping[str, str]) -> tuple[LifeEvent, ...]:
    events = []
    for position, entry in enumerate(file.sequence()):
        event = file.check(LifeEvent, entry, (position,))
        _known(file, (position, "items"), event.items, names)
        events.append(event)
    return tuple(events)


def _wanted(file: DataFile, names: Mapping[str, str]) -> dict[str, int]:
    ranks: dict[str, int] = {}
    for rank, _ in enumerate(file.sequence()):
        codes = [str(code) for code in file.sequence((rank,))]
        _known(file, (rank,), codes, names)
        for position, code in enumerate(codes):
            if code in ranks:
                raise file.error((rank, position), f"{code} stands twice")
            ranks[code] = rank
    return ranks


def _known(
    file: DataFile, place: tuple[int | str, ...], codes: list[str] | Codes, names: Mapping[str, str]
) -> None:
    for code in codes:
        if code not in names:
            raise file.error(place, f"no item has the code {code}")


def _readings(path: Path) -> dict[str, str]:
    readings: dict[str, str] = {}
    for number, (syllable, characters) in enumerate(rows_of(path, 2), 1):
        for character in characters:
            if character in readings:
                raise ConfigurationError(path, number, f"{character} stands twice")
            readings[character] = syllable
    return readings


def _columns(path: Path) -> dict[str, Column]:
    columns = {}
    for number, (text, sounds, english) in enumerate(rows_of(path, 3), 1):
        column = Column(tuple(sounds.split()), english)
        if len(column.sounds) != len(spelt(text)[0]):
            raise ConfigurationError(path, number, "each character needs one syllable")
        columns[text] = column
    return columns


def rows_of(path: Path, width: int) -> list[list[str]]:
    """The lines of a file of `width` columns; raises ConfigurationError."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise ConfigurationError(path, 0, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(path, 0, "is not UTF-8 text") from error
    rows = [line.split("\t") for line in lines]
    for number, row in enumerate(rows, 1):
        if len(row) != width:
            raise ConfigurationError(path, number, f"{width} columns are needed")
    return rows
