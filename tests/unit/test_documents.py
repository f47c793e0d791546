"""What stands on the documents that a citizen takes away, whatever their kind."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_samples import (
    CONSEQUENCE,
    HEAD,
    NO_SHOW,
    NUMBER,
    PROOF,
    ROOT,
    SERVICE,
    TERMINAL,
    sample,
    slip,
    words,
)

from kiosk import language
from kiosk.documents.days import LastDay, minute
from kiosk.documents.document import DocumentKind, QrCode
from kiosk.documents.look_up_slip import LONGEST_CODE
from kiosk.documents.masked_words import masked_words
from kiosk.documents.service_record import service_record
from kiosk.language import Language, load_english, speak

KINDS = pytest.mark.parametrize("kind", DocumentKind)
OF_A_CASE = {
    DocumentKind.INTAKE_RECEIPT,
    DocumentKind.ACCEPTANCE_NOTICE,
    DocumentKind.SUPPLEMENT_NOTICE,
    DocumentKind.REFUSAL_NOTICE,
    DocumentKind.PROMISE,
    DocumentKind.CONDITIONAL_ACCEPTANCE,
    DocumentKind.EXTENSION_NOTICE,
    DocumentKind.COMPLETION_NOTICE,
    DocumentKind.PROGRESS_SLIP,
}
NAMELESS = {
    DocumentKind.ITEM_GUIDE,
    DocumentKind.QUEUE_TICKET,
    DocumentKind.DEVICE_REPORT,
    DocumentKind.TEST_PAGE,
}
CHINESE = frozenset(map(chr, range(0x3400, 0xA000))) | frozenset("，。：；（）、《》")

names = st.text("龑燚喆淼璟瑢堃翀祎菡婧煜", min_size=2, max_size=4)
phones = st.from_regex(r"1[3-9]\d{9}", fullmatch=True)
id_numbers = st.from_regex(
    r"[1-6]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|1\d|2[0-8])\d{3}[\dX]", fullmatch=True
)


@pytest.fixture
def english() -> Iterator[None]:
    """The shipped English, spoken during the test."""
    loaded = dict(language._loaded)
    load_english(ROOT / "assets" / "locale")
    speak(Language.ENGLISH)
    yield
    speak(Language.CHINESE)
    language._loaded.clear()
    language._loaded.update(loaded)


@KINDS
def test_every_document_says_what_it_is_and_whose(kind: DocumentKind) -> None:
    """Kind, issuer, title, number and the name of the number are never missing."""
    document = sample(kind)
    said = (document.issuer, document.title, document.number_label, document.number)
    assert (kind, True) == (document.kind, all(said))
    assert document.reference


@KINDS
def test_every_document_has_a_code_that_says_what_it_holds(kind: DocumentKind) -> None:
    """Each has a QR code with a caption, and of a case it is the bare number."""
    document = sample(kind)
    assert document.qr is not None
    assert document.qr.content and document.qr.caption
    assert (document.qr.content == NUMBER) is (kind in OF_A_CASE)


@given(
    kind=st.sampled_from(DocumentKind),
    name=names,
    contact=names,
    id_number=id_numbers,
    phone=phones,
)
def test_nobody_is_named_whole(
    kind: DocumentKind, name: str, contact: str, id_number: str, phone: str
) -> None:
    """No document shows a name, an ID number or a phone of any person whole, with or without the
    spaces of its layout, nor is any of it what the print journal knows the document by."""
    head = replace(HEAD, applicant=name, contact=contact, id_number=id_number, phone=phone)
    document = sample(kind, head)
    assert document.qr is not None
    text = "\n".join([words(document), document.qr.content, document.reference])
    for person in (name, contact, id_number, phone):
        assert person not in text.replace(" ", "")
    assert (f"{name[0]}*" in text) is (kind not in NAMELESS)


@given(
    before=st.sampled_from(["", "号码", "见 "]),
    name=names,
    id_number=id_numbers,
    phone=phones,
    after=st.sampled_from(["", "的证件", "，"]),
)
def test_free_words_lose_what_names_a_person(
    before: str, name: str, id_number: str, phone: str, after: str
) -> None:
    """What an officer or the intake wrote keeps its words, and no whole number or name."""
    written = f"{before}{name}{after}：{id_number}、{phone}{after}"
    masked = masked_words(written, name, "")
    assert not any(whole in masked for whole in (name, id_number, phone))
    assert masked.startswith(f"{before}{name[0]}*")
    assert masked.endswith(f"{phone[-4:]}{after}")


def test_numbers_of_things_stay_whole() -> None:
    """A case number, an account, an amount and a house are no numbers of people."""
    written = (
        "收件编号 350428261124000037，账号 6213805980000，13805980000123 号，"
        "13800 元，滨河南路 12 号"
    )
    assert written == masked_words(written, "", "张")


@KINDS
def test_nothing_of_a_person_stands_in_a_repr(kind: DocumentKind) -> None:
    """What ends in a traceback or a log does not show a person even as masked."""
    shown = repr(sample(kind))
    assert [] == [part for part in ("张*", "李**", "350428 *", "138 *") if part in shown]


@KINDS
@pytest.mark.usefixtures("english")
def test_english_documents_are_english(kind: DocumentKind) -> None:
    """In English every word of the kiosk's own is English; the title keeps its Chinese beside."""
    document = sample(kind)
    title = document.title.split("\n")
    assert not CHINESE & set(title[0])
    own = [field.label for field in document.fields]
    if kind is DocumentKind.LOOK_UP_SLIP:  # between the first and last two stands the answer
        own = [*own[:2], *own[-2:]]
    own += [document.number_label, *(listed.heading for listed in document.rows)]
    said_by_the_hall = (CONSEQUENCE, NO_SHOW)
    for notice in document.notices:
        own.append(reduce(lambda text, words: text.replace(words, ""), said_by_the_hall, notice))
    own += [line.replace(TERMINAL, "") for line in document.footer]
    own += [document.seal.day, document.seal.receipt] if document.seal else []
    own += [document.qr.caption] if document.qr else []
    assert [] == [text for text in own if CHINESE & set(text)]


