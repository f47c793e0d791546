"""Names and numbers of every document, masked for paper and for bystanders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.documents.masked_words import masked_words
from kiosk.masking import masked_name, masked_number
from tests import people

SEPARATORS = " ·・,，"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("张龑", "张*"),
        ("〇", "〇*"),
        ("萧𬱖䶮", "萧**"),
        ("欧阳小梅", "欧***"),
        ("古丽米热·阿卜杜热合曼江尼亚孜", "古***·阿***"),
        ("TREMBLAY, MARIE-CLAIRE", "T***, M***"),
        ("HAMDAN NOOR BIN ALI", "H*** N*** B** A**"),
        ("Y JING", "Y* J***"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_initials(name: str, expected: str) -> None:
    """Rare characters are one character each, and long parts do not tell how long they are."""
    assert expected == masked_name(name)


@given(st.text(st.characters(exclude_characters="*"), max_size=80))
def test_no_second_character_of_a_part_is_told(name: str) -> None:
    """What is left of any name are initials, stars and what stood between the parts."""
    masked = masked_name(name)
    for separator in SEPARATORS:
        masked = masked.replace(separator, " ")
    assert all(len(part.rstrip("*")) <= 1 for part in masked.split())
    assert len(masked.split()) == len("".join(" " if c in SEPARATORS else c for c in name).split())


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (people.ZHANG_YAN, "350428 ******** 0013"),
        (people.LIN_KAHO, "810000 ******** 0016"),
        (people.HAMDAN_NOOR, "935458 ******** 0012"),
        (people.MARIE_TREMBLAY, "CAN ******** 17"),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_each_document_s_number_is_masked(person, expected: str) -> None:
    """Alone, and among words that somebody wrote; no birth date is left of it."""
    assert expected == masked_number(person.number)
    assert f"号码{expected}有误" == masked_words(f"号码{person.number}有误")
    assert f"{person.birth:%y%m}" not in masked_number(person.number)
