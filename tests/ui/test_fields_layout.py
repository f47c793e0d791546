"""Whether everything stands where it can be seen and touched, in each size and direction."""

from pathlib import Path

import pytest
from form_fixtures import SIZES

from kiosk.forms.problem import Problem, Reason
from kiosk.forms.questions import QuestionKind
from kiosk.forms.validation import Rejected
from kiosk.journeys.filling import prefill
from kiosk.journeys.steps import Destination, Place
from kiosk.language import Language, load_english, speak

ROOT = Path(__file__).parents[2]
LOOKS = [(size, large) for size in SIZES for large in (False, True)]
LONG = Problem(Reason.RESIDENT_ID_BIRTH)


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}{'-large' if look[1] else ''}")
def look_of(request, hall):
    hall.size = SIZES[request.param[0]]
    hall.session.large_type = request.param[1]
    return hall


def test_no_page_of_a_form_needs_scrolling(look_of, catalogue):
    """Every page with a problem at each of its fields fits between header and footer: of all forms
    of their own, in the roomiest and in the tightest look, the pages that hold a question of a
    shape not seen before; one form in the two looks between."""
    hall = look_of
    extreme = (hall.size == SIZES["landscape"]) == hall.session.large_type
    measures = measures_of(hall)
    seen = set()
    for item in (item for item in catalogue.items if item.complete):
        if not extreme and item.code != "139":
            continue
        hall.session.answers.clear()
        hall.session.problems.clear()
        hall.session.item = item
        prefill(hall.session)
        hall.session.answers.update(everything_asked(item.form))
        asked = {question.id: question for question in item.form.questions}
        for page in hall.attendant.pages():
            shapes = {shape(measures, asked[key]) for key in page.questions}
            if shapes <= seen:
                continue
            seen |= shapes
            for key in page.questions:
                if key not in hall.session.locked:
                    hall.session.problems[key] = Rejected(LONG)
            hall.attendant.here = Destination(Place.FORM, question=page.questions[0])
            hall.show()
            where = f"{item.name}: {page.questions}"
            viewport = hall.view._frame.viewport
            assert viewport.column.height <= viewport.height, where
            assert nothing_outside(hall.view._frame), where


def test_no_question_is_higher_than_a_page(look_of, catalogue):
    """Measured as paging measures it, every question of every form, in both languages, fits on a
    page by itself, and so does every field of a repeated group."""
    measures = measures_of(look_of)
    load_english(ROOT / "assets" / "locale")
    try:
        for language in Language:
            speak(language)
            for item in (item for item in catalogue.items if item.form):
                for question in item.form.questions:
                    parts = (question, *question.fields)
                    too_high = [p.id for p in parts if measures.field(p) > measures.capacity]
                    assert [] == too_high, (item.code, language)
    finally:
        speak(Language.CHINESE)


def measures_of(hall):
    from screens.fields.measures import Measures, theme_for

    hall.dress()
    return Measures(theme_for(hall.session.large_type))


def shape(measures, question):
    """What decides how a field is built and how high it stands."""
    return (
        question.kind,
        measures.field(question),
        measures.label(question),
        len(question.options),
        question.prefill,
    )


def everything_asked(form):
    """Answers under which as many questions as possible are asked: the last option that a
    condition names, and of several choices all that conditions name."""
    answers = {}
    kinds = {question.id: question.kind for question in form.questions}
    for link in (link for q in form.questions if q.when for link in q.when.links):
        if kinds[link.question] is QuestionKind.CHOICES:
            chosen = (*answers.get(link.question, ()), *link.one_of)
            answers[link.question] = tuple(dict.fromkeys(chosen))
        else:
            answers[link.question] = link.one_of[-1] == "true" or link.one_of[-1]
    return answers


def nothing_outside(frame) -> bool:
    """Each widget with words lies inside its page, and no word is wider than its widget."""
    from kivy.uix.label import Label

    for widget in frame.walk(restrict=True):
        if isinstance(widget, Label) and widget.text:
            inside = (
                widget.x >= frame.x - 1
                and widget.right <= frame.right + 1
                and widget.y >= frame.y - 1
                and widget.top <= frame.top + 1
            )
            wide_enough = widget.texture_size[0] <= widget.width + 6
            if not (inside and wide_enough):
                return False
    return True


def test_the_open_keyboard_leaves_room_for_the_field(look_of, catalogue):
    """In every look the field that is typed into is whole above the keyboard."""
    hall = look_of
    item = catalogue.item("139")
    hall.fill_in_form(item.form)
    for page in hall.attendant.pages():
        hall.attendant.here = Destination(Place.FORM, question=page.questions[0])
        hall.show()
        for field in list(hall.view._fields.values()):
            if field.text_target is None:
                continue
            hall.view._follow_typing(field.text_target, True)
            field.text_target.focus = True
            hall.frames()
            viewport = hall.view._frame.viewport
            assert viewport.y >= hall.view.dock.top - 1
            line = field.text_target.parent
            assert line.y >= viewport.y and line.top <= viewport.top, field.label
