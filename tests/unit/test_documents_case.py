"""What the papers of one case say, and what they must not say."""

from dataclasses import replace

import pytest
from paper_samples import (
    ACT,
    CONSEQUENCE,
    DUE,
    HEAD,
    MISSING,
    NUMBER,
    PROMISED,
    REFERENCE,
    at,
    receipt,
    sample,
    words,
)

from kiosk.documents.acceptance_notice import acceptance_notice
from kiosk.documents.completion_notice import completion_notice
from kiosk.documents.document import Document, DocumentKind
from kiosk.documents.extension_notice import extension_notice
from kiosk.documents.intake_receipt import intake_receipt
from kiosk.documents.promise import promise
from kiosk.documents.refusal_notice import refusal_notice
from kiosk.documents.stated import Stated
from kiosk.documents.supplement_notice import MissingMaterial, supplement_notice

OF_AN_AUTHORITY = (
    DocumentKind.ACCEPTANCE_NOTICE,
    DocumentKind.SUPPLEMENT_NOTICE,
    DocumentKind.REFUSAL_NOTICE,
    DocumentKind.CONDITIONAL_ACCEPTANCE,
    DocumentKind.EXTENSION_NOTICE,
    DocumentKind.COMPLETION_NOTICE,
)
BEFORE_ACCEPTANCE = (
    DocumentKind.INTAKE_RECEIPT,
    DocumentKind.SUPPLEMENT_NOTICE,
    DocumentKind.REFUSAL_NOTICE,
    DocumentKind.PROMISE,
)
WITH_A_LIMIT = (
    DocumentKind.INTAKE_RECEIPT,
    DocumentKind.ACCEPTANCE_NOTICE,
    DocumentKind.SUPPLEMENT_NOTICE,
    DocumentKind.CONDITIONAL_ACCEPTANCE,
)
BASE_FIELDS = (
    "办理事项",
    "承办部门",
    "办件类型",
    "申请人",
    "证件号码",
    "联系人",
    "联系电话",
    "申请时间",
)


def values(document: Document) -> dict[str, str]:
    return {field.label: field.value for field in document.fields}


def headings(document: Document) -> list[str]:
    return [listed.heading for listed in document.rows]


@pytest.mark.parametrize(
    "kind", [*OF_AN_AUTHORITY, DocumentKind.INTAKE_RECEIPT, DocumentKind.PROMISE]
)
def test_every_paper_of_a_case_has_the_head_of_the_case(kind: DocumentKind) -> None:
    """Item, authority, applicant, contact, phone and the day of applying stand in this order."""
    labels = [field.label for field in sample(kind).fields]
    assert list(BASE_FIELDS) == [label for label in labels if label in BASE_FIELDS]


@pytest.mark.parametrize("kind", OF_AN_AUTHORITY)
def test_a_notice_has_the_place_of_the_seal_and_says_that_it_has_none(kind: DocumentKind) -> None:
    """The authority, the day and the person's receipt stand at the end; a print from a kiosk is
    told from the sealed original."""
    document = sample(kind)
    assert document.seal is not None
    assert ("将乐县市场监督管理局", "2026年11月24日", "签收人和时间") == (
        document.seal.authority,
        document.seal.day,
        document.seal.receipt,
    )
    assert "没有盖章" in document.notices[-1]
    assert "原件请到窗口领取" in document.notices[-1]


@pytest.mark.parametrize("kind", set(DocumentKind) - set(OF_AN_AUTHORITY))
def test_nothing_else_has_a_seal(kind: DocumentKind) -> None:
    """A receipt, a promise or a slip is no act of the authority."""
    assert sample(kind).seal is None


@pytest.mark.parametrize("kind", OF_AN_AUTHORITY)
def test_what_a_notice_does_not_know_is_not_invented(kind: DocumentKind) -> None:
    """Legal basis and limit read 以窗口公布为准, the document's number and officer 见盖章原件."""
    known = values(sample(kind))
    assert ("见盖章原件", "以窗口公布为准") == (known["文书编号"], known["法律依据"])
    nothing = acceptance_notice(replace(HEAD, limit=None), replace(ACT, officer=""))
    unknown = {label for label, value in values(nothing).items() if value == "以窗口公布为准"}
    assert {"办结期限", "办理时限", "法律依据"} == unknown
    assert "见盖章原件" == values(nothing)["经办人"]


