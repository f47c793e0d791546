"""An attendant with everything around it that needs no device: ports that write down what they
were told, people who do not exist, and the shipped catalogue."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import product
from pathlib import Path

from kiosk.catalogue.eligibility import Answer as Verdict
from kiosk.catalogue.eligibility import Eligibility, judged
from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.search.search import load_search
from kiosk.clock import Clock
from kiosk.devices import (
    DeviceState,
    MediaState,
    PaperState,
    PrinterFault,
    PrinterStatus,
    ReaderStatus,
)
from kiosk.documents.document import Document
from kiosk.events import (
    DossierAnswered,
    FilingBlock,
    IntakeChanged,
    PrinterChanged,
    ReaderChanged,
)
from kiosk.forms.answers import Answer
from kiosk.forms.asked import drop_unasked
from kiosk.idle import IdleLimits
from kiosk.intake.contract import Application, Attachment, Strokes
from kiosk.intake.contract.case_acts import Act
from kiosk.intake.contract.dossier import Dossier, Person
from kiosk.journeys.attendant import Attendant
from kiosk.journeys.filling import PageSize
from kiosk.journeys.issuer import Issuer
from kiosk.journeys.ports import Ports
from kiosk.journeys.steps import PageAnswered, Place
from tests.unit.dossiers import NOTHING

CONFIG = Path(__file__).parent.parent.parent / "config"
CATALOGUE = load_catalogue(CONFIG / "catalogue")
SEARCH = load_search(CONFIG / "search", CATALOGUE)
READY = PrinterStatus(DeviceState.ONLINE, PaperState.FULL, None)
NO_PAPER = PrinterStatus(DeviceState.ONLINE, PaperState.OUT, PrinterFault.PAPER_OUT)


@dataclass
class Orders:
    """All three ports at once: what was ordered, in order. `dossier` is what the intake tells at
    once of whoever is asked for; None: it leaves that open."""

    given: list[tuple[str, object]] = field(default_factory=list)
    dossier: Dossier | None = NOTHING
    hear: Callable[[object], None] = lambda event: None

    def read_for(self, visit: str) -> None:
        self.given.append(("read", visit))

    def stop_reading(self) -> None:
        self.given.append(("stop reading", None))

    def print(self, job: str, document: Document) -> None:
        self.given.append(("print", (job, document)))

    def check(self) -> None:
        self.given.append(("check paper", None))

    def forget(self) -> None:
        self.given.append(("forget paper", None))

    def file(
        self, visit: str, applications: tuple[Application, ...], corrects: str | None = None
    ) -> None:
        self.given.append(("file", applications[0] if len(applications) == 1 else applications))

    def act(
        self,
        visit: str,
        number: str,
        act: Act,
        person: Person,
        attachments: tuple[Attachment, ...],
        strokes: Strokes,
    ) -> None:
        self.given.append(("act", (number, act)))

    def ask_dossier(self, visit: str, person: Person) -> None:
        self.given.append(("ask dossier", None))
        if self.dossier is not None:
            self.hear(DossierAnswered(visit, self.dossier))

    def ask_contents(self, visit: str, person: Person, number: str) -> None:
        self.given.append(("ask contents", number))

    def ask_windows(self, visit: str) -> None:
        self.given.append(("ask windows", None))

    def book(
        self,
        visit: str,
        window: str,
        day: date,
        begins: str,
        person: Person,
        name: str,
        about: str,
    ) -> None:
        self.given.append(("book", (window, day, begins)))

    def cancel(self, visit: str, booking: str, person: Person) -> None:
        self.given.append(("cancel", booking))

    def take_ticket(self, visit: str, window: str, booking: str | None) -> None:
        self.given.append(("take ticket", (window, booking)))

    def call_guide(self, place: str) -> None:
        self.given.append(("call guide", place))

    def end_call(self) -> None:
        self.given.append(("end call", None))

    def look_up(self, visit: str, item: str, number: str) -> None:
        self.given.append(("look up", item))

    def identify(self, visit: str, token: str) -> None:
        self.given.append(("identify", token))

    def ask_case(self, visit: str, number: str) -> None:
        self.given.append(("ask case", number))

    def rate(self, visit: str, reference: str, level: int, reasons: tuple[str, ...]) -> None:
        self.given.append(("rate", (reference, level, reasons)))

    def of(self, kind: str) -> list[object]:
        return [what for name, what in self.given if name == kind]


def open_attendant(
    printer: PrinterStatus = READY, block: FilingBlock | None = None
) -> tuple[Attendant, Orders, Clock]:
    """At the home page, with the reader, this printer and the intake reported."""
    clock, orders = Clock(), Orders()
    attendant = Attendant(Issuer("测试中心", "1 号自助终端"), clock, IdleLimits(120, 180, 2))
    page_size = PageSize(capacity=1000, height=lambda _question, _locked: 250)
    attendant.open(CATALOGUE, SEARCH, Ports(orders, orders, orders), lambda _large: page_size)
    orders.hear = attendant.hear
    attendant.hear(ReaderChanged(ReaderStatus(DeviceState.ONLINE, MediaState.NOT_PRESENT)))
    attendant.hear(PrinterChanged(printer))
    attendant.hear(IntakeChanged(reachable=block is None, block=block, waiting=0))
    return attendant, orders, clock


def now() -> datetime:
    return datetime.now().astimezone()


def passing(eligibility: Eligibility) -> dict[str, Answer]:
    """Answers with which the item can be applied for. ValueError where there are none."""
    questions = eligibility.questions
    for keys in product(*([option.key for option in q.options] for q in questions)):
        given: dict[str, Answer] = dict(zip([q.id for q in questions], keys, strict=True))
        if judged(eligibility, given).answer is Verdict.YES:
            return drop_unasked(eligibility.form, given)
    raise ValueError("nobody can apply")


def pass_check(attendant: Attendant) -> None:
    """Through 条件自查, where the visit stands before it."""
    item = attendant.session.item
    while attendant.here.place is Place.CHECK:
        assert item is not None and item.eligibility is not None
        for question, answer in passing(item.eligibility).items():
            attendant.session.answers[question] = answer
        attendant.take(PageAnswered())
