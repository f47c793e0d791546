"""The text of a resident identity card: what is read from it and what is turned away."""

from dataclasses import replace
from datetime import date

import pytest

from hardware.card_reader.card_text import identity_of
from kiosk.errors import CardUnknown, CardUnreadable, IdentityInvalid
from tests.card_bytes import card_text
from tests.people import ZHANG_YAN


def test_every_field_is_read() -> None:
    """A card's text becomes the person it stands for, field by field."""
    assert ZHANG_YAN == identity_of(card_text(ZHANG_YAN))


def test_a_card_with_an_end_carries_its_last_day() -> None:
    """A card that ends does so on the day it says, not never."""
    assert date(2032, 6, 18) == identity_of(card_text(ZHANG_YAN, valid_to="20320618")).valid_to


@pytest.mark.parametrize(
    "name",
    [
        "萧𬱖䶮",
        "李〇",
        "阿依古丽·买买提",
        "司马\ue863",  # a character of private use, as names had it before GB 18030-2005
        "一二三四五六七八九十甲乙丙丁戊",
        "𬱖𬱖𬱖𬱖𬱖𬱖𬱖",
    ],
)
def test_rare_and_long_names_are_read_whole(name: str) -> None:
    """Characters beyond the basic plane, the middle dot and full-length names survive."""
    assert name == identity_of(card_text(ZHANG_YAN, name=name)).name


@pytest.mark.parametrize("nation", ["01", "56", "97", "98"])
def test_nation_codes_of_the_standard_are_taken(nation: str) -> None:
    """The codes of GB/T 3304, with 其他 and 外国血统, are a card's nation."""
    person = replace(ZHANG_YAN, nation=nation)
    assert person == identity_of(card_text(person))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", " 张"),
        ("name", "张\0龑"),
        ("name", "张\ufffd"),
        ("name", "张\uffff"),
        ("name", "张\u202e"),
        ("name", "张\ud86f"),
        ("sex", "3"),
        ("sex", "男"),
        ("sex", ""),
        ("nation", "00"),
        ("nation", "57"),
        ("nation", "1"),
        ("nation", ""),
        ("birth", "19520230"),
        ("birth", "1952031"),
        ("birth", "１９５２０３１４"),
        ("address", ""),
        ("address", "福建省\udc00"),
        ("number", "350428195203140014"),
        ("number", "35042819520314001"),
        ("number", "350428198807070021"),  # a good number of another birth date
        ("number", "930428195203140011"),  # a good number of no province
        ("issuer", ""),
        ("valid_from", "长期"),
        ("valid_from", "20121318"),
        ("valid_to", "20120617"),
        ("valid_to", ""),
        ("valid_to", "永久"),
    ],
)
def test_a_wrong_field_is_named(field: str, value: str) -> None:
    """Whatever is wrong with a field, the error names that field and holds none of its content."""
    with pytest.raises(IdentityInvalid) as caught:
        identity_of(card_text(ZHANG_YAN, **{field: value}))
    assert field == caught.value.field
    assert field == str(caught.value)
    assert None is caught.value.__context__


def test_the_first_wrong_field_is_named() -> None:
    """Of several wrong fields staff are told the one that comes first on the card."""
    with pytest.raises(IdentityInvalid) as caught:
        identity_of(card_text(ZHANG_YAN, valid_to="永久", nation="57", number=""))
    assert "nation" == caught.value.field


@pytest.mark.parametrize("flag", ["j", "Z", "\0", "　"])
def test_another_kind_of_card_is_unknown(flag: str) -> None:
    """The same 256 bytes mean something else on other cards: they are not read as a resident's."""
    with pytest.raises(CardUnknown):
        identity_of(card_text(ZHANG_YAN, flag=flag))


@pytest.mark.parametrize("size", [0, 255, 257])
def test_text_of_another_size_is_unreadable(size: int) -> None:
    """Half a card is no card."""
    with pytest.raises(CardUnreadable):
        identity_of(card_text(ZHANG_YAN).ljust(257)[:size])


def test_no_part_of_the_person_is_in_the_repr() -> None:
    """An identity may end in a traceback: it shows its kind alone."""
    shown = repr(identity_of(card_text(ZHANG_YAN)))
    said = ("张龑", "350428195203140013", "1952", "将乐", "2012")
    assert [] == [value for value in said if value in shown]