@pytest.mark.parametrize("kind", WITH_A_LIMIT)
def test_a_limit_without_a_source_is_marked(kind: DocumentKind) -> None:
    """The sample's limit is sample data: it is marked, and the mark is explained."""
    document = sample(kind)
    assert "1 个工作日（示例数据）" == values(document)["办理时限"]
    assert any("不是正式内容" in notice for notice in document.notices)


def test_two_notices_of_one_case_are_two_documents() -> None:
    """The print journal does not take the second return for a copy of the first."""
    first = supplement_notice(HEAD, ACT, missing=MISSING)
    second = supplement_notice(HEAD, replace(ACT, at=at(16, 20)), missing=MISSING)
    assert first.reference != second.reference
    assert first.reference == supplement_notice(HEAD, ACT, missing=MISSING[:1]).reference


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
    assert {"已填材料", "需带材料（示例数据）"} == set(headings(document))
    assert "收件时间" not in values(document)
    assert "尚未收到" in words(document)
    assert "自动上传" in words(document)


@pytest.mark.parametrize("kind", BEFORE_ACCEPTANCE)
def test_nothing_before_acceptance_is_called_accepted(kind: DocumentKind) -> None:
    """收件, 补正, 不予受理 and a promise are not 受理, and no line says 已经受理."""
    text = words(sample(kind))
    assert "已经受理" not in text
    assert "受理时间" not in text


def test_a_receipt_and_a_promise_say_that_they_are_not_acceptance() -> None:
    """Each says it in a sentence of its own."""
    assert "收件不等于受理" in words(receipt())
    assert "承诺不等于受理" in words(sample(DocumentKind.PROMISE))
    assert "这还不是受理" in words(sample(DocumentKind.SUPPLEMENT_NOTICE))


def test_a_mark_is_explained_only_where_it_stands() -> None:
    """A receipt that holds no sample data does not talk of any."""
    sourced = replace(HEAD, limit=Stated("1 个工作日"))
    plain = intake_receipt(sourced, received_at=at(9, 41), samples=True)
    assert "示例数据" not in words(plain)
    assert "1 个工作日" == values(plain)["办理时限"]
    marked = intake_receipt(sourced, received_at=at(9, 41), to_bring=("委托书",), samples=True)
    assert "不是正式内容" in words(marked)


def test_an_applicant_without_a_phone_has_no_phone_line() -> None:
    """A missing phone leaves no empty field."""
    assert "联系电话" not in words(receipt(head=replace(HEAD, phone="")))


def test_without_a_contact_the_office_calls_the_applicant() -> None:
    """Nobody is left out where only one person is known."""
    assert "张*" == values(receipt(head=replace(HEAD, contact="")))["联系人"]


def test_a_supplement_names_standard_and_reason_of_each_material() -> None:
    """Everything at once, counted; a standard that is not known is not invented."""
    document = sample(DocumentKind.SUPPLEMENT_NOTICE)
    listed = document.rows[0]
    assert "要补的材料（共 2 项）" == listed.heading
    assert [material.name for material in MISSING] == [row.text for row in listed.rows]
    assert ("要求：以窗口公布为准", "原因：来办的人不是申请人本人。") == listed.rows[1].below


def test_before_acceptance_silence_counts_as_acceptance_and_after_it_the_clock_stands() -> None:
    """The five days of 行政许可法 32 belong to the answer to a receipt alone."""
    before = words(supplement_notice(HEAD, ACT, missing=MISSING))
    after = words(supplement_notice(HEAD, ACT, missing=MISSING, accepted=True))
    assert ("第三十二条" in before, "第三十二条" in after) == (True, False)
    assert ("不算在办理时限里" in before, "不算在办理时限里" in after) == (False, True)


