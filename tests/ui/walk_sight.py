"""What a walk sees of the screen that it stands at. Everything here is called on the UI thread."""

from kiosk.forms.problem import words
from kiosk.forms.questions import Question
from screens.app import KioskApp
from screens.fields.field import Field
from screens.fields.locked import LockedField
from screens.tour.eyes import Seen, Sight, squashed


def kind(app: KioskApp) -> str:
    """Of the screen: its place and subject, and the page that a field opened in it."""
    here, sub_page = app.attendant.here, getattr(app.shell.view, "_sub_page", None)
    opened = type(sub_page).__name__ if sub_page is not None else ""
    return " ".join(filter(None, (here.place, here.subject, opened)))


def standing(app: KioskApp) -> dict[str, object]:
    """What was entered so far, right or wrong."""
    session = app.attendant.session
    return {**session.answers, **session.drafts}


def asked(app: KioskApp) -> list[Question]:
    """What the page asks that the card did not answer, in the order in which it is read."""
    return [f.question for f in _fields(app) if not isinstance(f, LockedField)]


def told(app: KioskApp, question: Question) -> bool:
    """What is wrong with the answer stands at its field, to be read."""
    field = next(f for f in _fields(app) if f.question.id == question.id)
    rejected = field.desk.sheet.problem(question)
    if rejected is None:
        return False
    message = words(rejected.problem)
    parts = [squashed(getattr(part, "text", "")) for part in field.walk(restrict=True)]
    return Sight().shows(message) and any(squashed(message) in part for part in parts)


def controls(sight: Sight, question: Question) -> list[Seen]:
    """Of the field that asks this question."""
    return [
        control
        for control in sight.controls()
        if any(isinstance(w, Field) and w.question.id == question.id for w in control.path)
    ]


def free(name: str) -> bool:
    """A finger can press what bears this name."""
    sight = Sight()
    return any(not sight.hindrance(control) for control in sight.named(name))


def stands(name: str) -> bool:
    """A control with just these words on it is on the screen."""
    sight, wanted = Sight(), squashed(name)
    return any(wanted in map(squashed, sight.texts_on(c)) for c in sight.controls())


def _fields(app: KioskApp) -> list[Field]:
    return [w for w in app.shell.view.walk(restrict=True) if isinstance(w, Field)]
