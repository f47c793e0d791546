"""The paper as the print head leaves it."""

from dataclasses import dataclass, replace
from pathlib import Path

import qrcode
from PIL import Image, ImageDraw, ImageFont

from sandbox.printer.commands import Control, Raster, Setting, Text

FONTS = Path(__file__).parents[2] / "assets" / "fonts"
SIDE = 32
"""Dots of paper left and right of the print head: 4 mm, as on 80 mm paper."""
CELL = 24
"""Dots: a Chinese character of font A is 24 square, a Latin one half as wide."""
HALF = 12
LINE = 30
FEED_LIMIT = 8128
"""Dots that one command moves the paper at most: 1016 mm."""


@dataclass(frozen=True)
class Style:
    align: int = 0
    bold: bool = False
    underline: bool = False
    inverse: bool = False
    wide: int = 1
    high: int = 1
    line: int = LINE


@dataclass(frozen=True)
class _Code:
    """What GS ( k has stored for the next QR code."""

    module: int = 3
    level: int = 48
    content: bytes = b""


class Paper:
    """`width` is the print head's in dots; strips are as wide, in mode "L", black on white."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._style = Style()
        self._code = _Code()
        self._line = b""
        self._strips: list[Image.Image] = []
        self.blank = True

    def initialise(self) -> None:
        self._style = Style()
        self._code = _Code()
        self._line = b""

    def printed(self, command: Text | Control | Raster | Setting) -> list[Image.Image]:
        """The strips that this command puts out, each to be passed to `put` when it is printed."""
        match command:
            case Text():
                self._line += command.content
                return []
            case Control(byte=0x0A | 0x0D | 0x0C):
                return self._end_line() if command.byte != 0x0D else []
            case Control():
                return []
            case Raster():
                return [*self._flush(), *self._raster(command)]
            case Setting():
                return self._set(command.name, command.parameters)

    def put(self, strip: Image.Image) -> None:
        self._strips.append(strip)
        if self.blank and strip.getextrema()[0] == 0:
            self.blank = False

    def take(self) -> Image.Image:
        """The paper so far, with its sides; the next begins empty."""
        height = sum(strip.height for strip in self._strips)
        picture = Image.new("L", (self._width + 2 * SIDE, height + 2 * SIDE), 255)
        top = SIDE
        for strip in self._strips:
            picture.paste(strip, (SIDE, top))
            top += strip.height
        self._strips.clear()
        self.blank = True
        return picture

    def _empty(self, height: int) -> Image.Image:
        return Image.new("L", (self._width, max(height, 1)), 255)

    def _flush(self) -> list[Image.Image]:
        return self._end_line() if self._line else []

    def _set(self, name: bytes, parameters: bytes) -> list[Image.Image]:
        first = parameters[0] if parameters else 0
        style = self._style
        match name:
            case b"\x1bd":
                feed = [self._empty(min(first * style.line, FEED_LIMIT))] if first else []
                return self._flush() + feed
            case b"\x1bJ":
                return self._flush() + ([self._empty(first)] if first else [])
            case b"\x1dV":
                dots = parameters[1] if len(parameters) > 1 else 0
                return self._flush() + ([self._empty(dots)] if dots else [])
            case b"\x1ba":
                self._style = replace(style, align={1: 1, 49: 1, 2: 2, 50: 2}.get(first, 0))
            case b"\x1bE" | b"\x1bG":
                self._style = replace(style, bold=bool(first & 1))
            case b"\x1b-":
                self._style = replace(style, underline=first in (1, 2, 49, 50))
            case b"\x1dB":
                self._style = replace(style, inverse=bool(first & 1))
            case b"\x1d!":
                self._style = replace(style, wide=(first >> 4 & 7) + 1, high=(first & 7) + 1)
            case b"\x1b!":
                wide, high = 1 + (first >> 5 & 1), 1 + (first >> 4 & 1)
                self._style = replace(style, bold=bool(first & 8), wide=wide, high=high)
            case b"\x1b2":
                self._style = replace(style, line=LINE)
            case b"\x1b3":
                self._style = replace(style, line=max(first, 1))
            case b"\x1d(k":
                return self._qr(parameters)
        return []

    def _end_line(self) -> list[Image.Image]:
        text, self._line = self._line.decode("gb18030", errors="replace"), b""
        style = self._style
        rows: list[list[str]] = [[]]
        used = 0
        for character in text:
            width = _advance(character) * style.wide
            if used + width > self._width and rows[-1]:
                rows.append([])
                used = 0
            rows[-1].append(character)
            used += width
        return [self._draw_row(row) for row in rows]

    def _draw_row(self, row: list[str]) -> Image.Image:
        style = self._style
        strip = self._empty(max(style.line, CELL * style.high + 6))
        name = "NotoSansSC-Bold.otf" if style.bold else "NotoSansSC-Regular.otf"
        face = ImageFont.truetype(FONTS / name, CELL - 2)
        width = sum(_advance(character) for character in row) * style.wide
        x = (self._width - width) * style.align // 2
        for character in row:
            cell = Image.new("L", (_advance(character), CELL), 0 if style.inverse else 255)
            draw = ImageDraw.Draw(cell)
            ink = 255 if style.inverse else 0
            draw.text((cell.width / 2, 20), character, fill=ink, font=face, anchor="ms")
            if style.underline:
                draw.line((0, CELL - 1, cell.width, CELL - 1), fill=ink)
            size = (cell.width * style.wide, CELL * style.high)
            strip.paste(cell.resize(size, Image.Resampling.NEAREST), (x, 3))
            x += size[0]
        return strip.point(lambda value: 0 if value < 128 else 255)

    def _raster(self, raster: Raster) -> list[Image.Image]:
        if not raster.dots:
            return []
        dots = raster.dots.translate(bytes(value ^ 0xFF for value in range(256)))
        picture = Image.frombytes("1", (raster.columns * 8, raster.rows), dots)
        picture = picture.crop((0, 0, min(picture.width, self._width), picture.height)).convert("L")
        wide, high = 1 + (raster.mode & 1), 1 + (raster.mode >> 1)
        if (wide, high) != (1, 1):
            size = (picture.width * wide, picture.height * high)
            picture = picture.resize(size, Image.Resampling.NEAREST)
        return [self._placed(picture)]

    def _placed(self, picture: Image.Image) -> Image.Image:
        strip = self._empty(picture.height)
        strip.paste(picture, (max(self._width - picture.width, 0) * self._style.align // 2, 0))
        return strip

    def _qr(self, parameters: bytes) -> list[Image.Image]:
        """GS ( k for QR codes (cn 49): functions 67 module, 69 level, 80 store, 81 print."""
        if len(parameters) < 3 or parameters[0] != 49:
            return []
        function, data = parameters[1], parameters[2:]
        match function:
            case 67:
                self._code = replace(self._code, module=min(max(data[0], 1), 16))
            case 69:
                self._code = replace(self._code, level=data[0])
            case 80:
                self._code = replace(self._code, content=data[1:])
            case 81 if self._code.content:
                return [*self._flush(), self._placed(self._draw_code())]
        return []

    def _draw_code(self) -> Image.Image:
        levels = {48: 1, 49: 0, 50: 3, 51: 2}  # L, M, Q, H as the qrcode library numbers them
        code = qrcode.QRCode(error_correction=levels.get(self._code.level, 1), border=0)
        code.add_data(self._code.content)
        try:
            code.make(fit=True)
        except (ValueError, qrcode.exceptions.DataOverflowError):
            return self._empty(1)
        rows = code.get_matrix()
        picture = Image.new("L", (len(rows), len(rows)), 255)
        picture.putdata([0 if dark else 255 for row in rows for dark in row])
        edge = len(rows) * self._code.module
        return picture.resize((edge, edge), Image.Resampling.NEAREST)


def _advance(character: str) -> int:
    return HALF if character.isascii() else CELL
