"""The administrative divisions, as shipped and as built."""

import csv
import io
import subprocess
import sys
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import ConfigurationError
from kiosk.forms.resident_number import PROVINCES
from kiosk.regions import Region, Regions

ROOT = Path(__file__).parents[2]
REGIONS = Regions(ROOT / "config" / "regions")


def names(regions: tuple[Region, ...]) -> list[str]:
    return [region.name for region in regions]


def test_the_shipped_files_are_right() -> None:
    """Every line has a code and a name, in order, below a region that exists."""
    Regions(ROOT / "config" / "regions").check()


def test_the_way_down_to_a_village() -> None:
    """From the country to 常口村 each level offers the next one."""
    assert 34 == len(REGIONS.children())
    assert "福建省" in names(REGIONS.children())
    assert "三明市" in names(REGIONS.children("35"))
    assert "将乐县" in names(REGIONS.children("3504"))
    assert 13 == len(REGIONS.children("350428"))
    assert {"古镛镇", "高唐镇", "漠源乡"} <= set(names(REGIONS.children("350428")))
    assert "常口村委会" in names(REGIONS.children("350428102"))
    assert () == REGIONS.children("350428102202")


def test_an_address_names_places_not_committees() -> None:
    """In an address 常口村委会 is 常口村, 东门社区居委会 is 东门社区, 泰村村委会 is 泰村."""
    county = ("福建省", "三明市", "将乐县")
    assert (*county, "高唐镇", "常口村") == REGIONS.names("350428102202")
    assert (*county, "古镛镇", "东门社区") == REGIONS.names("350428100004")
    assert (*county, "黄潭镇", "泰村") == REGIONS.names("350428104204")
    assert (*county, "黄潭镇", "马带林果场生活区") == REGIONS.names("350428104500")


def test_levels_that_name_no_place_are_passed_over() -> None:
    """市辖区 and the like offer their counties at once, and are in no address."""
    assert "东城区" in names(REGIONS.children("11"))
    assert {"万州区", "城口县"} <= set(names(REGIONS.children("50")))
    assert {"武汉市", "仙桃市"} <= set(names(REGIONS.children("42")))
    assert ("北京市", "东城区", "东华门街道") == REGIONS.names("110101001")


def test_a_prefecture_without_counties_is_one_level() -> None:
    """东莞市 is offered once, and its towns follow at once."""
    dongguan = [region for region in REGIONS.children("44") if region.name == "东莞市"]
    assert [Region("441900", "东莞市")] == dongguan
    assert "东城街道" in names(REGIONS.children("441900"))
    assert ("广东省", "东莞市", "东城街道") == REGIONS.names("441900003")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("35", False),
        ("350428", False),
        ("350428102", False),
        ("350428102202", True),
        ("441900003", True),
        ("110101001", True),
        ("81", True),
    ],
)
def test_an_address_ends_where_nothing_lower_is_known(code: str, expected: bool) -> None:
    """Villages in Fujian, townships elsewhere, and regions without divisions here are the last."""
    assert expected == REGIONS.is_last_level(code)


@pytest.mark.parametrize(
    "code", ["", "99", "350", "350499", "350428999", "三五", "350428102202001"]
)
def test_a_code_that_does_not_exist_has_no_region(code: str) -> None:
    """An unknown or malformed code is a KeyError, and has no children of its own."""
    with pytest.raises(KeyError):
        REGIONS.region(code)
    with pytest.raises(KeyError):
        REGIONS.path(code)
    assert code == "" or () == REGIONS.children(code)


def test_known_counties_are_those_of_today() -> None:
    """将乐县 is known; the code that 三元区 had before 2021 is not, nor is a prefecture's."""
    assert REGIONS.known_county("350428")
    assert not REGIONS.known_county("350403")
    assert not REGIONS.known_county("3504")


def test_provinces_are_those_of_resident_numbers() -> None:
    """Both lists of provinces agree; 83 is of permits alone."""
    assert PROVINCES - {"83"} == {region.code for region in REGIONS.children()}


@given(st.data())
def test_every_choice_leads_to_a_path_that_shows_it(data: st.DataObject) -> None:
    """Whatever a citizen picks from level to level is the path of the last pick."""
    picked: list[Region] = []
    while below := REGIONS.children(picked[-1].code if picked else ""):
        picked.append(data.draw(st.sampled_from(below)))
    assert tuple(picked) == REGIONS.path(picked[-1].code)
    assert REGIONS.is_last_level(picked[-1].code)


def test_several_threads_may_ask_at_once() -> None:
    """Files that are first needed by many threads at once are read whole for each."""
    regions = Regions(ROOT / "config" / "regions")
    with ThreadPoolExecutor(8) as workers:
        found = list(workers.map(regions.names, ["350428102202"] * 40))
    assert [REGIONS.names("350428102202")] * 40 == found


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("divisions.tsv", "35\t福建省\n3504 三明市\n", 2),
        ("divisions.tsv", "35\t福建省\n350\t三明市\n", 2),
        ("divisions.tsv", "35\t福建省\n35\t福建省\n", 2),
        ("divisions.tsv", "36\t江西省\n35\t福建省\n", 2),
        ("divisions.tsv", "35\t福建省\n3604\t三明市\n", 2),
        ("townships/35.tsv", "350428100\t古镛镇\n", 1),
    ],
)
def test_a_wrong_file_is_named_with_its_line(
    tmp_path: Path, file: str, text: str, line: int
) -> None:
    """A malformed line, codes out of order and a region without a parent are refused."""
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        Regions(tmp_path).check()
    assert (tmp_path / file, line) == (caught.value.file, caught.value.line)


def test_the_build_script_makes_what_the_kiosk_reads(tmp_path: Path) -> None:
    """From a package of the same form come files that pass the check, villages of Fujian alone."""
    levels = {
        "provinces": ["35,福建省", "44,广东省"],
        "cities": ["3504,三明市", "4419,东莞市"],
        "areas": ["350428,将乐县", "441900,东莞市"],
        "streets": ["350428102,高唐镇", "441900003,东城街道"],
        "villages": ["350428102202,常口村委会", "441900003001,岗贝社区居委会"],
    }
    package = tmp_path / "package.tgz"
    with tarfile.open(package, "w:gz") as archive:
        for level, lines in levels.items():
            text = io.StringIO()
            csv.writer(text).writerows([["code", "name"], *(line.split(",") for line in lines)])
            content = text.getvalue().encode()
            entry = tarfile.TarInfo(f"package/dist/{level}.csv")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    script = ROOT / "scripts" / "build-regions"
    made = tmp_path / "regions"
    subprocess.run([sys.executable, script, package, made], check=True, timeout=30)
    regions = Regions(made)
    regions.check()
    assert ("福建省", "三明市", "将乐县", "高唐镇", "常口村") == regions.names("350428102202")
    assert regions.is_last_level("441900003")
