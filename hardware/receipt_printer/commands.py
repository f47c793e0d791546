"""The ESC/POS commands that are sent (EPSON ESC/POS Application Programming Guide)."""

from typing import TYPE_CHECKING

from hardware.receipt_printer.profiles import Cut

if TYPE_CHECKING:
    from PIL import Image

INITIALISE = b"\x1b@"
NO_AUTOMATIC_STATUS = b"\x1da\x00"
PAPER_SENSOR = b"\x1dr\x01"
CLEAR_BUFFERS = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
"""DLE DC4, function 8: what was received and not yet printed is thrown away, even while a fault
stands. A printer that does not know it passes over these control bytes."""

_BLACK_IS_ONE = bytes(value ^ 0xFF for value in range(256))


def real_time_status(number: int) -> bytes:
    """DLE EOT 1 to 4, answered at once even while the printer prints or is offline."""
    return bytes((0x10, 0x04, number))


def process_id(mark: bytes) -> bytes:
    """GS ( H, function 48: answered with these four characters when printing is done."""
    return b"\x1d(H\x06\x0000" + mark


def raster(band: "Image.Image") -> bytes:
    """GS v 0: one band of a picture in mode "1", whose width is a multiple of 8.

    Ours because python-escpos turns each picture into RGBA and dithers it on the way.
    """
    columns, rows = band.width // 8, band.height
    head = b"\x1dv0\x00" + columns.to_bytes(2, "little") + rows.to_bytes(2, "little")
    return head + band.tobytes().translate(_BLACK_IS_ONE)


def feed(dots: int) -> bytes:
    """ESC J, as often as it takes."""
    full, rest = divmod(dots, 255)
    return b"\x1bJ\xff" * full + (b"\x1bJ" + bytes((rest,)) if rest else b"")


def end(cut: Cut, tear_off: int) -> bytes:
    """Move the paper on and cut it; `tear_off` dots come out where there is no cutter."""
    match cut:
        case Cut.PARTIAL:
            return b"\x1dVB\x00"
        case Cut.FULL:
            return b"\x1dVA\x00"
        case Cut.NONE:
            return feed(tear_off)


def native_qr(content: str, module: int) -> bytes:
    """GS ( k: QR model 2, level M, in the middle of the line; `module` is 1 to 16 dots."""

    def code(function: int, data: bytes) -> bytes:
        return b"\x1d(k" + (len(data) + 2).to_bytes(2, "little") + bytes((49, function)) + data

    return (
        b"\x1ba\x01"
        + code(65, b"2\x00")
        + code(67, bytes((module,)))
        + code(69, b"1")
        + code(80, b"0" + content.encode("utf-8"))
        + code(81, b"0")
        + b"\x1ba\x00"
    )
