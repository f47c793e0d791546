"""A play for `inside`: items by their codes, each walked through from home and back."""

import time
from pathlib import Path
from typing import Any

from kivy.clock import Clock
from kivy.core.window import Window

from kiosk.catalogue.home import load_home_page
from kiosk.catalogue.models import Kind
from kiosk.configuration import CONFIG
from kiosk.forms.answers import to_json
from kiosk.forms.grouping import in_fours
from kiosk.intake.parts import parts_of
from screens.app import KioskApp
from screens.tour.eyes import Sight
from screens.tour.problem import CannotDo
from screens.tour.stage import Stage
from screens.tour.ui_thread import on_ui
from tests.ui.kiosk_process import addresses
from tests.ui.walk import DeadEnd, Walk


def play(app: KioskApp, control: str, folder: str, card: str, stay: str, codes: str) -> Any:
    """What came of each; the intake's record is written to the folder. `stay` are the kinds of
    screens, and `codes` the items, with commas between them."""
    on_ui(_draw_nothing)
    stage = Stage([], int(control), addresses(app.settings))
    home = load_home_page(CONFIG / "home.yaml")
    tiles = {tile.step: tile.title for tile in (*home.main, *home.tiles)}
    with stage.open(set(), Path(folder)):
        walk = Walk(
            app,
            lambda there: stage.lay(Path(card) if there else None, None),
            tiles,
            {kind for kind in stay.split(",") if kind},
        )
        walk.wait_for_devices()
        seen = [_walk(app, walk, code, Path(folder)) for code in codes.split(",")]
        stage.export(Path(folder) / "intake.json")
    return {"items": seen, "tried": walk.tried}


def _walk(app: KioskApp, walk: Walk, code: str, folder: Path) -> dict[str, Any]:
    """`applications` are what the intake has to have: answers by the item's code."""
    item, began = app.attendant.catalogue.item(code), time.monotonic()
    seen: dict[str, Any] = {"item": code, "problem": "", "shown": "", "applications": {}}
    try:
        if item.kind is Kind.FILE:
            walk.file(item)
            seen |= on_ui(lambda: _filed(app))
        else:
            walk.read(item)
        walk.leave()
    except (CannotDo, DeadEnd) as problem:
        texts = on_ui(lambda: Sight().texts())
        seen["problem"] = f"{problem} | {walk.where} | {' | '.join(texts)}"
        on_ui(app.start_over)
    seen["seconds"] = round(time.monotonic() - began, 1)
    print(code, seen["seconds"], seen["shown"], seen["problem"], flush=True)
    return seen


def _draw_nothing() -> None:
    """Frames are laid out and take touches as ever; what they look like takes most of their time,
    and is for the tours to show."""
    Window.on_draw = lambda *_args: None
    Window.flip = lambda: None
    Clock._max_fps = 1000


def _filed(app: KioskApp) -> dict[str, Any]:
    session = app.attendant.session
    filed, item = session.filed, session.item
    shown = filed.number or filed.reference
    return {
        "shown": shown if Sight().shows(in_fours(shown)) else "",
        "applications": {
            part.code: {key: to_json(answer) for key, answer in answers.items()}
            for part, answers in parts_of(item, app.attendant.catalogue, session.answers)
        },
    }
