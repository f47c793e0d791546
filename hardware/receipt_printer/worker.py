"""The one thread that owns the receipt printer."""

import itertools
import logging
import threading
from collections import deque
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from config.settings import Printer
from hardware.receipt_printer.profiles import PrinterProfile
from hardware.receipt_printer.status import STARTING
from kiosk.devices import PrinterStatus, PrintOutcome, Publish
from kiosk.documents.document import Document
from kiosk.documents.print_journal import PrintJournal
from kiosk.events import PrinterChanged, PrintFinished

if TYPE_CHECKING:
    from hardware.receipt_printer.printing import Printing

_log = logging.getLogger(__name__)

POLL_EVERY = 2.0
"""Seconds between two looks at an idle printer."""
STOP_WITHIN = 10.0


@dataclass(frozen=True)
class _Job:
    name: str
    document: Document
    visit: int


@dataclass(frozen=True)
class _Check:
    pass


class ReceiptPrinterWorker:
    """Implements `kiosk.devices.ReceiptPrinter`. `fonts` is the folder of the shipped fonts,
    `journal` the file of the print journal, by which a second copy is marked as one.

    A job for a printer that is not ready fails at once, with nothing sent. A job that was
    forgotten before its first byte ends without an event: its visit is over.
    """

    def __init__(
        self,
        printer: Printer,
        profile: PrinterProfile,
        fonts: Path,
        journal: Path,
        publish: Publish,
    ) -> None:
        self._printer = printer
        self._profile = profile
        self._fonts = fonts
        self._journal = journal
        self._publish = publish
        self._wake = threading.Condition()
        self._orders: deque[_Job | _Check] = deque()
        self._visit = 0
        self._stopping = False
        self._status = STARTING
        self._marks = itertools.count(1)
        self._thread = threading.Thread(target=self._run, name="receipt-printer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End the thread; a document that is being printed is printed to its end first."""
        with self._wake:
            self._stopping = True
            self._orders.clear()
            self._wake.notify()
        self._thread.join(STOP_WITHIN)

    def print(self, job: str, document: Document) -> None:
        with self._wake:
            self._orders.append(_Job(job, document, self._visit))
            self._wake.notify()

    def check(self) -> None:
        with self._wake:
            self._orders.append(_Check())
            self._wake.notify()

    def forget(self) -> None:
        with self._wake:
            self._visit += 1
            self._orders = deque(order for order in self._orders if isinstance(order, _Check))

    def _run(self) -> None:
        # Pillow, qrcode and python-escpos take 0.4 s and 14 MB: not before the first frame.
        from hardware.receipt_printer.printing import Printing

        journal = PrintJournal(self._journal)
        printing = Printing(self._printer, self._profile, self._fonts, rest=journal.interrupted)
        self._look(printing, tell_always=True)
        while True:
            order = self._next_order()
            if self._stopping:
                break
            match order:
                case _Job():
                    self._do(printing, journal, order)
                case _Check():
                    self._look(printing, tell_always=True)
                case None:
                    self._look(printing, tell_always=False)
        printing.close()
        journal.close()

    def _next_order(self) -> _Job | _Check | None:
        """None when it is time to look at an idle printer, or to stop."""
        with self._wake:
            self._wake.wait_for(lambda: self._orders or self._stopping, POLL_EVERY)
            return self._orders.popleft() if self._orders else None

    def _look(self, printing: "Printing", tell_always: bool) -> None:
        self._note(printing.status(), tell_always)

    def _note(self, status: PrinterStatus, tell_always: bool = False) -> None:
        if status != self._status:
            fault = status.fault.value if status.fault else "none"
            _log.info("printer %s, paper %s, fault %s", status.device, status.paper, fault)
        elif not tell_always:
            return
        self._status = status
        self._publish(PrinterChanged(status))

    def _do(self, printing: "Printing", journal: PrintJournal, job: _Job) -> None:
        """A job whose visit ended before its first byte leaves no trace."""
        status = printing.status()
        if job.visit != self._visit:
            return
        if not status.ready:
            journal.refuse(job.name, job.document)
            self._tell(job, PrintOutcome.FAILED, status, begun=False)
            return
        copies = journal.begin(job.name, job.document)
        mark = f"{next(self._marks) % 10_000:04d}".encode("ascii")
        try:
            outcome, status = printing.print(replace(job.document, reprint=copies), mark)
        except Exception as error:  # noqa: BLE001
            # A document that cannot be drawn must not end the thread that watches the printer;
            # the type alone is logged, since a message could hold what stands in the document.
            _log.error("a document could not be drawn: %s", type(error).__name__)
            outcome, status = PrintOutcome.FAILED, printing.status()
        journal.finish(job.name, outcome)
        self._tell(job, outcome, status, begun=True)

    def _tell(self, job: _Job, outcome: PrintOutcome, status: PrinterStatus, begun: bool) -> None:
        _log.info("printed %s: %s", job.document.kind, outcome)
        self._note(status)
        self._publish(PrintFinished(job.name, outcome, status, begun))
