"""Places of an address are found by what is typed of their names."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.errors import ConfigurationError
from kiosk.region_search import RegionSearch, check_places
from kiosk.regions import Regions

ROOT = Path(__file__).parents[2]
REGIONS = Regions(ROOT / "config" / "regions")
DIALECT = ROOT / "config" / "search" / "dialect.yaml"
SEARCH = RegionSearch(REGIONS, ROOT / "config" / "regions" / "sounds.tsv", DIALECT)
HOME = "350428"


def found(typed: str, shown: str = HOME, county: str = HOME) -> list[str]:
    places = SEARCH.index(shown, county).find(typed, 12)
    return ["".join(region.place for region in place.trail) for place in places]


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("古镛镇", "福建省三明市将乐县古镛镇"),
        ("gyz", "福建省三明市将乐县古镛镇"),
        ("guyong", "福建省三明市将乐县古镛镇"),
        ("古yz", "福建省三明市将乐县古镛镇"),
        ("龙池社区", "福建省三明市将乐县古镛镇龙池社区"),
        ("lcsq", "福建省三明市将乐县古镛镇龙池社区"),
        ("nongci", "福建省三明市将乐县古镛镇龙池社区"),
        ("cksk", ""),
        ("changkou", "福建省三明市将乐县高唐镇常口村"),
        ("xiamen", "福建省厦门市"),
        ("chongqing", "重庆市"),
        ("taining", "福建省三明市泰宁县"),
    ],
)
def test_a_place_is_found_first(typed: str, place: str) -> None:
    """By hanzi, pinyin, initials and in dialect: in the own county, and above it anywhere."""
    assert place == next(iter(found(typed)), "")


@pytest.mark.parametrize(
    ("typed", "met"),
    [("gyz", "古镛镇"), ("古y", "古镛"), ("chisq", "池社区"), ("nongci", "龙池"), ("厦门", "厦门")],
)
def test_what_was_met_of_a_name_is_told(typed: str, met: str) -> None:
    """However it was typed, the characters that it means."""
    first = SEARCH.index(HOME, HOME).find(typed, 12)[0]
    assert met == first.trail[-1].place[slice(*first.met)]


def test_the_level_shown_is_found_before_others() -> None:
    """In another county its own townships stand first, and those of the first are not offered."""
    assert "福建省三明市泰宁县上青乡" == found("sqx", "350429", "350429")[0]
    assert [] == [place for place in found("gyz", "350429", "350429") if "将乐县" in place]


def test_every_place_of_the_county_is_found_by_its_own_name() -> None:
    """Whoever types a name whole finds it, though others hold the same characters."""
    index = SEARCH.index(HOME, HOME)
    names = [trail[-1].place for trail in index.paths[: index.near]]
    missing = [n for n in names if n not in {p.trail[-1].place for p in index.find(n, 12)}]
    assert 100 < len(names)
    assert [] == missing


def test_what_is_no_name_finds_nothing() -> None:
    """Nor do marks alone, nor an empty line."""
    assert [] == found("qqqq") + found("，") + found("")


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    """File, line, and what is expected there."""
    file = tmp_path / "sounds.tsv"
    file.write_text("gu\t古\n古镛镇\tgu yong\n", "utf-8")
    with pytest.raises(ConfigurationError) as raised:
        RegionSearch(REGIONS, file, DIALECT).index(HOME, HOME)
    assert "sounds.tsv:2: each character needs one syllable" in str(raised.value)


def test_places_are_checked(tmp_path: Path) -> None:
    """What is shipped is right; a file that is missing, is no table or lacks a character of a
    county is named."""
    check_places(ROOT / "config")
    (tmp_path / "search").mkdir()
    shutil.copy(DIALECT, tmp_path / "search")
    (tmp_path / "regions").mkdir()
    shutil.copy(ROOT / "config" / "regions" / "divisions.tsv", tmp_path / "regions")
    file = tmp_path / "regions" / "sounds.tsv"
    with pytest.raises(ConfigurationError, match=r"sounds\.tsv: cannot be read"):
        check_places(tmp_path)
    shipped = (ROOT / "config" / "regions" / "sounds.tsv").read_text("utf-8")
    file.write_text(shipped.replace("\t", " ", 1), "utf-8")
    with pytest.raises(ConfigurationError, match=r"sounds\.tsv:1: 2 columns are needed"):
        check_places(tmp_path)
    file.write_text(shipped.replace("镛", ""), "utf-8")
    check_places(tmp_path)
    file.write_text(shipped.replace("泰", ""), "utf-8")
    with pytest.raises(ConfigurationError, match=r"泰 of .* has no sound"):
        check_places(tmp_path)


def test_sounds_are_up_to_date() -> None:
    """scripts/build-region-sounds would write what stands in config/regions."""
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "build-region-sounds", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (0, "") == (done.returncode, done.stdout)
