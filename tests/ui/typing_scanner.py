"""A play for `inside`: a scanner types into a running kiosk, as keys of the X server."""

import subprocess
import time
from pathlib import Path
from typing import Any

from kiosk.journeys.steps import GoOn, Home, ItemChosen, LookFor, Place, Start
from screens.app import KioskApp
from screens.tour.eyes import Sight
from screens.tour.ui_thread import frames, on_ui
from tests.ui import heap
from tests.ui.citizen import WITHIN_FRAMES, connect_reader, reach

NUMBER = "3504282611240037"
REFERENCE = "JL03-261124-K7QM2X"
SCANNER_MS, HAND_MS = "8", "200"
TRIES = 4
TRY_S = 3.0


def play(app: KioskApp, token: str) -> Any:
    """What the kiosk took of it, in each situation. `token` is a file, so that nothing here holds
    what must be gone."""
    attendant, seen = app.attendant, {}

    def field():
        return app.shell.view._line.input

    def take(*steps: object) -> None:
        for step in steps:
            on_ui(lambda s=step: attendant.take(s))

    def until(holds) -> None:
        for _ in range(WITHIN_FRAMES):
            if on_ui(holds):
                return
            frames(1)
        raise AssertionError("it did not come about in time")

    scan(NUMBER, lambda: attendant.here.place is Place.CASE)
    seen["at home"] = attendant.session.case.asked
    until(lambda: Sight().shows("没有查到这个编号") or Sight().shows("现在查不到"))

    take(Home(), LookFor())
    until(lambda: field().focus)
    heard = []
    heard_before = attendant.hear
    attendant.hear = lambda event: (heard.append(type(event).__name__), heard_before(event))
    scan(Path(token).read_text(), lambda: "Scanned" in heard)
    heard.clear()
    type_keys(NUMBER[:7], HAND_MS)
    keys = ("a", "BackSpace", "ctrl+v", "Escape", "F1", "alt+F4", "Tab", "Delete")
    subprocess.run(["xdotool", "key", *keys], check=True, timeout=5)
    frames(5)
    seen["heard of a hand"] = heard.count("Scanned")
    seen["in the field"] = [field().text, attendant.session.sought, field().focus]
    seen["place"] = attendant.here.place
    scan(REFERENCE, lambda: attendant.here.place is Place.CASE)
    seen["while typing"] = attendant.session.case.asked

    take(Home(), ItemChosen("041"))
    connect_reader(app)
    take(Start(), GoOn())
    reach(app, Place.SIGN_IN)
    scan(Path(token).read_text(), lambda: attendant.session.code_error is not None)
    error = attendant.session.code_error
    seen["refused"] = str(getattr(error, "problem", error))
    del error
    take(Home())
    frames(3)
    seen["kept"] = on_ui(lambda: heap.holders([Path(token).read_text()]))
    return seen


def scan(text: str, taken) -> None:
    """Again until it is taken, as one does who holds a code before a scanner: where the X server
    gets no time for a while, keys come all at once, and SDL takes a shift key that is let go and
    pressed again within 2 ms for one that was held."""
    for _ in range(TRIES):
        type_keys(text)
        end = time.monotonic() + TRY_S
        while time.monotonic() < end:
            if on_ui(taken):
                return
            frames(1)
    raise AssertionError("a code was not taken")


def type_keys(text: str, delay: str = SCANNER_MS) -> None:
    """As a scanner does: the characters, then Enter."""
    command = ["xdotool", "type", "--delay", delay, "--args", "1", text, "key", "Return"]
    subprocess.run(command, check=True, timeout=10)
