"""The wires that are files, through a terminal line: serial, and the kernel's printer driver."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from printer_fixtures import (
    ROOT,
    Reported,
    Start,
    make_printer,
    printer,
    profile,
    receipt,
    reported,
    start,
)
from pty_lines import Line

from config.settings import FilePrinter, SerialPrinter
from hardware.receipt_printer.printing import Printing
from hardware.receipt_printer.wire import open_wire
from kiosk.devices import PrinterFault, PrintOutcome
from kiosk.events import PrinterChanged, PrintFinished
from sandbox.printer import Manners, State, VirtualPrinter

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
@pytest.mark.parametrize("eager", [False, True])
def test_half_a_picture_does_not_mute_the_printer(
    wired: Wired, device: Path, printer: VirtualPrinter, lay: Lay, eager: bool
) -> None:
    """A kiosk that was killed in a job leaves half a picture in a printer without connections,
    which takes the questions of the next start for dots: the second look finds it ready, and a
    job prints as if nothing had been."""
    printer.set_manners(Manners(eager=eager))
    lay()
    killed = open_wire(wired(device), profile().usb)
    killed.send(b"\x1b@" + b"\x1dv0\x00\x48\x00\x60\x00" + b"\xff" * 720)
    assert printer.wait_for_bytes(730, 3)
    killed.close()
    again = Printing(wired(device), profile(), ROOT / "assets" / "fonts", rest=True)
    assert [eager, True] == [again.status().ready for _ in range(2)]
    outcome, _status = again.print(receipt(), b"0042")
    assert PrintOutcome.CONFIRMED is outcome
    again.close()


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
