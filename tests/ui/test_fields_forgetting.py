"""What is left of a citizen on the screen's side once a form is left."""

import gc
import weakref

from test_fields_choosing import ADDRESS, FAMILY, FILE, PREMISES, PROMISE
from test_fields_typing import NAME, PHONE

from kiosk.journeys.steps import Destination, Place


def leave(hall) -> None:
    """To the check page of a form without answers, as the next screen."""
    hall.session.answers.clear()
    hall.session.drafts.clear()
    hall.attendant.here = Destination(Place.REVIEW)
    hall.show()


def test_a_form_that_was_left_is_gone(hall):
    """After typing, choosing and picking, neither the screen nor its keyboard stays alive."""
    hall.fill_in(PHONE, NAME, PREMISES, ADDRESS, PROMISE)
    hall.type("手机号码", "138")
    hall.type("字号名称", "ab")
    hall.tap("租用")
    hall.tap("经营场所地址")
    hall.until(lambda: hall.shows("古镛镇"))
    gone = [weakref.ref(hall.view), weakref.ref(hall.view.keyboard)]
    gone += [weakref.ref(hall.view._sub_page), weakref.ref(hall.view._frame)]
    leave(hall)
    gc.collect()
    assert [ref() for ref in gone] == [None] * len(gone)


def test_a_form_left_while_typing_is_gone(hall):
    """The field with the focus is not held by Kivy's keyboard after the screen changed."""
    hall.fill_in(NAME)
    hall.type("字号名称", "ab")
    line = weakref.ref(hall.field("字号名称").text_target)
    leave(hall)
    gc.collect()
    assert line() is None


def test_widgets_that_live_on_have_forgotten_what_they_showed(hall):
    """Even a widget that something still holds keeps neither text nor ink."""
    from kivy.cache import Cache

    hall.fill_in(PHONE, NAME, ADDRESS)
    hall.type("字号名称", "abc")
    hall.type("经营场所地址", "nan lu")
    lines = [hall.field(label).text_target for label in ("手机号码", "字号名称", "经营场所地址")]
    leave(hall)
    assert [line.text for line in lines] == ["", "", ""]
    assert [line._undo for line in lines] == [[], [], []]
    assert not [key for key in Cache._objects["textinput.label"] if "abc" in key]
    assert not [key for key in Cache._objects["textinput.width"] if "abc" in key]


def test_a_row_that_was_being_filled_in_is_forgotten(hall):
    """The page of a group's row goes with its screen."""
    hall.fill_in(FAMILY, FILE)
    hall.tap("添加一人")
    hall.type("姓名", "ab")
    line = hall.field("姓名").text_target
    page = weakref.ref(hall.view._sub_page)
    leave(hall)
    gc.collect()
    assert line.text == ""
    del line
    gc.collect()
    assert page() is None


def test_leaving_does_not_write_into_the_visit(hall):
    """Wiping the widgets is not taken for typing: the draft survives a change of language."""
    hall.fill_in(PHONE)
    hall.type("手机号码", "138")
    hall.view.leave()
    assert hall.session.drafts == {"phone": "138"}
