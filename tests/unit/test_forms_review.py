"""What the citizen checks before signing, and what a bystander may read of it."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.forms.answers import (
    AT_HAND,
    BRING_ORIGINAL,
    SUPPLY_LATER,
    Address,
    Answer,
    FileAnswer,
    Signature,
)
from kiosk.forms.grouping import grouped
from kiosk.forms.questions import Form, Question, QuestionKind
from kiosk.forms.review import (
    ReviewRow,
    materials_counted,
    promised_later,
    review_rows,
    shown,
)
from kiosk.forms.typed_text import compact
from kiosk.language import Language, load_english, speak


@pytest.fixture
def english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An English catalogue of three words, spoken for one test."""
    locale = tmp_path_factory.mktemp("locale")
    messages = locale / "en" / "LC_MESSAGES"
    messages.mkdir(parents=True)
    (messages / "kiosk.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "租用"\nmsgstr "Rented"\n\nmsgid "男"\nmsgstr "Male"\n\n'
        'msgid "平方米"\nmsgstr "m²"\n',
        encoding="utf-8",
    )
    load_english(locale)
    speak(Language.ENGLISH)
    yield
    speak(Language.CHINESE)


def question(kind: str, **more: object) -> Question:
    return Question.model_validate({"id": "q", "kind": kind, "label": "题"} | more)


OPTIONS = [{"key": "own", "label": "自有"}, {"key": "rent", "label": "租用"}]
MEMBERS = [
    {"id": "relation", "kind": "choice", "label": "关系", "options": OPTIONS},
    {"id": "name", "kind": "text", "label": "姓名"},
    {"id": "number", "kind": "resident_id", "label": "公民身份号码"},
]
PLACE = Address("350428102202", ("福建省", "三明市", "将乐县", "高唐镇", "常口村"), "3 号")
LATER = {"days": 5, "consequence": "逾期未补按撤回处理"}
TWO = ({"relation": "own", "name": "李四", "number": "350428195203140013"}, {"name": "王小五"})


@pytest.mark.parametrize(
    ("asked", "answer", "expected"),
    [
        (question("text"), None, "未填"),
        (question("text"), "张记擂茶店", "张记擂茶店"),
        (question("text", private=True), "高血压", "****"),
        (question("number", unit="平方米"), "42", "42 平方米"),
        (question("number", unit="元", private=True), "4200", "****"),
        (question("phone"), "13805980000", "138 **** 0000"),
        (question("resident_id"), "350428195203140013", "350428 ******** 0013"),
        (question("credit_code"), "91350100M000100Y43", "91350100M000100Y43"),
        (question("credit_code", private=True), "91350100M000100Y43", "****"),
        (question("bank_card"), "4111111111111111", "******** 1111"),
        (question("date"), "2026-01-02", "2026年1月2日"),
        (question("date", private=True), "2026-01-02", "****"),
        (question("choice", options=OPTIONS), "rent", "租用"),
        (question("choice", options=OPTIONS, private=True), "rent", "****"),
        (question("choices", options=OPTIONS), ("own", "rent"), "自有、租用"),
        (question("choices", options=OPTIONS, private=True), ("own", "rent"), "****"),
        (question("choices", options=OPTIONS, required=False), (), "未填"),
        (question("address"), PLACE, "福建省三明市将乐县高唐镇常口村3 号"),
        (question("address", private=True), PLACE, "福建省三明市将乐县高唐镇常口村****"),
        (question("group", fields=MEMBERS, unit="人"), TWO, "2 人：李*、王**"),
        (question("group", fields=MEMBERS, unit="人", private=True), TWO, "2 人"),
        (question("group", fields=MEMBERS), (), "未填"),
        (question("group", fields=MEMBERS[:1]), ({"relation": "own"},), "1 项：****"),
        (question("file"), FileAnswer("照片.jpg", "image/jpeg", b"x"), "照片.jpg（已选）"),
        (question("file", private=True), FileAnswer("病历.pdf", "a/b", b"x"), "已选"),
        (question("file"), BRING_ORIGINAL, "带原件到窗口"),
        (question("file", licence="结婚证"), AT_HAND, "电子证照，免提交"),
        (question("file", defer=LATER), SUPPLY_LATER, "容缺，5 个工作日内补交"),
        (question("promise", promise="属实。"), True, "已承诺"),
        (question("signature"), Signature((((0.1, 0.1), (0.2, 0.2)),)), "已签名"),
    ],
)
def test_answers_are_shown_in_words_and_masked(
    asked: Question, answer: Answer | None, expected: str
) -> None:
    """Labels instead of keys, dates and units in words; numbers and private answers masked."""
    assert expected == shown(asked, answer)


