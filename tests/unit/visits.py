"""An attendant with everything around it that needs no device: ports that write down what they
were told, people who do not exist, and the shipped catalogue."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

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
from kiosk.events import FilingBlock, IntakeChanged, PrinterChanged, ReaderChanged
from kiosk.idle import IdleLimits
from kiosk.intake.application import Application
from kiosk.journeys.attendant import Attendant
from kiosk.journeys.filling import PageSize
from kiosk.journeys.paper import Issuer
from kiosk.journeys.ports import Ports

CONFIG = Path(__file__).parent.parent.parent / "config"
CATALOGUE = load_catalogue(CONFIG / "catalogue")
SEARCH = load_search(CONFIG / "search", CATALOGUE)
READY = PrinterStatus(DeviceState.ONLINE, PaperState.FULL, None)
NO_PAPER = PrinterStatus(DeviceState.ONLINE, PaperState.OUT, PrinterFault.PAPER_OUT)


@dataclass
class Orders:
    """All three ports at once: what was ordered, in order."""

    given: list[tuple[str, object]] = field(default_factory=list)

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

    def file(self, visit: str, application: Application) -> None:
        self.given.append(("file", application))

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
    attendant.hear(ReaderChanged(ReaderStatus(DeviceState.ONLINE, MediaState.NOT_PRESENT)))
    attendant.hear(PrinterChanged(printer))
    attendant.hear(IntakeChanged(reachable=block is None, block=block, waiting=0))
    return attendant, orders, clock


def now() -> datetime:
    return datetime.now().astimezone()
