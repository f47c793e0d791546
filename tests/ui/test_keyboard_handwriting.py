"""Chinese is written with a finger on the screen's keyboard."""

import threading
import time

import pytest
from test_fields_layout import look_of
from test_fields_typing import NAME, PHONE
from test_keyboard_pinyin import hold
from test_keyboard_sizes import fits

from kiosk.forms.questions import Question, QuestionKind
from kiosk.text_entry.engines import Engines
from kiosk.text_entry.handwriting.handwriting import Handwriting
from kiosk.text_entry.pinyin.pinyin import Pinyin
from tests.handwriting.writing import samples
from tests.pinyin.phrases import BUILT
from tests.ui.ui_thread_watch import UiThreadWatch

__all__ = ["look_of"]

PINYIN = Pinyin(BUILT)
PATIENCE = 30
PERSON = Question(id="person", kind=QuestionKind.TEXT, label="配偶姓名", names_person=True)
COMMON = {sample.character: sample.strokes for sample in samples("common")}


@pytest.fixture
def hall(hall):
    """A visit in a kiosk that has pinyin and handwriting; events come as they do in the kiosk."""
    from screens.bridge import Bridge

    bridge = Bridge()
    handwriting = Handwriting(bridge.post)
    hall.open(None, Engines(pinyin=PINYIN, handwriting=handwriting))
    bridge.listen(hall.attendant.hear)
    yield hall
    handwriting.close()


def begin(hall, question: Question = NAME) -> None:
    hall.fill_in(question)
    hall.touch(hall.field(question.label).text_target)
    hall.tap("手写")


def pad(hall):
    return hall.control_named("ink-pad")


def write(hall, text: str) -> None:
    """Side by side, each as large as the pad is high."""
    surface = pad(hall)
    square = surface.height / surface.width
    for place, character in enumerate(text):
        for stroke in COMMON[character]:
            hall.draw(surface, [(square * (place + x), y) for x, y in stroke])


def written(hall, question: Question = NAME) -> str:
    return hall.session.drafts.get(question.id, "")


def candidates(hall) -> list[str]:
    from screens.keyboard.bar import Candidate

    shown = [w for w in hall.view.dock.walk() if isinstance(w, Candidate)]
    return [candidate.words for candidate in sorted(shown, key=lambda c: c.x)]


def is_read(hall, text: str) -> None:
    hall.until(lambda: text in candidates(hall), PATIENCE)


def test_what_is_written_is_chosen_by_a_touch_or_the_space(hall):
    """The candidate goes into the line, and the pad is empty for the next character; the space
    takes the first one, as with pinyin, and is else a space."""
    begin(hall)
    write(hall, "春")
    is_read(hall, "春")
    assert written(hall) == ""
    hall.tap("春")
    assert written(hall) == "春"
    assert pad(hall).strokes == ()
    assert candidates(hall) == []
    write(hall, "风")
    is_read(hall, "风")
    assert candidates(hall)[0] == "风"
    hall.tap("空格")
    assert written(hall) == "春风"
    hall.tap("空格")
    assert written(hall) == "春风 "


def test_several_characters_are_written_at_once(hall):
    """A name stands in the row as one candidate."""
    begin(hall, PERSON)
    write(hall, "李春")
    is_read(hall, "李春")
    hall.tap("李春")
    assert written(hall, PERSON) == "李春"


def test_ink_follows_the_finger_at_once(hall):
    """Every move is drawn before the next frame, and the point is where the finger is."""
    from kivy.graphics import Line
    from kivy.tests.common import UnitTestTouch

    begin(hall)
    surface = pad(hall)
    touch = UnitTestTouch(surface.center_x, surface.center_y)
    touch.touch_down()
    for step in range(1, 4):
        touch.touch_move(surface.center_x + 20 * step, surface.center_y)
        lines = [i for g in surface.canvas.after.children for i in g.children
                 if isinstance(i, Line)]
        there = pytest.approx((surface.center_x + 20 * step, surface.center_y))
        assert there == tuple(lines[-1].points[-2:])
    touch.touch_up()


def test_a_resting_finger_is_read_before_it_is_lifted(hall):
    """After a short pause in the middle of a stroke."""
    from kivy.tests.common import UnitTestTouch

    begin(hall)
    surface = pad(hall)
    touch = UnitTestTouch(surface.x + 100, surface.center_y)
    touch.touch_down()
    for step in range(1, 20):
        touch.touch_move(surface.x + 100 + 10 * step, surface.center_y)
    is_read(hall, "一")
    touch.touch_up()


