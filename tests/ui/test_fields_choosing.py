"""Choices, conditions, groups, addresses, files, promises and signatures, by touch."""

import pytest

from kiosk.forms.answers import (
    BRING_ORIGINAL,
    SUPPLY_LATER,
    Address,
    FileAnswer,
    KeptFile,
    Signature,
)
from kiosk.forms.questions import Condition, Defer, Option, Prefill, Question, QuestionKind
from kiosk.journeys.steps import Destination, Place


def choice(key: str, label: str, *labels: str, several: bool = False, **more) -> Question:
    return Question(
        id=key,
        kind=QuestionKind.CHOICES if several else QuestionKind.CHOICE,
        label=label,
        options=tuple(Option(key=f"k{i}", label=words) for i, words in enumerate(labels)),
        **more,
    )


PREMISES = choice("premises", "经营场所类型", "自有", "租用")
LEASE = Question(
    id="lease",
    kind=QuestionKind.TEXT,
    label="房东姓名",
    when=Condition(question="premises", one_of=("k1",)),
)
FAMILY = Question(
    id="family",
    kind=QuestionKind.GROUP,
    label="家庭成员",
    unit="人",
    min_rows=1,
    max_rows=4,
    fields=(
        Question(id="name", kind=QuestionKind.TEXT, label="姓名"),
        Question(id="relation", kind=QuestionKind.CHOICE, label="是您的",
                 options=(Option(key="spouse", label="配偶"), Option(key="child", label="子女"))),
    ),
)  # fmt: skip
ADDRESS = Question(id="address", kind=QuestionKind.ADDRESS, label="经营场所地址")
FILE = Question(id="file", kind=QuestionKind.FILE, label="租赁合同")
PROMISE = Question(
    id="promise", kind=QuestionKind.PROMISE, label="我已阅读并承诺", promise="以上内容真实。"
)


def test_one_option_at_a_time(hall):
    """A second choice replaces the first, and a mark besides the colour shows which stands."""
    hall.fill_in(PREMISES)
    hall.tap("自有")
    hall.tap("租用")
    assert hall.session.drafts["premises"] == "k1"
    assert [hall.control(words).chosen for words in ("自有", "租用")] == [False, True]
    assert hall.control("租用")._mark.icon != hall.control("自有")._mark.icon


def test_several_options_are_kept_in_their_order_and_taken_back(hall):
    """Several options stand together; a second touch takes one away."""
    hall.fill_in(choice("scope", "经营范围", "百货", "餐饮", "理发", several=True))
    for words in ("理发", "百货", "餐饮", "理发"):
        hall.tap(words)
    assert hall.session.drafts["scope"] == ("k0", "k1")


def test_more_options_than_fit_turn_pages_and_all_can_be_chosen(hall):
    """A long list is paged, never scrolled, and a choice on its last page counts."""
    labels = [f"第{number}种很长很长很长很长很长的经营范围" for number in range(30)]
    hall.fill_in(choice("scope", "经营范围", *labels, several=True))
    hall.tap(labels[0])
    while hall.control("下一页").enabled:
        hall.tap("下一页")
    hall.tap(labels[-1])
    assert hall.session.drafts["scope"] == ("k0", "k29")


def test_what_hangs_on_a_choice_comes_and_goes_without_losing_what_was_typed(hall):
    """The dependent question appears at once, vanishes with the choice, and comes back filled."""
    hall.fill_in(PREMISES, LEASE)
    assert not hall.shows("房东姓名")
    hall.tap("租用")
    hall.type("房东姓名", "abc")
    hall.tap("自有")
    assert not hall.shows("房东姓名")
    hall.tap("租用")
    assert hall.field("房东姓名").text_target.text == "abc"


def test_a_question_that_vanishes_while_it_is_corrected_leads_back_to_the_check_page(hall):
    """From the check page to a question that the new choice makes void, and back."""
    hall.fill_in(PREMISES, LEASE)
    hall.session.answers.update(premises="k1", lease="张三")
    hall.attendant.here = Destination(Place.FORM, question="lease", editing=True)
    hall.show()
    hall.tap("自有")
    hall.tap("保存并返回核对")
    assert hall.attendant.here.place is Place.REVIEW
    assert not hall.shows("张三")


def test_a_choice_made_here_survives_language_and_type_size(hall):
    """A screen built anew shows what was chosen and typed."""
    hall.fill_in(PREMISES, LEASE)
    hall.tap("租用")
    hall.type("房东姓名", "abc")
    hall.attendant.use_large_type(True)
    hall.frames()
    assert hall.control("租用").chosen
    assert hall.field("房东姓名").text_target.text == "abc"


