"""Which paper each page gives, and what stands on it of what the intake answered."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from dossier_samples import (
    BOOKED,
    BUNDLE,
    DOSSIER,
    EXTENDED,
    FINISHED,
    NOT_APPROVED,
    REFUSED,
    RETURNED,
    TICKET,
    TOGETHER,
    WINDOWS,
    at,
    case,
    event,
    places,
    visit,
)
from paper_samples import ISSUER, TERMINAL, words
from visits import CATALOGUE, Orders

from kiosk.catalogue.models import Provision
from kiosk.devices import PrintOutcome
from kiosk.documents.document import Document, DocumentKind
from kiosk.forms.answers import BRING_ORIGINAL, SUPPLY_LATER, FileAnswer
from kiosk.forms.questions import Question, QuestionKind
from kiosk.intake.contract import CHINA_TIME, CaseStage
from kiosk.intake.contract.dossier import CaseSheet, EventKind
from kiosk.journeys.acts import WHICH, supply_form, withdraw_form
from kiosk.journeys.issuer import Issuer
from kiosk.journeys.item_paper import guide_for
from kiosk.journeys.notices_told import notice_buttons
from kiosk.journeys.paper import paper_for
from kiosk.journeys.printing import print_page
from kiosk.journeys.receipts import promise_for
from kiosk.journeys.steps import Destination, Open, Place, Subject
from kiosk.session import Acting, ActKind, CaseAsked, Filed, FiledPart, Session
from tests.people import ZHANG_YAN

HALL = Issuer(ISSUER, TERMINAL)
DONE = Destination(Place.DONE)
KEPT = datetime(2026, 11, 24, 9, 41, tzinfo=CHINA_TIME)


def known() -> Session:
    session = visit()
    office = session.office
    office.dossier, office.windows, office.ticket = DOSSIER, WINDOWS, TICKET
    return session


def paper(session: Session, here: Destination) -> Document:
    document = paper_for(HALL, CATALOGUE, session, here)
    assert document is not None
    return document


def promising() -> tuple[Session, Question]:
    """A visit that filed an item, and the question for a material that may be answered later."""
    item, question = next(
        (item, question)
        for item in CATALOGUE.items
        if item.form is not None and not item.parts
        for question in item.form.questions
        if question.kind is QuestionKind.FILE and question.defer and question.when is None
        if (question.label, Provision.BRING) in [(m.name, m.provision) for m in item.materials]
    )
    filed = Filed("JL03-261124-K7QM2X", KEPT, "350428261124000037", KEPT)
    return replace(visit(), item=item, filed=filed), question


def to_bring(session: Session) -> list[str]:
    listed = lists(paper(session, DONE)).items()
    return [row[0] for heading, rows in listed if heading.startswith("需带材料") for row in rows]


def values(document: Document) -> dict[str, str]:
    return {field.label: field.value for field in document.fields}


def lists(document: Document) -> dict[str, list[tuple[str, ...]]]:
    return {
        listed.heading: [(row.text, *row.below) for row in listed.rows] for listed in document.rows
    }


@pytest.mark.parametrize(
    ("sheet", "kind"),
    [
        (RETURNED, DocumentKind.SUPPLEMENT_NOTICE),
        (EXTENDED, DocumentKind.EXTENSION_NOTICE),
        (FINISHED, DocumentKind.COMPLETION_NOTICE),
        (REFUSED, DocumentKind.REFUSAL_NOTICE),
        (NOT_APPROVED, DocumentKind.PROGRESS_SLIP),
        (DOSSIER.cases[0], DocumentKind.PROGRESS_SLIP),
    ],
    ids=lambda each: each.stage if isinstance(each, CaseSheet) else each,
)
def test_a_case_prints_the_notice_of_its_newest_act(sheet: CaseSheet, kind: DocumentKind) -> None:
    """Or how far it is, where the newest act is one of which nothing is noticed."""
    document = paper(known(), at(Subject.CASE, sheet.number))
    assert (kind, sheet.number) == (document.kind, document.number)


def test_an_earlier_notice_is_opened_and_printed_by_itself() -> None:
    """A case that was accepted with a promise and then returned has both, the newer first."""
    opened = [button.step for button in notice_buttons(RETURNED)]
    number = RETURNED.number
    assert [
        Open(Subject.CASE, f"{number}/returned"),
        Open(Subject.CASE, f"{number}/accepted_with_promise"),
    ] == opened
    document = paper(known(), at(Subject.CASE, f"{number}/accepted_with_promise"))
    assert DocumentKind.CONDITIONAL_ACCEPTANCE is document.kind
    assert [("委托书", "形式：以窗口公布为准", "补交期限：以窗口公布为准")] == lists(document)[
        "暂缺的材料（共 2 项）"
    ][:1]


def test_a_supplement_notice_lists_what_is_still_missing_with_its_last_day() -> None:
    """And says that the clock stands, because the case was accepted before."""
    document = paper(known(), at(Subject.CASE, RETURNED.number))
    assert [("租赁合同", "要求：双方签名", "原因：第 2 页没有签名。")] == lists(document)[
        "要补的材料（共 1 项）"
    ]
    assert "2026年12月4日" == values(document)["补交期限"]
    assert "不算在办理时限里" in words(document)


def test_an_extension_names_the_limit_before_and_after() -> None:
    """The day before from the event before, and the new one with its mark."""
    known_values = values(paper(known(), at(Subject.CASE, EXTENDED.number)))
    assert ("2026年12月1日", "2027年1月8日（暂定）") == (
        known_values["原定期限"],
        known_values["新的期限"],
    )


def test_a_completion_tells_every_way_to_the_result() -> None:
    """The window and the electronic one; the case's item has a sample promise, marked as such."""
    document = paper(known(), at(Subject.CASE, FINISHED.number))
    assert (
        "带身份证到窗口领取：综合窗口 06；电子件可以在自助终端上用手机扫码领取"
        == values(document)["领取方式"]
    )
    assert "准予" == values(document)["办理结果"]


