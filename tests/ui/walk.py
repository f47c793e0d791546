"""A citizen who goes through the window by touches alone: what is touched is made from what stands
on the screen and from the definitions of the questions there."""

import time
from collections.abc import Callable
from random import Random

from kiosk.catalogue.models import Item, Kind
from kiosk.devices import DeviceState
from kiosk.forms.questions import Question, QuestionKind
from kiosk.journeys.collected import VOICES
from kiosk.journeys.steps import HOME, Browse, Collect, Collection, Place, Step, Subject
from screens.app import KioskApp
from screens.tour.actions import Choose, Type
from screens.tour.finger import TouchFinger
from screens.tour.hand import Hand
from screens.tour.ui_thread import frames, on_ui
from tests.touched_answers import Touches, right, wrong
from tests.ui import walk_sight
from tests.unit.visits import passing

WITHIN = 20.0
"""Seconds in which a card is read, a directory loaded, an application filed."""
BACK, HOMEWARDS, AFTER, PHOTOGRAPH = "返回", "首页", "下一页", "用摄像头拍"
AGAIN = "仍要再办"
MOST_PAGES = 60


class DeadEnd(Exception):
    """The walk does not go on as it has to."""


class WentHome(Exception):
    """首页 was tried, and led home: the visit begins anew."""


