"""The line into which a citizen types: what it draws, what it hides, what it does not do."""

import pytest
from form_fixtures import kivy_window  # noqa: F401

RARE = "\U0002003f"
"""In no face but a rare one."""
SELECTOR = "\U000e0100"
"""Chooses among shapes, and takes no room."""
SECRET = "Abc4Kx9"


@pytest.fixture
def line(kivy_window):  # noqa: F811
    from kivy.clock import Clock

    from screens.fields.line_input import LineInput
    from screens.theme import dress

    made = []

    def make(**settings):
        dress(1080, 1920, False)
        one = LineInput(
            str, font_size=40, size=(600, 80), size_hint=(None, None), **settings
        )
        made.append(one)
        Clock.tick()
        return one

    yield make
    for one in made:
        one.forget()


def drawn(line) -> bytes:
    """How strongly each pixel of the line's texture is inked."""
    return bytes(line._lines_labels[0].pixels[3::4])


def columns(line, start: int, end: int) -> list[bytes]:
    inked, wide = drawn(line), line._lines_labels[0].width
    return [inked[row + start : row + end] for row in range(0, len(inked), wide)]


def test_a_rare_character_is_drawn_while_it_is_typed(line):
    """Not the box of the main face, and the characters around it where they would be."""
    rare, common, missing = line(), line(), line()
    rare.insert_text(f"王{RARE}英")
    common.insert_text("王秀英")
    missing.insert_text("王\U0010ffff英")
    assert common._lines_labels[0].size == rare._lines_labels[0].size
    assert common.line_height == rare.line_height
    assert columns(common, 0, 38) == columns(rare, 0, 38)
    assert columns(common, 82, 118) == columns(rare, 82, 118)
    assert any(map(any, columns(rare, 40, 80)))
    assert columns(missing, 40, 80) != columns(rare, 40, 80)


def test_the_cursor_stands_behind_a_rare_character(line):
    """Where it would stand behind a common one, also after deleting it."""
    rare, common = line(), line()
    for one, middle in ((rare, RARE), (common, "秀")):
        one.insert_text(f"王{middle}")
    assert common.cursor_offset() == rare.cursor_offset() == 80
    assert common.cursor_pos == rare.cursor_pos
    rare.insert_text(SELECTOR)
    assert 80 == rare.cursor_offset()
    rare.do_backspace()
    rare.insert_text("英")
    rare.do_backspace()
    rare.do_backspace()
    assert "王" == rare.text
    assert 40 == rare.cursor_offset()


def test_a_touch_beside_a_rare_character_puts_the_cursor_there(line):
    """Each character counts with its own width."""
    rare = line()
    rare.insert_text(f"{RARE}王{RARE}")
    places = [rare.get_cursor_from_xy(rare.x + x, rare.center_y)[0] for x in (2, 42, 82, 300)]
    assert [0, 1, 2, 3] == places


def test_a_password_is_never_echoed(line):
    """Neither drawn nor kept in Kivy's stores; the cursor goes on as with the marks shown."""
    from kivy.cache import Cache

    hidden, marks = line(password=True), line()
    for letter in SECRET:
        hidden.insert_text(letter)
        marks.insert_text("*")
        assert drawn(marks) == drawn(hidden)
        assert marks.cursor_offset() == hidden.cursor_offset()
    hidden.insert_text(RARE)
    marks.insert_text("*")
    assert drawn(marks) == drawn(hidden)
    kept = [str(key) for name in ("label", "width") for key in Cache._objects[f"textinput.{name}"]]
    assert kept
    assert not [key for key in kept if "A" in key.split("\0")[0]]
    assert not [key for key in kept if RARE in key]


SHORTCUTS = [
    *((letter, ["ctrl"]) for letter in "acvxzry"),
    ("v", ["ctrl", "shift"]),
    ("v", ["meta"]),
]


@pytest.mark.parametrize(("letter", "modifiers"), SHORTCUTS, ids=str)
def test_no_shortcut_of_a_keyboard_does_anything(line, kivy_window, letter, modifiers):  # noqa: F811
    """What a plugged-in keyboard could take from the line or put into it."""
    from kivy.core.clipboard import Clipboard

    one = line()
    kivy_window.add_widget(one)
    try:
        one.insert_text("abc")
        one.focus = True
        kivy_window.dispatch("on_key_down", ord(letter), 0, letter, modifiers)
        assert ("abc", "", 3) == (one.text, one.selection_text, one.cursor_index())
        assert "Clipboard" not in one.__dict__ and not Clipboard.paste()
    finally:
        one.focus = False
        kivy_window.remove_widget(one)


@pytest.mark.parametrize("key", ["escape", "f1", "f11", "menu"])
def test_no_key_of_a_keyboard_leaves_the_kiosk(line, kivy_window, key):  # noqa: F811
    """Kivy closes its window at escape and opens its settings at F1, where it is let."""
    from kivy.base import EventLoop
    from kivy.core.window import Keyboard

    from screens.app import KioskApp

    code = Keyboard.keycodes.get(key, 319)
    for event in ("on_key_down", "on_keyboard", "on_key_up"):
        kivy_window.dispatch(event, code, 0, None, [])
    assert ("started", False) == (EventLoop.status, EventLoop.quit)
    assert not KioskApp.open_settings(None)


@pytest.mark.parametrize("key", ["home", "left", "right", "end"])
def test_shift_selects_nothing(line, kivy_window, key):  # noqa: F811
    """The cursor moves and nothing is selected, which the next letter would take away."""
    from kivy.core.window import Keyboard

    one = line()
    kivy_window.add_widget(one)
    try:
        one.insert_text("abc")
        one.focus = True
        for name in ("shift", key):
            kivy_window.dispatch("on_key_down", Keyboard.keycodes[name], 0, None, ["shift"])
        assert not one._selection
        kivy_window.dispatch("on_textinput", "x")
        assert sorted("abcx") == sorted(one.text)
    finally:
        one.focus = False
        kivy_window.remove_widget(one)


def test_nothing_can_be_taken_back_after_the_line_was_wiped(line):
    """Kivy's own undo and redo keep nothing of what was typed."""
    one = line()
    one.insert_text("abc")
    one.do_backspace()
    assert ([], []) == (one._undo, one._redo)
    one.forget()
    one.do_undo()
    one.do_redo()
    assert "" == one.text