def test_rows_of_a_group_are_added_corrected_and_deleted(hall):
    """A person is added on a page of its own, checked there, corrected and deleted."""
    hall.fill_in(FAMILY)
    hall.tap("添加一人")
    hall.type("姓名", "ab")
    hall.tap("保存")
    assert hall.shows("请选择")
    hall.tap("配偶")
    hall.tap("保存")
    assert hall.session.drafts["family"] == ({"name": "ab", "relation": "spouse"},)
    assert hall.shows("第 1 人 · a*")
    hall.tap("修改")
    hall.tap("子女")
    hall.tap("返回")
    assert hall.session.drafts["family"] == ({"name": "ab", "relation": "child"},)
    hall.tap("删除")
    hall.tap("保留")
    assert len(hall.session.drafts["family"]) == 1
    hall.tap("删除")
    hall.tap("删除")
    assert hall.session.drafts["family"] == ()


def test_a_row_left_half_filled_is_named_at_the_group(hall):
    """Nothing typed is lost with 返回, and the page says that the row is not complete."""
    hall.fill_in(FAMILY)
    hall.tap("添加一人")
    hall.type("姓名", "ab")
    hall.tap("返回")
    hall.tap("下一步")
    assert hall.shows("有 1 处需要改正")
    hall.tap("修改")
    assert hall.field("姓名").text_target.text == "ab"
    assert hall.shows("请选择")


def test_an_address_is_picked_from_the_own_county_down_and_completed(hall):
    """Two touches and the house number make an address of the county; a level up is one touch."""
    hall.fill_in(ADDRESS)
    hall.tap("经营场所地址")
    hall.until(lambda: hall.shows("古镛镇"))
    hall.tap("古镛镇")
    hall.until(lambda: hall.shows("胜利村"))
    hall.tap("将乐县")
    hall.until(lambda: not hall.shows("胜利村"))
    hall.tap("古镛镇")
    hall.until(lambda: hall.shows("胜利村"))
    hall.tap("胜利村")
    hall.until(lambda: hall.shows("福建省三明市将乐县古镛镇胜利村"))
    hall.type("经营场所地址", "nan lu")
    draft = hall.session.drafts["address"]
    assert draft.names == ("福建省", "三明市", "将乐县", "古镛镇", "胜利村")
    assert draft.code.startswith("350428100")
    assert draft.detail == "nan lu"


def test_an_address_elsewhere_is_reached_through_the_provinces(hall):
    """From 全国 down to a township of another province, which has no villages here."""
    hall.fill_in(ADDRESS)
    hall.tap("经营场所地址")
    hall.until(lambda: hall.shows("古镛镇"))
    hall.tap("全国")
    hall.until(lambda: hall.shows("浙江省"))
    for name, then in (("浙江省", "杭州市"), ("杭州市", "西湖区")):
        hall.tap(name)
        hall.until(lambda then=then: hall.shows(then))
    hall.tap("西湖区")
    hall.until(lambda: hall.shows("北山街道"))
    hall.tap("北山街道")
    hall.until(lambda: "address" in hall.session.drafts)
    assert hall.session.drafts["address"].names == ("浙江省", "杭州市", "西湖区", "北山街道")


def test_an_address_may_end_at_the_township(hall):
    """Who does not know the village's name ends at the township, once there."""
    hall.fill_in(ADDRESS)
    hall.tap("经营场所地址")
    hall.until(lambda: hall.shows("古镛镇"))
    assert hall.view.action() is None
    hall.tap("古镛镇")
    hall.until(lambda: hall.view.action() is not None)
    hall.tap("就选到这里")
    assert hall.session.drafts["address"] == Address(
        "350428100", ("福建省", "三明市", "将乐县", "古镛镇"), ""
    )


