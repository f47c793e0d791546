"""Which answers stand, in which form they are kept, and what the citizen reads otherwise."""

from datetime import date
from string import Formatter

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
    to_json,
)
from kiosk.forms.problem import Problem, Reason, words
from kiosk.forms.questions import DateRange, Option, Question, QuestionKind
from kiosk.forms.validation import Accepted, Rejected, RowProblem, check

TODAY = date(2026, 11, 24)
VILLAGE = ("福建省", "三明市", "将乐县", "高唐镇", "常口村")


def question(kind: QuestionKind, **more: object) -> Question:
    needed: dict[str, object] = {}
    if kind in (QuestionKind.CHOICE, QuestionKind.CHOICES):
        needed["options"] = (Option(key="own", label="自有"), Option(key="rent", label="租用"))
    if kind is QuestionKind.GROUP:
        needed["fields"] = (
            Question(id="name", kind=QuestionKind.TEXT, label="姓名"),
            Question(id="number", kind=QuestionKind.RESIDENT_ID, label="公民身份号码"),
        )
    if kind is QuestionKind.PROMISE:
        needed["promise"] = "以上内容属实。"
    return Question.model_validate({"id": "q", "kind": kind, "label": "题"} | needed | more)


LATER = {"days": 5, "consequence": "逾期未补按撤回处理"}

ACCEPTED: list[tuple[Question, Answer | None, Answer | None]] = [
    (question(QuestionKind.TEXT), "  张记\n擂茶店 ", "张记 擂茶店"),
    (question(QuestionKind.TEXT), "张\u200b三\ud800", "张三"),
    (question(QuestionKind.TEXT), "𬭎䶮〇", "𬭎䶮〇"),
    (question(QuestionKind.TEXT, required=False), " \u3000", None),
    (question(QuestionKind.TEXT, max_length=2), "𬭎䶮", "𬭎䶮"),
    (question(QuestionKind.NUMBER), "０１２", "12"),
    (question(QuestionKind.NUMBER), "1,200", "1200"),
    (question(QuestionKind.NUMBER), "5.0", "5"),
    (question(QuestionKind.NUMBER), "-0", "0"),
    (question(QuestionKind.NUMBER, decimals=2), "７。５０", "7.5"),
    (question(QuestionKind.NUMBER, minimum=-5), "－3", "-3"),
    (question(QuestionKind.NUMBER, minimum=1, maximum=9), "9", "9"),
    (question(QuestionKind.NUMBER, minimum=1, maximum=9), "1", "1"),
    (question(QuestionKind.PHONE), "138 0598 0000", "13805980000"),
    (question(QuestionKind.RESIDENT_ID), "１１０１０５ 19491231 002ｘ", "11010519491231002X"),
    (question(QuestionKind.CREDIT_CODE), "91350100m000100y43", "91350100M000100Y43"),
    (question(QuestionKind.BANK_CARD), "4111 1111 1111 1111", "4111111111111111"),
    (question(QuestionKind.DATE), "2026-11-24", "2026-11-24"),
    (question(QuestionKind.DATE), "20240229", "2024-02-29"),
    (question(QuestionKind.DATE), "2026年1月2日", "2026-01-02"),
    (question(QuestionKind.DATE), "2026/1/2", "2026-01-02"),
    (question(QuestionKind.DATE, date_range=DateRange.PAST), "2026-11-24", "2026-11-24"),
    (question(QuestionKind.DATE, date_range=DateRange.FUTURE), "2026-11-24", "2026-11-24"),
    (question(QuestionKind.CHOICE), "rent", "rent"),
    (question(QuestionKind.CHOICE, required=False), None, None),
    (question(QuestionKind.CHOICES), ("rent", "own", "rent"), ("own", "rent")),
    (question(QuestionKind.CHOICES, required=False), (), None),
    (
        question(QuestionKind.ADDRESS),
        Address("350428102202", VILLAGE, " 3 号 "),
        Address("350428102202", VILLAGE, "3 号"),
    ),
    (
        question(QuestionKind.ADDRESS, min_length=0),
        Address("350428102202", VILLAGE, ""),
        Address("350428102202", VILLAGE, ""),
    ),
    (
        question(QuestionKind.ADDRESS),
        Address("81", ("香港特别行政区",), "弥敦道 1 号"),
        Address("81", ("香港特别行政区",), "弥敦道 1 号"),
    ),
    (question(QuestionKind.ADDRESS, required=False), Address("", (), " "), None),
    (question(QuestionKind.GROUP), None, ()),
    (
        question(QuestionKind.GROUP, min_rows=1),
        ({"name": " 李四 ", "number": "11010519491231002x"},),
        ({"name": "李四", "number": "11010519491231002X"},),
    ),
    (question(QuestionKind.GROUP, required=False, min_rows=2), (), ()),
    (question(QuestionKind.FILE), BRING_ORIGINAL, BRING_ORIGINAL),
    (question(QuestionKind.FILE, defer=LATER), SUPPLY_LATER, SUPPLY_LATER),
    (
        question(QuestionKind.ADDRESS, county=True, outside="35"),
        Address("361021", ("江西省", "抚州市", "黎川县"), "国安路 1 号"),
        Address("361021", ("江西省", "抚州市", "黎川县"), ""),
    ),
    (question(QuestionKind.ADDRESS, county=True, required=False), None, None),
    (
        question(QuestionKind.FILE),
        FileAnswer("照片.jpg", "image/jpeg", b"x"),
        FileAnswer("照片.jpg", "image/jpeg", b"x"),
    ),
    (question(QuestionKind.PROMISE), True, True),
    (question(QuestionKind.PROMISE, required=False), False, None),
    (
        question(QuestionKind.SIGNATURE),
        Signature((((0.1, 0.1), (0.2, 0.9)),)),
        Signature((((0.1, 0.1), (0.2, 0.9)),)),
    ),
    (question(QuestionKind.SIGNATURE, required=False), None, None),
]


