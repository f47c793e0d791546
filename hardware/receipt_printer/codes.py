"""QR codes on paper, drawn here or by the printer."""

from collections.abc import Iterator

import qrcode
from PIL import Image

from hardware.receipt_printer.pieces import Block, NativeQr
from hardware.receipt_printer.profiles import QrDrawing
from hardware.receipt_printer.sheet import BLACK, WHITE, Sheet
from kiosk.documents.document import QrCode

QUIET_ZONE = 4  # modules, ISO/IEC 18004
LARGEST_MODULE = 16  # dots, GS ( k function 67
LEAST_MODULE = (
    3  # dots of an eighth of a millimetre, where the paper is wide enough: what phones read
)


def code(sheet: Sheet, wanted: QrCode) -> Iterator[Block]:
    """The code as large as the profile asks, with its quiet zone and its caption."""
    profile = sheet.profile
    matrix = _modules(wanted.content)
    count = len(matrix)
    edge = max(-(-profile.qr_mm * profile.dots_per_mm // count), LEAST_MODULE)
    module = min(edge, profile.width // (count + 2 * QUIET_ZONE))
    match profile.qr:
        case QrDrawing.NATIVE:
            module = min(module, LARGEST_MODULE)
            yield sheet.blank(QUIET_ZONE * module)
            yield NativeQr(wanted.content, module, count * module)
            yield sheet.blank(QUIET_ZONE * module)
        case QrDrawing.RASTER:
            yield _symbol(sheet, matrix, module)
    yield from sheet.centred(wanted.caption, sheet.body, bold=True)


def _symbol(sheet: Sheet, matrix: list[list[bool]], module: int) -> Image.Image:
    count = len(matrix)
    symbol = Image.new("1", (count, count), WHITE)
    symbol.putdata([BLACK if dark else WHITE for row in matrix for dark in row])
    edge = count * module
    picture = sheet.blank(edge + 2 * QUIET_ZONE * module)
    picture.paste(
        symbol.resize((edge, edge), Image.Resampling.NEAREST),
        ((picture.width - edge) // 2, QUIET_ZONE * module),
    )
    return picture


def _modules(content: str) -> list[list[bool]]:
    drawn = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    drawn.add_data(content)
    drawn.make(fit=True)
    return [[bool(dark) for dark in row] for row in drawn.get_matrix()]
