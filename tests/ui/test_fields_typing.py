"""Typing into fields by touch and by a real keyboard."""

import pytest

from kiosk.forms.problem import Reason
from kiosk.forms.questions import Option, Question, QuestionKind

PHONE = Question(id="phone", kind=QuestionKind.PHONE, label="手机号码", private=True)
NAME = Question(id="name", kind=QuestionKind.TEXT, label="字号名称")
BORN = Question(id="born", kind=QuestionKind.DATE, label="出生日期")
CARD = Question(id="card", kind=QuestionKind.BANK_CARD, label="银行卡号")
NUMBER = Question(id="number", kind=QuestionKind.RESIDENT_ID, label="公民身份号码")
CODE = Question(id="code", kind=QuestionKind.CREDIT_CODE, label="统一社会信用代码")


def test_keys_type_in_groups_and_at_once_into_the_visit(hall):
    """What is tapped stands grouped in the field and in the visit before the page is left."""
    hall.fill_in(PHONE)
    hall.type("手机号码", "138059")
    assert hall.field("手机号码").text_target.text == "138 059"
    assert hall.session.drafts["phone"] == "138 059"


@pytest.mark.parametrize(
    ("question", "typed", "shown"),
    [
        (BORN, "19520314", "1952-03-14"),
        (CARD, "6222021402", "6222 0214 02"),
        (NUMBER, "11010519491231002X", "110105 19491231 002X"),
        (NAME, "abc de", "abc de"),
    ],
)
def test_each_kind_has_its_keys_and_its_groups(hall, question, typed, shown):
    """Each kind of line can be typed whole with the keys that open for it."""
    hall.fill_in(question)
    hall.type(question.label, typed)
    assert hall.field(question.label).text_target.text == shown


def test_a_code_is_typed_from_digits_and_capitals(hall):
    """A credit code needs both, so its keys change between them and give capitals."""
    hall.fill_in(CODE)
    hall.type("统一社会信用代码", "91")
    hall.tap("ABC")
    hall.tap("M")
    assert hall.session.drafts["code"] == "91M"


def test_backspace_takes_a_gap_with_the_digit_before_it(hall):
    """Deleting never sticks at the space between two groups."""
    hall.fill_in(PHONE)
    hall.type("手机号码", "13805")
    for _ in range(3):
        hall.tap("backspace")
    assert hall.field("手机号码").text_target.text == "13"
    hall.tap("清空")
    assert hall.session.drafts["phone"] == ""


def test_backspace_held_down_goes_on_deleting(hall):
    """A finger that rests on the key deletes more than one character."""
    from kivy.tests.common import UnitTestTouch

    hall.fill_in(NAME)
    hall.type("字号名称", "abcdef")
    key = hall.control("backspace")
    touch = UnitTestTouch(*key.center)
    touch.touch_down()
    hall.until(lambda: len(hall.session.drafts["name"]) < 4)
    touch.touch_up()


def test_digits_typed_into_the_middle_stay_where_the_cursor_is(hall):
    """Regrouping moves the cursor with the characters, not to the end."""
    hall.fill_in(PHONE)
    hall.type("手机号码", "1380598")
    line = hall.field("手机号码").text_target
    line.cursor = (2, 0)
    hall.tap("9")
    assert line.text == "139 8059 8"
    assert line.cursor_index() == 3


def test_a_private_number_is_masked_while_nobody_types_it(hall):
    """A bystander reads the masked number; who taps the field again reads the own one."""
    hall.fill_in(PHONE)
    hall.type("手机号码", "13805980000")
    hall.tap("完成")
    assert hall.field("手机号码").text_target.text == "138 **** 0000"
    assert not hall.shows("0598")
    assert hall.session.drafts["phone"] == "138 0598 0000"
    hall.touch(hall.field("手机号码").text_target)
    assert hall.field("手机号码").text_target.text == "138 0598 0000"


def test_who_taps_a_filled_field_goes_on_at_its_end(hall):
    """退格 takes away what was typed last, and new characters follow it."""
    hall.fill_in(CODE)
    hall.type("统一社会信用代码", "91")
    hall.tap("完成")
    hall.type("统一社会信用代码", "2")
    assert "912" == hall.session.drafts["code"]
    hall.tap("backspace")
    assert "91" == hall.session.drafts["code"]


def test_a_real_keyboard_and_an_input_method_type_as_well(hall, kivy_window):
    """Text events of the window arrive in the field that is typed into, and in the visit."""
    hall.fill_in(NAME)
    hall.touch(hall.field("字号名称").text_target)
    kivy_window.dispatch("on_textinput", "张记擂茶店")
    hall.frames()
    assert hall.session.drafts["name"] == "张记擂茶店"


def test_nothing_can_be_selected_copied_or_pasted(hall, kivy_window):
    """No shortcut, double tap or drag selects; pasting does nothing."""
    hall.fill_in(NAME)
    hall.type("字号名称", "abc")
    line = hall.field("字号名称").text_target
    for letter in "acvx":
        kivy_window.dispatch("on_key_down", ord(letter), 0, letter, ["ctrl"])
    line.select_all()
    line.paste()
    hall.draw(line, ((0.0, 0.5), (0.9, 0.5)))
    hall.touch(line)
    hall.touch(line)
    assert line.selection_text == ""
    assert line.text == "abc"
    assert not [w for w in kivy_window.children if type(w).__name__.startswith("TextInput")]


def test_a_wrong_answer_says_what_to_do_and_stays(hall):
    """The error stands at its field in words, what was typed stays, typing takes it away."""
    hall.fill_in(PHONE, NAME)
    hall.type("手机号码", "1380598")
    hall.tap("下一步")
    assert hall.shows("手机号码应是 11 位数字")
    assert hall.session.problems["phone"].problem.reason is Reason.MOBILE_LENGTH
    assert hall.session.problems["name"].problem.reason is Reason.MISSING
    hall.type("手机号码", "0000")
    assert hall.field("手机号码").text_target.text == "138 0598 0000"
    assert not hall.shows("手机号码应是 11 位数字")


def test_the_field_typed_into_stays_above_the_keyboard(hall):
    """On a full page the last field moves into sight when the keyboard opens, and back after."""
    hall.size = (1920, 1080)
    questions = [NAME.model_copy(update={"id": f"n{i}", "label": f"名称 {i}"}) for i in range(3)]
    hall.fill_in(*questions)
    field = hall.field("名称 2")
    before = field.y
    hall.touch(field.text_target)
    keys_top = hall.view.dock.top
    assert hall.view.dock.height > 0
    assert field.y >= keys_top
    hall.tap("完成")
    assert field.y == before


def test_the_keyboard_stays_between_two_fields(hall):
    """From one line to the next the keyboard neither closes nor opens again."""
    hall.fill_in(NAME, PHONE)
    hall.type("字号名称", "a")
    heights = []
    hall.view.dock.bind(height=lambda _dock, height: heights.append(height))
    hall.touch(hall.field("手机号码").text_target)
    hall.tap("7")
    assert hall.session.drafts == {"name": "a", "phone": "7"}
    assert heights == []


def test_an_option_closes_the_keyboard(hall):
    """Who goes on to a choice no longer types."""
    choice = Question(
        id="choice",
        kind=QuestionKind.CHOICE,
        label="婚姻状况",
        options=(Option(key="married", label="已婚"), Option(key="single", label="未婚")),
    )
    hall.fill_in(NAME, choice)
    hall.type("字号名称", "a")
    hall.tap("已婚")
    assert hall.view.dock.height == 0
    assert hall.session.drafts == {"name": "a", "choice": "married"}
