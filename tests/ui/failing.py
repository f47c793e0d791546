"""A play for `inside`: an error at the home page, and one more a given time after it."""

from typing import Any

from kivy.clock import Clock

from screens.app import KioskApp
from screens.tour.ui_thread import WindowStuck, frames, on_ui


def play(app: KioskApp, pause: str, words: str) -> Any:
    def fail(_dt: float) -> None:
        raise LookupError(words)

    on_ui(lambda: Clock.schedule_once(fail, 0))
    on_ui(lambda: Clock.schedule_once(fail, float(pause)))
    try:
        for _frame in range(200):
            frames(1)
    except WindowStuck:
        return {"goes on": False}
    return {"goes on": True}
