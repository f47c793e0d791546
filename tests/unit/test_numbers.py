"""Numbers with check characters, and telephone numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.forms import bank_card, credit_code, phone, resident_number
from kiosk.forms.problem import Problem, Reason

TODAY = date(2026, 11, 24)


@st.composite
def resident_numbers(draw: st.DrawFn) -> str:
    province = draw(st.sampled_from(sorted(resident_number.PROVINCES)))
    county = draw(st.integers(0, 9999))
    born = draw(st.dates(date(1900, 1, 1), TODAY))
    sequence = draw(st.integers(0, 999))
    first = f"{province}{county:04}{born:%Y%m%d}{sequence:03}"
    return first + resident_number.check_character(first)


credit_codes = st.text(credit_code.ALPHABET, min_size=17, max_size=17).map(
    lambda first: first + credit_code.check_character(first)
)
bank_cards = st.from_regex(r"[1-9][0-9]{11,17}", fullmatch=True).map(
    lambda first: first + bank_card.check_digit(first)
)


@pytest.mark.parametrize(
    "number", ["350428195203140013", "350428198807070021", "11010519491231002X"]
)
def test_known_resident_numbers_pass(number: str) -> None:
    """Numbers published as valid, one with the check character X, are accepted."""
    assert None is resident_number.problem(number, TODAY)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("35042819520314001", Problem(Reason.RESIDENT_ID_LENGTH, 18, 17)),
        ("350428520314001", Problem(Reason.RESIDENT_ID_LENGTH, 18, 15)),
        ("3504281952031400X3", Problem(Reason.RESIDENT_ID_CHARACTERS)),
        ("35042819520314001x", Problem(Reason.RESIDENT_ID_CHARACTERS)),
        ("٣50428195203140013", Problem(Reason.RESIDENT_ID_CHARACTERS)),
        ("000428195203140013", Problem(Reason.RESIDENT_ID_REGION)),
        ("350428195202300013", Problem(Reason.RESIDENT_ID_BIRTH)),
        ("350428190002290013", Problem(Reason.RESIDENT_ID_BIRTH)),
        ("350428000001010013", Problem(Reason.RESIDENT_ID_BIRTH)),
        ("350428202611250013", Problem(Reason.RESIDENT_ID_BIRTH)),
        ("350428195203140014", Problem(Reason.RESIDENT_ID_CHECK)),
    ],
)
def test_wrong_resident_numbers_say_what_is_wrong(number: str, expected: Problem) -> None:
    """Length, characters, province, birth date and check character are told apart."""
    assert expected == resident_number.problem(number, TODAY)


@given(resident_numbers())
def test_every_well_made_resident_number_passes(number: str) -> None:
    """A number with any county, any existing birth date up to today and its check passes."""
    assert None is resident_number.problem(number, TODAY)


@given(resident_numbers(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_changed_character_of_a_resident_number_is_found(
    number: str, place: int, other: str
) -> None:
    """MOD 11-2 finds every change of a single character."""
    changed = number[:place] + other + number[place + 1 :]
    assert (changed == number) == (resident_number.problem(changed, TODAY) is None)


@given(resident_numbers(), st.integers(0, 16))
def test_two_swapped_neighbours_of_a_resident_number_are_found(number: str, place: int) -> None:
    """MOD 11-2 finds every swap of two different neighbours."""
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert (swapped == number) == (resident_number.problem(swapped, TODAY) is None)


@pytest.mark.parametrize("code", ["91350100M000100Y43", "92350428MA2XNK1A0A"])
def test_credit_codes_are_judged_by_their_check_character(code: str) -> None:
    """A code with the standard's check character passes, and with the next one it does not."""
    right = code[:-1] + credit_code.check_character(code[:-1])
    following = (credit_code.ALPHABET.index(right[-1]) + 1) % len(credit_code.ALPHABET)
    assert None is credit_code.problem(right)
    assert Problem(Reason.CREDIT_CODE_CHECK) == credit_code.problem(
        right[:-1] + credit_code.ALPHABET[following]
    )


