"""The text of residence permits (J) and of permanent residents' cards (I, Y)."""

from dataclasses import replace

import pytest

from hardware.card_reader.card_text import identity_of
from kiosk.errors import IdentityInvalid
from kiosk.identity import Identity
from tests.card_bytes import card_text, with_check
from tests.people import HAMDAN_NOOR, LIN_KAHO, MARIE_TREMBLAY


@pytest.mark.parametrize("person", [LIN_KAHO, MARIE_TREMBLAY, HAMDAN_NOOR])
def test_every_field_is_read(person: Identity) -> None:
    """Each kind of card becomes the person it stands for, with its kind, field by field."""
    assert person == identity_of(card_text(person))


@pytest.mark.parametrize("region", ["81", "82", "83"])
def test_a_permit_is_of_hong_kong_macao_or_taiwan(region: str) -> None:
    """The three beginnings of a permit's number are taken, and its nation where it has one."""
    number = with_check(f"{region}000019850612001")
    person = replace(LIN_KAHO, number=number, nation="22")
    assert person == identity_of(card_text(person, pass_number="H01234567", issue_count="02"))


def test_a_number_may_end_in_x() -> None:
    """A permanent resident's check character is an X like anybody's."""
    ends_in_x = next(
        number
        for serial in range(1000)
        if (number := with_check(f"93545819900217{serial:03}")).endswith("X")
    )
    person = replace(HAMDAN_NOOR, number=ends_in_x)
    assert ends_in_x == identity_of(card_text(person)).number


@pytest.mark.parametrize("person", [MARIE_TREMBLAY, HAMDAN_NOOR])
def test_a_foreigner_without_a_chinese_name_goes_by_the_other(person: Identity) -> None:
    """A blank Chinese name gives way to the passport's; one that is written stands."""
    latin = replace(person, name=person.latin_name or "")
    assert latin == identity_of(card_text(latin))
    chinese = replace(person, name="韩〇·䶮")
    assert chinese == identity_of(card_text(chinese))


@pytest.mark.parametrize("length", [1, 30, 34, 35, 36, 46])
def test_a_name_in_two_parts_is_joined(length: int) -> None:
    """What does not fit the first part of an English name goes on in the second, as one word."""
    name = ("ALEXANDRA" * 6)[:length]
    person = replace(HAMDAN_NOOR, name=name, latin_name=name)
    assert person == identity_of(card_text(person))


def test_padding_between_two_parts_of_a_name_is_one_space() -> None:
    """A name that was parted between two words has one space there."""
    parted = card_text(HAMDAN_NOOR, latin_name="HAMDAN NOOR ABDULLAH", latin_name_more="RIDZUAN")
    assert "HAMDAN NOOR ABDULLAH RIDZUAN" == identity_of(parted).latin_name


def test_the_longest_names_of_2017_are_read_whole() -> None:
    """Sixty characters of English and fifteen of Chinese fit the card of 2017."""
    latin, chinese = ("MAXIMILIANA-ÉLÉONORE O’NEILL " * 3)[:60].strip(), "欧阳" * 7 + "龑"
    person = replace(MARIE_TREMBLAY, name=chinese, latin_name=latin)
    assert person == identity_of(card_text(person))


PERMIT_WRONG = [
    ("nation", "57"),
    ("number", "350428198506120012"),  # right in itself, but of no such region
    ("number", "840000198506120011"),
    ("number", "810000198506120017"),
    ("number", "820000198506130014"),
    ("valid_to", "长期"),
    ("pass_number", "H0123-567"),
    ("issue_count", "一"),
]
OF_2017_WRONG = [
    ("latin_name", ""),
    ("latin_name", " TREMBLAY"),
    ("latin_name", "谭玛丽"),
    ("latin_name", ", -"),
    ("sex", "F"),
    ("number", "CAN35000412031"),
    ("number", "350004120317123"),
    ("number", "CAN35000412031X"),
    ("country", "CA"),
    ("country", "can"),
    ("name", "谭\0"),
    ("name", " 谭"),
    ("valid_to", "长期"),
    ("valid_to", "20190407"),
    ("birth", "19791131"),
    ("version", "\x01"),
    ("authority", "\udc00"),
]
OF_2023_WRONG = [
    ("name", "\u202e韩"),
    ("sex", "7"),
    ("reissue_count", "\0\0"),
    ("birth", "1990021"),
    ("latin_name", "HAMDAN\tNOOR"),
    ("number", "935458199002170013"),
    ("number", "350428195203140013"),  # right in itself, but no foreigner's
    ("number", ""),
    ("valid_from", ""),
    ("country", "ＭＹＳ"),
    ("old_number_link", "\ufffe"),
]


@pytest.mark.parametrize(
    ("person", "field", "value"),
    [
        *((LIN_KAHO, *wrong) for wrong in PERMIT_WRONG),
        *((MARIE_TREMBLAY, *wrong) for wrong in OF_2017_WRONG),
        *((HAMDAN_NOOR, *wrong) for wrong in OF_2023_WRONG),
    ],
)
def test_a_wrong_field_is_named(person: Identity, field: str, value: str) -> None:
    """Whatever is wrong with a field, the error names that field and holds none of its content."""
    with pytest.raises(IdentityInvalid) as caught:
        identity_of(card_text(person, **{field: value}))
    assert field == str(caught.value)
    assert None is caught.value.__context__


def test_a_wrong_second_part_of_a_name_is_the_names() -> None:
    """A name that goes wrong where it goes on is a wrong name."""
    with pytest.raises(IdentityInvalid) as caught:
        identity_of(card_text(HAMDAN_NOOR, latin_name_more="\0"))
    assert "latin_name" == caught.value.field
