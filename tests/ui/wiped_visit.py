"""A play for `inside`: visits that end in different ways, and after each a search for what is left
of the citizen in memory, on the screen and on disk."""

import json
import tempfile
from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.uix.label import Label
from kivy.uix.textinput import TextInput

from kiosk.journeys.steps import HOME, ItemChosen, Place
from kiosk.session import Session
from screens.app import KioskApp
from screens.tour.finger import TouchFinger
from screens.tour.player import Player
from screens.tour.script import load_tour
from screens.tour.stage import Stage
from screens.tour.ui_thread import frames, on_ui
from tests.ui import heap
from tests.ui.citizen import answer_page, connect_reader, lay_card, place, reach, start
from tests.ui.kiosk_process import addresses

SECRETS = ("name", "number", "phone", "account", "house")


def play(app: KioskApp, tour: str, folder: str, control: str, person: str) -> Any:
    told = _tour(app, Path(tour), Path(folder), int(control), Path(person))
    after_idle = on_ui(lambda: _left(app, Path(person)))
    on_ui(lambda: app.attendant.take(ItemChosen("041")))
    start(app)
    lay_card(app, Path(person))
    reach(app, Place.FORM)
    while_it_lasts = on_ui(lambda: {k: bool(v) for k, v in _left(app, Path(person)).items()})
    _fail_in_the_middle(app, Path(person))
    return {
        "told": told,
        "while it lasts": while_it_lasts,
        "after standing idle": after_idle,
        "after an error": on_ui(lambda: _left(app, Path(person))),
    }


def _tour(app: KioskApp, tour: Path, folder: Path, control: int, person: Path) -> list[str]:
    """The lines that were told, without those that repeat what was typed."""
    told: list[str] = []

    def say(line: str) -> None:
        if line.startswith("  card:"):
            lay_card(app, person)
        if line.startswith("✗"):
            told.append(line)

    connect_reader(app)
    stage = Stage([], control, addresses(app.settings, "card"))
    with stage.open({"card"}, folder):
        Player(app, TouchFinger(), stage, folder, say).play(load_tour(tour))
    return told


def _fail_in_the_middle(app: KioskApp, person: Path) -> None:
    """An error on the UI thread whose words repeat everything of the citizen."""

    def fail(_dt: float) -> None:
        session = app.attendant.session
        raise ValueError(session.identity.name, session.identity.number, dict(session.drafts))

    for _page in range(2):
        answer_page(app, person)
    assert place(app) is Place.FORM and app.attendant.session.drafts
    Clock.schedule_once(fail, 0)
    frames(3)
    assert app.attendant.here == HOME


def _left(app: KioskApp, person: Path) -> dict[str, Any]:
    known = json.loads(person.read_text("utf-8"))
    secrets = [known.pop(key).replace(" ", "") for key in SECRETS]
    del known
    texts = [w for w in Window.children[0].walk() if isinstance(w, Label | TextInput)]
    return {
        "on the screen": [w.text for w in texts if any(s in w.text for s in secrets)],
        "in memory": heap.holders(secrets),
        "in files": heap.files_with(
            secrets, (app.settings.storage.folder, Path(tempfile.gettempdir()))
        ),
        "sessions": heap.instances(Session),
    }
