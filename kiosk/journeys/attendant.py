"""Serves one citizen after another: takes steps from the screens and events from the devices,
keeps the session, and gives the devices their orders.

It runs on the UI thread and never blocks: every port behind it works in the background.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from kiosk import events
from kiosk.catalogue.catalogue import Catalogue
from kiosk.clock import Clock
from kiosk.devices import (
    DeviceState,
    MediaState,
    PaperState,
    PrinterFault,
    PrinterStatus,
    ReaderStatus,
)
from kiosk.forms.answers import Answer
from kiosk.forms.paging import Page
from kiosk.forms.questions import Question
from kiosk.identity import Identity
from kiosk.idle import Idle, IdleLimits, idle_state
from kiosk.intake.application import Strokes
from kiosk.journeys import arriving, beginning, signing_in
from kiosk.journeys.filling import PageSize, form_pages, judge, judge_number, write
from kiosk.journeys.helping import Helping
from kiosk.journeys.issuer import Issuer
from kiosk.journeys.moves import takes
from kiosk.journeys.news import VisitNews, concerns, note
from kiosk.journeys.page_of import page_of
from kiosk.journeys.pages import ListPage, SheetPage
from kiosk.journeys.ports import Ports
from kiosk.journeys.printing import print_page
from kiosk.journeys.rating import rate, rated_here
from kiosk.journeys.routes import (
    World,
    after_answer,
    after_card,
    after_filing,
    after_number,
    check_of,
    route,
    takes_codes,
)
from kiosk.journeys.scanned import after_code
from kiosk.journeys.steps import HOME, Destination, Home, PageAnswered, Place, Print, Step, Subject
from kiosk.journeys.submitting import submit
from kiosk.language import Language
from kiosk.scanning import Code
from kiosk.session import Session

if TYPE_CHECKING:
    # Known before the first frame, when nothing of the search is loaded yet.
    from kiosk.catalogue.search.search import Search

PATIENCE = 8.0
"""Seconds after the commit that a citizen waits for the intake's number before being told that
the application is kept here and will be sent."""
PATIENCE_BEFORE = 4.0
"""Seconds that the form waits for what the citizen has at the office already."""


@dataclass(frozen=True)
class _Opened:
    catalogue: Catalogue
    search: "Search"
    ports: Ports
    page_size: Callable[[bool], PageSize]


class Attendant:
    """`moved` is called when the place changed, `changed` when something on it did."""

    def __init__(self, issuer: Issuer, clock: Clock, limits: IdleLimits) -> None:
        self.session = Session()
        self.here = HOME
        self.reader = ReaderStatus(DeviceState.STARTING, MediaState.UNKNOWN)
        self.scanner: DeviceState | None = None
        self.camera: DeviceState | None = None
        self.printer = PrinterStatus(
            DeviceState.STARTING, PaperState.UNKNOWN, PrinterFault.NO_CONNECTION
        )
        self.intake = events.IntakeChanged(False, events.FilingBlock.STARTING, waiting=0)
        self.helping = Helping()
        self.card_forgotten = False
        self.moved: Callable[[], None] = lambda: None
        self.changed: Callable[[], None] = lambda: None
        self._opened: _Opened | None = None
        self._issuer = issuer
        self._clock = clock
        self._limits = limits
        self._touched_at = clock.now()
        self._patient_until: float | None = None
        self._waiting: Step | None = None

    def open(
        self,
        catalogue: Catalogue,
        search: "Search",
        ports: Ports,
        page_size: Callable[[bool], PageSize],
    ) -> None:
        """Everything behind the home page is there: take the step that came too early for it."""
        self._opened = _Opened(catalogue, search, ports, page_size)
        if self._waiting is not None:
            step, self._waiting = self._waiting, None
            self.take(step)

    # What the screens ask

    @property
    def catalogue(self) -> Catalogue:
        return self._behind.catalogue

    @property
    def search(self) -> "Search":
        return self._behind.search

    @property
    def ports(self) -> Ports:
        """The citizens' own files, the camera, and with what Chinese is written."""
        return self._behind.ports

    def world(self) -> World:
        return World(
            catalogue=self.catalogue,
            printer_ready=self.printer.ready,
            filing_block=self.intake.block,
            reader_working=self.reader.device in (DeviceState.ONLINE, DeviceState.BUSY),
            scanner_working=self.scanner is DeviceState.ONLINE,
            pages=self.pages(),
            check=check_of(self.session),
        )

    def pages(self) -> tuple[Page, ...]:
        """The pages of the form as it is asked here now, in the type size chosen now."""
        size = self._behind.page_size(self.session.large_type)
        return form_pages(self.session, self.here, size)

    def page(self) -> ListPage | SheetPage:
        """What the list or the sheet shows, where this is one."""
        return page_of(self.session, self.here, self.world())

    @property
    def rated(self) -> bool:
        """The service that this page is about has its rating from this visit."""
        return rated_here(self.session, self.here) in self.session.rated_services

    def takes(self, step: Step) -> bool:
        """Whether a button for this step would do anything here."""
        return takes(self.here.place, step)

    def idle(self) -> tuple[Idle, float]:
        """Whether the citizen has stood still too long, and the seconds left."""
        if self.session.untouched and self.here == HOME:
            return Idle.ACTIVE, self._limits.wipe_after
        limits = self._limits.stretched(self.session.large_type)
        return idle_state(limits, self._clock.now() - self._touched_at)

    @property
    def takes_codes(self) -> bool:
        """Whether a citizen can show an identity code in place of a card."""
        return takes_codes(self.session, self.here, self.scanner is DeviceState.ONLINE)

    @property
    def card_to_take(self) -> bool:
        """The card still lies on the reader though nothing needs it any more."""
        after = self.here.place not in (Place.SIGN_IN, Place.FORM, Place.REVIEW, Place.SUBMITTING)
        done = after and self.session.identity is not None
        return self.card_forgotten or (done and self.reader.media is MediaState.PRESENT)

    # What the citizen does

    def touched(self) -> None:
        self._touched_at = self._clock.now()

    def take(self, step: Step) -> None:
        """One step of the journey."""
        if self._opened is None:
            self._waiting = step
            return
        match step:
            case Home():
                self.end_visit()
                return
            case Print():
                self.print_paper()
                return
            case PageAnswered() if self.here.place is Place.NUMBER:
                self._ask_typed()
                return
            case _:
                self.session = beginning.begin(
                    self.session, self.here, step, self.catalogue, self._opened.ports.desk
                )
        there = route(self.session, self.here, step, self.world())
        if beginning.submits_again(self.session, there, step):
            self._submit()
        self._go(there)

    def speak(self, language: Language) -> None:
        self.session.language = language
        self.moved()

    def use_large_type(self, large: bool) -> None:
        self.session.large_type = large
        self.moved()

    def seek(self, typed: str) -> None:
        """What stands in the search now."""
        self.session.sought = typed

    def write(self, question: str, draft: Answer) -> None:
        """What stands in a field now, right or wrong; it is judged when the page is left."""
        write(self.session, question, draft)

    def answer_page(self, questions: tuple[Question, ...]) -> bool:
        """Judge a page: True when everything on it was accepted; the problems are kept else."""
        good = judge(self.session, questions, date.today())
        if good and self.here.place is Place.NUMBER:
            return judge_number(self.session)
        return good

    def sign(self, strokes: Strokes) -> None:
        self.session.signature = strokes

    def rate(self, level: int, reasons: tuple[str, ...] = ()) -> None:
        """Once for each service; the two lowest levels come with a reason."""
        rate(self.session, self.here, self._behind.ports.desk, level, reasons)
        self.changed()

    def call_guide(self) -> None:
        """Somebody is to come here."""
        if self._opened is not None:
            self.helping.begin(self._opened.ports.desk, self.here.place)
        self.changed()

    def end_help(self) -> None:
        """Not needed any more."""
        if self._opened is not None:
            self.helping.end(self._opened.ports.desk)
        self.changed()

    def end_visit(self) -> None:
        """Wipe everything of the visit and stand at the home page."""
        if self._opened is not None:
            self._opened.ports.reader.stop_reading()
            self._opened.ports.printer.forget()
        card_read = self.session.identity is not None
        self.session = Session()
        self._patient_until = None
        self.card_forgotten = card_read and self.reader.media is MediaState.PRESENT
        self.touched()
        self.here = HOME
        self.moved()

    def tick(self) -> None:
        """Called every fraction of a second."""
        state, _ = self.idle()
        if state is Idle.EXPIRED:
            self.end_visit()
        elif self._patient_until is not None and self._clock.now() >= self._patient_until:
            self._patient_until = None
            if self.here.subject is Subject.FILED_ALREADY:
                self.session.office.asking = False
                self._go(after_answer(self.session, self.here, self.world()))
            elif self.session.filed is not None:
                self._finish_filing()

    def print_paper(self, second: bool = False) -> None:
        """What this page tells, or what follows it; again only where the last try allows it."""
        printer = self._behind.ports.printer
        if print_page(self.session, self.here, self._issuer, self.catalogue, printer, second):
            self.changed()

    # What the devices and the intake report

    def hear(self, event: object) -> None:
        """One event, on the UI thread. One that belongs to a visit that ended is dropped."""
        if not concerns(self.session, event):
            return
        match event:
            case events.ReaderChanged(status):
                self.reader = status
                self.card_forgotten &= status.media is MediaState.PRESENT
                if self.here.place is Place.SIGN_IN:
                    signing_in.see_reader(self.session, self.ports.reader, status)
            case events.ScannerChanged(device):
                self.scanner = device
            case events.PrinterChanged(status):
                self.printer = status
            case events.IntakeChanged():
                self.intake = event
            case events.HelpChanged():
                self.helping.hear(event)
            case events.CardRead(_, identity) | events.IdentityFound(_, identity):
                self._take_identity(identity)
                return
            case events.Scanned(code):
                self._take_code(code)
                return
            case _ if isinstance(event, events.HandwritingEvent):
                if self.ports.engines.handwriting is not None:
                    self.ports.engines.handwriting.hear(event)
                return
            case events.CameraChanged(device):
                self.camera = device
            case _ if isinstance(event, events.CameraEvent) and self.ports.camera is not None:
                self.ports.camera.hear(event)
                return
            case _ if isinstance(event, VisitNews):
                self._take_news(event)
            case _:
                raise TypeError(type(event).__name__)
        self.changed()

    # Inside

    @property
    def _behind(self) -> _Opened:
        if self._opened is None:
            raise RuntimeError("not open yet")
        return self._opened

    def _go(self, there: Destination) -> None:
        if there == self.here:
            self.changed()
            return
        left, self.here = self.here, there
        arriving.arrive(self.session, left, there, self._behind.ports)
        if there.place is Place.SUBMITTING:
            self._submit()
        if there.subject is Subject.FILED_ALREADY:
            self._patient_until = self._clock.now() + PATIENCE_BEFORE
        self._settle()
        self.moved()

    def _settle(self) -> None:
        """Go on from a page that has got what it waited for."""
        there = after_answer(self.session, self.here, self.world())
        if there != self.here:
            arriving.arrive(self.session, self.here, there, self._behind.ports)
            self.here = there

    def _take_news(self, event: VisitNews) -> None:
        note(self.session, event)
        match event:
            case events.ApplicationKept() | events.ActKept():
                self._patient_until = self._clock.now() + PATIENCE
            case events.ApplicationReceived() | events.ActReceived():
                if self.session.filed is not None and self.session.filed.arrived:
                    self._finish_filing()
            case events.SendingDeferred() | events.ActRefused():
                self._finish_filing()
            case events.PrintFinished():
                self.printer = event.status
                self.print_paper(second=True)
            case _:
                there = after_answer(self.session, self.here, self.world())
                if there != self.here:
                    self._go(there)

    def _take_identity(self, identity: Identity) -> None:
        if self.here.place is not Place.SIGN_IN:
            # The visit went on without it, maybe as someone else.
            return
        self.touched()
        if signing_in.take_identity(self.session, self.here, identity, date.today()):
            self._go(after_card(self.session, self.here, self.world()))
        else:
            self.changed()

    def _take_code(self, code: Code) -> None:
        if self._opened is None or self.idle()[0] is not Idle.ACTIVE:
            # Over the warning only its own button counts.
            return
        there = after_code(self.session, self.here, self._opened.ports.desk, code)
        if there is not None:
            self.touched()
            self._go(there)

    def _ask_typed(self) -> None:
        if beginning.ask_typed(self.session, self._behind.ports.desk):
            self._go(after_number(self.here))

    def _submit(self) -> None:
        submit(self.session, self.catalogue, self.ports.desk, datetime.now().astimezone())

    def _finish_filing(self) -> None:
        self._patient_until = None
        if self.here.place is Place.SUBMITTING:
            there = after_filing(self.session, self.here)
            if there.place is Place.DONE:
                self.print_paper()
            self._go(there)
