"""The serial wire: the same job through a terminal line."""

import os
import socket
import threading
import tty
from collections.abc import Iterator

import pytest
from printer_fixtures import Reported, Start, make_printer, printer, receipt, reported, start

from config.settings import SerialPrinter
from kiosk.devices import PrinterFault, PrintOutcome
from kiosk.events import PrinterChanged, PrintFinished
from sandbox.printer import VirtualPrinter

__all__ = ["make_printer", "printer", "reported", "start"]


@pytest.fixture
def line(printer: VirtualPrinter) -> Iterator[str]:
    """A pseudo-terminal whose far end is wired to the virtual printer."""
    far, near = os.openpty()
    tty.setraw(near)
    wire = socket.create_connection(("127.0.0.1", printer.port))

    def to_printer() -> None:
        try:
            while data := os.read(far, 4096):
                wire.sendall(data)
        except OSError:
            return

    def to_kiosk() -> None:
        try:
            while data := wire.recv(4096):
                os.write(far, data)
        except OSError:
            return

    threads = [threading.Thread(target=copy, daemon=True) for copy in (to_printer, to_kiosk)]
    for thread in threads:
        thread.start()
    yield os.ttyname(near)
    wire.shutdown(socket.SHUT_RDWR)
    os.close(near)
    for thread in threads:
        thread.join(3)
    wire.close()
    os.close(far)


def test_a_receipt_goes_over_a_serial_line(
    printer: VirtualPrinter, line: str, start: Start, reported: Reported
) -> None:
    """Status, dots and proof all pass; nothing waits for a full block of answers."""
    worker = start(SerialPrinter(connection="serial", device=line, profile="80mm"))
    assert reported.next(PrinterChanged, within=3).status.ready
    worker.print("job", receipt())
    assert PrintOutcome.CONFIRMED is reported.next(PrintFinished).outcome
    assert 1 == len(printer.receipts)
    worker.stop()


def test_a_serial_line_that_is_not_there(start: Start, reported: Reported) -> None:
    """A device file that does not exist is no connection, not an error that ends the thread."""
    worker = start(SerialPrinter(connection="serial", device="/dev/no-such-line", profile="80mm"))
    assert PrinterFault.NO_CONNECTION is reported.next(PrinterChanged, within=3).status.fault
    worker.check()
    assert PrinterFault.NO_CONNECTION is reported.next(PrinterChanged, within=3).status.fault
