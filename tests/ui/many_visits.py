"""A play for `inside`: one citizen after another; what is left of them is counted."""

import gc
import weakref
from pathlib import Path
from typing import Any

from kivy.clock import Clock as FrameClock
from kivy.uix.widget import Widget

from kiosk.catalogue.models import Kind
from kiosk.identity import Identity
from kiosk.journeys.steps import (
    Back,
    Browse,
    DepartmentChosen,
    FieldChosen,
    Home,
    ItemChosen,
    Place,
    Submit,
)
from kiosk.language import Language
from kiosk.session import Session
from screens.app import KioskApp
from screens.tour.ui_thread import frames, on_ui
from tests.ui import heap
from tests.ui.citizen import WITHIN_FRAMES, answer_page, lay_card, place, reach, start

WARM = 12
"""Visits after which every cache that has an end is full."""
INK = (((0.1, 0.9), (0.5, 0.4), (0.9, 0.1)), ((0.2, 0.3), (0.7, 0.3)))


def play(app: KioskApp, person: str, count: str) -> Any:
    """What there is after the first visits, and after all of them."""
    visits = Visits(app, Path(person))
    visits.until(lambda: app.attendant.intake.can_file and app.attendant.printer.ready)
    counted = []
    for number in range(int(count)):
        visits.one(number)
        if number + 1 in (WARM, int(count)):
            counted.append(visits.left())
    return counted


class Visits:
    """`app` runs on another thread."""

    def __init__(self, app: KioskApp, person: Path) -> None:
        self._app = app
        self._person = person
        self._views: list[weakref.ref] = []

    def one(self, number: int) -> None:
        """In turn: a filing to its end, a look-up that is left standing, a form in which the
        program fails, and forms and look-ups that are left for the home page."""
        match number % 6:
            case 0:
                self._file()
                self._take(Home())
            case 1 | 3:
                self._look_up()
                self._app.clock.move(500)
            case 2:
                self._begin_form(number)
                FrameClock.schedule_once(_break, 0)
            case 4:
                self._begin_form(number)
                self._take(Home())
            case _:
                self._look_up()
                self._take(Home())
        reach(self._app, Place.HOME)

    def _file(self) -> None:
        self._take(ItemChosen("041"))
        start(self._app)
        lay_card(self._app, self._person)
        while place(self._app) is Place.FORM:
            answer_page(self._app, self._person)
            self._see()
        self._do(lambda: self._app.attendant.sign(INK))
        self._take(Submit())
        reach(self._app, Place.DONE)
        self.until(self._printed)
        self._do(lambda: self._app.attendant.rate(5))

    def _look_up(self) -> None:
        attendant = self._app.attendant
        self._take(Browse(Kind.LOOK_UP), ItemChosen("107"))
        self._do(self._app._ask_help)
        start(self._app)
        lay_card(self._app, self._person)
        reach(self._app, Place.LOOK_UP)
        self.until(lambda: attendant.session.look_up_rows is not None)
        self._do(attendant.print_paper)

    def _begin_form(self, number: int) -> None:
        attendant = self._app.attendant
        field = attendant.catalogue.fields_of(Kind.FILE)[number % 3]
        self._take(Browse(Kind.FILE), FieldChosen(field.key))
        if place(self._app) is Place.DEPARTMENTS:
            department = attendant.catalogue.departments_of(field.key, Kind.FILE)[0]
            self._take(DepartmentChosen(department.key))
        self._take(Back(), Back(), ItemChosen("041"))
        start(self._app)
        lay_card(self._app, self._person)
        self._do(lambda: attendant.speak(Language.ENGLISH))
        self._do(lambda: attendant.use_large_type(True))
        answer_page(self._app, self._person)
        self._do(lambda: attendant.speak(Language.CHINESE))
        answer_page(self._app, self._person)
        self._see()

    def _printed(self) -> bool:
        printed = self._app.attendant.session.printed
        return printed is not None and printed.outcome is not None

    def until(self, holds) -> None:
        for _ in range(WITHIN_FRAMES):
            if holds():
                return
            frames(1)
        raise AssertionError("it did not come about in time")

    def _take(self, *steps: object) -> None:
        for step in steps:
            self._do(lambda s=step: self._app.attendant.take(s))

    def _do(self, act) -> None:
        on_ui(act)
        self._see()

    def _see(self) -> None:
        view = self._app.shell.view
        if not self._views or self._views[-1]() is not view:
            self._views.append(weakref.ref(view))

    def left(self) -> dict[str, object]:
        """What there is of every kind now, at the home page."""
        frames(3)
        on_ui(gc.collect)
        # A visit that stood idle ends by itself: nobody has looked at the page that came then.
        on_ui(self._see)
        return on_ui(
            lambda: {
                "screens seen": len(self._views),
                "screens alive": sum(ref() is not None for ref in self._views) - 1,
                "widgets": heap.instances(Widget),
                "sessions": heap.instances(Session),
                "identities": heap.instances(Identity),
                "threads": heap.threads(),
                "open files": heap.open_files(),
                "memory": heap.memory_mb(),
            }
        )


def _break(_dt: float) -> None:
    raise ZeroDivisionError("a fault of the program")