def test_a_completion_against_the_applicant_has_the_remedies() -> None:
    """Found among the earlier notices of a delivered case."""
    document = paper(known(), at(Subject.CASE, f"{NOT_APPROVED.number}/finished"))
    assert "不予批准" == values(document)["办理结果"]
    assert "行政复议" in words(document)


def test_what_was_only_to_be_answered_has_its_answer_on_paper() -> None:
    """A complaint is neither approved nor collected."""
    session = known()
    finished = event(EventKind.FINISHED, 9, "已经联系您，问题解决了。")
    answered = case(CaseStage.FINISHED, 91, item="904", events=(finished,))
    session.office.dossier = DOSSIER.model_copy(update={"cases": (answered,)})
    document = paper(session, at(Subject.CASE, answered.number))
    assert "已经答复" == values(document)["办理结果"]
    assert [("已经联系您，问题解决了。",)] == lists(document)["答复"]
    assert "领取方式" not in values(document)


def test_a_case_of_an_item_unknown_here_still_has_its_notice() -> None:
    """Without a limit that nobody knows."""
    session = known()
    unknown = case(CaseStage.ACCEPTED, 90, item="999", events=(event(EventKind.ACCEPTED, 0),))
    session.office.dossier = DOSSIER.model_copy(update={"cases": (unknown,)})
    document = paper(session, at(Subject.CASE, unknown.number))
    assert DocumentKind.ACCEPTANCE_NOTICE is document.kind
    assert "以窗口公布为准" == values(document)["办件类型"]


def test_a_receipt_s_case_prints_nobody_s_name() -> None:
    """State and limit alone, as on the screen."""
    session = Session(case=CaseAsked("1", FINISHED.number, CaseStage.REVIEW, due=date(2026, 12, 9)))
    document = paper(session, Destination(Place.CASE))
    assert {"当前进度", "办结期限", "查询时间", "查询终端"} == set(values(document))
    assert () == document.rows


def test_a_life_event_prints_the_progress_of_all_its_cases() -> None:
    """Each by its own number."""
    document = paper(known(), at(Subject.BUNDLE, BUNDLE))
    (listed,) = lists(document).values()
    assert [f"收件编号：{case.number}" for case in TOGETHER] == [row[1] for row in listed]


def test_supplied_materials_have_a_receipt() -> None:
    """What was attached was handed in, what is brought is still to come; while the intake has not
    got it the slip has the kiosk's own number. Another act has none."""
    session = known()
    session.acting = Acting(ActKind.SUPPLY, RETURNED, supply_form(RETURNED))
    session.answers = {
        WHICH: ("material_1", "material_3"),
        "material_1": FileAnswer("a.jpg", "image/jpeg", b"\xff\xd8\xff"),
        "material_3": BRING_ORIGINAL,
    }
    here, filed = at(Subject.ACTED, RETURNED.number), Filed("JL03-261124-K7QM2Z", KEPT)
    assert paper_for(HALL, CATALOGUE, session, here) is None
    session.filed = filed
    assert (filed.reference, "暂存凭证（待上传）") == (
        paper(session, here).number,
        paper(session, here).title,
    )
    session.filed = replace(filed, number=RETURNED.number, received_at=KEPT)
    document = paper(session, here)
    assert (RETURNED.number, filed.reference) == (document.number, document.reference)
    assert [("租赁合同",)] == lists(document)["已收材料"]
    assert [("户口簿",)] == lists(document)["需带材料"]
    session.acting = Acting(ActKind.WITHDRAW, RETURNED, withdraw_form())
    assert paper_for(HALL, CATALOGUE, session, here) is None


def test_a_booking_prints_where_when_and_the_rule_for_not_coming() -> None:
    """With the code to show; a cancelled one prints nothing."""
    document = paper(known(), at(Subject.BOOKING, BOOKED))
    assert document.qr is not None
    assert (BOOKED, "09:00–09:30") == (document.qr.content, values(document)["预约时段"])
    assert WINDOWS.no_show in document.notices
    cancelled = known()
    cancelled.office.cancelled = BOOKED
    assert paper_for(HALL, CATALOGUE, cancelled, at(Subject.BOOKING, BOOKED)) is None


