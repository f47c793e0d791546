"""What officers read of applicants with documents of every kind."""

from dataclasses import replace

import pytest

from kiosk.identity import Assurance, Identity
from kiosk.intake.applicant import applicant_of
from sandbox.intake.desk.applicant_words import said_of, warning_of
from tests.people import HAMDAN_NOOR, LIN_KAHO, MARIE_TREMBLAY, ZHANG_YAN, ZHANG_YAN_INSURED

PEOPLE = (ZHANG_YAN, LIN_KAHO, MARIE_TREMBLAY, HAMDAN_NOOR, ZHANG_YAN_INSURED)


def read(person: Identity) -> dict[str, str]:
    return {said.label: said.words for said in said_of(applicant_of(person))}


@pytest.mark.parametrize(
    ("person", "labels"),
    [
        (ZHANG_YAN, "公民身份号码 身份核验 性别 民族 出生日期 住址 签发机关 证件有效期"),
        (LIN_KAHO, "公民身份号码 身份核验 性别 出生日期 住址 签发机关 证件有效期"),
        (MARIE_TREMBLAY, "证件号码 身份核验 性别 国籍 出生日期 证件有效期"),
        (HAMDAN_NOOR, "证件号码 身份核验 性别 国籍 出生日期 证件有效期"),
        (ZHANG_YAN_INSURED, "社会保障号码 身份核验 性别 民族 出生日期 证件有效期"),
    ],
    ids=lambda value: value.kind.value if isinstance(value, Identity) else "",
)
def test_a_document_is_read_as_it_is(person: Identity, labels: str) -> None:
    """The number has the document's own name for it, and what the document does not say has no
    line."""
    latin = ["外文姓名"] if person.latin_name not in (None, person.name) else []
    assert ["姓名", *latin, "证件", *labels.split()] == list(read(person))


def test_a_foreigner_has_a_country_and_both_names() -> None:
    """The name as in the passport stands beside the Chinese one, and the country in words."""
    said = read(MARIE_TREMBLAY)
    assert ("谭玛丽", "TREMBLAY, MARIE-CLAIRE") == (said["姓名"], said["外文姓名"])
    assert ("加拿大（CAN）", "CAN350004120317") == (said["国籍"], said["证件号码"])
    assert "XXB" == read(replace(MARIE_TREMBLAY, country="XXB"))["国籍"]


def test_validity_in_words() -> None:
    """长期 is a resident's card alone; what is not known is not made up."""
    bare = replace(ZHANG_YAN, valid_from=None)
    insured = replace(ZHANG_YAN_INSURED, valid_to=None)
    assert "2012-06-18 至 长期" == read(ZHANG_YAN)["证件有效期"]
    assert "2023-09-01 至 2028-09-01" == read(LIN_KAHO)["证件有效期"]
    assert "自 2016-07-01 起" == read(insured)["证件有效期"]
    assert "至 2036-06-30" == read(replace(ZHANG_YAN_INSURED, valid_from=None))["证件有效期"]
    assert "证件有效期" not in read(bare)


def test_how_far_an_identity_can_be_trusted() -> None:
    """Each assurance has words of its own, and the one that proves nothing a warning."""
    people = [replace(ZHANG_YAN, assurance=assurance) for assurance in Assurance]
    assert len(Assurance) == len({read(person)["身份核验"] for person in people})
    warned = [p.assurance for p in people if warning_of(applicant_of(p))]
    assert [Assurance.UNAUTHENTICATED_CHIP] == warned
