"""The ESC/POS commands that are sent (EPSON ESC/POS Application Programming Guide)."""

from PIL import Image, ImageChops

from hardware.receipt_printer.pieces import NativeQr, OwnLine, Piece
from hardware.receipt_printer.profiles import Cut, PrinterProfile

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


def begin(profile: PrinterProfile) -> bytes:
    """ESC @ and no automatic status; for lines of text GS P makes a dot the unit of ESC $, ESC 3
    and ESC J, and FS & has two bytes read as one character."""
    start = INITIALISE + NO_AUTOMATIC_STATUS
    if profile.own_font is None:
        return start
    unit = min(round(profile.dots_per_mm * 25.4), 255)
    return start + b"\x1dP" + bytes((unit, unit)) + b"\x1c&"


def encoded(piece: Piece) -> bytes:
    match piece:
        case NativeQr():
            return native_qr(piece.content, piece.module)
        case OwnLine():
            return own_line(piece)
        case Image.Image():
            return raster(piece)


def own_line(line: OwnLine) -> bytes:
    """ESC $ places the words, ESC E makes them bold; ESC 3 and LF move on to the line's end."""
    words = b"".join(
        b"\x1b$" + each.x.to_bytes(2, "little") + b"\x1bE" + bytes((each.bold,)) + each.content
        for each in line.words
    )
    return feed(line.above) + b"\x1b3" + bytes((line.height - line.above,)) + words + b"\n"


def raster(band: Image.Image) -> bytes:
    """GS v 0: one band of a picture in mode "1", without what is white at its right.

    Ours because python-escpos turns each picture into RGBA and dithers it on the way.
    """
    _left, _top, right, _bottom = ImageChops.invert(band).getbbox() or (0, 0, 1, 1)
    columns, rows = -(-right // 8), band.height
    head = b"\x1dv0\x00" + columns.to_bytes(2, "little") + rows.to_bytes(2, "little")
    return head + band.crop((0, 0, columns * 8, rows)).tobytes().translate(_BLACK_IS_ONE)


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
