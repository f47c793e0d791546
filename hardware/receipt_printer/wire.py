"""The bytes to and from one printer, through python-escpos.

Of python-escpos the connections are used and not its status helpers: these take silence for
"ready". Every call here ends within TIMEOUT, also when the other side takes nothing.
"""

import contextlib
import io
import os
import select
import stat
import termios
import time
import tty
from abc import ABC, abstractmethod
from typing import Any, Protocol

import escpos.exceptions
import escpos.printer

from config.settings import FilePrinter, NetworkPrinter, Printer, SerialPrinter, UsbPrinter
from hardware.receipt_printer.profiles import UsbEndpoints
from kiosk.errors import PrinterUnavailable

TIMEOUT = 2.5
"""Seconds for one connect, one send or one receive at most; with what comes on top, below 3."""
SEND_BUFFER = 8192
"""Bytes that may wait in the kernel for a network printer: a question waits behind them."""
_CHUNK = 512
"""Bytes read at once: a USB packet may have as many, and one that is longer than what is read is
an error."""
_LOOK_EVERY = 0.005
_BROKEN = (OSError, ValueError, termios.error)
"""What comes up when a device is gone; pyusb says ValueError for an endpoint that it lacks."""


class Wire(Protocol):
    """An open connection. Each method raises PrinterUnavailable when it is broken."""

    def send(self, data: bytes) -> None: ...

    def receive(self, within: float) -> bytes:
        """What has come, at the latest after `within` seconds; empty when nothing has."""

    def close(self) -> None: ...


def open_wire(printer: Printer, usb: UsbEndpoints) -> Wire:
    """Connect. Raises PrinterUnavailable."""
    match printer:
        case NetworkPrinter():
            return _NetworkWire(printer)
        case UsbPrinter():
            return _UsbWire(printer, usb)
        case SerialPrinter():
            return _SerialWire(printer)
        case FilePrinter():
            return _FileWire(printer)


class _EscposWire(ABC):
    """What the four have in common."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        try:
            self._open()
        except (escpos.exceptions.Error, OSError, ValueError, RuntimeError) as error:
            # pyusb reports a missing libusb as ValueError, python-escpos as RuntimeError.
            raise PrinterUnavailable(type(error).__name__) from None

    def send(self, data: bytes) -> None:
        try:
            self._write(self._connection.device, data)
        except _BROKEN as error:
            raise PrinterUnavailable(type(error).__name__) from None

    def receive(self, within: float) -> bytes:
        try:
            return self._read(self._connection.device, min(within, TIMEOUT))
        except _BROKEN as error:
            raise PrinterUnavailable(type(error).__name__) from None

    def close(self) -> None:
        try:
            self._connection.close()
        except _BROKEN:
            return

    def _open(self) -> None:
        self._connection.open()

    def _write(self, device: Any, data: bytes) -> None:
        self._connection._raw(data)

    @abstractmethod
    def _read(self, device: Any, within: float) -> bytes: ...


class _NetworkWire(_EscposWire):
    def __init__(self, printer: NetworkPrinter) -> None:
        super().__init__(escpos.printer.Network(printer.host, printer.port, timeout=TIMEOUT))

    def _open(self) -> None:
        import socket

        super()._open()
        device = self._connection.device
        # A status request is three bytes: waiting to fill a packet would cost 40 ms for each.
        device.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        device.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)

    def _write(self, device: Any, data: bytes) -> None:
        device.settimeout(TIMEOUT)
        super()._write(device, data)

    def _read(self, device: Any, within: float) -> bytes:
        device.settimeout(max(within, 0.001))
        try:
            data: bytes = device.recv(_CHUNK)
        except TimeoutError:
            return b""
        if not data:
            raise PrinterUnavailable("closed by the printer")
        return data


class _UsbWire(_EscposWire):
    """USB times are whole milliseconds, and 0 would mean for ever."""

    def __init__(self, printer: UsbPrinter, endpoints: UsbEndpoints) -> None:
        self._in = endpoints.in_endpoint
        super().__init__(
            escpos.printer.Usb(
                printer.vendor,
                printer.product,
                timeout=round(TIMEOUT * 1000),
                in_ep=endpoints.in_endpoint,
                out_ep=endpoints.out_endpoint,
            )
        )

    def _read(self, device: Any, within: float) -> bytes:
        from usb.core import USBTimeoutError

        try:
            return bytes(device.read(self._in, _CHUNK, max(round(within * 1000), 1)))
        except USBTimeoutError:
            return b""


class _SerialWire(_EscposWire):
    def __init__(self, printer: SerialPrinter) -> None:
        super().__init__(escpos.printer.Serial(printer.device, printer.baud, timeout=TIMEOUT))

    def _open(self) -> None:
        super()._open()
        self._connection.device.write_timeout = TIMEOUT

    def close(self) -> None:
        """Without python-escpos, which fails on a line that was pulled out."""
        device = self._connection.device
        self._connection.device = None
        with contextlib.suppress(OSError):
            device.close()

    def _write(self, device: Any, data: bytes) -> None:
        """Ends when the line has carried the data: the time for an answer begins only then."""
        deadline = time.monotonic() + TIMEOUT
        try:
            super()._write(device, data)
            while device.out_waiting:
                if time.monotonic() >= deadline:
                    raise TimeoutError
                time.sleep(_LOOK_EVERY)
        except OSError:
            # What the printer does not take would hold up the closing without end.
            with contextlib.suppress(OSError, termios.error):
                device.reset_output_buffer()
            raise

    def _read(self, device: Any, within: float) -> bytes:
        # Asking for a whole chunk would wait out the time even when an answer is there.
        device.timeout = within
        first: bytes = device.read(1)
        return first + device.read(device.in_waiting) if first else first


class _FileWire(_EscposWire):
    """python-escpos opens a device file for writing alone, and waits for it without end."""

    def __init__(self, printer: FilePrinter) -> None:
        super().__init__(escpos.printer.File(printer.device))

    def _open(self) -> None:
        device = io.FileIO(self._connection.devfile, "r+", opener=_open_at_once)
        if not stat.S_ISCHR(os.fstat(device.fileno()).st_mode):
            # A plain file would take everything and print nothing.
            device.close()
            raise PrinterUnavailable("no device")
        if device.isatty():
            # A terminal line would turn some of the bytes into others.
            tty.setraw(device.fileno())
        self._connection.device = device

    def _write(self, device: Any, data: bytes) -> None:
        deadline = time.monotonic() + TIMEOUT
        left = memoryview(data)
        while left:
            if not _ready(device, select.POLLOUT, deadline - time.monotonic()):
                raise PrinterUnavailable("takes nothing")
            left = left[device.write(left) or 0 :]

    def _read(self, device: Any, within: float) -> bytes:
        if not _ready(device, select.POLLIN, within):
            return b""
        data: bytes | None = device.read(_CHUNK)
        return data or b""


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY)


def _ready(device: Any, event: int, within: float) -> bool:
    """Whether the device becomes ready in `within` seconds; PrinterUnavailable when it is gone."""
    poll = select.poll()
    poll.register(device, event)
    found = poll.poll(max(within, 0) * 1000)
    if found and found[0][1] & (select.POLLHUP | select.POLLERR | select.POLLNVAL):
        raise PrinterUnavailable("gone")
    return bool(found)
