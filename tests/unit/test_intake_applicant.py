"""Between the person at the kiosk and the applicant of the contract."""

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errors import IntakeAnswerInvalid
from kiosk.identity import Assurance, Identity
from kiosk.intake.applicant import applicant_of, identity_of
from kiosk.intake.contract import Applicant
from tests.people import HAMDAN_NOOR, LIN_KAHO, MARIE_TREMBLAY, ZHANG_YAN, ZHANG_YAN_INSURED

TODAY = date(2026, 11, 25)
PEOPLE = (ZHANG_YAN, LIN_KAHO, MARIE_TREMBLAY, HAMDAN_NOOR, ZHANG_YAN_INSURED)


def told(person: Identity, **changed: str | None) -> Applicant:
    applicant = applicant_of(replace(person, assurance=Assurance.SCANNED_TOKEN))
    return applicant.model_copy(update=changed)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.kind.value)
def test_a_person_comes_back_whole(person: Identity) -> None:
    """What was told of a person of any kind is that person again, by a scanned token."""
    expected = replace(person, assurance=Assurance.SCANNED_TOKEN)
    assert expected == identity_of(told(person), TODAY)


@pytest.mark.parametrize(
    ("person", "field", "value"),
    [
        (ZHANG_YAN, "number", "350428195203140014"),
        (ZHANG_YAN, "number", "350428195203140013 "),
        (ZHANG_YAN, "number", LIN_KAHO.number),
        (ZHANG_YAN_INSURED, "number", MARIE_TREMBLAY.number),
        (LIN_KAHO, "number", ZHANG_YAN.number),
        (MARIE_TREMBLAY, "number", HAMDAN_NOOR.number),
        (HAMDAN_NOOR, "number", ZHANG_YAN.number),
        (HAMDAN_NOOR, "kind", "resident_id"),
        (ZHANG_YAN, "birth", "1952-03-15"),
        (ZHANG_YAN, "birth", "19520314"),
        (ZHANG_YAN, "birth", "1952-02-30"),
        (HAMDAN_NOOR, "birth", "2026-11-26"),
        (ZHANG_YAN, "valid_to", "2012-06-17"),
        (ZHANG_YAN, "valid_from", "长期"),
        (ZHANG_YAN, "sex", "3"),
        (ZHANG_YAN, "nation", "57"),
        (HAMDAN_NOOR, "country", "my"),
        (ZHANG_YAN, "name", ""),
        (ZHANG_YAN, "name", "张\n龑"),
        (ZHANG_YAN, "name", " 张龑"),
        (ZHANG_YAN, "address", "长" * 201),
        (HAMDAN_NOOR, "latin_name", "HAMDAN\u202eNOOR"),
        (ZHANG_YAN, "assurance", "sam_verified"),
    ],
)
def test_a_wrong_field_is_named(person: Identity, field: str, value: str) -> None:
    """Check digits, dates, kinds, codes and texts are checked again, and the error names a field
    and repeats nothing."""
    with pytest.raises(IntakeAnswerInvalid) as invalid:
        identity_of(told(person, **{field: value}), TODAY)
    named = "number" if (field, value) == ("birth", "1952-03-15") or field == "kind" else field
    assert f"an applicant's {named}" == str(invalid.value)
    assert invalid.value.__cause__ is invalid.value.__context__ is None


def test_a_rare_name_is_a_name() -> None:
    """Characters that this Python does not know yet, and those in private use, are written too."""
    for rare in ("\U00031350", "\U0002ebf0", "\ue863"):
        assert f"张{rare}" == identity_of(told(ZHANG_YAN, name=f"张{rare}"), TODAY).name


TEXTS = st.text(max_size=20) | st.sampled_from(["1952-03-14", "350428195203140013", "01", "1"])


@given(
    st.fixed_dictionaries(
        dict.fromkeys(("name", "number", "sex", "birth"), TEXTS),
        optional=dict.fromkeys(
            ("nation", "address", "issuer", "valid_from", "valid_to", "latin_name", "country"),
            st.none() | TEXTS,
        ),
    ),
    st.sampled_from(PEOPLE),
)
def test_whatever_is_told(texts: dict[str, str | None], person: Identity) -> None:
    """Any texts give a person or the one error."""
    with suppress(IntakeAnswerInvalid):
        found = identity_of(told(person, **texts), TODAY)
        assert found.name.strip() == found.name != ""