@pytest.mark.parametrize(("asked", "raw", "kept"), ACCEPTED)
def test_good_answers_are_kept_in_one_form(
    asked: Question, raw: Answer | None, kept: Answer | None
) -> None:
    """What a citizen may type is accepted and brought to the form that goes to the intake."""
    assert Accepted(kept) == check(asked, raw, TODAY)


LIMITED = question(QuestionKind.NUMBER, minimum=1, maximum=12, unit="个月")

REJECTED: list[tuple[Question, Answer | None, Problem]] = [
    (question(QuestionKind.TEXT), None, Problem(Reason.MISSING)),
    (question(QuestionKind.TEXT), "\u200b \n", Problem(Reason.MISSING)),
    (question(QuestionKind.TEXT, min_length=2), "张", Problem(Reason.TOO_SHORT, 2, 1)),
    (question(QuestionKind.TEXT, max_length=3), "张三李四", Problem(Reason.TOO_LONG, 3, 4)),
    (question(QuestionKind.TEXT), True, Problem(Reason.UNUSABLE)),
    (question(QuestionKind.NUMBER), "一百", Problem(Reason.NOT_A_NUMBER)),
    (question(QuestionKind.NUMBER), "1,2", Problem(Reason.NOT_A_NUMBER)),
    (question(QuestionKind.NUMBER), "1e5", Problem(Reason.NOT_A_NUMBER)),
    (question(QuestionKind.NUMBER), "NaN", Problem(Reason.NOT_A_NUMBER)),
    (question(QuestionKind.NUMBER), "²", Problem(Reason.NOT_A_NUMBER)),
    (question(QuestionKind.NUMBER), "1.5", Problem(Reason.NOT_WHOLE)),
    (question(QuestionKind.NUMBER, decimals=1), "1.25", Problem(Reason.TOO_MANY_DECIMALS, 1)),
    (question(QuestionKind.NUMBER), "9" * 61, Problem(Reason.TOO_LONG, 60, 61)),
    (LIMITED, "0", Problem(Reason.TOO_SMALL, 1, unit="个月")),
    (LIMITED, "13", Problem(Reason.TOO_LARGE, 12, unit="个月")),
    (question(QuestionKind.PHONE), "1380598000", Problem(Reason.MOBILE_LENGTH, 11, 10)),
    (
        question(QuestionKind.RESIDENT_ID),
        "350428195203140014",
        Problem(Reason.RESIDENT_ID_CHECK),
    ),
    (
        question(QuestionKind.CREDIT_CODE),
        "91350100M000100Y44",
        Problem(Reason.CREDIT_CODE_CHECK),
    ),
    (question(QuestionKind.BANK_CARD), "4111111111111112", Problem(Reason.BANK_CARD_CHECK)),
    (question(QuestionKind.DATE), "2026-02-29", Problem(Reason.NOT_A_DATE)),
    (question(QuestionKind.DATE), "明天", Problem(Reason.NOT_A_DATE)),
    (question(QuestionKind.DATE), "1899-12-31", Problem(Reason.YEAR_UNLIKELY)),
    (
        question(QuestionKind.DATE, date_range=DateRange.PAST),
        "2026-11-25",
        Problem(Reason.DATE_IN_FUTURE),
    ),
    (
        question(QuestionKind.DATE, date_range=DateRange.FUTURE),
        "2026-11-23",
        Problem(Reason.DATE_IN_PAST),
    ),
    (question(QuestionKind.CHOICE), None, Problem(Reason.NOT_CHOSEN)),
    (question(QuestionKind.CHOICE), "自有", Problem(Reason.UNUSABLE)),
    (question(QuestionKind.CHOICES), (), Problem(Reason.NOT_CHOSEN)),
    (question(QuestionKind.CHOICES), ("own", "other"), Problem(Reason.UNUSABLE)),
    (question(QuestionKind.ADDRESS), None, Problem(Reason.MISSING)),
    (question(QuestionKind.ADDRESS, county=True), None, Problem(Reason.MISSING)),
    (question(QuestionKind.ADDRESS, county=True), "361021", Problem(Reason.UNUSABLE)),
    (
        question(QuestionKind.ADDRESS, county=True),
        Address("3610", ("江西省", "抚州市"), ""),
        Problem(Reason.ADDRESS_UNFINISHED),
    ),
    (
        question(QuestionKind.ADDRESS, county=True, outside="35"),
        Address("350428", ("福建省", "三明市", "将乐县"), ""),
        Problem(Reason.ADDRESS_ELSEWHERE),
    ),
    (
        question(QuestionKind.ADDRESS, inside="35"),
        Address("361021100", ("江西省", "抚州市", "黎川县", "日峰镇"), "国安路 1 号"),
        Problem(Reason.ADDRESS_ELSEWHERE),
    ),
    (
        question(QuestionKind.ADDRESS),
        Address("3504", VILLAGE[:2], "1 号"),
        Problem(Reason.ADDRESS_UNFINISHED),
    ),
    (
        question(QuestionKind.ADDRESS),
        Address("350428102202", VILLAGE, " "),
        Problem(Reason.ADDRESS_WITHOUT_DETAIL),
    ),
    (
        question(QuestionKind.ADDRESS, max_length=3),
        Address("350428102202", VILLAGE, "一二三四"),
        Problem(Reason.TOO_LONG, 3, 4),
    ),
    (
        question(QuestionKind.GROUP, min_rows=1, unit="人"),
        None,
        Problem(Reason.TOO_FEW_ROWS, 1, 0, "人"),
    ),
    (question(QuestionKind.GROUP, max_rows=1), ({}, {}), Problem(Reason.TOO_MANY_ROWS, 1, 2, "项")),
    (question(QuestionKind.GROUP), ("a",), Problem(Reason.UNUSABLE)),
    (question(QuestionKind.FILE), None, Problem(Reason.NO_FILE)),
    (question(QuestionKind.FILE), SUPPLY_LATER, Problem(Reason.UNUSABLE)),
    (question(QuestionKind.FILE, licence="结婚证"), AT_HAND, Problem(Reason.UNUSABLE)),
    (question(QuestionKind.FILE), FileAnswer("a", "image/png", b""), Problem(Reason.FILE_EMPTY)),
    (question(QuestionKind.FILE), FileAnswer("a", "text/html", b"a"), Problem(Reason.FILE_TYPE)),
    (
        question(QuestionKind.FILE),
        FileAnswer("a", "image/png", bytes(4 * 1024 * 1024 + 1)),
        Problem(Reason.FILE_TOO_LARGE, 4),
    ),
    (question(QuestionKind.PROMISE), False, Problem(Reason.NOT_PROMISED)),
    (question(QuestionKind.SIGNATURE), None, Problem(Reason.NOT_SIGNED)),
    (question(QuestionKind.SIGNATURE), Signature((((0.5, 0.5),),)), Problem(Reason.NOT_SIGNED)),
    (
        question(QuestionKind.SIGNATURE),
        Signature((((0.5, 0.5), (1.5, 0.5)),)),
        Problem(Reason.UNUSABLE),
    ),
]


