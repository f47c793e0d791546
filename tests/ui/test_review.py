"""The check page: corrections and back, the signature, and what is sent on."""

from form_fixtures import SIZES
from test_fields_choosing import LEASE, PREMISES
from test_fields_typing import NAME, PHONE

from kiosk.forms.answers import SUPPLY_LATER, FileAnswer
from kiosk.forms.questions import Defer, Prefill, Question, QuestionKind
from kiosk.journeys.steps import Destination, Place, Submit

OWNER = Question(id="owner", kind=QuestionKind.TEXT, label="姓名", prefill=Prefill.NAME)


def check(hall, *questions: Question, **answers) -> list:
    """Stand before the check page with these answers; the steps taken from there are recorded."""
    hall.fill_in(*questions)
    hall.session.answers.update(answers)
    hall.attendant.here = Destination(Place.REVIEW)
    hall.show()
    steps = []
    take = hall.attendant.take

    def record(step) -> None:
        steps.append(step)
        if not isinstance(step, Submit):
            take(step)

    hall.attendant.take = record
    return steps


def test_rows_show_masked_answers_and_only_own_ones_can_be_corrected(hall):
    """Card data has no 修改, and a phone number is masked."""
    check(hall, OWNER, PHONE, owner="张䶮", phone="13805980000")
    assert hall.shows("138 **** 0000")
    assert hall.shows("张䶮")
    assert len([text for text in hall.texts() if text == "修改"]) == 1


def test_a_correction_comes_back_to_the_check_page(hall):
    """修改 opens the question's page, and saving shows the new answer here."""
    check(hall, NAME, name="甲")
    hall.tap("修改字号名称")
    hall.type("字号名称", "ab")
    hall.tap("保存并返回核对")
    assert hall.attendant.here.place is Place.REVIEW
    assert hall.shows("甲ab")


def test_what_comes_later_is_promised_with_the_signature(hall):
    """容缺 is told with its deadline and what follows, before the signature that promises it; with
    nothing to come later, nothing is told."""
    lease = Question(
        id="lease",
        kind=QuestionKind.FILE,
        label="租赁合同",
        defer=Defer(days=5, consequence="逾期未补按撤回处理"),
    )
    plan = Question(id="plan", kind=QuestionKind.FILE, label="平面图")
    scan = FileAnswer("平面图.jpg", "image/jpeg", b"x")
    for size in SIZES.values():
        hall.size = size
        check(hall, lease, plan, lease=SUPPLY_LATER, plan=scan)
        told = ["".join(text.split()) for text in hall.texts()]
        assert "容缺受理承诺（1份已传·容缺1份）" in told
        assert "租赁合同在5个工作日内补交，逾期未补按撤回处理。签名即作出以上承诺。" in told
        pad = hall.control_named("signature")
        assert pad.height > hall.control("修改租赁合同").height
    check(hall, plan, plan=scan)
    assert not hall.shows("容缺")


def test_many_rows_turn_pages_inside_the_card(hall):
    """More answers than fit are on further pages, and none is missing."""
    questions = [NAME.model_copy(update={"id": f"n{i}", "label": f"名称 {i}"}) for i in range(20)]
    check(hall, *questions)
    seen = {text for text in hall.texts() if text.startswith("名称")}
    while hall.control("下一页").enabled:
        hall.tap("下一页")
        seen |= {text for text in hall.texts() if text.startswith("名称")}
    assert seen == {f"名称 {i}" for i in range(20)}


def test_unsigned_it_is_not_sent(hall):
    """Without ink, or with a single dot, the pad asks for the signature."""
    steps = check(hall, NAME, name="甲")
    hall.tap("提交申请")
    hall.draw(hall.control_named("signature"), ((0.5, 0.5),))
    hall.tap("提交申请")
    assert steps == []
    assert hall.view._signature._warning.parent is not None


def test_signed_it_is_sent_and_the_ink_survives_a_new_screen(hall):
    """Strokes go into the visit as they are drawn, and a rebuilt screen shows them."""
    steps = check(hall, NAME, name="甲")
    hall.draw(hall.control_named("signature"), ((0.1, 0.9), (0.5, 0.5), (0.9, 0.1)))
    hall.draw(hall.control_named("signature"), ((0.2, 0.2), (0.4, 0.2)))
    drawn = hall.session.signature
    assert [len(stroke) for stroke in drawn] == [3, 2]
    hall.show()
    assert hall.control_named("signature").strokes == drawn
    hall.tap("提交申请")
    assert steps == [Submit()]


def test_signing_anew_begins_with_an_empty_pad(hall):
    """重签 takes the ink away from pad and visit."""
    check(hall, NAME, name="甲")
    hall.draw(hall.control_named("signature"), ((0.1, 0.9), (0.9, 0.1)))
    hall.tap("重签")
    assert hall.session.signature == ()


def test_what_is_missing_is_shown_before_anything_is_sent(hall):
    """An answer that a correction made necessary is asked for, at its field, in words."""
    check(hall, PREMISES, LEASE, premises="k1")
    hall.draw(hall.control_named("signature"), ((0.1, 0.9), (0.9, 0.1)))
    hall.tap("提交申请")
    assert hall.attendant.here == Destination(Place.FORM, question="lease", editing=True)
    assert hall.shows("请填写这一项")
