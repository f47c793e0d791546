"""Faults are told truthfully: never ready in silence, never a false "printed"."""

import socket
import time
from collections.abc import Callable

import pytest
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
    """Whatever stops the paper half way, the job is not called printed, within three seconds; of
    a printer that falls silent nothing is said that it did not say."""
    slow = make_printer(speed=150.0)
    worker = start(slow.port)
    reported.next(PrinterChanged)
    worker.print("job", receipt())
    assert slow.wait_for_bytes(5000, 3)
    slow.set_state(state)
    finished = reported.next(PrintFinished, within=3)
    silent = state is State.SILENT
    assert (PrintOutcome.UNCONFIRMED if silent else PrintOutcome.FAILED) is finished.outcome
    assert finished.begun
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


@pytest.mark.parametrize("millimetres", [0, 3, 40, 120])
def test_paper_that_ends_during_a_job(
    printer: VirtualPrinter, start: Start, reported: Reported, millimetres: float
) -> None:
    """Wherever the roll ends, the outcome is FAILED and the status says paper out."""
    printer.set_paper_left(millimetres)
    start(printer.port).print("job", receipt())
    finished = reported.next(PrintFinished)
    assert (PrintOutcome.FAILED, Fault.PAPER_OUT) == (finished.outcome, finished.status.fault)


@pytest.mark.parametrize("count", [1, 13, 30, 5_000, 40_000, 80_000])
def test_a_connection_cut_in_a_job_fails_it(
    make_printer: Make, start: Start, reported: Reported, count: int
) -> None:
    """Cut after any byte the job is FAILED, and the next job prints over a new connection."""
    slow = make_printer(speed=1500.0)
    worker = start(slow.port)
    reported.next(PrinterChanged)
    slow.drop_after(4 * 3 + count)
    worker.print("cut", receipt())
    assert PrintOutcome.FAILED is reported.next(PrintFinished).outcome
    worker.print("after", receipt())
    assert PrintOutcome.CONFIRMED is reported.next(PrintFinished).outcome


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