def test_the_published_example_of_a_credit_code_passes() -> None:
    """The code that GB 32100 is usually explained with, 91350100M000100Y43, has its check."""
    assert "3" == credit_code.check_character("91350100M000100Y4")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("91350100M000100Y4", Problem(Reason.CREDIT_CODE_LENGTH, 18, 17)),
        ("91350100M000100I43", Problem(Reason.CREDIT_CODE_CHARACTERS)),
        ("91350100M000100O43", Problem(Reason.CREDIT_CODE_CHARACTERS)),
        ("91350100m000100Y43", Problem(Reason.CREDIT_CODE_CHARACTERS)),
    ],
)
def test_wrong_credit_codes_say_what_is_wrong(code: str, expected: Problem) -> None:
    """Length and the letters outside the alphabet are told apart."""
    assert expected == credit_code.problem(code)


@given(credit_codes, st.integers(0, 17), st.sampled_from(credit_code.ALPHABET))
def test_one_changed_character_of_a_credit_code_is_found(code: str, place: int, other: str) -> None:
    """31 is prime and no weight is a multiple of it, so every single change is found."""
    changed = code[:place] + other + code[place + 1 :]
    assert (changed == code) == (credit_code.problem(changed) is None)


@pytest.mark.parametrize("number", ["4111111111111111", "6222021234567890128", "378282246310005"])
def test_bank_cards_of_several_lengths_pass_with_their_luhn_digit(number: str) -> None:
    """Cards of 15, 16 and 19 digits pass once their last digit is the Luhn digit."""
    assert None is bank_card.problem(number[:-1] + bank_card.check_digit(number[:-1]))


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("411111111111", Problem(Reason.BANK_CARD_LENGTH, 19, 12)),
        ("4" * 20, Problem(Reason.BANK_CARD_LENGTH, 19, 20)),
        ("411111111111111a", Problem(Reason.BANK_CARD_CHARACTERS)),
        ("4111111111111112", Problem(Reason.BANK_CARD_CHECK)),
        ("0000000000000000", Problem(Reason.BANK_CARD_CHECK)),
        ("", Problem(Reason.BANK_CARD_LENGTH, 19, 0)),
    ],
)
def test_wrong_bank_cards_say_what_is_wrong(number: str, expected: Problem) -> None:
    """Length, characters and check digit are told apart; a row of zeros is no card."""
    assert expected == bank_card.problem(number)


def test_published_test_cards_pass() -> None:
    """Card numbers that schemes publish for tests are valid as they stand."""
    for number in ("4111111111111111", "5555555555554444", "378282246310005"):
        assert None is bank_card.problem(number)


@given(bank_cards, st.integers(0, 18), st.sampled_from("0123456789"))
def test_one_changed_digit_of_a_bank_card_is_found(number: str, place: int, other: str) -> None:
    """Luhn finds every change of a single digit."""
    place %= len(number)
    changed = number[:place] + other + number[place + 1 :]
    assert (changed == number) == (bank_card.problem(changed) is None)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("13805980000", "13805980000"),
        ("138 0598 0000", "13805980000"),
        ("１３８０５９８００００", "13805980000"),
        ("+86 138-0598-0000", "13805980000"),
        ("0086 13805980000", "13805980000"),
        ("8613805980000", "13805980000"),
        ("0598-2322345", "05982322345"),
        ("（0598）2322345", "05982322345"),
        ("010 65200000", "01065200000"),
        ("059188012345", "059188012345"),
    ],
)
def test_phone_numbers_are_brought_to_their_digits(typed: str, expected: str) -> None:
    """Spaces, brackets, full-width digits and the country code go, and the number is accepted."""
    number = phone.normalised(typed)
    assert (expected, None) == (number, phone.problem(number))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1380598000", Problem(Reason.MOBILE_LENGTH, 11, 10)),
        ("138059800000", Problem(Reason.MOBILE_LENGTH, 11, 12)),
        ("12805980000", Problem(Reason.PHONE_FORM)),
        ("2322345", Problem(Reason.AREA_CODE_MISSING)),
        ("05981322345", Problem(Reason.PHONE_FORM)),
        ("abc", Problem(Reason.PHONE_FORM)),
        ("138٠5980000", Problem(Reason.PHONE_FORM)),
    ],
)
def test_wrong_phone_numbers_say_what_is_wrong(typed: str, expected: Problem) -> None:
    """A mobile number of the wrong length and a landline without area code have own words."""
    assert expected == phone.problem(phone.normalised(typed))


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_every_mobile_number_passes(number: str) -> None:
    """Eleven digits beginning with 13 to 19 are a mobile number."""
    assert None is phone.problem(phone.normalised(number))