@pytest.mark.parametrize(("asked", "raw", "problem"), REJECTED)
def test_wrong_answers_say_what_is_wrong(
    asked: Question, raw: Answer | None, problem: Problem
) -> None:
    """Each kind of mistake is told apart and carries the limit that was missed."""
    assert Rejected(problem) == check(asked, raw, TODAY)


def test_a_group_points_at_row_and_field() -> None:
    """Mistakes inside a group name the row and the field, and all are named at once."""
    rows = (
        {"name": "李四", "number": "350428195203140013"},
        {"name": " ", "number": "350428195203140014"},
    )
    expected = Rejected(
        Problem(Reason.ROWS_WRONG, found=2),
        (
            RowProblem(1, "name", Problem(Reason.MISSING)),
            RowProblem(1, "number", Problem(Reason.RESIDENT_ID_CHECK)),
        ),
    )
    assert expected == check(question(QuestionKind.GROUP), rows, TODAY)


def test_a_field_that_a_row_is_not_asked_is_neither_checked_nor_kept() -> None:
    """The condition inside a row decides for this row alone, whatever was typed before."""
    group = Question.model_validate(
        {
            "id": "q",
            "kind": "group",
            "label": "成员",
            "fields": [
                {
                    "id": "works",
                    "kind": "choice",
                    "label": "就业",
                    "options": [{"key": "yes", "label": "是"}, {"key": "no", "label": "否"}],
                },
                {
                    "id": "phone",
                    "kind": "phone",
                    "label": "单位电话",
                    "when": {"question": "works", "one_of": ["yes"]},
                },
            ],
        }
    )
    rows = ({"works": "no", "phone": "abc"}, {"works": "yes", "phone": "abc"})
    expected = Rejected(
        Problem(Reason.ROWS_WRONG, found=1),
        (RowProblem(1, "phone", Problem(Reason.PHONE_FORM)),),
    )
    assert expected == check(group, rows, TODAY)
    assert Accepted(({"works": "no"},)) == check(group, rows[:1], TODAY)


