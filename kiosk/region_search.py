"""Finds a place of an address by what is typed: hanzi, pinyin, initials, or some of each.

It looks in the same columns as the search for items. How names sound stands in
config/regions/sounds.tsv, made by scripts/build-region-sounds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.catalogue.data_file import DataFile
from kiosk.catalogue.search.columns import Columns, Place
from kiosk.catalogue.search.entries import Entry, spelt
from kiosk.catalogue.search.files import rows_of
from kiosk.catalogue.search.found import Part, Way
from kiosk.catalogue.search.query import patterns, query_of
from kiosk.catalogue.search.sounds import DialectRules, Sounds
from kiosk.errors import ConfigurationError
from kiosk.regions import Level, Region, Regions

Trail = tuple[Region, ...]
"""From the province down."""


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """`met` are the characters of the last region's name that were typed, from the first to before
    the second number."""

    trail: Trail
    met: tuple[int, int]


@dataclass(frozen=True)
class Index:
    """Places that can be found, those near first, each with the regions above it."""

    sounds: Sounds
    columns: Columns
    entries: tuple[Entry, ...]
    paths: tuple[Trail, ...]
    near: int

    def find(self, typed: str, limit: int) -> tuple[FoundPlace, ...]:
        """At most `limit` places, best first; touches no disk."""
        query = query_of(typed)
        if not query.text:
            return ()
        found = [place for place, _ in self.columns.places(patterns(query, self.sounds))]
        found.sort(key=self._rank)
        met: dict[Trail, tuple[int, int]] = {}
        for place in found:
            span = self.entries[place.entry].span(place.start, place.length)
            met.setdefault(self.paths[place.entry], span)
        return tuple(FoundPlace(trail, span) for trail, span in met.items())[:limit]

    def _rank(self, place: Place) -> tuple[int, bool, bool, Level, str]:
        """Whole names first, then their beginnings; near ones before others alike."""
        entry, region = self.entries[place.entry], self.paths[place.entry][-1]
        whole = place.length == len(entry.letters)
        share = 0 if whole else 1 if place.start == 0 else 2
        spoken_here = place.way is Way.DIALECT
        return share, spoken_here, place.entry >= self.near, region.level, region.code


class RegionSearch:
    """Reads the disk when it is first asked: on a worker. Raises ConfigurationError where a file is
    wrong."""

    def __init__(self, regions: Regions, sounds: Path, dialect: Path) -> None:
        self._regions = regions
        self._file = sounds
        self._dialect = dialect
        self._sounds: Sounds | None = None
        self._otherwise: dict[str, tuple[str, ...]] = {}
        self._last: tuple[tuple[str, str], Index] | None = None

    def index(self, shown: str, county: str) -> Index:
        """Of what lies below `shown`, of all townships and villages of the county, and of all
        provinces, prefectures and counties."""
        if self._last is not None and self._last[0] == (shown, county):
            return self._last[1]
        above = self._regions.path(shown) if shown else ()
        near = dict.fromkeys((*above, region) for region in self._regions.children(shown))
        near.update(dict.fromkeys(self._below(self._regions.path(county))))
        far = [path for path in self._below((), Level.COUNTY) if path not in near]
        index = self._index(tuple(near), tuple(far))
        self._last = ((shown, county), index)
        return index

    def check(self) -> None:
        """Read what is read for every county. Raises ConfigurationError where a file is wrong,
        and where a province, prefecture or county is written with a character without a sound."""
        sounds = self._read()
        for path in self._below((), Level.COUNTY):
            for character in spelt(path[-1].place)[0]:
                if character not in sounds.readings:
                    reason = f"{character} of {path[-1].place} has no sound"
                    raise ConfigurationError(self._file, 0, reason)

    def _index(self, near: tuple[Trail, ...], far: tuple[Trail, ...]) -> Index:
        sounds = self._sounds or self._read()
        self._sounds = sounds
        entries: list[Entry] = []
        paths: list[Trail] = []
        split = 0
        for path in (*near, *far):
            for entry in self._entries(path[-1], sounds):
                entries.append(entry)
                paths.append(path)
            if len(near) and path is near[-1]:
                split = len(entries)
        return Index(sounds, Columns(entries, sounds.rules), tuple(entries), tuple(paths), split)

    def _entries(self, region: Region, sounds: Sounds) -> Iterable[Entry]:
        """By its own sounds, and also as its characters sound alone."""
        name = region.place
        letters, places = spelt(name)
        readings = [sounds.of(letters)]
        if name in self._otherwise:
            syllables = self._otherwise[name]
            readings.append(tuple(syllables[place] for place in places))
        for reading in readings:
            yield Entry(name, Part.NAME, (region.code,), None, reading)

    def _below(self, path: Trail, lowest: Level = Level.VILLAGE) -> Iterable[Trail]:
        if path and path[-1].level >= lowest:
            return
        for region in self._regions.children(path[-1].code if path else ""):
            yield (*path, region)
            yield from self._below((*path, region), lowest)

    def _read(self) -> Sounds:
        alone, self._otherwise = _sounds(self._file)
        dialect = DataFile(self._dialect)
        return Sounds(alone, dialect.check(DialectRules, dialect.content))


def check_places(config: Path) -> None:
    """Of the configuration's folder, what places are found by; raises ConfigurationError."""
    regions, dialect = config / "regions", config / "search" / "dialect.yaml"
    RegionSearch(Regions(regions), regions / "sounds.tsv", dialect).check()


def _sounds(file: Path) -> tuple[Mapping[str, str], dict[str, tuple[str, ...]]]:
    """Of single characters, and of names that sound otherwise than their characters alone."""
    alone: dict[str, str] = {}
    otherwise: dict[str, tuple[str, ...]] = {}
    for number, (first, second) in enumerate(rows_of(file, 2), 1):
        if first.isascii():
            alone.update(dict.fromkeys(second, first))
            continue
        syllables = tuple(second.split())
        if len(syllables) != len(first):
            raise ConfigurationError(file, number, "each character needs one syllable")
        otherwise[first] = syllables
    return alone, otherwise
