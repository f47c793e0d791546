"""A receipt from the finished document to the printer, beside a bare python-escpos script that
prints the same picture, in turn in one run.

python-escpos is given the picture ready drawn; its `image()` makes it RGBA, greyscale and black and
white again, which dithers, before the first byte. The kiosk draws while it sends, and asks its
printer on the way.
"""

import json
import queue
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from escpos.printer import Network
from PIL import Image

from config.settings import NetworkPrinter
from hardware.receipt_printer.worker import ReceiptPrinterWorker
from kiosk.devices import PrintOutcome
from kiosk.documents.document import Document, DocumentKind
from kiosk.events import PrintFinished
from sandbox.printer import VirtualPrinter
from sandbox.printer.commands import Parser, RealTime, Setting
from tests.unit.paper_samples import FONTS, drawn, profile, sample

ROUNDS, WARM = 60, 5
ON_PAPER = 5
SPEED = 150.0
"""Millimetres a second, the lower end of today's 80 mm printers."""
WIDTH = "80mm"
READY = b"\x12"
"""Answers each DLE EOT: nothing is the matter."""
GOAL_RATIO, GOAL_FIRST = 1.2, 0.150


@dataclass(frozen=True)
class Job:
    """Seconds until the first bytes behind ESC @ and the last of the cut had come, and how many it
    were."""

    first: float
    last: float
    size: int


def main() -> int:
    document = sample(DocumentKind.INTAKE_RECEIPT)
    picture = drawn(document, profile(WIDTH))
    with endless_printer() as (port, jobs):
        ours, bare = _in_turn(port, jobs, document, picture)
    good = _report(ours, bare)
    _on_paper(document, picture)
    return 0 if good else 1


def _in_turn(
    port: int, jobs: TextIO, document: Document, picture: Image.Image
) -> tuple[list[Job], list[Job]]:
    ours: list[Job] = []
    bare: list[Job] = []
    with kiosk_on(port) as (worker, finished):
        for number in range(ROUNDS + WARM):
            began = time.monotonic()
            # A reference of its own: the same one would be marked as printed before.
            worker.print(f"{number}", replace(document, reference=f"{number}"))
            ours.append(_came(jobs, began))
            assert finished.get(timeout=10).outcome is PrintOutcome.CONFIRMED
            printer = Network("127.0.0.1", port, profile="TM-T20II")
            printer.open()
            began = time.monotonic()
            _bare(printer, picture)
            bare.append(_came(jobs, began))
            printer.close()
    return ours[WARM:], bare[WARM:]


def _bare(printer: Network, picture: Image.Image) -> None:
    printer.hw("INIT")
    printer.image(picture)
    printer.cut()


def _on_paper(document: Document, picture: Image.Image) -> None:
    """Until a printer of a real one's speed has printed and cut it."""
    took: dict[str, list[float]] = {"kiosk": [], "bare": []}
    with tempfile.TemporaryDirectory() as folder:
        virtual = VirtualPrinter("127.0.0.1", 0, Path(folder), SPEED)
        virtual.start()
        try:
            with kiosk_on(virtual.port) as (worker, finished):
                for number in range(ON_PAPER):
                    began = time.monotonic()
                    worker.print(f"{number}", replace(document, reference=f"{number}"))
                    virtual.wait_for_receipts(2 * number + 1, 30)
                    took["kiosk"].append(time.monotonic() - began)
                    finished.get(timeout=30)
                    printer = Network("127.0.0.1", virtual.port, profile="TM-T20II")
                    printer.open()
                    began = time.monotonic()
                    _bare(printer, picture)
                    virtual.wait_for_receipts(2 * number + 2, 30)
                    took["bare"].append(time.monotonic() - began)
                    printer.close()
        finally:
            virtual.stop()
    kiosk, bare = (statistics.median(took[each]) for each in ("kiosk", "bare"))
    print(f"{picture.height / 8:.0f} mm at {SPEED:.0f} mm/s, printed and cut", end=": ")
    print(f"kiosk {kiosk:.2f} s, bare {bare:.2f} s, ratio {kiosk / bare:.2f}")


def _report(ours: list[Job], bare: list[Job]) -> bool:
    print(f"{f'one receipt, {len(ours)} rounds, medians':40}{'kiosk':>10}{'bare':>10}{'ratio':>8}")
    ratios = {}
    for name, unit, digits in (("first", 1000, 1), ("last", 1000, 1), ("size", 1, 0)):
        mine, other = (
            unit * statistics.median(getattr(j, name) for j in of) for of in (ours, bare)
        )
        ratios[name] = mine / other
        words = {"first": "first byte, ms", "last": "last byte, ms", "size": "bytes"}[name]
        print(f"{words:40}{mine:10.{digits}f}{other:10.{digits}f}{ratios[name]:8.2f}")
    print(
        f"goal: first byte ≤ {1000 * GOAL_FIRST:.0f} ms; last byte and bytes ≤ {GOAL_RATIO} times"
    )
    first = statistics.median(job.first for job in ours)
    return first <= GOAL_FIRST and max(ratios["last"], ratios["size"]) <= GOAL_RATIO


@contextmanager
def kiosk_on(port: int) -> Iterator[tuple[ReceiptPrinterWorker, "queue.Queue[PrintFinished]"]]:
    finished: queue.Queue[PrintFinished] = queue.Queue()
    ready: queue.Queue[object] = queue.Queue()

    def publish(event: object) -> None:
        (finished if isinstance(event, PrintFinished) else ready).put(event)

    settings = NetworkPrinter(connection="network", host="127.0.0.1", port=port, profile=WIDTH)
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder, "journal.sqlite3")
        worker = ReceiptPrinterWorker(settings, profile(WIDTH), FONTS, journal, publish)
        worker.start()
        ready.get(timeout=10)
        try:
            yield worker, finished
        finally:
            worker.stop()


def _came(jobs: TextIO, began: float) -> Job:
    first, last, size = json.loads(jobs.readline())
    return Job(first - began, last - began, size)


@contextmanager
def endless_printer() -> Iterator[tuple[int, TextIO]]:
    """A printer in a process of its own that takes everything at once: its port, and a line for
    each job that was cut, with what the monotonic clock of all processes showed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.receipt", "printer"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None
    try:
        yield int(process.stdout.readline()), process.stdout
    finally:
        process.kill()
        process.wait()


def take_everything() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(listener.getsockname()[1], flush=True)
        while True:
            wire, _peer = listener.accept()
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=_take, args=(wire,), daemon=True).start()


def _take(wire: socket.socket) -> None:
    parser = Parser()
    first, size = 0.0, 0
    while data := wire.recv(65536):
        now = time.monotonic()
        first = first or now
        for command, raw in parser.feed(data):
            match command:
                case RealTime(function=0x04):
                    wire.sendall(READY)
                    continue
                case Setting(b"\x1d(H", parameters):
                    wire.sendall(b"\x37\x22" + parameters[2:] + b"\x00")
                case Setting(b"\x1b@"):
                    first, size = 0.0, 0
            size += len(raw)
            if isinstance(command, Setting) and command.name == b"\x1dV":
                print(json.dumps((first, now, size)), flush=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["printer"]:
        take_everything()
    sys.exit(main())