def test_a_stroke_is_undone_and_all_are_rewritten(hall):
    """What is left is read anew; without ink nothing is offered."""
    begin(hall)
    write(hall, "土")
    is_read(hall, "土")
    hall.tap("退一笔")
    assert len(pad(hall).strokes) == len(COMMON["土"]) - 1
    hall.until(lambda: candidates(hall)[:1] == ["十"], PATIENCE)
    hall.tap("重写")
    assert pad(hall).strokes == ()
    assert candidates(hall) == []
    hall.tap("退一笔")
    assert candidates(hall) == []


def test_backspace_takes_ink_first(hall):
    """And only then, when the finger was lifted, what stands in the line."""
    begin(hall)
    hall.tap("1")
    write(hall, "土")
    is_read(hall, "土")
    hold(hall, "backspace", lambda: pad(hall).strokes == ())
    assert written(hall) == "1"
    hall.tap("backspace")
    assert written(hall) == ""


def test_what_was_not_chosen_is_not_written(hall):
    """Ink goes with whatever ends it, and so does an answer that comes late."""
    for leave in ("拼音", "ABC", "完成"):
        begin(hall)
        write(hall, "土")
        is_read(hall, "土")
        hall.draw(pad(hall), [(0.5, 0.5), (0.6, 0.6)])
        hall.tap(leave)
        assert written(hall) == ""
        hall.frames(20)
        assert candidates(hall) == []


def test_a_mark_follows_the_first_candidate_but_in_a_name(hall):
    """Turning to digits and marks takes it; each character of a name has to be chosen."""
    for question in (NAME, PERSON):
        begin(hall, question)
        write(hall, "土")
        is_read(hall, "土")
        first = candidates(hall)[0]
        hall.tap("123")
        hall.tap("，")
        assert written(hall, question) == ("，" if question is PERSON else first + "，")


def test_leaving_the_form_ends_the_process(hall):
    """Ink, candidates and the process that read them are gone with the page."""
    begin(hall)
    write(hall, "土")
    is_read(hall, "土")
    surface = pad(hall)
    hall.view.leave()
    assert surface.strokes == ()
    end = time.monotonic() + PATIENCE
    while any(thread.name == "handwriting" for thread in threading.enumerate()):
        assert end > time.monotonic()
        hall.frames(1)


def test_without_the_recogniser_the_keyboard_goes_on(hall):
    """The pad says so and takes no ink; pinyin is there."""
    from screens.bridge import Bridge

    bridge = Bridge()
    broken = Handwriting(bridge.post, ("/nothing/there",))
    hall.open(None, Engines(pinyin=PINYIN, handwriting=broken))
    bridge.listen(hall.attendant.hear)
    begin(hall)
    hall.until(lambda: hall.shows("手写现在用不了"), PATIENCE)
    write(hall, "土")
    assert pad(hall).strokes == ()
    hall.tap("拼音")
    for letter in "tu":
        hall.tap(letter)
    hall.tap("土")
    assert written(hall) == "土"


def test_who_writes_by_hand_goes_on_so(hall):
    """The next line for Chinese begins with the pad as well, until pinyin was chosen."""
    hall.fill_in(NAME, PERSON, PHONE)
    for line in (NAME, PHONE, PERSON):
        hall.touch(hall.field(line.label).text_target)
        if line is NAME:
            hall.tap("手写")
    assert pad(hall)
    hall.tap("拼音")
    hall.touch(hall.field(NAME.label).text_target)
    hall.tap("q")


def test_without_pinyin_handwriting_comes_first(hall):
    """A line for Chinese opens with the pad."""
    hall.open(None, Engines(handwriting=hall.attendant.ports.engines.handwriting))
    hall.fill_in(NAME)
    hall.touch(hall.field(NAME.label).text_target)
    assert pad(hall)


def test_the_ui_thread_calls_nothing_that_could_wait(hall):
    """From the key that opens the recogniser to the page's end: no file, no process, no import."""
    watch = UiThreadWatch()
    hall.fill_in(NAME)
    hall.touch(hall.field(NAME.label).text_target)
    watch.begin()
    hall.tap("手写")
    write(hall, "土")
    is_read(hall, "土")
    hall.tap("土")
    write(hall, "上")
    hall.view.leave()
    watch.end()
    assert [] == watch.calls


def test_everything_can_be_touched_in_each_look(look_of):
    """The pad takes most of what the keyboard has above its last row; keys and candidates stand
    beside each other."""
    from screens.keyboard.sizes import board_width, panel_height, strip_height
    from screens.theme import look

    hall = look_of
    begin(hall)
    surface = pad(hall)
    assert surface.width >= 0.8 * board_width(look())
    assert surface.height >= 0.95 * (panel_height(look()) - strip_height(look()))
    assert fits(hall)
    write(hall, "李春")
    is_read(hall, "李春")
    assert fits(hall)
