"""The catalogue as it is shipped: complete, honest, and fit to be read at a kiosk."""

import json
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.models import Item, Kind, Limit, Origin, Provision, SelfServiceLevel
from kiosk.forms.prefill import prefilled
from kiosk.forms.questions import Prefill, Question, QuestionKind
from kiosk.identity import Assurance, Identity
from tests.people import HAMDAN_NOOR, MARIE_TREMBLAY, ZHANG_YAN_INSURED

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "config" / "catalogue"

COMPLETE = {
    "008": "乡村建设规划许可证核发",
    "020": "公租房承租资格确认",
    "021": "道路普通货物运输经营许可",
    "022": "道路货运车辆年度审验",
    "023": "道路货物运输驾驶员从业资格证换证/补证",
    "036": "义务教育阶段学生转学",
    "039": "最低生活保障对象认定",
    "040": "残疾人两项补贴资格认定",
    "041": "高龄津贴申领",
    "042": "临时救助申请",
    "044": "法律援助申请审查",
    "046": "人民调解申请",
    "053": "创业担保贷款资格审核",
    "072": "生育登记",
    "080": "烟草专卖零售许可证新办",
    "081": "烟草专卖零售许可证延续",
    "082": "烟草专卖零售许可证变更/停业/恢复营业",
    "083": "民生档案查阅利用",
    "085": "残疾人证新办",
    "086": "残疾人证换领/补办/迁移/注销",
    "087": "残疾人辅助器具适配申请",
    "100": "户口迁移",
    "101": "新生儿出生登记",
    "102": "居住证申领",
    "110": "企业职工退休申请",
    "111": "机关事业单位养老保险关系转移接续",
    "112": "社会保障卡申领/补换/挂失解挂",
    "113": "失业登记与失业保险金申领",
    "114": "流动人员人事档案接收/转递/证明",
    "116": "异地就医备案",
    "117": "医疗费用手工(零星)报销",
    "118": "生育津贴/生育医疗费支付",
    "119": "门诊特殊病种待遇认定",
    "120": "城乡居民基本医疗保险参保登记",
    "127": "购房提取住房公积金",
    "128": "外地户籍离职提取住房公积金",
    "130": "用水报装/过户",
    "131": "低压用电新装/过户",
    "132": "用气报装/过户",
    "133": "有线电视开户/报停/过户",
    "139": "个体工商户设立登记",
    "140": "企业设立登记(企业开办一件事)",
    "141": "企业/个体户变更登记",
    "142": "企业简易注销",
    "144": "食品经营许可(新办)",
    "145": "公章刻制备案",
    "146": "新生儿参加城乡居民基本医疗保险登记",
    "147": "未成年人社会保障卡申领",
    "148": "预防接种证办理",
    "149": "灵活就业登记",
    "150": "灵活就业人员企业职工基本养老保险参保登记",
    "151": "灵活就业人员职工基本医疗保险参保登记",
    "152": "灵活就业社会保险补贴申领",
    "153": "职工基本医疗保险在职转退休",
    "154": "离退休提取住房公积金",
    "155": "死亡人员户口注销",
    "156": "丧葬补助金和抚恤金申领",
    "157": "供养亲属遗属待遇申领",
    "158": "死亡人员医保个人账户余额返还",
    "159": "职工死亡提取住房公积金",
    "160": "新办企业社会保险登记和员工参保登记",
    "161": "单位住房公积金缴存登记开户",
    "162": "新办企业银行开户预约",
    "163": "新办纳税人票种核定和发票申领",
    "801": "企业开办一件事",
    "806": "新生儿出生一件事",
    "807": "灵活就业一件事",
    "809": "扶残助困一件事",
    "812": "企业职工退休一件事",
    "813": "公民身后一件事",
    "901": "办不成事反映",
    "902": "找茬（提意见）",
    "903": "服务态度投诉",
    "904": "业务办理投诉",
    "905": "帮办代办申请",
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(FOLDER)


def _limits(item: Item) -> Iterable[Limit]:
    return (limit for limit in (item.statutory, item.promised) if limit is not None)


def _questions(catalogue: Catalogue) -> list[Question]:
    """Every question of every form, the fields of groups among them."""
    found: list[Question] = []
    for item in catalogue.items:
        for question in item.form.questions if item.form else ():
            found += [question, *question.fields]
    return found


def test_all_items_are_there(catalogue: Catalogue) -> None:
    """The catalogue numbers run from 001 to 165 without a gap; the 13 life events follow,
    and what people tell the centre."""
    expected = [f"{n:03d}" for n in (*range(1, 166), *range(801, 814), *range(901, 906))]
    assert expected == [item.code for item in catalogue.items]


def test_kinds(catalogue: Catalogue) -> None:
    """The judgement of what can be done here does not change unnoticed."""
    expected = {Kind.FILE: 101, Kind.LOOK_UP: 10, Kind.GUIDE: 72}
    assert expected == Counter(item.kind for item in catalogue.items)


def test_what_needs_the_window_is_not_filed_here(catalogue: Catalogue) -> None:
    """Payments, certificates on A4, documents issued on the spot, fingerprints and faces, and
    what needs both parties are guides."""
    payment = {"090", "091", "093", "103", "129", "134"}
    issued = {"031", "092", "095", "098", "099", "104", "105", "124", "137", "143"}
    body = {"094", "096", "097", "109"}
    both_parties = {"122", "123", "125", "135", "136"}
    kinds = {item.code: item.kind for item in catalogue.items}
    assert {Kind.GUIDE} == {kinds[c] for c in payment | issued | body | both_parties}


def test_what_an_unproved_chip_is_good_for(catalogue: Catalogue) -> None:
    """Two filings that the window checks anyway, and what people tell the centre; no look-up shows
    anything for such a card, and the others take what is proved, scanned or vouched for."""
    proved = {Assurance.SAM_VERIFIED, Assurance.SCANNED_TOKEN, Assurance.VOUCHED}
    lenient = [item for item in catalogue.items if proved != set(item.accepts)]
    told = [item.code for item in catalogue.items if item.service]
    assert ["116", "120", *told] == [item.code for item in lenient]
    assert {Kind.FILE} == {item.kind for item in lenient}
    assert {frozenset(Assurance)} == {frozenset(item.accepts) for item in lenient}


def test_certificates_are_looked_up(catalogue: Catalogue) -> None:
    """What ends in a certificate of the citizen's own data is a look-up, whose slip says where
    the certificate itself is had; so are one's licences and traffic offences."""
    looked_up = [item for item in catalogue.items if item.kind is Kind.LOOK_UP]
    expected = ["088", "089", "107", "108", "115", "121", "126", "138"]
    assert [*expected, "164", "165"] == [item.code for item in looked_up]
    notes = {item.code: item.look_up.notes for item in looked_up if item.look_up is not None}
    assert all(any("窗口开具" in note for note in notes[code]) for code in expected)


def test_guide_level_stays_guide(catalogue: Catalogue) -> None:
    """What the list of items leaves to the window is a guide here, and never more."""
    levels = [i for i in catalogue.items if i.self_service.level is SelfServiceLevel.GUIDE]
    assert 46 == len(levels)
    assert {Kind.GUIDE} == {item.kind for item in levels}


def test_complete_items(catalogue: Catalogue) -> None:
    """These items ask everything, under their official names."""
    assert COMPLETE == {item.code: item.name for item in catalogue.items if item.complete}


def test_complete_forms_ask_in_small_groups(catalogue: Catalogue) -> None:
    """A section of a complete form holds at most four questions, and most have no typing."""
    for item in catalogue.items:
        if item.complete and item.form:
            assert 4 >= max(len(section.questions) for section in item.form.sections), item.code
            typed = [
                q
                for q in item.form.questions
                if q.kind is QuestionKind.TEXT and q.prefill is None and q.required and not q.when
            ]
            assert 1 >= len(typed), item.code


def test_self_employed_registration_keeps_its_labels(catalogue: Catalogue) -> None:
    """Tours find the phone and the kind of premises of item 139 by these very words."""
    form = catalogue.item("139").form
    assert form is not None
    by_label = {question.label: question for question in form.questions}
    assert QuestionKind.PHONE is by_label["手机号码"].kind
    premises = by_label["经营场所类型"]
    assert QuestionKind.CHOICE is premises.kind
    assert "租用" in [option.label for option in premises.options]


def test_labels_of_a_form_are_told_apart(catalogue: Catalogue) -> None:
    """No two questions that can stand on one page have the same label."""
    for item in catalogue.items:
        for section in item.form.sections if item.form else ():
            labels = [q.label for q in section.questions if q.kind is not QuestionKind.FILE]
            assert sorted(set(labels)) == sorted(labels), (item.code, section.id)


def test_every_kind_of_question_is_used(catalogue: Catalogue) -> None:
    """Every kind is asked somewhere; the signature is drawn on the check page of every form."""
    expected = set(QuestionKind) - {QuestionKind.SIGNATURE}
    assert expected == {question.kind for question in _questions(catalogue)}


def test_personal_numbers_are_private(catalogue: Catalogue) -> None:
    """Numbers of people, phones and accounts are masked wherever they are shown."""
    personal = {QuestionKind.RESIDENT_ID, QuestionKind.PHONE, QuestionKind.BANK_CARD}
    assert {True} == {q.private for q in _questions(catalogue) if q.kind in personal}


def test_every_form_knows_the_person_and_the_promise(catalogue: Catalogue) -> None:
    """Each form takes name and number from the card, a phone, and the promise of truth."""
    for item in catalogue.items:
        if item.form:
            prefills = {question.prefill for question in item.form.questions}
            ids = {question.id for question in item.form.questions}
            assert {Prefill.NAME, Prefill.NUMBER} <= prefills, item.code
            assert {"phone", "truthful"} <= ids, item.code


@pytest.mark.parametrize("person", [MARIE_TREMBLAY, HAMDAN_NOOR, ZHANG_YAN_INSURED])
def test_no_document_leads_to_a_dead_end(catalogue: Catalogue, person: Identity) -> None:
    """The number is locked as any document says it; of what a document does not say, a nation can
    be left out, and an address be written."""
    for form in (item.form for item in catalogue.items if item.form is not None):
        known = prefilled(form, person)
        open_ones = [q for q in form.questions if q.prefill is not None and q.id not in known]
        assert person.number == known["number"]
        assert {"nation", "card_address"} >= {question.id for question in open_ones}
        assert ["card_address"] == [question.id for question in open_ones if question.required]


def test_materials_that_are_brought_are_asked_for(catalogue: Catalogue) -> None:
    """A form with shared blocks alone asks for each material that is brought, by its name."""
    for item in catalogue.items:
        if item.form and not item.complete:
            brought = [m.name for m in item.materials if m.provision is Provision.BRING]
            asked = [q.label for q in item.form.questions if q.id.startswith("material_")]
            assert sorted(brought) == sorted(asked), item.code


def test_nothing_is_invented(catalogue: Catalogue) -> None:
    """What no source gives stays open, so that the screen reads 以窗口公布为准."""
    for item in catalogue.items:
        guide = item.guide
        unknown = {guide.place, guide.hours, guide.fees, guide.phone}
        assert {None} == unknown, item.code
        assert Origin.SAMPLE is guide.notes_origin or not guide.notes, item.code


def test_origins_of_limits(catalogue: Catalogue) -> None:
    """37 items have a limit with a source, each names it; the others are sample data."""
    sourced = [
        item
        for item in catalogue.items
        if any(limit.origin is not Origin.SAMPLE for limit in _limits(item))
    ]
    assert 37 == len(sourced)
    assert all(item.source for item in sourced)


def test_materials_are_never_shown_as_official(catalogue: Catalogue) -> None:
    """The lists of materials that have a source may be shortened: none is fully sourced."""
    expected = {Origin.SAMPLE: 171, Origin.PARTLY_SOURCED: 12}
    assert expected == Counter(item.materials_origin for item in catalogue.items)


def test_base_codes(catalogue: Catalogue) -> None:
    """Only the six items whose source gives a 基本编码 have one."""
    expected = {"015", "047", "063", "066", "073", "076"}
    assert expected == {item.code for item in catalogue.items if item.base_code}


def test_fields_and_departments(catalogue: Catalogue) -> None:
    """Eight fields and the windows without distinction, which stand for 21 departments; each
    department has an item, and each field an icon in the font."""
    expected = [
        *("社保", "医保", "公安", "商事登记", "不动产登记", "婚姻登记", "税务"),
        *("市政公用服务", "无差别综合窗口"),
    ]
    assert expected == [field.name for field in catalogue.fields]
    general = [d for d in catalogue.departments if d.field == "general"]
    assert 21 == len(general)
    assert {d.key for d in catalogue.departments} == {i.department for i in catalogue.items}
    glyphs = json.loads((ROOT / "assets" / "icons" / "icons.json").read_text(encoding="utf-8"))
    assert set() == {field.icon for field in catalogue.fields} - set(glyphs)


def test_services_of_the_centre_stand_in_no_list(catalogue: Catalogue) -> None:
    """Complaints and requests for help are no items of a department; a complaint about business
    names any department by its key, or the centre where it is not known."""
    listed = {i.code for d in catalogue.departments for i in catalogue.items_of(d.key, Kind.FILE)}
    services = [item for item in catalogue.items if item.service]
    assert ["901", "902", "903", "904", "905"] == [item.code for item in services]
    assert set() == listed & {item.code for item in services}
    form = catalogue.item("904").form
    assert form is not None
    options = next(q for q in form.questions if q.id == "department").options
    assert {d.key for d in catalogue.departments} == {option.key for option in options}
    named = {option.key: option.label for option in options if option.key != "service_centre"}
    assert named == {key: catalogue.department(key).name for key in named}


def test_loading_is_quick() -> None:
    """The whole catalogue is read and checked in 0.4 s of its worker's time at most."""
    durations = []
    for _ in range(3):
        begun = time.thread_time()
        load_catalogue(FOLDER)
        durations.append(time.thread_time() - begun)
    assert 0.4 >= min(durations)
