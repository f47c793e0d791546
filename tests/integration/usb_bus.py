"""A USB bus in memory with one printer on it: what stands below pyusb, where no hardware is.

pyusb and python-escpos are the real ones; bytes on the bulk endpoints go to a virtual printer.
It shows that they are called rightly and cannot show how a kernel and a cable behave.
"""

import socket
from array import array
from types import SimpleNamespace

import usb.util
from usb.backend import IBackend
from usb.core import USBError, USBTimeoutError

VENDOR, PRODUCT = 0x04B8, 0x0202
IN, OUT = 0x82, 0x01
_GONE, _LATE = 19, 110  # ENODEV, ETIMEDOUT


class Bus(IBackend):
    """`limits` are the milliseconds that each transfer was allowed; a bus without a `printer`'s
    port has a printer that takes and says nothing."""

    def __init__(self, printer: int | None) -> None:
        super().__init__()
        self._printer = printer
        self._wire: socket.socket | None = None
        self.plugged_in = True
        self.limits: list[int] = []

    def unplug(self) -> None:
        self.plugged_in = False
        self._close()

    def enumerate_devices(self) -> list[str]:
        return ["printer"] if self.plugged_in else []

    def get_device_descriptor(self, dev: str) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x0200, bDeviceClass=0, bDeviceSubClass=0,
            bDeviceProtocol=0, bMaxPacketSize0=64, idVendor=VENDOR, idProduct=PRODUCT,
            bcdDevice=0x0100, iManufacturer=0, iProduct=0, iSerialNumber=0,
            bNumConfigurations=1, address=1, bus=1, port_number=1, port_numbers=(1,), speed=2,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: str, config: int) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1,
            bConfigurationValue=1, iConfiguration=0, bmAttributes=0xC0, bMaxPower=1,
            extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(
        self, dev: str, intf: int, alt: int, config: int
    ) -> SimpleNamespace:
        if (intf, alt) != (0, 0):
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0,
            bNumEndpoints=2, bInterfaceClass=7, bInterfaceSubClass=1, bInterfaceProtocol=2,
            iInterface=0, extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(
        self, dev: str, ep: int, intf: int, alt: int, config: int
    ) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(IN, OUT)[ep],
            bmAttributes=usb.util.ENDPOINT_TYPE_BULK, wMaxPacketSize=512, bInterval=0,
            bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    def open_device(self, dev: str) -> "Bus":
        if self._printer is not None:
            self._wire = socket.create_connection(("127.0.0.1", self._printer))
        return self

    def close_device(self, dev_handle: "Bus") -> None:
        self._close()

    def _close(self) -> None:
        if self._wire is not None:
            self._wire.close()
            self._wire = None

    def set_configuration(self, dev_handle: "Bus", config_value: int) -> None:
        pass

    def get_configuration(self, dev_handle: "Bus") -> int:
        return 1

    def claim_interface(self, dev_handle: "Bus", intf: int) -> None:
        pass

    def release_interface(self, dev_handle: "Bus", intf: int) -> None:
        pass

    def reset_device(self, dev_handle: "Bus") -> None:
        pass

    def bulk_write(self, dev_handle: "Bus", ep: int, intf: int, data: array, timeout: int) -> int:
        self._allow(timeout)
        if self._wire is None:
            raise USBTimeoutError("nothing taken", errno=_LATE)
        self._wire.settimeout(timeout / 1000)
        self._wire.sendall(data)
        return len(data)

    def bulk_read(self, dev_handle: "Bus", ep: int, intf: int, buff: array, timeout: int) -> int:
        self._allow(timeout)
        if self._wire is None:
            raise USBTimeoutError("nothing said", errno=_LATE)
        self._wire.settimeout(timeout / 1000)
        try:
            return self._wire.recv_into(buff)
        except TimeoutError:
            raise USBTimeoutError("nothing said", errno=_LATE) from None

    def _allow(self, timeout: int) -> None:
        if not self.plugged_in:
            raise USBError("no such device", errno=_GONE)
        self.limits.append(timeout)