def test_the_original_is_brought_or_a_file_is_picked(hall, tmp_path):
    """Both ways of handing in a material, one at a time."""
    (tmp_path / "合同.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "notes.txt").write_text("x")
    hall.fill_in(FILE)
    hall.tap("带原件到窗口")
    assert hall.session.drafts["file"] == BRING_ORIGINAL
    hall.tap("选择文件")
    hall.until(lambda: hall.shows("合同.pdf"))
    assert not hall.shows("notes.txt")
    hall.tap("合同.pdf")
    hall.until(lambda: hall.session.drafts["file"] != BRING_ORIGINAL)
    assert hall.session.drafts["file"] == FileAnswer("合同.pdf", "application/pdf", b"%PDF-1.7")
    assert not hall.control("带原件到窗口").chosen


def test_a_folder_that_is_gone_leaves_the_way_to_the_window(hall, tmp_path):
    """A stick pulled out is said in words, and the original can still be brought."""
    tmp_path.rmdir()
    hall.fill_in(FILE)
    hall.tap("选择文件")
    hall.until(lambda: hall.shows("读不到文件"))
    hall.tap("返回")
    hall.tap("带原件到窗口")
    assert hall.session.drafts["file"] == BRING_ORIGINAL


def test_without_a_folder_only_the_original_can_be_brought(hall):
    """No button leads to a folder that the hall does not have."""
    hall.open(files=None)
    hall.fill_in(FILE)
    assert hall.shows("带原件到窗口")
    assert not hall.shows("选择文件")


def test_a_file_that_may_come_later_is_promised_with_its_deadline(hall):
    """容缺 stands with days and consequence where the material allows it, and is taken back."""
    hall.fill_in(FILE)
    assert not hall.shows("以后补交")
    later = Defer(days=5, consequence="逾期未补按撤回处理")
    hall.fill_in(FILE.model_copy(update={"defer": later}))
    assert hall.shows("5 个工作日内，逾期未补按撤回处理")
    hall.tap("先办理，以后补交")
    assert hall.session.drafts["file"] == SUPPLY_LATER
    hall.tap("带原件到窗口")
    assert not hall.control("先办理，以后补交").chosen
    hall.tap("先办理，以后补交")
    hall.tap("先办理，以后补交")
    assert hall.session.drafts["file"] == ""


def test_a_county_ends_the_address_of_an_office(hall):
    """The picker begins with the province, ends at the county, and nothing is typed."""
    hall.fill_in(ADDRESS.model_copy(update={"county": True, "inside": "35"}))
    assert not hall.shows("路名、门牌号等")
    hall.tap("经营场所地址")
    hall.until(lambda: hall.shows("三明市"))
    hall.tap("三明市")
    hall.until(lambda: hall.shows("泰宁县"))
    hall.tap("泰宁县")
    expected = Address("350429", ("福建省", "三明市", "泰宁县"), "")
    assert hall.session.drafts["address"] == expected
    assert hall.shows("福建省三明市泰宁县")
    hall.tap("下一步")
    assert hall.session.answers["address"] == expected


def test_a_promise_is_given_by_its_own_button(hall):
    """The text is read, the promise given and taken back."""
    hall.fill_in(PROMISE)
    assert hall.shows("以上内容真实。")
    hall.tap("下一步")
    assert hall.shows("请阅读承诺内容")
    hall.tap("我已阅读并承诺")
    assert hall.session.drafts["promise"] is True
    hall.tap("我已阅读并承诺")
    assert hall.session.drafts["promise"] is False


def test_a_signature_that_the_form_asks_for(hall):
    """Ink of a question is kept as strokes from the upper left corner."""
    hall.fill_in(Question(id="sign", kind=QuestionKind.SIGNATURE, label="申请人签名"))
    hall.draw(hall.control_named("signature"), ((0.25, 0.75), (0.75, 0.25)))
    drawn = hall.session.drafts["sign"]
    assert isinstance(drawn, Signature)
    assert [(round(x, 1), round(y, 1)) for x, y in drawn.strokes[0]] == [(0.2, 0.2), (0.8, 0.8)]


def test_what_the_card_says_is_shown_masked_and_cannot_be_changed(hall):
    """Name and number from the card are marked, locked and masked."""
    hall.fill_in(
        Question(id="name", kind=QuestionKind.TEXT, label="姓名", prefill=Prefill.NAME),
        Question(id="nation", kind=QuestionKind.TEXT, label="民族", prefill=Prefill.NATION),
        Question(
            id="number", kind=QuestionKind.RESIDENT_ID, label="公民身份号码", prefill=Prefill.NUMBER
        ),
    )
    assert hall.shows("来自身份证")
    assert hall.shows("张䶮")
    assert hall.shows("350428 ******** 0013")
    assert not hall.shows("350428195203140013")
    assert [hall.field(label).text_target for label in ("姓名", "公民身份号码")] == [None, None]
    assert hall.field("姓名").y == hall.field("民族").y


@pytest.mark.parametrize("folder", [True, False], ids=["folder", "no folder"])
def test_a_file_that_was_handed_in_before_is_kept_or_brought(hall, folder):
    """It stands there as what was chosen, whatever the hall offers, until another way is taken."""
    if not folder:
        hall.open(files=None)
    hall.session.answers["file"] = KeptFile("合同.pdf", "application/pdf")
    hall.fill_in(FILE)
    assert hall.control("以前交过的").chosen
    hall.tap("带原件到窗口" if folder else "以前交过的")
    assert hall.session.drafts["file"] == BRING_ORIGINAL
    assert not hall.shows("以前交过的")