def test_times_are_those_of_the_hall() -> None:
    """A city that answers in UTC moves no hour and no day on paper."""
    assert "2026-11-25 00:30" == minute(datetime(2026, 11, 24, 16, 30, tzinfo=UTC))


def test_a_day_that_may_still_move_says_so() -> None:
    """A last day beyond the known holidays is marked 暂定."""
    assert "2027年1月8日（暂定）" == LastDay(date(2027, 1, 8), provisional=True).words()
    assert "2026年12月9日" == LastDay(date(2026, 12, 9)).words()


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


def test_a_slip_carries_its_proof_as_long_as_paper_holds_it() -> None:
    """A proof that no scanner could read from paper leaves the number in its place."""
    assert QrCode(PROOF, "扫码可核对真伪，不用联网") == slip(code=PROOF).qr
    assert QrCode("88012345", "再次查询时请出示此码") == slip(code="x" * (LONGEST_CODE + 1)).qr


def test_a_record_without_a_number_has_no_code() -> None:
    """An empty number makes no QR code that scans to nothing."""
    assert slip(number="").qr is None


def test_staff_see_from_a_test_page_which_kiosk_it_came_from() -> None:
    """The code holds the kiosk's id."""
    document = sample(DocumentKind.TEST_PAGE)
    assert document.qr is not None
    assert "JL-03" == document.qr.content


def test_a_ticket_is_another_one_on_the_next_day() -> None:
    """Numbers begin anew each day; the print journal does not take A032 of today for a copy."""
    assert "2026-11-24/A032" == sample(DocumentKind.QUEUE_TICKET).reference


def test_what_is_not_known_of_an_item_is_not_invented() -> None:
    """Place, hours, phone and fees of an item that has none read 以窗口公布为准."""
    values = {field.label: field.value for field in sample(DocumentKind.ITEM_GUIDE).fields}
    unknown = [values[label] for label in ("办理地点", "办公时间", "咨询电话", "收费")]
    assert ["以窗口公布为准"] * 4 == unknown


def test_sample_data_is_marked_where_it_stands() -> None:
    """A guide marks a limit and the lists that have no source, and says what the mark means."""
    document = sample(DocumentKind.ITEM_GUIDE)
    values = {field.label: field.value for field in document.fields}
    assert ("当场", "3 个工作日（示例数据）") == (values["承诺时限"], values["法定时限"])
    assert ["办理条件", "办理流程"] == [
        listed.heading for listed in document.rows if "示例数据" not in listed.heading
    ]
    assert any("不是正式内容" in notice for notice in document.notices)


def test_a_report_counts_what_staff_have_to_deal_with() -> None:
    """Two of the sample's seven devices need staff, and each of them says what to do."""
    document = sample(DocumentKind.DEVICE_REPORT)
    assert "2 项要处理" in [field.value for field in document.fields]
    todo = [
        row.text for row in document.rows[0].rows if any("处理：" in line for line in row.below)
    ]
    assert ["热敏打印机", "待传队列"] == todo


def test_a_visit_without_a_person_helper_or_rating_names_none() -> None:
    """A service record has no empty lines."""
    service = replace(SERVICE, person="", helper="", rating="")
    document = service_record(issuer="中心", terminal=TERMINAL, service=service)
    assert ["开始时间", "结束时间", "办理终端", "服务评价"] == [f.label for f in document.fields]
    assert "没有评价" in words(document)