class Walk:
    """`lay` puts the citizen's card on the reader, or takes it away. Each kind of screen is left
    by 返回 once, to which the way forward has to lead to the same screen with the same answers, and
    by 首页 once, if it is none of `stay`."""

    def __init__(
        self, app: KioskApp, lay: Callable[[bool], None], steps: dict[Step, str], stay: set[str]
    ) -> None:
        self._app = app
        self._lay = lay
        self._tiles = steps
        self._hand = Hand(TouchFinger(), WITHIN)
        self._back: set[str] = set()
        self._home = set(stay)
        self._wronged: set[QuestionKind] = set()
        self._draw = Random()
        self._item: Item | None = None

    @property
    def tried(self) -> dict[str, list[str]]:
        return {
            "back": sorted(self._back),
            "home": sorted(self._home),
            "wrong": sorted(self._wronged),
        }

    @property
    def where(self) -> str:
        return self._kind

    def wait_for_devices(self) -> None:
        attendant = self._app.attendant
        self._until(
            lambda: (
                attendant.reader.device is DeviceState.ONLINE
                and attendant.printer.ready
                and attendant.intake.can_file
            )
        )

    def file(self, item: Item) -> None:
        """From home to the last page of its application."""
        self._from_home(item, self._file)

    def read(self, item: Item) -> None:
        """Its guide; what a look-up tells."""
        self._from_home(item, self._read)

    def leave(self) -> None:
        self._home.add(self._kind)
        self._hand.tap(HOMEWARDS)
        self._expect(self._here == HOME)
        self._expect(on_ui(lambda: self._app.attendant.session.untouched))

    def _from_home(self, item: Item, walk: Callable[[Item], None]) -> None:
        while True:
            self._draw.seed(item.code)
            self._item = item
            self._expect(self._here == HOME)
            try:
                walk(item)
            except WentHome:
                continue
            return

    # Finding and opening

    def _file(self, item: Item) -> None:
        self._find(item)
        self._begin()
        self._fill_in()
        self._submit()

    def _read(self, item: Item) -> None:
        self._find(item)
        if item.kind is Kind.LOOK_UP:
            self._begin()
            self._until(lambda: self._app.attendant.session.look_up_rows is not None)

    def _find(self, item: Item) -> None:
        """By the tiles of the home page, of fields, departments and items."""
        catalogue = self._app.attendant.catalogue
        if item.parts or item.code in VOICES:
            collection = Collection.LIFE_EVENTS if item.parts else Collection.VOICES
            self._choose_tile(self._tiles[Collect(collection)])
        else:
            self._choose_tile(self._tiles[Browse(item.kind)])
            department = catalogue.department(item.department)
            if item.kind is not Kind.LOOK_UP:
                field = next(f for f in catalogue.fields if f.key == department.field)
                self._choose_tile(field.name)
            if self._place is Place.DEPARTMENTS:
                self._choose_tile(department.name)
        self._choose_tile(item.name)
        self._expect(self._place is Place.GUIDE)
        self._expect(on_ui(lambda: self._app.attendant.here.item) == item.code)

    def _choose_tile(self, name: str) -> None:
        def choose() -> None:
            while not on_ui(lambda: walk_sight.stands(name)):
                self._hand.tap(AFTER)
            self._hand.tap(name)

        self._forth(choose)

    def _begin(self) -> None:
        """From the guide to the first page of the form, or to what a look-up tells."""
        self._forth(self._act)
        while self._place in (Place.CHECK, Place.PRIVACY, Place.BEFORE):
            if self._place is Place.CHECK:
                self._pass_check()
            self._forth(self._act)
        self._expect(self._place is Place.SIGN_IN)
        self._forth(self._show_card, lambda: None)
        if self._here.subject is Subject.FILED_ALREADY:
            self._forth(lambda: self._hand.tap(AGAIN))
        self._expect(self._place in (Place.FORM, Place.LOOK_UP))

    def _show_card(self) -> None:
        self._lay(True)
        self._until(lambda: self._app.attendant.here.place is not Place.SIGN_IN)
        self._until(lambda: not self._app.attendant.session.office.asking)
        frames(3)
        self._lay(False)

    # Filling in

    def _pass_check(self) -> None:
        assert self._item is not None and self._item.eligibility is not None
        given = passing(self._item.eligibility)
        self._err()
        done: set[str] = set()
        while left := self._left(done):
            question = left[0]
            done.add(question.id)
            options = {option.key: option.label for option in question.options}
            self._do((Choose({question.label: (options[str(given[question.id])],)}),))

    def _fill_in(self) -> None:
        while self._place is Place.FORM:
            before = self._here
            self._fill_page()
            self._forth(self._act)
            self._expect(self._here != before)
        self._expect(self._place is Place.REVIEW)

    def _fill_page(self) -> None:
        """Every question that stands on the page, or comes to stand there by an answer."""
        self._err()
        done: set[str] = set()
        while left := self._left(done):
            done.add(left[0].id)
            self._answer(left[0])

    def _answer(self, question: Question) -> None:
        match question.kind:
            case QuestionKind.PROMISE:
                self._hand.press(
                    lambda sight: walk_sight.controls(sight, question), question.label, True
                )
            case QuestionKind.GROUP:
                unit = question.unit or "项"
                self._forth(lambda: self._hand.tap(f"添加一{unit}"))
                while self._kind.endswith("RowEditor"):
                    self._fill_page()
                    self._act()
            case _:
                for opener in self._openers(question):
                    self._forth(opener)
                    self._hand.tap(BACK)
                self._do(right(question, self._draw))

    def _openers(self, question: Question) -> list[Callable[[], None]]:
        """What opens pages that nobody has gone back from."""
        match question.kind:
            case QuestionKind.ADDRESS if "form AddressPicker" not in self._back:
                return [lambda: self._hand.tap(question.label)]
            case QuestionKind.FILE if "form CameraPage" not in self._back:
                return [lambda: self._hand.choose(question.label, (PHOTOGRAPH,))]
            case _:
                return []

    def _err(self) -> None:
        """The first question of each kind, if it stands here: the message stands at the field, and
        all that was entered is still there."""
        tried: list[Question] = []
        for question in self._left(set()):
            touches = wrong(question)
            if question.kind not in self._wronged and touches is not None:
                self._wronged.add(question.kind)
                self._do(touches)
                tried.append(question)
        if not tried:
            return
        before, here = self._standing(), self._here
        self._act()
        self._expect((here, before) == (self._here, self._standing()))
        for question in tried:
            self._expect(on_ui(lambda q=question: walk_sight.told(self._app, q)), question.id)

    def _do(self, touches: Touches) -> None:
        for touch in touches:
            match touch:
                case Type(texts):
                    for label, text in texts.items():
                        self._hand.type(label, text)
                case Choose(options):
                    for label, chosen in options.items():
                        self._hand.choose(label, chosen)

    # Submitting

    def _submit(self) -> None:
        self._act()
        self._expect(self._place is Place.REVIEW, "without a signature")
        self._hand.sign()
        self._act()
        self._until(lambda: self._app.attendant.here.place is Place.DONE)
        self._until(lambda: self._app.attendant.session.filed.arrived)
        frames(2)
        self._came()

    # Going

    def _act(self) -> None:
        """Touch the main action."""
        action = on_ui(lambda: self._app.shell.view.action())
        if action is None:
            raise DeadEnd(f"{self._place} has no main action")
        self._hand.tap(action.words)

    def _forth(self, go: Callable[[], None], again: Callable[[], None] | None = None) -> None:
        """By these touches to the next screen; once for each kind back and forth again, then
        beginning with `again` if that is something else."""
        go()
        kind = self._came()
        if kind in self._back or not on_ui(lambda: self._app.shell.view.can_go_back):
            return
        self._back.add(kind)
        there, standing = self._here, self._standing()
        self._hand.tap(BACK)
        self._expect((there, kind) != (self._here, self._kind), f"{BACK} from {kind}")
        (again or go)()
        self._until_at((there, kind))
        self._expect(standing == self._standing(), f"what stood there, after {BACK} to {kind}")

    def _came(self) -> str:
        """A screen was reached: the ways out of it stand free. The first of each kind is left."""
        kind = self._kind
        for way in self._ways_out():
            self._expect(on_ui(lambda w=way: walk_sight.free(w)), f"no way by {way}")
        if kind not in self._home and self._place is not Place.DONE:
            self.leave()
            raise WentHome
        return kind

    def _ways_out(self) -> tuple[str, ...]:
        can_go_back = on_ui(lambda: self._app.shell.view.can_go_back)
        return (BACK, HOMEWARDS) if can_go_back else (HOMEWARDS,)

    def _until_at(self, wanted: tuple[object, str]) -> None:
        """The way forward from where 返回 led may have more than one step."""
        for _step in range(MOST_PAGES):
            if wanted == (self._here, self._kind):
                return
            self._act()
        raise DeadEnd(f"the way forward does not lead to {wanted[1]} again")

    # Looking

    @property
    def _here(self):
        return on_ui(lambda: self._app.attendant.here)

    @property
    def _place(self) -> Place:
        return self._here.place

    @property
    def _kind(self) -> str:
        return on_ui(lambda: walk_sight.kind(self._app))

    def _standing(self) -> dict[str, object]:
        return on_ui(lambda: walk_sight.standing(self._app))

    def _left(self, done: set[str]) -> list[Question]:
        return [q for q in on_ui(lambda: walk_sight.asked(self._app)) if q.id not in done]

    def _until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + WITHIN
        while not on_ui(holds):
            if time.monotonic() > end:
                raise DeadEnd(f"{self._kind} waits for ever")
            time.sleep(0.02)

    def _expect(self, holds: bool, about: str = "") -> None:
        if not holds:
            raise DeadEnd(f"{self._item and self._item.code} at {self._kind}: {about}")
