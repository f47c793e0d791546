"""A document drawn as dots, piece by piece from the top, so that paper moves early.

Sizes are in dots: body text of 28 dots at 8 dots a millimetre is 3.5 mm high, about 10 points,
and is read without glasses by most people at reading distance.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import qrcode
from PIL import Image, ImageDraw

from hardware.receipt_printer.lettering import Lettering
from hardware.receipt_printer.profiles import PrinterProfile, QrDrawing
from kiosk.documents.document import Document, Field, QrCode
from kiosk.language import _
from kiosk.line_breaking import balanced_lines, break_lines

WHITE, BLACK = 1, 0
TITLE, NUMBER, HEADING, BODY, SMALL = (52, 46, 40), (60, 56, 52, 48, 44, 40), 30, 28, 24
STEP = 8
QUIET_ZONE = 4  # modules, ISO/IEC 18004
LEADING = 1.4
HANGS = "（《「『【〈〔“‘"  # their left half is white: they move into the margin
BASELINE = 0.88  # of the type size, below the top of the em box (Noto Sans SC)


@dataclass(frozen=True)
class NativeQr:
    """A QR code that the printer draws itself; `module` in dots."""

    content: str
    module: int


Piece = Image.Image | NativeQr
"""A picture in mode "1" of the profile's width, or a code that the printer draws."""