def test_acceptance_because_nobody_answered_says_why() -> None:
    """Only then does the notice name the article."""
    assert "第三十二条" in words(acceptance_notice(HEAD, ACT, deemed=True))
    assert "第三十二条" not in words(acceptance_notice(HEAD, ACT))


@pytest.mark.parametrize(
    "document",
    [sample(DocumentKind.REFUSAL_NOTICE), completion_notice(HEAD, ACT, approved=False, words="甲")],
    ids=["refused", "not approved"],
)
def test_a_decision_against_the_applicant_names_the_remedies(document: Document) -> None:
    """Review within 60 days, court within 6 months, and not as working days."""
    remedy = document.notices[0]
    assert "60 日内申请行政复议" in remedy
    assert "6 个月内向人民法院提起行政诉讼" in remedy
    assert "工作日" not in remedy


def test_an_approval_needs_no_remedies() -> None:
    """A good answer is not made to look like a bad one."""
    text = words(sample(DocumentKind.COMPLETION_NOTICE))
    assert "行政复议" not in text
    assert "准予" in text


def test_a_refusal_names_another_authority_only_where_there_is_one() -> None:
    """No line leads an applicant to nobody."""
    named = values(sample(DocumentKind.REFUSAL_NOTICE))
    assert "经营场所所在地的市场监督管理局" == named["有权受理"]
    assert "有权受理" not in values(refusal_notice(HEAD, ACT, reasons=("不属于本机关职权。",)))


def test_a_promise_names_form_deadline_and_consequence() -> None:
    """Each missing material has its form and its deadline; what is not known is not invented."""
    document = sample(DocumentKind.PROMISE)
    assert ("形式：复印件 1 份", "补交期限：受理后 5 个工作日内") == document.rows[0].rows[0].below
    assert "补交期限：以窗口公布为准" == document.rows[0].rows[1].below[1]
    assert f"到期没有补交：{CONSEQUENCE}" in document.notices
    unknown = promise(HEAD, signed_at=at(9, 40), promised=PROMISED)
    assert "到期没有补交：以窗口公布为准" in unknown.notices


def test_conditional_acceptance_lists_what_was_promised_before_what_was_received() -> None:
    """The list of the promise stands on the notice word for word."""
    promised, notice = sample(DocumentKind.PROMISE), sample(DocumentKind.CONDITIONAL_ACCEPTANCE)
    assert promised.rows == notice.rows[:1]
    assert "已收材料" == notice.rows[1].heading


def test_an_extension_shows_both_days_and_that_it_is_the_only_one() -> None:
    """Old day, working days added, new day, reason, at most once."""
    document = sample(DocumentKind.EXTENSION_NOTICE)
    known = values(document)
    assert ("2026年11月25日", "10 个工作日", "2026年12月9日") == (
        known["原定期限"],
        known["延长"],
        known["新的期限"],
    )
    assert "最多延期一次" in words(document)


WRITTEN = f"{HEAD.applicant}（{HEAD.id_number}）的电话 {HEAD.phone} 打不通。"


@pytest.mark.parametrize(
    "document",
    [
        supplement_notice(HEAD, ACT, missing=(MissingMaterial("委托书", WRITTEN, WRITTEN),)),
        supplement_notice(HEAD, ACT, missing=MISSING, deadline=WRITTEN),
        refusal_notice(HEAD, ACT, reasons=(WRITTEN,)),
        refusal_notice(HEAD, ACT, reasons=("甲",), apply_to=WRITTEN),
        extension_notice(HEAD, ACT, reason=WRITTEN, days=1, due_before=DUE, due=DUE),
        completion_notice(HEAD, ACT, approved=True, words=WRITTEN),
        completion_notice(HEAD, ACT, approved=True, collect=WRITTEN),
    ],
)
def test_what_an_officer_wrote_is_masked_too(document: Document) -> None:
    """Words that name the applicant and numbers show none of them whole, wherever they stand."""
    text = words(document)
    assert "张*（350428 ******** 0013）的电话 138 **** 0000 打不通。" in text
    assert WRITTEN not in text