texts = st.text(max_size=30) | st.text("0123456789０１Xx.-,。年月日 ", max_size=20)
points = st.tuples(st.floats(), st.floats())
simple = (
    texts
    | st.booleans()
    | st.tuples(texts)
    | st.builds(Address, texts, st.tuples(texts), texts)
    | st.builds(FileAnswer, texts, texts, st.binary(max_size=3))
    | st.builds(Signature, st.lists(st.lists(points).map(tuple)).map(tuple))
)
rows = st.dictionaries(st.sampled_from(["name", "number", "other"]), simple, max_size=3)
answers = st.none() | simple | st.lists(rows, max_size=8).map(tuple)


@given(st.sampled_from(list(QuestionKind)), st.booleans(), answers)
def test_every_input_has_a_verdict_and_kept_answers_are_stable(
    kind: QuestionKind, required: bool, raw: Answer | None
) -> None:
    """No input raises; what was accepted is accepted again unchanged, has a JSON form that can
    be encoded, and what was rejected has words."""
    asked = question(kind, required=required, decimals=2)
    match check(asked, raw, TODAY):
        case Accepted(answer=kept):
            if kept is not None:
                assert Accepted(kept) == check(asked, kept, TODAY)
                str(to_json(kept)).encode()
            else:
                assert not required
        case Rejected() as rejected:
            assert "" != words(rejected.problem)


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_whole_sentence(reason: Reason) -> None:
    """The words for each reason fill in every number and leave no placeholder behind."""
    sentence = words(Problem(reason, limit=7, found=3, unit="人"))
    assert [(sentence, None)] == [
        (text, name) for text, name, _spec, _conversion in Formatter().parse(sentence)
    ]


def test_words_say_what_to_do() -> None:
    """The citizen reads the limit, the count and the unit in plain Chinese."""
    assert "手机号码应是 11 位数字，现在是 10 位，请再检查一遍" == words(
        Problem(Reason.MOBILE_LENGTH, 11, 10)
    )
    assert "不能大于 12 个月，请再检查一遍" == words(Problem(Reason.TOO_LARGE, 12, unit="个月"))


def test_verdicts_never_show_the_answer() -> None:
    """The repr of a verdict may end in a traceback, so the answer is not in it."""
    for raw in ("350428195203140013", "350428195203140014"):
        assert raw[:17] not in repr(check(question(QuestionKind.RESIDENT_ID), raw, TODAY))
