"""What goes into the pinyin dictionaries, and what stays out."""

from pathlib import Path

import pytest

from kiosk.catalogue.load import load_catalogue
from kiosk.errors import ConfigurationError
from kiosk.regions import Regions
from kiosk.text_entry.pinyin import dictionary
from kiosk.text_entry.pinyin.dictionary import Character

CONFIG = Path(__file__).resolve().parents[2] / "config"
CHARACTERS = dictionary.load_characters(CONFIG / "pinyin" / "characters.tsv")


def test_every_standard_character_is_there() -> None:
    """With rare ones of names, and those that only a village of Fujian is written with."""
    assert 8105 <= len(CHARACTERS)
    assert {"堃", "赟", "䶮", "𬱖", "垅"} <= set(CHARACTERS)
    assert ("ceng", "zeng") == CHARACTERS["曾"].readings


def test_traditional_words_stay_out() -> None:
    """A word with a character outside the table is none of a simplified dictionary; two that
    became one in conversion are weighed together."""
    lines = ["证明\t5", "證明\t9", "证明\t2", "no weight"]
    assert {"证明": 7} == dictionary.read_vocabulary(lines, CHARACTERS)


def test_readings_of_traditional_characters_stay_out() -> None:
    """乾 became 干 in conversion, but 干 is not read as qian; 乾 keeps its own readings."""
    readings = dictionary.read_readings(["干\tgan\t95%", "干\tqian\t98%"], CHARACTERS)
    assert {("干", "gan"): 0.95} == readings.shares
    assert 1.0 == readings.share(CHARACTERS["乾"], "qian")


def test_words_keep_their_syllables() -> None:
    """A word read in a way of its own is not left to the deployer, and takes our weight."""
    readings = dictionary.read_readings(["银行\tyin hang", "\t", "---"], CHARACTERS)
    lines = list(dictionary.words_dictionary({}, readings, {"银行": 70}, {"银行", "补办"}, ()))
    assert ["银行\tyin hang\t50000", "补办\t\t50000"] == lines[-2:]


def test_the_catalogue_gives_its_words() -> None:
    """Items, departments, materials and what forms ask and offer."""
    words = dictionary.catalogue_words(load_catalogue(CONFIG / "catalogue"))
    assert {"失业登记与失业保险金申领", "县社保中心", "营业执照", "丧偶", "工作单位"} <= words
    assert all(2 <= len(word) <= dictionary.LONGEST for word in words)


def test_the_county_gives_its_places() -> None:
    """The thirteen townships, each after all that stands above it, and the villages."""
    places = dictionary.near_places(Regions(CONFIG / "regions"), "350428")
    townships = {
        "古镛镇", "万安镇", "高唐镇", "白莲镇", "黄潭镇", "水南镇", "光明镇", "南口镇", "漠源乡",
        "万全乡", "安仁乡", "大源乡", "余坊乡",
    }
    assert townships <= places
    assert {"福建省三明市将乐县古镛镇", "将乐县古镛镇", "常口村", "东门社区", "泰宁县"} <= places
    assert {"将乐", "沙县", "水南"} <= places


def test_a_surname_is_weighed_as_one() -> None:
    """Each reading counts whole; plain text only orders those that no list knows."""
    zeng = {"曾": Character("曾", ("ceng", "zeng"), 3794, 31)}
    readings = dictionary.read_readings(["曾\tceng\t99%", "曾\tzeng\t1%"], CHARACTERS)
    lines = list(dictionary.surnames_dictionary(zeng, readings, {"曾": 1}))
    assert ["曾\tceng\t4784.0000", "曾\tzeng\t3804.0000"] == lines[-2:]


@pytest.mark.parametrize("group", ["名 丈夫", "wife", "[丈夫, 妻子]"])
def test_a_wrong_group_of_words_is_named(tmp_path: Path, group: str) -> None:
    """With its line; a single character is no word for the dictionary."""
    file = tmp_path / "words.yaml"
    file.write_text(f"民族: 汉族 畲族\n亲属: {group}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError) as refused:
        dictionary.load_words(file)
    assert (file, 2) == (refused.value.file, refused.value.line)


@pytest.mark.parametrize("line", ["曾 zeng 1 2", "曾\tZeng\t1\t2", "曾\tzeng\t1\t-2", ""])
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    """With the file and the number of the line."""
    file = tmp_path / "characters.tsv"
    file.write_text(f"林\tlin\t1\t2\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError) as refused:
        dictionary.load_characters(file)
    assert (file, 2) == (refused.value.file, refused.value.line)
