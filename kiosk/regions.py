"""Administrative divisions from the province down to the village, for addresses.

Source: the statistical division codes of the National Bureau of Statistics as of 2023-06-30,
made into config/regions by scripts/build-regions. A code has 2, 4, 6, 9 or 12 digits. Villages are
those of Fujian alone; elsewhere an address ends at the township.
"""

import re
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from kiosk.errors import ConfigurationError


class Level(IntEnum):
    """Each is the number of digits of its codes."""

    PROVINCE = 2
    CITY = 4
    COUNTY = 6
    TOWNSHIP = 9
    VILLAGE = 12

    @property
    def above(self) -> "Level | None":
        levels = tuple(Level)
        place = levels.index(self)
        return levels[place - 1] if place else None


@dataclass(frozen=True, slots=True)
class Region:
    """`name` is the official one, of a village thus that of its committee (常口村委会)."""

    code: str
    name: str

    @property
    def level(self) -> Level:
        return Level(len(self.code))

    @property
    def place(self) -> str:
        """The name as it stands in an address: 常口村, 东门社区."""
        return _COMMITTEE.sub("", self.name) if self.level is Level.VILLAGE else self.name


_COMMITTEE = re.compile(r"(?<=村)村民?委员?会$|(?<=村)民?委员?会$|(?<=社区)居民?委员?会$")

_LINE = re.compile(r"([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})\t(\S.*)")

# Rows of the statistics that group counties and name no place.
_GROUPINGS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


@dataclass
class _Divisions:
    """What one file holds, by code, and the children of each parent in the order of codes."""

    regions: dict[str, Region] = field(default_factory=dict)
    children: dict[str, list[Region]] = field(default_factory=dict)


class Regions:
    """Reads each file when it is first needed, so every method may read the disk: call them on
    a worker. Safe from several threads. Raises ConfigurationError where a file is wrong.

    The levels are those a citizen knows. A row that only groups (市辖区) and a prefecture with
    one county of the same name (东莞市) are passed over: their counties stand in their place.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, _Divisions] = {}

    def children(self, code: str = "") -> tuple[Region, ...]:
        """The next level below, in the order of codes; the provinces for "". Empty at the last
        level and for a code that does not exist."""
        found: list[Region] = []
        for region in self._rows_below(code):
            found += self.children(region.code) if self._passed_over(region) else [region]
        return tuple(found)

    def region(self, code: str) -> Region:
        """KeyError when there is none."""
        return self._file_of(code).regions[code]

    def path(self, code: str) -> tuple[Region, ...]:
        """From the province down to the region itself. KeyError when there is none."""
        region = self.region(code)
        above = region.level.above
        if above is None:
            return (region,)
        upper = self.path(code[:above])
        if self._passed_over(region):
            return upper
        return (*upper, region)

    def names(self, code: str) -> tuple[str, ...]:
        """The places of the path as an address names them. KeyError when there is none."""
        return tuple(region.place for region in self.path(code))

    def is_last_level(self, code: str) -> bool:
        """Whether an address may end here because nothing lower is known."""
        return not self._rows_below(code)

    def known_county(self, code: str) -> bool:
        """Whether a county has this six-digit code today.

        False says nothing against a resident number: it keeps the code of the day it was given,
        and many of those counties have since been renamed, merged or given another code.
        """
        return len(code) == Level.COUNTY and code in self._file_of(code).regions

    def check(self) -> None:
        """Read every file and look for each region's parent. Raises ConfigurationError for the
        first file that is wrong."""
        patterns = ("divisions.tsv", "townships/*.tsv", "villages/*.tsv")
        for file in sorted(f for pattern in patterns for f in self._folder.glob(pattern)):
            name = file.relative_to(self._folder).as_posix()
            for line, region in enumerate(self._file(name).regions.values(), start=1):
                above = region.level.above
                if above is None:
                    continue
                parent = region.code[:above]
                if parent not in self._file_of(parent).regions:
                    raise ConfigurationError(file, line, "no region stands above this one")

    def _passed_over(self, region: Region) -> bool:
        if region.level is not Level.CITY:
            return False
        below = self._rows_below(region.code)
        return region.name in _GROUPINGS or [r.name for r in below] == [region.name]

    def _rows_below(self, code: str) -> list[Region]:
        match len(code):
            case 0 | Level.PROVINCE | Level.CITY:
                file = self._file("divisions.tsv")
            case Level.COUNTY:
                file = self._file(f"townships/{code[:2]}.tsv")
            case Level.TOWNSHIP:
                file = self._file(f"villages/{code[:2]}.tsv")
            case _:
                return []
        return file.children.get(code, [])

    def _file_of(self, code: str) -> _Divisions:
        match len(code):
            case Level.TOWNSHIP:
                return self._file(f"townships/{code[:2]}.tsv")
            case Level.VILLAGE:
                return self._file(f"villages/{code[:2]}.tsv")
            case _:
                return self._file("divisions.tsv")

    def _file(self, name: str) -> _Divisions:
        # Two threads may read one file at the same time; each stores it whole, and it is the same.
        if name not in self._files:
            self._files[name] = _read(self._folder / name)
        return self._files[name]


def _read(file: Path) -> _Divisions:
    """A file that is not there holds nothing: not every province has townships or villages."""
    read = _Divisions()
    if not file.exists():
        return read
    last = ""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        form = _LINE.fullmatch(line)
        if form is None:
            raise ConfigurationError(file, number, "expected a code, a tab and a name")
        region = Region(form[1], form[2])
        if region.code <= last:
            raise ConfigurationError(file, number, "codes are not in order, or one stands twice")
        last = region.code
        above = region.level.above
        read.regions[region.code] = region
        read.children.setdefault(region.code[:above] if above else "", []).append(region)
    return read
