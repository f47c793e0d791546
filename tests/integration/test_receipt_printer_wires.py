"""Every call to a wire ends, whatever the other side does; answers are told apart on real wires."""

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from printer_fixtures import (
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

from config.settings import FilePrinter, NetworkPrinter, Printer, SerialPrinter
from hardware.receipt_printer.answers import ProcessDone
from hardware.receipt_printer.conversation import PIECE, Conversation
from hardware.receipt_printer.status import decode_status
from hardware.receipt_printer.wire import Wire, open_wire
from kiosk.devices import PrinterFault, PrintOutcome
from kiosk.errors import PrinterUnavailable
from kiosk.events import PrinterChanged, PrintFinished
from sandbox.printer import Manners, State, VirtualPrinter

__all__ = ["make_printer", "printer", "reported", "start"]

LONGEST = 3.0
"""Seconds that one call may take."""


def network(port: int) -> NetworkPrinter:
    return NetworkPrinter(connection="network", host="127.0.0.1", port=port, profile="80mm")


def opened(where: Printer) -> Wire:
    return open_wire(where, profile().usb)


def seconds(call: Callable[[], object]) -> float:
    begun = time.monotonic()
    with suppress(PrinterUnavailable):
        call()
    return time.monotonic() - begun


def sending_takes(where: Printer) -> tuple[float, bool]:
    """The longest of all calls until the sending is given up, and whether it was."""
    wire = opened(where)
    slowest, given_up = 0.0, False
    while not given_up and slowest < LONGEST:
        begun = time.monotonic()
        try:
            wire.send(bytes(PIECE))
        except PrinterUnavailable:
            given_up = True
        slowest = max(slowest, time.monotonic() - begun)
    return max(slowest, seconds(wire.close)), given_up


def receiving_takes(where: Printer) -> float:
    wire = opened(where)
    return max(seconds(lambda: wire.receive(60)), seconds(wire.close))


def test_no_call_waits_for_a_side_that_takes_nothing(tmp_path: Path) -> None:
    """A peer that stops reading, a serial line and a device file with full buffers, an address
    that takes no connection: opening, sending, receiving and closing each end within 3 s."""
    with ExitStack() as ends, ThreadPoolExecutor(8) as together:
        wall = ends.enter_context(socket.create_server(("127.0.0.1", 0), backlog=1))
        full = ends.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        # One connection fills a backlog of none, and the next one's greeting is not answered.
        ends.enter_context(socket.create_connection(full.getsockname()))
        devices = [tmp_path / name for name in ("serial", "file")]
        for device in devices:
            ends.callback(Line(device, None).pull_out)
        walls: list[Printer] = [
            network(wall.getsockname()[1]),
            SerialPrinter(connection="serial", device=str(devices[0]), profile="80mm"),
            FilePrinter(connection="file", device=str(devices[1]), profile="80mm"),
        ]
        opening = together.submit(seconds, lambda: opened(network(full.getsockname()[1])))
        receiving = together.map(receiving_takes, walls)
        sending = list(together.map(sending_takes, walls))
        assert [True] * 3 == [given_up for _slowest, given_up in sending]
        slowest = [opening.result(), *receiving, *(slowest for slowest, _given_up in sending)]
        assert all(1 < one < LONGEST for one in slowest)


@pytest.fixture
def talk(printer: VirtualPrinter) -> Iterator[Conversation]:
    wire = opened(network(printer.port))
    yield Conversation(wire)
    wire.close()


def test_a_printer_may_send_its_status_by_itself(
    printer: VirtualPrinter, talk: Conversation
) -> None:
    """With automatic status on, its bytes come between the answers and change none of them."""
    talk.send(b"\x1da\xff\x1d(H\x06\x00000042")
    assert ProcessDone(b"0042") == talk.wait_for(ProcessDone, 3)
    for state in (State.PAPER_OUT, State.COVER_OPEN, State.UNRECOVERABLE, State.OK):
        printer.set_state(state)
        fault = talk.status().fault
        assert (None if state is State.OK else PrinterFault(state.value)) is fault


def test_dots_that_look_like_questions_confuse_nothing(
    printer: VirtualPrinter, talk: Conversation
) -> None:
    """Answers to what was no question are on their way while the status is asked: the status is
    that of the questions. In their order they would have said "ready", with an open cover."""
    printer.set_manners(Manners(late=0.02, eager=True))
    before = printer.received
    talk.send(b"\x1dv0\x00\x03\x00\x01\x00\x10\x04\x01")
    assert printer.wait_for_bytes(before + 11, 3)
    printer.set_state(State.COVER_OPEN)
    assert PrinterFault.COVER_OPEN is talk.status().fault
    assert decode_status(b"\x12\x1a\x16\x12").ready
    assert PrinterFault.COVER_OPEN is talk.status().fault


@pytest.mark.parametrize(
    ("manners", "fault", "outcome"),
    [
        (Manners(piecemeal=True), None, PrintOutcome.CONFIRMED),
        (Manners(late=0.1), None, PrintOutcome.CONFIRMED),
        (Manners(late=1.5), PrinterFault.SILENT, PrintOutcome.FAILED),
    ],
)
def test_slow_talkers_are_understood_or_not_trusted(
    printer: VirtualPrinter,
    start: Start,
    reported: Reported,
    manners: Manners,
    fault: PrinterFault | None,
    outcome: PrintOutcome,
) -> None:
    """One byte at a time, and answers that come late; what comes too late is silence."""
    printer.set_manners(manners)
    worker = start(printer.port)
    assert fault is reported.next(PrinterChanged).status.fault
    worker.print("job", receipt())
    assert outcome is reported.next(PrintFinished).outcome


def test_an_answer_that_came_too_late_is_not_the_next_one(
    printer: VirtualPrinter, talk: Conversation
) -> None:
    """Taken for the first of the next four it would say "ready", with an open cover."""
    printer.set_manners(Manners(late=0.8))
    assert PrinterFault.SILENT is talk.status().fault
    assert talk.wait_for(ProcessDone, 0.3) is None
    printer.set_manners(Manners())
    printer.set_state(State.COVER_OPEN)
    assert PrinterFault.COVER_OPEN is talk.status().fault
