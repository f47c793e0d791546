"""Finding a character by its radical or by its parts."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import ConfigurationError
from kiosk.faces import COVERAGE
from kiosk.text_entry.rare_characters.radicals import Radical
from kiosk.text_entry.rare_characters.rare_characters import (
    CHARACTERS,
    COMPOSITIONS,
    Composed,
    load_rare_characters,
)

FOLDER = Path(__file__).resolve().parents[2] / "config" / "rare_characters"
RARE = load_rare_characters(FOLDER)
BY_FORM = {radical.form: radical for radical in RARE.radicals}
LEVEL_3 = ((0x3007, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x2EBEF))
"""Of GB 18030-2022: 〇, the first block of ideographs, extensions A to F."""


def test_all_radicals_are_there_in_the_forms_of_the_mainland() -> None:
    """Each of the 214, no form twice, and the forms that stand beside another part."""
    numbers = {number.rstrip("'") for radical in RARE.radicals for number in radical.numbers}
    assert {str(number) for number in range(1, 215)} == numbers
    assert len(BY_FORM) == len(RARE.radicals)
    assert set("亻氵艹讠钅阝辶忄扌犭纟衤礻灬刂") <= set(BY_FORM)
    assert "讠" in {radical.form for radical in RARE.with_strokes(2)}


def test_every_character_that_can_be_drawn_is_found() -> None:
    """A holder of any character of GB 18030-2022 level 3 that the kiosk can show finds it, and
    nobody is offered one that it cannot show."""
    ranges = [r for face in json.loads(COVERAGE.read_text("ascii")).values() for r in face]
    drawn = {chr(code) for first, last in ranges for code in range(first, last + 1)}
    level_3 = {chr(code) for first, last in LEVEL_3 for code in range(first, last + 1)}
    found = {
        character
        for radical in RARE.radicals
        for further in RARE.further_strokes(radical)
        for character in RARE.characters(radical, further)
    }
    assert drawn & level_3 == found
    assert 87_000 <= len(found)


@pytest.mark.parametrize(
    ("character", "form", "further"),
    [
        ("䶮", "龙", 4),
        ("𬱖", "页", 5),
        ("〇", "乙", 0),
        ("𬭎", "钅", 7),
        ("龑", "龍", 4),
        ("㛃", "女", 6),
        ("堃", "土", 8),
        ("堃", "方", 7),
    ],
)
def test_rare_characters_of_names_stand_under_their_radical(character, form, further) -> None:
    """With the strokes that a dictionary counts; 堃 also under the part that strikes the eye."""
    assert character in RARE.characters(BY_FORM[form], further)


def test_characters_of_names_come_first() -> None:
    """浩 before characters that hardly anyone is called by, those of the standard table before
    those of old books."""
    characters = RARE.characters(BY_FORM["氵"], 7)
    assert characters.index("浩") < characters.index("浯") < characters.index("㳥")
    assert "浩" in RARE.usual(BY_FORM["水"])[:5]


def test_a_small_radical_shows_all_it_has() -> None:
    """Nobody has to count strokes to find 䶮."""
    dragon = BY_FORM["龙"]
    every = {c for n in RARE.further_strokes(dragon) for c in RARE.characters(dragon, n)}
    assert every == set(RARE.usual(dragon))


@pytest.mark.parametrize(
    ("parts", "character"),
    [
        ("龙天", "䶮"),
        ("天龙", "䶮"),
        ("龍天", "龑"),
        ("金名", "铭"),
        ("钅名", "铭"),
        ("由页", "𬱖"),
        ("金宏", "𬭎"),
        ("方方土", "堃"),
        ("吉吉", "喆"),
        ("日月", "明"),
    ],
)
def test_parts_are_put_together(parts, character) -> None:
    """In whichever order and in whichever form of a radical they are written."""
    assert character in RARE.composed_of(parts)


def test_the_last_characters_of_a_line_are_put_together() -> None:
    """What stands before them stays; three parts are tried before two."""
    assert Composed("龙天", "䶮") == RARE.composed_at_end("林龙天")[0]
    assert Composed("方方土", "堃") == RARE.composed_at_end("方方土")[0]
    assert () == RARE.composed_at_end("天")


@given(st.text(st.characters(), max_size=5) | st.text("龙天金名方土\n\t", max_size=5))
def test_no_text_raises(text) -> None:
    """Whatever stands in the line, a look-up answers."""
    for composed in RARE.composed_at_end(text):
        assert text.endswith(composed.parts)
    assert isinstance(RARE.composed_of(text), str)


@given(st.text(max_size=2), st.integers(), st.tuples(st.text(max_size=4)))
def test_no_radical_raises(form, strokes, numbers) -> None:
    """One that does not exist has no characters."""
    radical = Radical(form, strokes, numbers)
    further = RARE.further_strokes(radical)
    assert isinstance(RARE.usual(radical), str)
    assert all(RARE.characters(radical, number) for number in further)
    assert "" == RARE.characters(radical, -1)
    assert isinstance(RARE.with_strokes(strokes), tuple)


def test_nothing_of_a_citizen_stands_in_a_repr() -> None:
    """What was put together may be a name."""
    assert not re.search("[龙天䶮]", repr(Composed("龙天", "䶮")))


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("radicals.tsv", "1\t一\t1\nx\t二\t7\n", 2),
        (CHARACTERS, "1\t0\t一\n999\t0\t二\n", 2),
        (CHARACTERS, "1\t?\t一\n", 1),
        (COMPOSITIONS, "一二\t三", 0),
    ],
)
def test_a_wrong_file_is_told(tmp_path, name, content, line) -> None:
    """With the line where it is wrong."""
    for file in FOLDER.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(ConfigurationError) as told:
        load_rare_characters(tmp_path)
    assert (tmp_path / name, line) == (told.value.file, told.value.line)
