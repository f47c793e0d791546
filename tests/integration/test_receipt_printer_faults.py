"""Faults are told truthfully: never ready in silence, never a false "printed"."""

import socket
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from cut_jobs import Tray
from printer_fixtures import (
    Reported,
    Start,
    make_printer,
    printer,
    receipt,
    reported,
    start,
)

from kiosk.devices import DeviceState, PaperState, PrinterFault, PrintOutcome
from kiosk.documents.print_journal import PrintJournal
from kiosk.events import PrinterChanged, PrintFinished
from sandbox.printer import State, VirtualPrinter

__all__ = ["make_printer", "printer", "reported", "start"]

Make = Callable[..., VirtualPrinter]
Device, Paper, Fault = DeviceState, PaperState, PrinterFault

STATES = [
    (State.OK, Device.ONLINE, Paper.FULL, None),
    (State.NEAR_END, Device.ONLINE, Paper.LOW, None),
    (State.PAPER_OUT, Device.OFFLINE, Paper.OUT, Fault.PAPER_OUT),
    (State.COVER_OPEN, Device.USER_ERROR, Paper.FULL, Fault.COVER_OPEN),
    (State.CUTTER_ERROR, Device.HARDWARE_ERROR, Paper.FULL, Fault.CUTTER),
    (State.UNRECOVERABLE, Device.HARDWARE_ERROR, Paper.FULL, Fault.UNRECOVERABLE),
    (State.OFFLINE, Device.OFFLINE, Paper.FULL, Fault.OFFLINE),
    (State.SILENT, Device.OFFLINE, Paper.UNKNOWN, Fault.SILENT),
]
CUT = b"\x1dVB"
FAULTS = [state for state, _device, _paper, fault in STATES if fault]


@pytest.mark.parametrize(("state", "device", "paper", "fault"), STATES)
def test_each_state_is_told_within_two_seconds(
    printer: VirtualPrinter,
    start: Start,
    reported: Reported,
    state: State,
    device: DeviceState,
    paper: PaperState,
    fault: PrinterFault | None,
) -> None:
    """check() ends in the right status, over a connection that was open before."""
    worker = start(printer.port)
    reported.next(PrinterChanged)
    printer.set_state(state)
    begun = time.monotonic()
    worker.check()
    status = reported.next(PrinterChanged).status
    assert time.monotonic() - begun < 2
    assert (device, paper, fault) == (status.device, status.paper, status.fault)
    assert (fault is None) == status.ready


@pytest.mark.parametrize("state", FAULTS)
def test_nothing_is_sent_to_a_printer_that_is_not_ready(
    printer: VirtualPrinter, start: Start, reported: Reported, state: State
) -> None:
    """The job fails at once, and nothing comes out when the printer is well again."""
    worker = start(printer.port)
    reported.next(PrinterChanged)
    printer.set_state(state)
    before, questions = printer.received, 4 * 3 * 3
    worker.print("refused", receipt())
    finished = reported.next(PrintFinished, within=3)
    assert (PrintOutcome.FAILED, False) == (finished.outcome, finished.begun)
    assert not finished.status.ready
    assert printer.received - before <= questions
    printer.set_state(State.OK)
    worker.print("after", receipt())
    assert PrintOutcome.CONFIRMED is reported.next(PrintFinished).outcome
    assert 1 == len(printer.receipts)


@pytest.mark.parametrize("state", FAULTS)
def test_a_fault_in_the_middle_of_a_job_is_told(
    make_printer: Make, start: Start, reported: Reported, state: State
) -> None:
    """Whatever stops the paper half way, the job is not called printed, within three seconds."""
    slow = make_printer(speed=150.0)
    worker = start(slow.port)
    reported.next(PrinterChanged)
    worker.print("job", receipt())
    assert slow.wait_for_bytes(5000, 3)
    slow.set_state(state)
    finished = reported.next(PrintFinished, within=3)
    assert (PrintOutcome.FAILED, True) == (finished.outcome, finished.begun)
    assert finished.status.fault is not None


@pytest.mark.parametrize("state", [State.PAPER_OUT, State.COVER_OPEN])
def test_the_rest_of_a_failed_job_is_thrown_away(
    make_printer: Make, start: Start, reported: Reported, state: State
) -> None:
    """The printer is told to empty its buffer, so that new paper brings out nobody's receipt."""
    slow = make_printer(speed=150.0)
    worker = start(slow.port)
    reported.next(PrinterChanged)
    worker.print("job", receipt())
    assert slow.wait_for_bytes(5000, 3)
    slow.set_state(state)
    assert PrintOutcome.FAILED is reported.next(PrintFinished, within=3).outcome
    assert slow.wait_for_clears(1, 3)