class Layout:
    """Lays documents out for one printer. Holds the opened fonts; not for two threads at once."""

    def __init__(self, profile: PrinterProfile, fonts: Path) -> None:
        self._profile = profile
        self._letters = Lettering(fonts)
        self._inner = profile.width - 2 * profile.margin

    def pieces(self, document: Document) -> Iterator[Piece]:
        """The document from top to bottom; pictures are at most the profile's band high."""
        for block in self._blocks(document):
            if isinstance(block, NativeQr):
                yield block
                continue
            for top in range(0, block.height, self._profile.band_height):
                bottom = min(top + self._profile.band_height, block.height)
                yield block.crop((0, top, block.width, bottom))

    def _blocks(self, document: Document) -> Iterator[Piece]:
        if document.reprint:
            yield self._banner(_("补打 · 第 {count} 次").format(count=document.reprint))
            yield self._space(2)
        yield self._text(document.issuer, HEADING, centred=True)
        yield self._space(1)
        yield self._fitted(document.title, TITLE)
        yield self._space(2)
        if document.number:
            yield self._number(document.number_label, document.number)
            yield self._space(2)
        if document.fields:
            yield from self._fields(document.fields)
            yield self._space(2)
        if document.notices:
            yield self._rule(dashed=True)
            yield self._space(2)
            for notice in document.notices:
                yield self._notice(notice)
                yield self._space(1)
            yield self._space(1)
        if document.qr:
            yield from self._qr(document.qr)
        if document.footer:
            yield self._rule(dashed=False)
            yield self._space(1)
            for line in document.footer:
                yield self._text(line, SMALL, centred=True)
        yield self._space(3)

    def _blank(self, height: int) -> Image.Image:
        return Image.new("1", (self._profile.width, height), WHITE)

    def _space(self, steps: int) -> Image.Image:
        return self._blank(steps * STEP)

    def _rule(self, dashed: bool) -> Image.Image:
        picture = self._blank(2)
        draw = ImageDraw.Draw(picture)
        left, right = self._profile.margin, self._profile.width - self._profile.margin
        for x in range(left, right, 12 if dashed else right):
            draw.rectangle((x, 0, min(x + 6, right) - 1 if dashed else right - 1, 1), fill=BLACK)
        return picture

    def _draw_lines(
        self,
        draw: ImageDraw.ImageDraw,
        lines: list[str],
        size: int,
        *,
        top: int,
        left: int,
        bold: bool = False,
        centred: bool = False,
        ink: int = BLACK,
    ) -> int:
        """Draws the lines one below the other; the y below the last one."""
        height = round(size * LEADING)
        for line in lines:
            length = self._letters.length(line, size, bold)
            x = (self._profile.width - length) / 2 if centred else left
            if line and line[0] in HANGS and not centred:
                x -= size * 0.4
            baseline = top + round((height - size) / 2 + size * BASELINE)
            self._letters.draw(draw, line, x, baseline, size, bold=bold, ink=ink)
            top += height
        return top

    def _text(
        self, text: str, size: int, *, bold: bool = False, centred: bool = False
    ) -> Image.Image:
        split = balanced_lines if centred else break_lines
        lines = split(text, self._inner, self._letters.measure(size, bold))
        picture = self._blank(len(lines) * round(size * LEADING))
        draw = ImageDraw.Draw(picture)
        left = self._profile.margin
        self._draw_lines(draw, lines, size, top=0, left=left, bold=bold, centred=centred)
        return picture

    def _fitted(self, text: str, sizes: tuple[int, ...]) -> Image.Image:
        """In bold, in the largest of these sizes in which each of its lines fits."""
        return self._text(text, self._fitting(text, sizes, self._inner), bold=True, centred=True)

    def _fitting(self, text: str, sizes: tuple[int, ...], width: int) -> int:
        for size in sizes:
            longest = max(self._letters.length(line, size, True) for line in text.split("\n"))
            if longest <= width:
                return size
        return sizes[-1]

    def _banner(self, text: str) -> Image.Image:
        picture = self._blank(round(HEADING * LEADING) + 2 * STEP)
        draw = ImageDraw.Draw(picture)
        draw.rectangle((0, 0, picture.width, picture.height), fill=BLACK)
        self._draw_lines(
            draw, [text], HEADING, top=STEP, left=0, bold=True, centred=True, ink=WHITE
        )
        return picture

    def _number(self, label: str, number: str) -> Image.Image:
        """The number in a frame, large, in groups of four."""
        width = self._inner - 4 * STEP
        grouped = in_groups(number)
        size = self._fitting(grouped, NUMBER, width)
        lines = balanced_lines(grouped, width, self._letters.measure(size, True))
        above, below = round(BODY * LEADING), len(lines) * round(size * LEADING)
        picture = self._blank(above + below + 3 * STEP)
        draw = ImageDraw.Draw(picture)
        margin = self._profile.margin
        draw.rounded_rectangle(
            (margin, 0, picture.width - margin - 1, picture.height - 1),
            STEP,
            outline=BLACK,
            width=3,
        )
        top = self._draw_lines(draw, [label], BODY, top=STEP, left=0, centred=True)
        self._draw_lines(draw, lines, size, top=top, left=0, bold=True, centred=True)
        return picture

    def _fields(self, fields: tuple[Field, ...]) -> Iterator[Image.Image]:
        """Labels in a column of their own, or above their values where they are too wide for it."""
        regular, bold = self._letters.measure(BODY, False), self._letters.measure(BODY, True)
        column = round(max(regular(field.label) for field in fields)) + 2 * STEP
        beside = column <= self._inner * 0.45
        left = self._profile.margin + (column if beside else 0)
        right = self._profile.width - self._profile.margin
        height = round(BODY * LEADING)
        for field in fields:
            values = break_lines(field.value, right - left, bold)
            labels = break_lines(field.label, self._inner, regular)
            rows = len(values) if beside else len(labels) + len(values)
            picture = self._blank(rows * height + STEP)
            draw = ImageDraw.Draw(picture)
            top = self._draw_lines(draw, labels, BODY, top=0, left=self._profile.margin)
            top = 0 if beside else top
            self._draw_lines(draw, values, BODY, top=top, left=left, bold=True)
            yield picture

    def _notice(self, text: str) -> Image.Image:
        hanging = 3 * STEP
        lines = break_lines(text, self._inner - hanging, self._letters.measure(BODY, False))
        height = round(BODY * LEADING)
        picture = self._blank(len(lines) * height)
        draw = ImageDraw.Draw(picture)
        left, middle = self._profile.margin, height // 2
        draw.rectangle((left, middle - 4, left + 7, middle + 3), fill=BLACK)
        self._draw_lines(draw, lines, BODY, top=0, left=left + hanging)
        return picture

    def _qr(self, code: QrCode) -> Iterator[Piece]:
        """The code as large as the profile asks, with its quiet zone and its caption."""
        drawn = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M)
        drawn.add_data(code.content)
        matrix = _modules(drawn)
        count = len(matrix)
        wanted = -(-self._profile.qr_mm * self._profile.dots_per_mm // count)
        module = min(wanted, self._profile.width // (count + 2 * QUIET_ZONE))
        match self._profile.qr:
            case QrDrawing.NATIVE:
                yield self._blank(QUIET_ZONE * module)
                yield NativeQr(code.content, min(module, 16))
                yield self._blank(QUIET_ZONE * module)
            case QrDrawing.RASTER:
                yield self._symbol(matrix, module)
        yield self._text(code.caption, BODY, bold=True, centred=True)
        yield self._space(2)

    def _symbol(self, matrix: list[list[bool]], module: int) -> Image.Image:
        count = len(matrix)
        symbol = Image.new("1", (count, count), WHITE)
        symbol.putdata([BLACK if dark else WHITE for row in matrix for dark in row])
        edge = count * module
        picture = self._blank(edge + 2 * QUIET_ZONE * module)
        picture.paste(
            symbol.resize((edge, edge), Image.Resampling.NEAREST),
            ((picture.width - edge) // 2, QUIET_ZONE * module),
        )
        return picture


def in_groups(number: str) -> str:
    """Digits in groups of four; a number that has its own divisions keeps them."""
    if not number.isdigit():
        return number
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


def _modules(code: "qrcode.QRCode") -> list[list[bool]]:
    code.border = 0
    code.make(fit=True)
    return [[bool(dark) for dark in row] for row in code.get_matrix()]
