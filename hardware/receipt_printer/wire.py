"""The bytes to and from one printer, through python-escpos.

Of python-escpos the connections are used and not its status helpers: these take silence for
"ready". Every call here ends within TIMEOUT.
"""

from abc import ABC, abstractmethod
from typing import Any, Protocol

import escpos.exceptions
import escpos.printer

from config.settings import NetworkPrinter, SerialPrinter, UsbPrinter
from hardware.receipt_printer.profiles import UsbEndpoints
from kiosk.errors import PrinterUnavailable

TIMEOUT = 3.0
"""Seconds for one connect, one send or one receive at most."""
_CHUNK = 64


class Wire(Protocol):
    """An open connection. Each method raises PrinterUnavailable when it is broken."""

    def send(self, data: bytes) -> None: ...

    def receive(self, within: float) -> bytes:
        """What has come, at the latest after `within` seconds; empty when nothing has."""

    def close(self) -> None: ...


def open_wire(printer: NetworkPrinter | UsbPrinter | SerialPrinter, usb: UsbEndpoints) -> Wire:
    """Connect. Raises PrinterUnavailable."""
    match printer:
        case NetworkPrinter():
            return _NetworkWire(printer)
        case UsbPrinter():
            return _UsbWire(printer, usb)
        case SerialPrinter():
            return _SerialWire(printer)


class _EscposWire(ABC):
    """What the three have in common; `_read` says None when nothing came in time."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        try:
            connection.open()
            self._prepare(connection.device)
        except (escpos.exceptions.Error, OSError, ValueError, RuntimeError) as error:
            # pyusb reports a missing libusb as ValueError, python-escpos as RuntimeError.
            raise PrinterUnavailable(type(error).__name__) from None

    def send(self, data: bytes) -> None:
        try:
            self._write(self._connection.device, data)
        except OSError as error:
            raise PrinterUnavailable(type(error).__name__) from None

    def receive(self, within: float) -> bytes:
        try:
            return self._read(self._connection.device, min(within, TIMEOUT))
        except OSError as error:
            raise PrinterUnavailable(type(error).__name__) from None

    def close(self) -> None:
        try:
            self._connection.close()
        except OSError:
            return

    @abstractmethod
    def _prepare(self, device: Any) -> None: ...

    def _write(self, device: Any, data: bytes) -> None:
        self._connection._raw(data)

    @abstractmethod
    def _read(self, device: Any, within: float) -> bytes: ...


class _NetworkWire(_EscposWire):
    def __init__(self, printer: NetworkPrinter) -> None:
        super().__init__(escpos.printer.Network(printer.host, printer.port, timeout=TIMEOUT))

    def _prepare(self, device: Any) -> None:
        import socket

        # A status request is three bytes: waiting to fill a packet would cost 40 ms for each.
        device.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

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

    def _prepare(self, device: Any) -> None:
        return

    def _read(self, device: Any, within: float) -> bytes:
        from usb.core import USBTimeoutError

        try:
            return bytes(device.read(self._in, _CHUNK, max(round(within * 1000), 1)))
        except USBTimeoutError:
            return b""


class _SerialWire(_EscposWire):
    def __init__(self, printer: SerialPrinter) -> None:
        super().__init__(escpos.printer.Serial(printer.device, printer.baud, timeout=TIMEOUT))

    def _prepare(self, device: Any) -> None:
        device.write_timeout = TIMEOUT

    def _read(self, device: Any, within: float) -> bytes:
        # Asking for a whole chunk would wait out the time even when an answer is there.
        device.timeout = within
        first: bytes = device.read(1)
        return first + device.read(device.in_waiting) if first else first
