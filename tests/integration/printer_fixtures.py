"""A virtual printer on a free port, a worker that prints on it, and what the worker reported."""

import queue
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from config.settings import NetworkPrinter, Printer
from hardware.receipt_printer.profiles import PrinterProfile, load_profile
from hardware.receipt_printer.worker import ReceiptPrinterWorker
from kiosk.documents.document import Document, DocumentKind, Field, QrCode
from kiosk.events import PrinterChanged, PrintFinished
from sandbox.printer import VirtualPrinter

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
    """A document as long as an intake receipt, made here: what it says is tested elsewhere."""
    return Document(
        kind=DocumentKind.INTAKE_RECEIPT,
        issuer="将乐县政务服务中心",
        title="收件凭证",
        reference=number,
        number_label="收件编号",
        number=number,
        fields=(
            Field("办理事项", "个体工商户设立登记"),
            Field("承办部门", "将乐县市场监督管理局"),
            Field("受理地点", "将乐县政务服务中心一楼综合窗口 12 号"),
            Field("办件类型", "承诺件"),
            Field("申请人", "张*"),
            Field("证件号码", "350428********0018"),
            Field("联系电话", "138****0000"),
            Field("收件时间", "2026-06-13 09:41"),
            Field("办理终端", "3 号自助终端"),
            Field("终端单号", "JL-03-7K2M-9QXR"),
        ),
        notices=(
            "收件不等于受理。承办部门审核材料后，决定是否受理并告知您。",
            "查询办理情况：在自助终端或窗口出示下方二维码或身份证。",
            "办理时限从受理之日起计算，补正材料、检验检测和专家评审的时间不算在内。",
            "对办理结果有异议的，可以依法申请行政复议或者提起行政诉讼。",
            "本凭证由自助终端打印，没有盖章，不能作为领取证照的唯一凭据。",
            "办理地点、时间和电话以窗口公布为准。",
        ),
        qr=QrCode(number, "查询时请出示此码"),
        footer=("请妥善保管本凭证",),
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
        where: int | Printer, paper: PrinterProfile | None = None
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
