"""What stands on the documents that a citizen takes away."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from paper_samples import NUMBER, REFERENCE, page, receipt, slip, words

from kiosk.documents.document import QrCode
from kiosk.language import Language, load_english, speak


def test_a_receipt_carries_the_intake_number_as_bare_digits() -> None:
    """The number that is printed large and the QR content are the 收件编号 and nothing else."""
    document = receipt()
    assert document.qr is not None
    assert (NUMBER, NUMBER) == (document.number, document.qr.content)
    assert ("收件凭证", "收件编号") == (document.title, document.number_label)


def test_without_an_intake_number_the_slip_says_that_nothing_was_received() -> None:
    """An application kept on the kiosk is never called 收件, and carries the kiosk's reference."""
    document = receipt(number=None)
    assert document.qr is not None
    assert (REFERENCE, REFERENCE) == (document.number, document.qr.content)
    assert "收件" not in document.title
    assert "本机编号" == document.number_label
    assert "尚未收到" in words(document)
    assert "自动上传" in words(document)


def test_received_is_not_called_accepted() -> None:
    """The receipt says itself that 收件 is not yet 受理, and invents no opening hours."""
    text = words(receipt())
    assert "收件不等于受理" in text
    assert "以窗口公布为准" in text


def test_a_receipt_shows_no_personal_number_whole() -> None:
    """Name, resident ID number and phone are masked on paper too."""
    text = words(receipt()).replace(" ", "")
    assert [] == [part for part in ("张岩", "350428195203140013", "13805980000") if part in text]
    assert "张*" in text
    assert "350428********0013" in text


def test_an_applicant_without_a_phone_has_no_phone_line() -> None:
    """A missing phone leaves no empty field."""
    assert "联系电话" not in words(receipt(phone=None))


def test_materials_to_bring_are_listed_in_order() -> None:
    """Each material stands on a line of its own with its number."""
    listed = {field.label: field.value for field in receipt().fields}["需带材料"]
    assert ["1.", "2."] == [line[:2] for line in listed.split("\n")]


def test_a_look_up_slip_masks_what_came_unmasked() -> None:
    """A whole ID or mobile number in an answer is masked, other numbers stay."""
    document = slip(
        ("证件号码", "350428198807070021"), ("电话", "13805980000"), ("金额", "1380598000")
    )
    values = {field.label: field.value for field in document.fields}
    assert "350428 ******** 0021" == values["证件号码"]
    assert "138 **** 0000" == values["电话"]
    assert "1380598000" == values["金额"]


def test_a_look_up_slip_says_that_it_proves_nothing() -> None:
    """仅供查询参考 stands on every slip, and the QR holds the record's number."""
    document = slip()
    assert "仅供查询参考" in words(document)
    assert QrCode("88012345", "再次查询时请出示此码") == document.qr


def test_a_record_without_a_number_has_no_code() -> None:
    """An empty number makes no QR code that scans to nothing."""
    assert slip(number="").qr is None


def test_a_test_page_names_the_kiosk() -> None:
    """Staff see from the page which kiosk it came from."""
    document = page()
    assert document.qr is not None
    assert "JL-03" == document.qr.content


def test_a_document_does_not_show_its_values_in_its_repr() -> None:
    """What ends in a traceback or a log holds no value of a field."""
    assert "138" not in repr(receipt().fields)


@pytest.fixture
def english(tmp_path: Path) -> Iterator[None]:
    """A catalogue with one message, spoken during the test."""
    catalogue = Catalog(locale="en")
    catalogue.add("收件凭证", "Proof of receipt")
    file = tmp_path / "en" / "LC_MESSAGES" / "kiosk.po"
    file.parent.mkdir(parents=True)
    with file.open("wb") as target:
        write_po(target, catalogue)
    load_english(tmp_path)
    speak(Language.ENGLISH)
    yield
    speak(Language.CHINESE)


@pytest.mark.usefixtures("english")
def test_an_english_receipt_keeps_its_chinese_title() -> None:
    """At the window the slip is read by staff: the title stands in both languages."""
    assert "Proof of receipt\n收件凭证" == receipt().title