@pytest.mark.usefixtures("english")
def test_answers_are_shown_in_english() -> None:
    """Labels, units, dates and the words that the card's codes stand for are translated; what
    the citizen typed is not."""
    assert "Rented" == shown(question("choice", options=OPTIONS), "rent")
    assert "24 Nov 2026" == shown(question("date"), "2026-11-24")
    assert "42 m²" == shown(question("number", unit="平方米"), "42")
    assert "Male" == shown(question("text", prefill="sex"), "男")
    assert "租用" == shown(question("text"), "租用")


def test_rows_follow_the_questions_asked_and_locked_ones_cannot_be_changed() -> None:
    """One row for each asked question in order; what came from the card has no 修改."""
    form = Form.model_validate(
        {
            "sections": [
                {
                    "id": "s",
                    "title": "组",
                    "questions": [
                        {"id": "name", "kind": "text", "label": "姓名", "prefill": "name"},
                        {"id": "place", "kind": "choice", "label": "场所", "options": OPTIONS},
                        {
                            "id": "rent",
                            "kind": "number",
                            "label": "租金",
                            "when": {"question": "place", "one_of": ["rent"]},
                        },
                    ],
                }
            ]
        }
    )
    expected = (
        ReviewRow("name", "姓名", "张三", editable=False),
        ReviewRow("place", "场所", "自有", editable=True),
    )
    answers: dict[str, Answer] = {"name": "张三", "place": "own", "rent": "5"}
    assert expected == review_rows(form, answers, {"name"})
    assert "张三" not in repr(review_rows(form, answers, {"name"}))


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        (QuestionKind.PHONE, "1380598", "138 0598"),
        (QuestionKind.PHONE, "138059800001", "138 0598 00001"),
        (QuestionKind.PHONE, "05982322345", "05982322345"),
        (QuestionKind.BANK_CARD, "62220212345678901", "6222 0212 3456 7890 1"),
        (QuestionKind.RESIDENT_ID, "35042819520314001x", "350428 19520314 001x"),
        (QuestionKind.TEXT, "张 三", "张 三"),
    ],
)
def test_numbers_are_grouped_as_people_read_them(
    kind: QuestionKind, typed: str, expected: str
) -> None:
    """Each kind has its own groups, also for a number half typed or one digit too long."""
    assert expected == grouped(kind, typed)


@given(
    st.sampled_from([QuestionKind.PHONE, QuestionKind.BANK_CARD, QuestionKind.RESIDENT_ID]),
    st.text("0123456789X", max_size=25),
)
def test_grouping_loses_nothing_and_is_stable(kind: QuestionKind, typed: str) -> None:
    """Taking the spaces out gives what was typed, and grouping twice changes nothing."""
    once = grouped(kind, typed)
    assert typed == compact(once)
    assert once == grouped(kind, once)


def test_what_comes_later_is_promised_in_words() -> None:
    """Each material that comes later is named with its deadline and what follows; the count says
    how many come which way, and what is not asked for counts nowhere."""
    files = [
        {"id": f"m{number}", "kind": "file", "label": f"证明{number}", "defer": LATER}
        for number in range(5)
    ]
    files[4]["when"] = {"question": "own", "one_of": ["rent"]}
    own = {"id": "own", "kind": "choice", "label": "场所", "options": OPTIONS}
    section = {"id": "s", "title": "材料", "questions": [own, *files]}
    asked = Form.model_validate({"sections": [section]})
    scan = FileAnswer("a.jpg", "image/jpeg", b"x")
    answers = {
        "own": "own",
        "m0": scan,
        "m1": SUPPLY_LATER,
        "m2": BRING_ORIGINAL,
        "m3": AT_HAND,
        "m4": SUPPLY_LATER,
    }
    assert ("证明1在 5 个工作日内补交，逾期未补按撤回处理。",) == promised_later(asked, answers)
    expected = "1 份已传 · 1 份免提交 · 1 份带到窗口 · 容缺 1 份"
    assert expected == materials_counted(asked, answers)
    assert "" == materials_counted(asked, {"own": "own"})
