"""What a visit puts on paper: words of the catalogue and the intake, and how far they are known."""

from datetime import UTC, datetime

import pytest
from visits import CATALOGUE

from kiosk.documents.document import Document
from kiosk.forms.answers import BRING_ORIGINAL, FileAnswer, KeptFile
from kiosk.journeys.issuer import Issuer
from kiosk.journeys.receipts import receipt_for
from kiosk.journeys.slips import slip_for
from kiosk.session import Filed, Session
from tests.people import ZHANG_YAN

ISSUER = Issuer("将乐县政务服务中心", "3 号自助终端")
KEPT, RECEIVED = (
    datetime(2026, 11, 24, 15, 58, tzinfo=UTC),
    datetime(2026, 11, 24, 16, 2, tzinfo=UTC),
)


def visit(item: str, number: str | None = "350428261124000037") -> Session:
    """A visit in which an application for the item was filed."""
    filed = Filed("JL03-261124-K7QM2X", KEPT, number, RECEIVED if number else None)
    return Session(item=CATALOGUE.item(item), identity=ZHANG_YAN, filed=filed)


def values(document: Document) -> dict[str, str]:
    return {field.label: field.value for field in document.fields}


def lists(document: Document) -> dict[str, list[str]]:
    return {listed.heading: [row.text for row in listed.rows] for listed in document.rows}


def test_a_receipt_tells_applying_from_receiving_in_the_time_of_the_hall() -> None:
    """An intake that answers in UTC received it four minutes later, on the next day here."""
    known = values(receipt_for(ISSUER, CATALOGUE, visit("020")))
    assert ("2026-11-24 23:58", "2026-11-25 00:02") == (known["申请时间"], known["收件时间"])


def test_a_receipt_lists_what_was_handed_in_and_what_is_still_to_come() -> None:
    """What was filled in, read from the card and promised here was received; the rest is to be
    brought, and the list of it has no source."""
    session = visit("020")
    session.answers = {"filing": "self", "material_1": BRING_ORIGINAL}
    listed = lists(receipt_for(ISSUER, CATALOGUE, session))
    here = ["申请表", "居民身份证", "收入与住房情况承诺（授权核查）"]
    assert here == listed["已收材料"]
    assert ["户口簿"] == listed["需带材料（示例数据）"]
    session.answers["material_1"] = FileAnswer("a.jpg", "image/jpeg", b"a")
    listed = lists(receipt_for(ISSUER, CATALOGUE, session))
    assert ({*listed}, [*here, "户口簿"]) == ({"已收材料"}, listed["已收材料"])


def test_a_receipt_names_what_is_asked_for_in_this_case_alone() -> None:
    """No photograph for ending a loss report; an agent's letter, which is no material of the
    item."""
    session = visit("112")
    session.answers = {"service": "cancel_loss"}
    assert {"已收材料"} == {*lists(receipt_for(ISSUER, CATALOGUE, session))}
    session = visit("020")
    session.answers = {"filing": "agent", "agent_letter": BRING_ORIGINAL}
    session.answers["material_1_agent"] = KeptFile("a.jpg", "image/jpeg")
    listed = lists(receipt_for(ISSUER, CATALOGUE, session))
    assert ["授权委托书"] == listed["需带材料（示例数据）"]
    assert "户口簿" in listed["已收材料"]


def test_a_receipt_marks_a_limit_unless_it_has_a_source() -> None:
    """A sample promise and a sourced one do not look alike."""
    assert (
        "20 个工作日（示例数据）"
        == values(receipt_for(ISSUER, CATALOGUE, visit("020")))["办理时限"]
    )
    assert "3 个工作日" == values(receipt_for(ISSUER, CATALOGUE, visit("026")))["办理时限"]


def test_a_kept_application_was_received_by_nobody() -> None:
    """Its slip has no time of receipt and no list of received materials."""
    document = receipt_for(ISSUER, CATALOGUE, visit("020", number=None))
    assert "收件时间" not in values(document)
    assert "已收材料" not in lists(document)
    assert "JL03-261124-K7QM2X" == document.number


def test_the_phone_of_the_form_is_on_the_receipt_masked() -> None:
    """The number that the office calls stands there as far as a bystander may read it."""
    session = visit("020")
    session.answers["phone"] = "13805980000"
    assert "138 **** 0000" == values(receipt_for(ISSUER, CATALOGUE, session))["联系电话"]


def test_nothing_is_printed_for_nothing() -> None:
    """A visit in which nothing was filed or found has no paper."""
    with pytest.raises(ValueError, match="nothing was filed"):
        receipt_for(ISSUER, CATALOGUE, Session())
    with pytest.raises(ValueError, match="nothing was looked up"):
        slip_for(ISSUER, CATALOGUE, Session(), KEPT)
