"""The USB wire through pyusb and python-escpos, on a bus without hardware."""

from collections.abc import Callable

import pytest
import usb.backend.libusb1
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
from usb_bus import PRODUCT, VENDOR, Bus

from config.settings import UsbPrinter
from hardware.receipt_printer.profiles import UsbEndpoints
from kiosk.devices import PrinterFault, PrintOutcome
from kiosk.events import PrinterChanged, PrintFinished
from sandbox.printer import State, VirtualPrinter

__all__ = ["make_printer", "printer", "reported", "start"]

USB = UsbPrinter(connection="usb", vendor=VENDOR, product=PRODUCT, profile="80mm")
Plug = Callable[[int | None], Bus]


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> Plug:
    """Puts a bus below pyusb, in the place of libusb."""

    def plug_in(port: int | None) -> Bus:
        bus = Bus(port)
        monkeypatch.setattr(usb.backend.libusb1, "get_backend", lambda *_, **__: bus)
        return bus

    return plug_in


def test_a_receipt_goes_over_usb(
    printer: VirtualPrinter, plug: Plug, start: Start, reported: Reported
) -> None:
    """Status, dots and proof pass, each transfer with a limit of at most three seconds."""
    bus = plug(printer.port)
    worker = start(USB)
    assert reported.next(PrinterChanged).status.ready
    worker.print("job", receipt())
    assert PrintOutcome.CONFIRMED is reported.next(PrintFinished).outcome
    printer.set_state(State.COVER_OPEN)
    worker.check()
    assert PrinterFault.COVER_OPEN is reported.next(PrinterChanged).status.fault
    assert 0 < min(bus.limits) and max(bus.limits) <= 3000
    worker.stop()


def test_a_printer_may_be_unplugged_and_plugged_in(
    printer: VirtualPrinter, plug: Plug, start: Start, reported: Reported
) -> None:
    """Without it there is no connection, and with it the printer is ready again by itself."""
    bus = plug(printer.port)
    worker = start(USB)
    assert reported.next(PrinterChanged).status.ready
    bus.unplug()
    worker.check()
    assert PrinterFault.NO_CONNECTION is reported.next(PrinterChanged).status.fault
    bus.plugged_in = True
    worker.check()
    assert reported.next(PrinterChanged).status.ready
    worker.stop()


def test_a_profile_with_wrong_endpoints(
    printer: VirtualPrinter, plug: Plug, start: Start, reported: Reported
) -> None:
    """Endpoints that the printer lacks are no connection, and the thread goes on."""
    plug(printer.port)
    wrong = UsbEndpoints(in_endpoint=0x83, out_endpoint=0x02)
    worker = start(USB, profile().model_copy(update={"usb": wrong}))
    assert PrinterFault.NO_CONNECTION is reported.next(PrinterChanged).status.fault
    worker.check()
    assert PrinterFault.NO_CONNECTION is reported.next(PrinterChanged).status.fault


def test_a_printer_that_takes_nothing(plug: Plug, start: Start, reported: Reported) -> None:
    """A transfer that runs out of time is no connection."""
    plug(None)
    start(USB)
    assert PrinterFault.NO_CONNECTION is reported.next(PrinterChanged).status.fault
