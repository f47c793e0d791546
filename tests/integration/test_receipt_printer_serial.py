"""The wires that are files, through a terminal line: serial, and the kernel's printer driver."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from printer_fixtures import Reported, Start, make_printer, printer, receipt, reported, start
from pty_lines import Line

from config.settings import FilePrinter, SerialPrinter
from kiosk.devices import PrinterFault, PrintOutcome
from kiosk.events import PrinterChanged, PrintFinished
from sandbox.printer import State, VirtualPrinter

__all__ = ["make_printer", "printer", "reported", "start"]

Lay = Callable[[], Line]
Wired = Callable[[Path], FilePrinter | SerialPrinter]

FAULTS = {
    State.OK: None,
    State.NEAR_END: None,
    State.PAPER_OUT: PrinterFault.PAPER_OUT,
    State.COVER_OPEN: PrinterFault.COVER_OPEN,
    State.CUTTER_ERROR: PrinterFault.CUTTER,
    State.UNRECOVERABLE: PrinterFault.UNRECOVERABLE,
    State.OFFLINE: PrinterFault.OFFLINE,
    State.SILENT: PrinterFault.SILENT,
}


def serial(device: Path) -> SerialPrinter:
    return SerialPrinter(connection="serial", device=str(device), profile="80mm")


def device_file(device: Path) -> FilePrinter:
    return FilePrinter(connection="file", device=str(device), profile="80mm")


both = pytest.mark.parametrize("wired", [serial, device_file])


@pytest.fixture
def device(tmp_path: Path) -> Path:
    return tmp_path / "printer"


@pytest.fixture
def lay(printer: VirtualPrinter, device: Path) -> Iterator[Lay]:
    """Lays lines to the virtual printer, all under the same name."""
    laid: list[Line] = []

    def lay_line() -> Line:
        laid.append(Line(device, printer.port))
        return laid[-1]

    yield lay_line
    laid[-1].pull_out()


@both
def test_a_receipt_goes_over_the_line(
    wired: Wired, device: Path, printer: VirtualPrinter, lay: Lay, start: Start, reported: Reported
) -> None:
    """Status, dots and proof all pass; nothing waits for a full block of answers."""
    lay()
    worker = start(wired(device))
    assert reported.next(PrinterChanged, within=3).status.ready
    worker.print("job", receipt())
    assert PrintOutcome.CONFIRMED is reported.next(PrintFinished).outcome
    assert 1 == len(printer.receipts)
    worker.stop()


@both
def test_each_state_is_told_over_the_line(
    wired: Wired, device: Path, printer: VirtualPrinter, lay: Lay, start: Start, reported: Reported
) -> None:
    """All eight, each within two seconds."""
    lay()
    worker = start(wired(device))
    reported.next(PrinterChanged)
    told = {}
    for state in FAULTS:
        printer.set_state(state)
        begun = time.monotonic()
        worker.check()
        told[state] = reported.next(PrinterChanged).status.fault
        assert time.monotonic() - begun < 2
    assert FAULTS == told
    worker.stop()


@both
def test_a_device_may_vanish_and_come_back(
    wired: Wired, device: Path, printer: VirtualPrinter, lay: Lay, start: Start, reported: Reported
) -> None:
    """Pulled out it is no connection; under the same name again it prints, and nobody helped."""
    line = lay()
    worker = start(wired(device))
    assert reported.next(PrinterChanged).status.ready
    line.pull_out()
    worker.check()
    assert PrinterFault.NO_CONNECTION is reported.next(PrinterChanged).status.fault
    lay()
    worker.check()
    assert reported.next(PrinterChanged).status.ready
    worker.print("job", receipt())
    assert PrintOutcome.CONFIRMED is reported.next(PrintFinished).outcome
    worker.stop()


@both
def test_a_device_that_is_not_there(
    wired: Wired, device: Path, start: Start, reported: Reported
) -> None:
    """A name without a device is no connection, no error that ends the thread, and no new file."""
    worker = start(wired(device))
    assert PrinterFault.NO_CONNECTION is reported.next(PrinterChanged, within=3).status.fault
    worker.check()
    assert PrinterFault.NO_CONNECTION is reported.next(PrinterChanged, within=3).status.fault
    assert not device.exists()


@both
def test_a_plain_file_is_no_printer(
    wired: Wired, device: Path, start: Start, reported: Reported
) -> None:
    """It would take every byte and print none: nothing is written to it."""
    device.write_bytes(b"kept")
    start(wired(device))
    assert PrinterFault.NO_CONNECTION is reported.next(PrinterChanged, within=3).status.fault
    assert b"kept" == device.read_bytes()
