"""A window with the shell in it, and a visit that stands before a form."""

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from config.settings import Hall as HallSettings
from config.settings import Window as WindowSettings
from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.home import load_home_page
from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.models import (
    ApplicantKind,
    Handling,
    Item,
    Kind,
    Origin,
    SelfService,
    SelfServiceLevel,
)
from kiosk.clock import Clock as VisitClock
from kiosk.configuration import CONFIG
from kiosk.document_camera import CameraDesk
from kiosk.forms.citizen_files import CitizenFiles
from kiosk.forms.questions import Form, Question, Section
from kiosk.idle import IdleLimits
from kiosk.journeys.attendant import Attendant
from kiosk.journeys.filling import prefill
from kiosk.journeys.issuer import Issuer
from kiosk.journeys.ports import Ports
from kiosk.journeys.steps import Destination, Place
from kiosk.text_entry.engines import Engines
from tests.people import ZHANG_YAN

SIZES = {"portrait": (1080, 1920), "landscape": (1920, 1080)}

HOME_PAGE = load_home_page(CONFIG / "home.yaml")

PERSON = replace(ZHANG_YAN, name="张䶮")


class Nobody:
    """Stands where a visit that only fills in a form calls no one."""

    def __getattr__(self, name: str):
        raise AssertionError(f"nobody was to be asked for {name}")


class Hall:
    """One visit in one window. `frames` lets Kivy work; everything is pressed by touches."""

    def __init__(self, files: Path | None) -> None:
        from screens.shell import Shell

        self.attendant = Attendant(
            Issuer("将乐县政务服务中心", "3 号自助终端"), VisitClock(), IdleLimits(120, 180, 2)
        )
        self.open(files)
        self.attendant.session.identity = PERSON
        self.attendant.moved = self.show
        self.attendant.changed = lambda: self.view.refresh()
        self.size = SIZES["portrait"]
        self.shell = Shell(
            HallSettings(
                name="将乐县政务服务中心",
                area="智能体验区",
                terminal="3 号自助终端",
                kiosk_id="JL-03",
            ),
            lambda: None,
            size_hint=(None, None),
        )

    def open(
        self,
        files: Path | None,
        engines: Engines | None = None,
        camera: CameraDesk | None = None,
    ) -> None:
        """Files of citizens come from this folder, pictures of papers from this camera."""
        from screens.citizen.form import page_size

        nobody = Nobody()
        citizen_files = CitizenFiles(files) if files else None
        ports = Ports(nobody, nobody, nobody, citizen_files, engines or Engines(), camera)
        self.attendant.open(Catalogue((), (), ()), nobody, ports, page_size)

    @property
    def view(self):
        return self.shell.view

    @property
    def session(self):
        return self.attendant.session

    def fill_in(self, *questions: Question, title: str = "申请人信息") -> None:
        """Stand before the first page of a form of these questions."""
        self.fill_in_form(Form(sections=(Section(id="first", title=title, questions=questions),)))

    def fill_in_form(self, form: Form) -> None:
        self.dress()
        self.session.item = item_with(form)
        prefill(self.session)
        first = self.attendant.pages()[0].questions[0]
        self.attendant.here = Destination(Place.FORM, question=first)
        self.show()

    def dress(self) -> None:
        from screens.theme import dress

        dress(*self.size, self.session.large_type)
        self.shell.size = self.size

    def show(self) -> None:
        from screens.navigation import view_for

        self.dress()
        self.shell.show(self.attendant, view_for(self.attendant, HOME_PAGE))
        self.frames()

    def frames(self, number: int = 4) -> None:
        from kivy.clock import Clock
        from kivy.lang import Builder

        # What Kivy does for each frame, without the drawing, which takes most of the time.
        for _ in range(number):
            Clock.tick()
            Builder.sync()
            Clock.tick_draw()
            Builder.sync()

    def until(self, holds: Callable[[], bool], seconds: float = 5) -> None:
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, "it did not come about in time"
            self.frames(1)
            # Between two frames the kiosk idles; without that its workers hardly get a turn.
            time.sleep(0.001)
        self.frames()

    def tap(self, words: str) -> None:
        self.touch(self.control(words))

    def touch(self, widget) -> None:
        self.draw(widget, ((0.5, 0.5),))

    def draw(self, widget, points) -> None:
        """A finger that goes along points of 0…1 of the widget, from its lower left."""
        from kivy.tests.common import UnitTestTouch

        places = [
            (widget.x + x * widget.width, widget.y + y * widget.height) for x, y in points
        ]
        touch = UnitTestTouch(*places[0])
        touch.touch_down()
        for place in places[1:]:
            touch.touch_move(*place)
        touch.touch_up()
        self.frames()

    def control(self, words: str):
        from kivy.uix.behaviors import ButtonBehavior

        for widget in self.shell.walk():
            if isinstance(widget, ButtonBehavior) and words in (
                getattr(widget, "words", None),
                getattr(widget, "name", None),
            ):
                return widget
        raise AssertionError(f"{words} is not on the screen: {self.texts()}")

    def control_named(self, name: str):
        """A thing to touch that is no button, by its name."""
        return next(w for w in self.shell.walk() if getattr(w, "name", "") == name)

    def shows(self, words: str) -> bool:
        return any(words in text for text in self.texts())

    def texts(self) -> list[str]:
        return [text for widget in self.shell.walk() if (text := getattr(widget, "text", ""))]

    def field(self, label: str):
        from screens.fields.field import Field

        return next(w for w in self.view.walk() if isinstance(w, Field) and w.label == label)

    def type(self, label: str, text: str) -> None:
        """Key by key on the keyboard of the screen."""
        self.touch(self.field(label).text_target)
        for character in text:
            self.tap("空格" if character == " " else character)


def item_with(form: Form) -> Item:
    return Item(
        code="901",
        name="个体工商户设立登记",
        kind=Kind.FILE,
        department="office",
        item_class="行政确认",
        handling=Handling.IMMEDIATE,
        applicants=(ApplicantKind.PERSON,),
        materials=(),
        materials_origin=Origin.SAMPLE,
        self_service=SelfService(level=SelfServiceLevel.FULL, origin=Origin.SAMPLE),
        form=form,
    )


@pytest.fixture(scope="session")
def kivy_window():
    from screens.window import prepare

    folder = tempfile.TemporaryDirectory()
    prepare(WindowSettings(width=1080, height=1920, fullscreen=False), Path(folder.name))
    from kivy.base import EventLoop
    from kivy.clock import Clock
    from kivy.core.window import Window

    # Frames that nobody sees need not wait for each other.
    Clock._max_fps = 0
    EventLoop.ensure_window()
    EventLoop.start()
    yield Window
    folder.cleanup()


@pytest.fixture
def hall(kivy_window, tmp_path: Path) -> Iterator[Hall]:
    visit = Hall(files=tmp_path)
    kivy_window.add_widget(visit.shell)
    yield visit
    if visit.view is not None:
        visit.view.leave()
    kivy_window.remove_widget(visit.shell)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(CONFIG / "catalogue")