def test_the_piece_of_a_failed_job_does_not_hang_on_the_next(
    make_printer: Make, start: Start, reported: Reported
) -> None:
    """It is cut off before the next job begins: two papers, the second one whole."""
    printer = make_printer()
    worker = start(printer.port)
    printer.set_paper_left(60)
    worker.print("torn", receipt())
    assert PrintOutcome.FAILED is reported.next(PrintFinished).outcome
    printer.set_state(State.OK)
    worker.print("next", receipt(number="202606130002"))
    assert PrintOutcome.CONFIRMED is reported.next(PrintFinished).outcome
    assert [1, 1] == [file.with_suffix(".bin").read_bytes().count(CUT) for file in printer.receipts]


def test_wherever_a_job_ends_nothing_false_is_said(
    make_printer: Make, start: Start, reported: Reported
) -> None:
    """Cut off or out of paper at any place: never called printed unless it is whole, one more try
    prints it whole and marked, and nothing else comes out. Many more places: scripts/prove."""
    printer = make_printer()
    tray = Tray(printer, start(printer.port), reported)
    cuts = [1, 12, 40, tray.job_bytes // 2, tray.job_bytes - 40, tray.job_bytes - 14]
    ends = [0, 3, tray.job_mm / 3, tray.job_mm - 1]
    harms = [partial(printer.drop_after, count) for count in cuts]
    harms += [partial(printer.set_paper_left, left) for left in ends]
    stories = [tray.story(harm) for harm in harms]
    assert [] == [fault for story in stories for fault in story.wrong]
    assert {PrintOutcome.FAILED} == {story.tries[0].outcome for story in stories[-len(ends) :]}


def test_what_a_kiosk_left_in_the_printer_does_not_come_out(
    make_printer: Make, start: Start, reported: Reported, tmp_path: Path
) -> None:
    """A kiosk that ended in the middle of a job has the printer's buffer emptied when it is back,
    before anybody else's paper."""
    journal = PrintJournal(tmp_path / "print-journal.sqlite3")
    journal.begin("interrupted", receipt())
    journal.close()
    printer = make_printer()
    start(printer.port)
    assert printer.wait_for_clears(1, 5)


def test_a_printer_that_is_not_there(make_printer: Make, start: Start, reported: Reported) -> None:
    """No connection is said at once; when the printer comes, the poll finds it by itself."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    worker = start(port)
    status = reported.next(PrinterChanged, within=3).status
    assert (Device.NO_DEVICE, Fault.NO_CONNECTION) == (status.device, status.fault)
    worker.print("job", receipt())
    assert PrintOutcome.FAILED is reported.next(PrintFinished, within=3).outcome
    make_printer(port=port)
    assert reported.next(PrinterChanged, within=5).status.ready


def test_a_listener_that_never_answers_is_not_ready(start: Start, reported: Reported) -> None:
    """Something that takes connections and says nothing is SILENT within three seconds."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        begun = time.monotonic()
        worker = start(deaf.getsockname()[1])
        status = reported.next(PrinterChanged, within=3).status
        assert Fault.SILENT is status.fault
        assert time.monotonic() - begun < 3
        worker.stop()


def test_the_printer_may_restart_between_two_jobs(
    make_printer: Make, start: Start, reported: Reported
) -> None:
    """A connection that died while idle costs no job."""
    first = make_printer()
    worker = start(first.port)
    reported.next(PrinterChanged)
    first.stop()
    second = make_printer(port=first.port)
    worker.print("job", receipt())
    assert PrintOutcome.CONFIRMED is reported.next(PrintFinished).outcome
    assert 1 == len(second.receipts)


def test_the_idle_poll_tells_a_change_once(
    printer: VirtualPrinter, start: Start, reported: Reported
) -> None:
    """A cover opened while nobody prints is reported by the poll, without being asked."""
    start(printer.port)
    reported.next(PrinterChanged)
    printer.set_state(State.COVER_OPEN)
    assert Fault.COVER_OPEN is reported.next(PrinterChanged, within=4).status.fault
    assert reported.empty()
