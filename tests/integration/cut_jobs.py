"""Jobs that are cut off at a place, and what then lies in the tray: judged by the paper alone."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image, ImageChops

from hardware.receipt_printer.worker import ReceiptPrinterWorker
from kiosk.devices import PrintOutcome
from kiosk.documents.document import Document
from kiosk.events import PrintFinished
from kiosk.journeys.news import note
from kiosk.journeys.paper_told import paper_told
from kiosk.journeys.printing import print_document
from kiosk.session import Session
from sandbox.printer import VirtualPrinter
from tests.integration.printer_fixtures import Reported, receipt

SIDE = 32
"""Dots of white that the virtual printer leaves around its pictures."""


@dataclass(frozen=True)
class Try:
    """`offered`: the screen would offer to print once more."""

    outcome: PrintOutcome
    title: str
    offered: bool


@dataclass(frozen=True)
class Story:
    """One document: its tries, and the `papers` that came out in their order: "whole" or "part",
    with " copy" when marked 补打."""

    tries: tuple[Try, ...]
    papers: tuple[str, ...]

    @property
    def wrong(self) -> list[str]:
        """What was not true, or not as it should be."""
        found: list[str] = []
        for one in self.tries:
            confirmed = one.outcome is PrintOutcome.CONFIRMED
            if confirmed != ("已打印" in one.title):
                found.append(f"told falsely: {one}")
        confirmed = [one.outcome is PrintOutcome.CONFIRMED for one in self.tries]
        if confirmed[-1] is False or sum(confirmed) > sum("whole" in p for p in self.papers):
            found.append(f"not whole: {self}")
        if sum("copy" not in paper for paper in self.papers) > 1:
            found.append(f"a copy without a mark: {self}")
        if "something else" in self.papers:
            found.append(f"not of this document: {self}")
        return found


class Tray:
    """One worker with its printer; every story is of a document of its own, all of one length."""

    def __init__(
        self, printer: VirtualPrinter, worker: ReceiptPrinterWorker, reported: Reported
    ) -> None:
        self._printer = printer
        self._worker = worker
        self._reported = reported
        self._documents = itertools.count()
        self._whole: dict[str, Image.Image] = {}
        before = printer.received
        document = self._document()
        assert PrintOutcome.CONFIRMED is self._print(document, Session()).outcome
        self.job_bytes = printer.received - before
        self._whole["whole"] = _dots(printer.receipts[-1])
        assert PrintOutcome.CONFIRMED is self._print(document, Session()).outcome
        self._whole["whole copy"] = _dots(printer.receipts[-1])

    @property
    def job_mm(self) -> float:
        return self._whole["whole"].height / 8

    def story(self, harm: Callable[[], None]) -> Story:
        """Harmed in its first try; then, where it is offered, once more on a printer in order."""
        document, session = self._document(), Session()
        seen = len(self._printer.receipts)
        harm()
        tries = [self._print(document, session)]
        self._printer.set_paper_left(None)
        self._printer.drop_after(None)
        self._printer.set_state("ok")
        if tries[0].offered:
            tries.append(self._print(document, session))
        # The printer proves a job after its cut: by now every paper before it is out too.
        papers = [_dots(file) for file in self._printer.receipts[seen:]]
        return Story(tuple(tries), tuple(self._judged(p) for p in papers if _has_ink(p)))

    def _document(self) -> Document:
        """Only the journal reads this reference; the papers stay alike."""
        return replace(receipt(), reference=f"document {next(self._documents)}")

    def _print(self, document: Document, session: Session) -> Try:
        assert print_document(session, document, self._worker)
        finished = self._reported.next(PrintFinished)
        note(session, finished)
        told = paper_told(session.printed, printer_ready=True)
        return Try(finished.outcome, told.title, bool(told.again))

    def _judged(self, paper: Image.Image) -> str:
        for kind, whole in self._whole.items():
            if _begins(whole, paper):
                same = paper.height == whole.height
                return kind if same else kind.replace("whole", "part")
        return "something else"


def _dots(file: Path) -> Image.Image:
    with Image.open(file) as picture:
        dots = picture.convert("L")
    return dots.crop((SIDE, SIDE, dots.width - SIDE, dots.height - SIDE))


def _has_ink(paper: Image.Image) -> bool:
    """A cut between two jobs can leave an empty piece."""
    return paper.height > 0 and paper.getextrema() != (255, 255)


def _begins(whole: Image.Image, paper: Image.Image) -> bool:
    if paper.height > whole.height:
        return False
    head = whole.crop((0, 0, whole.width, paper.height))
    return ImageChops.difference(head, paper).getbbox() is None