def test_a_ticket_prints_its_number_and_the_people_ahead() -> None:
    """As the screen has them."""
    document = paper(known(), at(Subject.TICKET, TICKET.window))
    assert (TICKET.number, "4 人") == (document.number, values(document)["前面等候"])


def test_no_page_prints_before_anything_is_known() -> None:
    """Nor do pages that tell nothing for paper."""
    empty = [here for here in places() if paper_for(HALL, CATALOGUE, visit(), here) is not None]
    assert [] == empty
    assert paper_for(HALL, CATALOGUE, Session(), DONE) is None


def test_a_life_event_has_one_receipt_with_the_number_of_each_case() -> None:
    """One that the intake has not got yet says so, and then the whole is no receipt."""
    filed = Filed(
        "JL03-261124-K7QM2X",
        KEPT,
        parts=(
            FiledPart("026", "JL03-261124-K7QM2Y", "350428261124000041"),
            FiledPart("020", "JL03-261124-K7QM2Z", None),
        ),
    )
    session = replace(visit(), filed=filed)
    document = paper(session, DONE)
    assert (DocumentKind.BUNDLE_RECEIPT, filed.reference) == (document.kind, document.number)
    assert "暂存凭证（待上传）" == document.title
    assert ["收件编号：350428261124000041", "待上传"] == [
        row[2] for row in lists(document)["同时办理的事项（共 2 项）"]
    ]


def test_what_is_handed_in_later_is_promised_on_paper() -> None:
    """On the receipt with the last day, and on a promise of its own with what follows else; what
    was attached or is to come later is not to be brought."""
    session, question = promising()
    assert promise_for(HALL, CATALOGUE, session) is None
    session.answers[question.id] = SUPPLY_LATER
    assert "暂缺的材料（共 1 项）" in lists(paper(session, DONE))
    promised = promise_for(HALL, CATALOGUE, session)
    assert promised is not None
    assert DocumentKind.PROMISE is promised.kind
    assert question.defer is not None
    assert question.defer.consequence in words(promised)
    session.answers[question.id] = FileAnswer("a.jpg", "image/jpeg", b"\xff\xd8\xff")
    assert promise_for(HALL, CATALOGUE, session) is None
    assert question.label not in to_bring(session)
    session.answers[question.id] = BRING_ORIGINAL
    assert question.label in to_bring(session)


@pytest.mark.parametrize("item", CATALOGUE.items, ids=lambda item: item.code)
def test_every_item_has_a_guide_on_paper(item) -> None:
    """All materials are told once, and none that is a sample without its mark."""
    document = guide_for(HALL, CATALOGUE, item, date(2026, 11, 25))
    assert (DocumentKind.ITEM_GUIDE, item.code) == (document.kind, document.number)
    (materials,) = (rows for heading, rows in lists(document).items() if "申请材料" in heading)
    assert [material.name for material in item.materials] == [
        row[0] for row in materials if row[0] != "以窗口公布为准"
    ]


def test_the_guide_says_what_a_material_has_to_be_like() -> None:
    """Its standard, an example of what has to be written, and whether it may come later."""
    document = guide_for(HALL, CATALOGUE, CATALOGUE.item("036"), date(2026, 11, 25))
    (materials,) = (rows for heading, rows in lists(document).items() if "申请材料" in heading)
    (how,) = (row[1] for row in materials if row[0] == "居住证明")
    assert [
        "请带到窗口",
        "租赁合同、房产证明或村居开的证明",
        "样例：某某一家现住本社区某路某号。社区盖章，年月日",
        "有电子证照的免交",
        "可以容缺，受理后 3 个工作日内补交",
    ] == how.split("；")


def test_the_answer_to_a_look_up_carries_its_proof() -> None:
    """Scanned far from any network it says what the intake answered; without one the number."""
    session = Session(item=CATALOGUE.item("107"), identity=ZHANG_YAN)
    session.look_up_rows, session.look_up_number = (("参保状态", "正常"),), "88012345"
    here = Destination(Place.LOOK_UP)
    assert "88012345" == getattr(paper(session, here).qr, "content", None)
    session.look_up_proof = "header.claims.signature"
    content = getattr(paper(session, here).qr, "content", "")
    assert content.startswith("header.claims.signature.")


def test_the_promise_follows_the_receipt_and_comes_once() -> None:
    """As soon as the receipt is out, not before and not after; where it failed, it is the promise
    that is printed again."""
    session, question = promising()
    session.answers[question.id] = SUPPLY_LATER
    orders = Orders()

    def prints(second: bool) -> DocumentKind | None:
        if not print_page(session, DONE, HALL, CATALOGUE, orders, second):
            return None
        _job, document = orders.of("print")[-1]
        return document.kind

    def came(outcome: PrintOutcome) -> None:
        assert session.printed is not None
        session.printed = replace(session.printed, outcome=outcome)

    assert prints(second=True) is None
    assert DocumentKind.INTAKE_RECEIPT is prints(second=False)
    assert prints(second=True) is None
    came(PrintOutcome.CONFIRMED)
    assert DocumentKind.PROMISE is prints(second=True)
    came(PrintOutcome.FAILED)
    assert prints(second=True) is None
    assert DocumentKind.PROMISE is prints(second=False)
