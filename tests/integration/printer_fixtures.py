"""A virtual printer on a free port, a worker that prints on it, and what the worker reported."""

import queue
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest

from config.settings import NetworkPrinter, SerialPrinter
from hardware.receipt_printer.profiles import PrinterProfile, load_profile
from hardware.receipt_printer.worker import ReceiptPrinterWorker
from kiosk.documents.document import Document
from kiosk.documents.intake_receipt import intake_receipt
from kiosk.events import PrinterChanged, PrintFinished
from sandbox.printer import VirtualPrinter
from tests.people import ZHANG_YAN

ROOT = Path(__file__).parents[2]
NUMBER = "202606130001"
FAST = 5000.0
"""Millimetres a second: a receipt in 40 ms."""

Event = TypeVar("Event", PrinterChanged, PrintFinished)


class Reported:
    """What a worker published, in its order."""

    def __init__(self) -> None:
        self._queue: queue.Queue[object] = queue.Queue()

    def publish(self, event: object) -> None:
        self._queue.put(event)

    def next(self, kind: type[Event], within: float = 10.0) -> Event:
        """The next event of this kind; others before it are passed over."""
        deadline = time.monotonic() + within
        while True:
            event = self._queue.get(timeout=max(deadline - time.monotonic(), 0.001))
            if isinstance(event, kind):
                return event

    def empty(self) -> bool:
        return self._queue.empty()


def profile(name: str = "80mm") -> PrinterProfile:
    return load_profile(ROOT / "config" / "printers", name)


def receipt(number: str = NUMBER) -> Document:
    return intake_receipt(
        issuer="将乐县政务服务中心",
        terminal="3 号自助终端",
        item="个体工商户设立登记",
        department="将乐县市场监督管理局",
        applicant=replace(ZHANG_YAN, name="张岩"),
        phone="13805980000",
        handling="承诺件",
        number=number,
        reference="JL-03-7K2M-9QXR",
        at=datetime(2026, 6, 13, 9, 41),
    )


Start = Callable[..., ReceiptPrinterWorker]


@pytest.fixture
def make_printer(tmp_path: Path) -> Iterator[Callable[..., VirtualPrinter]]:
    """Starts virtual printers; FAST unless told otherwise."""
    started: list[VirtualPrinter] = []

    def make(port: int = 0, speed: float = FAST, **options: int | bool) -> VirtualPrinter:
        folder = tmp_path / f"receipts-{len(started)}"
        printer = VirtualPrinter("127.0.0.1", port, folder, speed, **options)
        printer.start()
        started.append(printer)
        return printer

    yield make
    for printer in started:
        printer.stop()


@pytest.fixture
def printer(make_printer: Callable[..., VirtualPrinter]) -> VirtualPrinter:
    return make_printer()


@pytest.fixture
def reported() -> Reported:
    return Reported()


@pytest.fixture
def start(reported: Reported, tmp_path: Path) -> Iterator[Start]:
    """Starts workers for a port or for other settings, and has their first status read off."""
    started: list[ReceiptPrinterWorker] = []

    def start_worker(
        where: int | SerialPrinter, paper: PrinterProfile | None = None
    ) -> ReceiptPrinterWorker:
        settings = (
            NetworkPrinter(connection="network", host="127.0.0.1", port=where, profile="80mm")
            if isinstance(where, int)
            else where
        )
        worker = ReceiptPrinterWorker(
            settings,
            paper or profile(),
            ROOT / "assets" / "fonts",
            tmp_path / "print-journal.sqlite3",
            reported.publish,
        )
        worker.start()
        started.append(worker)
        return worker

    yield start_worker
    for worker in started:
        worker.stop()
