"""A citizen without a card reader: the identity comes as the reader's event, the rest is done on
the screens of a running kiosk. Called from a thread of its own."""

import json
from datetime import date
from pathlib import Path

from kivy.uix.textinput import TextInput

from kiosk.devices import DeviceState, MediaState, ReaderStatus
from kiosk.errors import CardRemoved
from kiosk.events import CardFailed, CardRead, CardReading, ReaderChanged
from kiosk.forms.answers import BRING_ORIGINAL, Address
from kiosk.forms.questions import Question, QuestionKind
from kiosk.identity import Assurance, Identity, IdentityKind, Sex
from kiosk.journeys.steps import GoOn, Place, Start
from screens.app import KioskApp
from screens.fields.address import AddressField
from screens.fields.field import Field
from screens.tour.ui_thread import frames, on_ui

WITHIN_FRAMES = 1200
HOUSE = Address("350428100001", ("福建省", "三明市", "将乐县", "古镛镇", "胜利村"), "1号")


def lay_card(app: KioskApp, person: Path) -> None:
    """As the reader reports it: one failed try, then the whole card."""
    known = json.loads(person.read_text("utf-8"))
    identity = Identity(
        kind=IdentityKind.RESIDENT_ID,
        assurance=Assurance.SAM_VERIFIED,
        name=known["name"],
        number=known["number"],
        sex=Sex.MALE,
        nation="01",
        birth=date(1976, 5, 21),
        address=known["address"],
        issuer="将乐县公安局",
        valid_from=date(2012, 6, 18),
        valid_to=None,
    )
    visit = app.attendant.session.visit
    for event in (CardReading(visit), CardFailed(visit, CardRemoved()), CardReading(visit)):
        on_ui(lambda e=event: app.attendant.hear(e))
    on_ui(lambda: app.attendant.hear(CardRead(visit, identity)))
    go_on_after_card(app)


def go_on_after_card(app: KioskApp) -> None:
    """To the form or the record; whoever has filed the same before wants it once more."""
    reach(app, Place.SHEET, Place.FORM, Place.LOOK_UP)
    for _ in range(WITHIN_FRAMES):
        if place(app) is not Place.SHEET:
            return
        if not app.attendant.session.office.asking:
            on_ui(lambda: app.attendant.take(GoOn()))
        frames(1)
    raise AssertionError("nobody said what was filed before")


def connect_reader(app: KioskApp) -> None:
    """As the reader reports itself, empty."""
    empty = ReaderStatus(DeviceState.ONLINE, MediaState.NOT_PRESENT)
    on_ui(lambda: app.attendant.hear(ReaderChanged(empty)))


def start(app: KioskApp) -> None:
    """From the guide to the card reader, past the notice of what it reads."""
    connect_reader(app)
    on_ui(lambda: app.attendant.take(Start()))
    if place(app) is Place.PRIVACY:
        on_ui(lambda: app.attendant.take(GoOn()))
    reach(app, Place.SIGN_IN)


def place(app: KioskApp) -> Place:
    return app.attendant.here.place


def reach(app: KioskApp, *places: Place) -> None:
    for _ in range(WITHIN_FRAMES):
        if place(app) in places:
            return
        frames(1)
    raise AssertionError(f"still at {place(app)}")


def answer_page(app: KioskApp, person: Path) -> None:
    """Everything that is asked on this page: options are chosen, text is typed, an address picker
    is opened and left."""
    known = json.loads(person.read_text("utf-8"))
    before = app.attendant.here

    def choose() -> None:
        for field in _fields(app):
            draft = _draft(field.question)
            if draft is not None:
                app.attendant.write(field.question.id, draft)
        app.attendant.moved()

    def fill() -> None:
        for field in _fields(app):
            if isinstance(field.text_target, TextInput):
                field.text_target.focus = True
                field.text_target.insert_text(known.get(field.question.id, "1号"))
            if isinstance(field, AddressField):
                field.picked.dispatch("on_release")
                app.attendant.write(field.question.id, HOUSE)

    def go_on() -> None:
        view = app.shell.view
        while view.stepped_back():
            pass
        view.action().run()

    for act in (choose, fill, go_on):
        on_ui(act)
    assert app.attendant.here != before, app.attendant.session.problems


def _fields(app: KioskApp) -> list[Field]:
    """Those that the citizen has to answer."""
    locked = app.attendant.session.locked
    fields = [w for w in app.shell.view.walk(restrict=True) if isinstance(w, Field)]
    return [field for field in fields if field.question.id not in locked]


def _draft(question: Question):
    match question.kind:
        case QuestionKind.CHOICE if question.id == "contact_place":
            return question.options[-1].key
        case QuestionKind.CHOICE:
            return question.options[0].key
        case QuestionKind.FILE:
            return BRING_ORIGINAL
        case QuestionKind.PROMISE:
            return True
        case _:
            return None
