"""Serves one citizen after another: takes steps from the screens and events from the devices,
keeps the session, and gives the devices their orders.

It runs on the UI thread and never blocks: every port behind it works in the background.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

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
from kiosk.events import (
    ApplicationKept,
    ApplicationReceived,
    CardFailed,
    CardRead,
    CardReading,
    CaseAnswered,
    CaseFailed,
    FilingBlock,
    FilingFailed,
    HandwritingLost,
    HandwritingOpened,
    HandwritingRead,
    IdentityFound,
    IdentityRefused,
    IntakeChanged,
    LookUpAnswered,
    LookUpFailed,
    PrinterChanged,
    PrintFinished,
    ReaderChanged,
    Scanned,
    ScannerChanged,
    SendingDeferred,
)
from kiosk.forms.answers import Answer
from kiosk.forms.citizen_files import CitizenFiles
from kiosk.forms.paging import Page
from kiosk.forms.questions import Question
from kiosk.identity import Identity
from kiosk.idle import Idle, IdleLimits, idle_state
from kiosk.intake.application import Strokes
from kiosk.journeys import signing_in
from kiosk.journeys.asking import ask_case, ask_record, show_receipt
from kiosk.journeys.filling import PageSize, filled, form_pages, judge, prefill, write
from kiosk.journeys.news import concerns, note
from kiosk.journeys.paper import Issuer, begin_job, paper_for
from kiosk.journeys.ports import Ports
from kiosk.journeys.routes import (
    World,
    after_card,
    after_filing,
    after_receipt,
    route,
    takes_codes,
)
from kiosk.journeys.steps import HOME, Back, Destination, Home, ItemChosen, Place, Step, TryAgain
from kiosk.language import Language
from kiosk.scanning import Code, ReceiptCode
from kiosk.session import Session
from kiosk.text_entry.engines import Engines

if TYPE_CHECKING:
    # Known before the first frame, when nothing of the search is loaded yet.
    from kiosk.catalogue.search.search import Search

PATIENCE = 8.0
"""Seconds after the commit that a citizen waits for the intake's number before being told that
the application is kept here and will be sent."""


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
        self.printer = PrinterStatus(
            DeviceState.STARTING, PaperState.UNKNOWN, PrinterFault.NO_CONNECTION
        )
        self.intake = IntakeChanged(reachable=False, block=FilingBlock.STARTING, waiting=0)
        self.card_forgotten = False
        self.moved: Callable[[], None] = lambda: None
        self.changed: Callable[[], None] = lambda: None
        self._opened: _Opened | None = None
        self._issuer = issuer
        self._clock = clock
        self._limits = limits
        self._touched_at = clock.now()
        self._kept_at: float | None = None
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
    def files(self) -> CitizenFiles | None:
        return self._behind.ports.files

    @property
    def engines(self) -> Engines:
        """With which Chinese is written."""
        return self._behind.ports.engines

    def world(self) -> World:
        return World(
            catalogue=self.catalogue,
            printer_ready=self.printer.ready,
            filing_block=self.intake.block,
            reader_working=self.reader.device in (DeviceState.ONLINE, DeviceState.BUSY),
            scanner_working=self.scanner is DeviceState.ONLINE,
            pages=self.pages(),
        )

    def pages(self) -> tuple[Page, ...]:
        """The pages of the form as it is asked now, in the type size chosen now."""
        return form_pages(self.session, self._behind.page_size(self.session.large_type))

    def idle(self) -> tuple[Idle, float]:
        """Whether the citizen has stood still too long, and the seconds left."""
        if self.session.untouched and self.here == HOME:
            return Idle.ACTIVE, self._limits.wipe_after
        limits = self._limits.stretched(self.session.large_type)
        return idle_state(limits, self._clock.now() - self._touched_at)

    @property
    def takes_codes(self) -> bool:
        """Whether a citizen can show an identity code in place of a card."""
        return takes_codes(self.session, self.scanner is DeviceState.ONLINE)

    @property
    def card_to_take(self) -> bool:
        """The card still lies on the reader though nothing needs it any more."""
        after = self.here.place in (Place.DONE, Place.CASE)
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
            case ItemChosen(code):
                self._choose(code)
            case TryAgain():
                self._try_again()
            case Back() if self.here.place is Place.SEARCH:
                self.session.sought = ""
            case _:
                pass
        self._go(route(self.session, self.here, step, self.world()))

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
        return judge(self.session, questions, date.today())

    def sign(self, strokes: Strokes) -> None:
        self.session.signature = strokes

    def rate(self, level: int, reasons: tuple[str, ...] = ()) -> None:
        """Once for each service; the two lowest levels come with a reason."""
        filed = self.session.filed
        self.session.rating, self.session.rating_reasons = level, reasons
        if filed is None or self.session.rated or (level <= 2 and not reasons):
            self.changed()
            return
        self.session.rated = True
        self._behind.ports.desk.rate(self.session.visit, filed.reference, level, reasons)
        self.changed()

    def end_visit(self) -> None:
        """Wipe everything of the visit and stand at the home page."""
        if self._opened is not None:
            self._opened.ports.reader.stop_reading()
            self._opened.ports.printer.forget()
        card_read = self.session.identity is not None
        self.session = Session()
        self._kept_at = None
        self.card_forgotten = card_read and self.reader.media is MediaState.PRESENT
        self.touched()
        self.here = HOME
        self.moved()

    def tick(self) -> None:
        """Called every fraction of a second."""
        state, _ = self.idle()
        if state is Idle.EXPIRED:
            self.end_visit()
        elif self._kept_at is not None and self._clock.now() - self._kept_at >= PATIENCE:
            self._finish_filing()

    def print_paper(self) -> None:
        """What this visit leaves on paper; again only where the last try allows it."""
        if self.session.printed is None or self.session.printed.may_be_repeated:
            document = paper_for(self._issuer, self.catalogue, self.session)
            self._behind.ports.printer.print(begin_job(self.session, document), document)
            self.changed()

    # What the devices and the intake report

    def hear(self, event: object) -> None:
        """One event, on the UI thread. One that belongs to a visit that ended is dropped."""
        if not concerns(self.session, event):
            return
        match event:
            case ReaderChanged(status):
                self._see_reader(status)
            case ScannerChanged(device):
                self.scanner = device
            case PrinterChanged(status):
                self.printer = status
            case IntakeChanged():
                self.intake = event
            case CardRead(_, identity) | IdentityFound(_, identity):
                self._take_identity(identity)
                return
            case Scanned(code):
                self._take_code(code)
                return
            case ApplicationKept():
                note(self.session, event)
                self._kept_at = self._clock.now()
            case ApplicationReceived() | SendingDeferred():
                note(self.session, event)
                self._finish_filing()
            case PrintFinished(_, _, status, _):
                self.printer = status
                note(self.session, event)
            case CardReading() | CardFailed() | FilingFailed() | LookUpAnswered() | LookUpFailed():
                note(self.session, event)
            case IdentityRefused() | CaseAnswered() | CaseFailed():
                note(self.session, event)
            case HandwritingOpened() | HandwritingRead() | HandwritingLost():
                if self.engines.handwriting is not None:
                    self.engines.handwriting.hear(event)
                return
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
        if left.place is Place.SIGN_IN:
            self._behind.ports.reader.stop_reading()
        if left.place is Place.CASE:
            self.session.case = None
        if there.place is Place.SIGN_IN:
            signing_in.begin(self.session, self._behind.ports.reader)
        if there.place is Place.SUBMITTING:
            self._submit()
        if there.place is Place.LOOK_UP:
            ask_record(self.session, self._behind.ports.desk)
        if there.place in (Place.GUIDE, Place.BEFORE):
            self._behind.ports.printer.check()
        self.moved()

    def _choose(self, code: str) -> None:
        item, session = self.catalogue.item(code), self.session
        if session.item is None:
            session.item = item
        elif session.item.code != code:
            self.session = session.for_another(item)
        prefill(self.session)

    def _see_reader(self, status: ReaderStatus) -> None:
        self.reader = status
        self.card_forgotten = self.card_forgotten and status.media is MediaState.PRESENT
        if self.here.place is Place.SIGN_IN:
            signing_in.see_reader(self.session, self._behind.ports.reader, status)

    def _take_identity(self, identity: Identity) -> None:
        if self.here.place is not Place.SIGN_IN:
            # The visit went on without it, maybe as someone else.
            return
        self.touched()
        if signing_in.take_identity(self.session, identity, date.today()):
            self._go(after_card(self.session, self.here, self.world()))
        else:
            self.changed()

    def _take_code(self, code: Code) -> None:
        if self._opened is None or self.idle()[0] is not Idle.ACTIVE:
            # Over the warning only its own button counts.
            return
        there, desk = self.here, self._behind.ports.desk
        match code:
            case _ if there.place is Place.SIGN_IN:
                taken = signing_in.take_code(self.session, desk, code)
            case ReceiptCode(number) if (there := after_receipt(there)).place is Place.CASE:
                taken = show_receipt(self.session, desk, number)
            case _:
                taken = False
        if taken:
            self.touched()
            self._go(there)

    def _submit(self) -> None:
        application = filled(self.session, datetime.now().astimezone())
        if application is not None:
            self.session.filing_error = None
            self._behind.ports.desk.file(self.session.visit, application)

    def _try_again(self) -> None:
        match self.here.place:
            case Place.SUBMITTING if self.session.filing_error is not None:
                self._submit()
            case Place.LOOK_UP:
                ask_record(self.session, self._behind.ports.desk)
            case Place.CASE if self.session.case is not None:
                ask_case(self.session, self._behind.ports.desk, self.session.case.asked)
            case _:
                pass

    def _finish_filing(self) -> None:
        self._kept_at = None
        if self.here.place is Place.SUBMITTING:
            self.print_paper()
            self._go(after_filing(self.here))
