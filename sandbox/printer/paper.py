"""The paper as the print head leaves it."""

from collections.abc import Iterator
from dataclasses import replace

from PIL import Image

from sandbox.printer.characters import HALF, cell, characters
from sandbox.printer.commands import Barcode, Columns, Control, Printable, Raster, Setting, Text
from sandbox.printer.line import Line
from sandbox.printer.pictures import columns, graphics, raster
from sandbox.printer.style import Style, changed
from sandbox.printer.symbols import BarcodeStyle, CodeStore, barcode, qr

SIDE = 32
"""Dots of paper left and right of the print head: 4 mm, as on 80 mm paper."""
FEED_LIMIT = 8128
"""Dots that one command moves the paper at most: 1016 mm."""


class Paper:
    """`width` is the print head's in dots; strips are as wide, in mode "L", black on white."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._strips: list[Image.Image] = []
        self.blank = True
        self._initialise()

    def _initialise(self) -> None:
        """ESC @: the line is empty, and all modes are as at the beginning."""
        self._style = Style()
        self._code = CodeStore()
        self._barcode = BarcodeStyle()
        self.forget_line()

    def forget_line(self) -> None:
        """What was received for printing and is not on the paper yet is gone."""
        self._graphics: Image.Image | None = None
        self._text = bytearray()
        self._line = Line()

    def printed(self, command: Printable) -> Iterator[Image.Image]:
        """The strips that this command puts out, each to be passed to `put` when it is printed."""
        if isinstance(command, Text):
            # Characters may come in pieces: they are read when something else follows.
            self._text += command.content
            return
        if command == Setting(b"\x1b@"):
            self._initialise()
            return
        yield from self._compose()
        match command:
            case Control(byte=byte):
                yield from self._control(byte)
            case Raster():
                yield from self._alone(raster(command))
            case Columns():
                picture = columns(command)
                if picture is not None:
                    yield from self._add(picture)
            case Barcode(kind, content):
                picture = barcode(kind, content, self._barcode)
                if picture is not None and picture.width <= self._area:
                    yield from self._alone(picture)
            case Setting(name, parameters):
                yield from self._set(name, parameters)

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

    @property
    def _area(self) -> int:
        """Dots from the left margin to the right end of the printing area."""
        room = max(self._width - self._style.left, 1)
        return room if not self._style.area else min(self._style.area, room)

    def _compose(self) -> Iterator[Image.Image]:
        data, self._text = bytes(self._text), bytearray()
        style = self._style
        for character, full in characters(data, style):
            ink = style.for_kanji() if full else style.ink
            yield from self._add(cell(character, full, ink), style.spacing * ink.wide)

    def _add(self, picture: Image.Image, spacing: int = 0) -> Iterator[Image.Image]:
        """What no longer fits in the line begins the next one."""
        if self._line.x and self._line.x + picture.width > self._area:
            yield self._finished()
        self._line.add(picture, spacing)

    def _control(self, byte: int) -> Iterator[Image.Image]:
        match byte:
            case 0x0A | 0x0C:
                yield self._finished()
            case 0x09:
                stops = (stop * HALF[0] for stop in self._style.tabs)
                next_stop = next((stop for stop in stops if stop > self._line.x), self._line.x)
                self._line.x = min(next_stop, self._area)

    def _finished(self) -> Image.Image:
        style, line = self._style, self._line
        self._line = Line()
        drawn = line.drawn(self._area, style.line, style.align)
        if style.upside_down:
            drawn = drawn.transpose(Image.Transpose.ROTATE_180)
        return self._at_margin(drawn)

    def _flush(self) -> Iterator[Image.Image]:
        if not self._line.blank:
            yield self._finished()
        self._line = Line()

    def _alone(self, picture: Image.Image | None) -> Iterator[Image.Image]:
        """A picture that stands in no line, placed as lines are."""
        yield from self._flush()
        if picture is not None:
            line = Line()
            line.add(picture.crop((0, 0, min(picture.width, self._area), picture.height)), 0)
            yield self._at_margin(line.drawn(self._area, 0, self._style.align))

    def _at_margin(self, drawn: Image.Image) -> Image.Image:
        strip = self._empty(drawn.height)
        strip.paste(drawn, (self._style.left, 0))
        return strip

    def _empty(self, height: int) -> Image.Image:
        return Image.new("L", (self._width, height), 255)

    def _feed(self, dots: int) -> Iterator[Image.Image]:
        yield from self._flush()
        if dots:
            yield self._empty(min(dots, FEED_LIMIT))

    def _set(self, name: bytes, parameters: bytes) -> Iterator[Image.Image]:
        first = parameters[0] if parameters else 0
        match name:
            case b"\x1bd":
                yield from self._feed(first * self._style.line)
            case b"\x1bJ":
                yield from self._feed(first)
            case b"\x1dV":
                yield from self._feed(parameters[1] if len(parameters) > 1 else 0)
            case b"\x1b$":
                self._move(int.from_bytes(parameters, "little"))
            case b"\x1b\\":
                self._move(self._line.x + int.from_bytes(parameters, "little", signed=True))
            case b"\x1d(k":
                yield from self._qr(parameters)
            case b"\x1d(L":
                yield from self._stored_graphics(parameters)
            case b"\x1dh":
                self._barcode = replace(self._barcode, height=max(first, 1))
            case b"\x1dw":
                self._barcode = replace(self._barcode, module=min(max(first, 1), 6))
            case b"\x1dH":
                self._barcode = replace(self._barcode, words=first & 3)
            case b"\x1df":
                self._barcode = replace(self._barcode, small=bool(first & 1))
            case _:
                self._style = changed(self._style, name, parameters, self._line.empty)

    def _move(self, x: int) -> None:
        """A position outside the printing area is passed over."""
        if 0 <= x <= self._area:
            self._line.x = x

    def _qr(self, parameters: bytes) -> Iterator[Image.Image]:
        """GS ( k for QR codes (cn 49): functions 67 module, 69 level, 80 store, 81 print."""
        if len(parameters) < 3 or parameters[0] != 49:
            return
        function, data = parameters[1], parameters[2:]
        match function:
            case 67:
                self._code = replace(self._code, module=min(max(data[0], 1), 16))
            case 69:
                self._code = replace(self._code, level=data[0])
            case 80:
                self._code = replace(self._code, content=data[1:])
            case 81 if self._code.content:
                yield from self._alone(qr(self._code))

    def _stored_graphics(self, parameters: bytes) -> Iterator[Image.Image]:
        """GS ( L: function 112 stores a picture, 50 (or 2) prints it and forgets it."""
        match parameters[:2]:
            case b"0p":
                self._graphics = graphics(parameters[2:])
            case b"02" | b"0\x02":
                picture, self._graphics = self._graphics, None
                yield from self._alone(picture)
