"""Everything on the keyboard can be touched, in each size and direction, and nothing jumps."""

from test_fields_layout import look_of
from test_fields_typing import BORN, CODE, NAME, NUMBER, PHONE
from test_keyboard_pinyin import PERSON, hall, letters

from kiosk.forms.questions import Question, QuestionKind
from kiosk.text_entry.engines import Engines

__all__ = ["hall", "look_of"]

AMOUNT = Question(id="amount", kind=QuestionKind.NUMBER, label="资金数额", unit="万元")
LINES = (NAME, PERSON, PHONE, BORN, AMOUNT, NUMBER, CODE)
TOUCH = 90
"""Pixels of the smallest thing that a finger presses."""
READ = 36
"""Pixels of the smallest candidate."""


def parts(hall) -> list:
    return list(hall.view.dock.walk(restrict=True))


def controls(hall) -> list:
    from kivy.uix.behaviors import ButtonBehavior

    return [widget for widget in parts(hall) if isinstance(widget, ButtonBehavior)]


def fits(hall) -> bool:
    """Large enough, inside the keyboard, and none on another."""
    dock, shown = hall.view.dock, controls(hall)
    assert shown
    for one in shown:
        assert one.width >= TOUCH and one.height >= TOUCH, (one.words, one.size)
        assert one.x >= 0 and one.right <= dock.right, one.words
        assert one.y >= dock.y and one.top <= dock.top + 1, one.words
        for other in shown:
            apart = min(one.right, other.right) - max(one.x, other.x) <= 1
            apart |= min(one.top, other.top) - max(one.y, other.y) <= 1
            assert one is other or apart, (one.words, other.words)
    return True


def ways_offered(hall) -> list[str]:
    from screens.keyboard.keys import KeyCap

    return [c.words for c in controls(hall) if isinstance(c, KeyCap) and c.key.way]


def test_every_key_can_be_touched_and_the_keyboard_stays_as_high(look_of):
    """For each kind of line and each way of writing it."""
    from screens.keyboard.sizes import keyboard_height
    from screens.theme import look

    hall = look_of
    heights = set()
    for question in LINES:
        hall.fill_in(question)
        hall.touch(hall.field(question.label).text_target)
        assert fits(hall)
        heights.add(hall.view.dock.height)
        for words in ways_offered(hall) if question in (NAME, CODE) else ():
            hall.tap(words)
            assert fits(hall), words
            heights.add(hall.view.dock.height)
    assert {keyboard_height(look())} == heights


def test_without_pinyin_every_key_can_be_touched_as_well(hall):
    """What is said of it stands where the candidates would."""
    hall.open(None, Engines())
    hall.fill_in(NAME)
    hall.touch(hall.field("字号名称").text_target)
    assert fits(hall)
    hall.tap("shift")
    assert fits(hall)
    hall.tap("123")
    assert fits(hall)


def test_candidates_can_be_read_and_touched(look_of):
    """On each page, few or many, short or long; what is composed stands beside them or above."""
    from screens.keyboard.bar import Candidate

    hall = look_of
    hall.fill_in(NAME)
    hall.touch(hall.field("字号名称").text_target)
    for typed in ("shi", "jianglexian", "fujianshengsanmingshijianglexianguyongzhen"):
        letters(hall, typed)
        for _page in range(2):
            shown = [c for c in controls(hall) if isinstance(c, Candidate)]
            assert shown
            assert fits(hall)
            assert all(candidate.font_size >= READ for candidate in shown)
            assert all(c.texture_size[0] <= c.width for c in shown)
            assert nothing_covers_what_is_composed(hall)
            if not turned(hall):
                break
        hall.tap("完成")
        hall.touch(hall.field("字号名称").text_target)


def nothing_covers_what_is_composed(hall) -> bool:
    from screens.keyboard.bar import CandidateBar

    bar = next(widget for widget in parts(hall) if isinstance(widget, CandidateBar))
    composing = bar._composing
    assert composing.texture_size[0] <= composing.width
    return not any(
        min(composing.right, control.right) - max(composing.x, control.x) > 1
        and min(composing.top, control.top) - max(composing.y, control.y) > 1
        for control in controls(hall)
    )


def turned(hall) -> bool:
    if not any(getattr(c, "name", "") == "candidates-after" for c in controls(hall)):
        return False
    hall.tap("candidates-after")
    return True


def test_the_line_stays_in_sight_while_one_writes(look_of):
    """A line under the divisions of an address, too, in the tightest look."""
    place = Question(id="place", kind=QuestionKind.ADDRESS, label="经营场所地址")
    hall = look_of
    hall.fill_in(PHONE, place)
    before = hall.view._frame.viewport.column.top
    field = hall.field("经营场所地址")
    hall.touch(field.text_target)
    letters(hall, "jie")
    line, viewport = field.line, hall.view._frame.viewport
    assert viewport.y <= line.y and line.top <= viewport.top
    assert hall.view.dock.top <= viewport.y + 1
    hall.tap("完成")
    assert before == hall.view._frame.viewport.column.top
