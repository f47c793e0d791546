"""The text of a resident identity card: what is read from it and what is turned away."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.card_reader.card_text import identity_of
from kiosk.errors import CardReaderError, CardUnknown, CardUnreadable, IdentityInvalid
from kiosk.forms.resident_number import check_character
from kiosk.identity import Assurance, Identity, IdentityKind, Sex

UNITS = {
    "name": 15,
    "sex": 1,
    "nation": 2,
    "birth": 8,
    "address": 35,
    "number": 18,
    "issuer": 15,
    "valid_from": 8,
    "valid_to": 8,
    "reserved": 14,
    "flag": 1,
    "rest": 3,
}
"""UTF-16 units of each field, in the order of the card."""

ZHANG_YAN = {
    "name": "张龑",
    "sex": "1",
    "nation": "01",
    "birth": "19520314",
    "address": "福建省三明市将乐县古镛镇府前路18号",
    "number": "350428195203140013",
    "issuer": "将乐县公安局",
    "valid_from": "20120618",
    "valid_to": "长期",
}


def card_text(**changes: str) -> bytes:
    """The 256 bytes of 张龑's card with some fields changed; lone surrogates are kept."""
    fields = ZHANG_YAN | changes
    text = b""
    for name, units in UNITS.items():
        value = fields.get(name, "").encode("utf-16-le", "surrogatepass")
        text += value + b" \0" * (units - len(value) // 2)
    return text


def test_every_field_is_read() -> None:
    """A card's text becomes the person it stands for, field by field."""
    expected = Identity(
        kind=IdentityKind.RESIDENT_ID,
        assurance=Assurance.SAM_VERIFIED,
        name="张龑",
        number="350428195203140013",
        sex=Sex.MALE,
        nation="01",
        birth=date(1952, 3, 14),
        address="福建省三明市将乐县古镛镇府前路18号",
        issuer="将乐县公安局",
        valid_from=date(2012, 6, 18),
        valid_to=None,
    )
    assert expected == identity_of(card_text())


def test_a_card_with_an_end_carries_its_last_day() -> None:
    """A card that ends does so on the day it says, not never."""
    assert date(2032, 6, 18) == identity_of(card_text(valid_to="20320618")).valid_to


@pytest.mark.parametrize(
    "name",
    [
        "萧𬱖䶮",
        "李〇",
        "阿依古丽·买买提",
        "司马\ue863",  # a character of private use, as names had it before GB 18030-2005
        "一二三四五六七八九十甲乙丙丁戊",
    ],
)
def test_rare_and_long_names_are_read_whole(name: str) -> None:
    """Characters beyond the basic plane, the middle dot and full-length names survive."""
    assert name == identity_of(card_text(name=name)).name


@pytest.mark.parametrize("nation", ["01", "56", "97", "98"])
def test_nation_codes_of_the_standard_are_taken(nation: str) -> None:
    """The codes of GB/T 3304, with 其他 and 外国血统, are a card's nation."""
    assert nation == identity_of(card_text(nation=nation)).nation


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
        ("nation", "00"),
        ("nation", "57"),
        ("nation", "1"),
        ("birth", "19520230"),
        ("birth", "1952031"),
        ("birth", "１９５２０３１４"),
        ("address", ""),
        ("address", "福建省\udc00"),
        ("number", "350428195203140014"),
        ("number", "35042819520314001"),
        ("number", "350428198807070021"),  # a good number of another birth date
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
        identity_of(card_text(**{field: value}))
    assert field == caught.value.field
    assert field == str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("flag", ["j", "Z", "\0", "　"])
def test_another_kind_of_card_is_unknown(flag: str) -> None:
    """The same 256 bytes mean something else on other cards: they are not read as a resident's."""
    with pytest.raises(CardUnknown):
        identity_of(card_text(flag=flag))


@pytest.mark.parametrize("size", [0, 255, 257])
def test_text_of_another_size_is_unreadable(size: int) -> None:
    """Half a card is no card."""
    with pytest.raises(CardUnreadable):
        identity_of(card_text().ljust(257)[:size])


def test_no_part_of_the_person_is_in_the_repr() -> None:
    """An identity may end in a traceback: it shows its kind alone."""
    shown = repr(identity_of(card_text()))
    assert [] == [value for value in ZHANG_YAN.values() if len(value) > 2 and value in shown]


@settings(max_examples=2_000, deadline=None)
@given(
    patches=st.lists(st.tuples(st.integers(0, 255), st.integers(0, 255)), max_size=8),
)
def test_a_damaged_card_gives_a_typed_error_or_a_whole_person(
    patches: list[tuple[int, int]],
) -> None:
    """Bytes changed anywhere give a reader's error or a person whose number passes its check."""
    text = bytearray(card_text())
    for place, byte in patches:
        text[place] = byte
    try:
        identity = identity_of(bytes(text))
    except CardReaderError:
        return
    assert check_character(identity.number[:17]) == identity.number[17]
    assert f"{identity.birth:%Y%m%d}" == identity.number[6:14]


@settings(max_examples=2_000, deadline=None)
@given(st.binary(max_size=300) | st.binary(min_size=256, max_size=256))
def test_any_bytes_give_a_typed_error(text: bytes) -> None:
    """No bytes whatever raise anything but a reader's error."""
    try:
        identity_of(text)
    except CardReaderError:
        return
    raise AssertionError("chance does not make a person")
