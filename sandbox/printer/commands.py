"""ESC/POS as a printer reads it: bytes to commands, from the EPSON command reference alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

SIZE_LIMIT = 8 * 1024 * 1024
"""Bytes: more than one command can hold that fits on paper; what claims more is noise."""


@dataclass(frozen=True)
class RealTime:
    """DLE EOT n, DLE ENQ n or DLE DC4 n: `function` is the second byte."""

    function: int
    number: int


@dataclass(frozen=True)
class Text:
    """Bytes of text between two commands; which characters they are, the printer's modes say."""

    content: bytes


@dataclass(frozen=True)
class Control:
    """One control byte that moves the paper or the position, such as LF."""

    byte: int


@dataclass(frozen=True)
class Raster:
    """GS v 0: `columns` bytes in each of `rows` rows, 1 is black; `mode` bits 0 and 1 double
    width and height."""

    mode: int
    columns: int
    rows: int
    dots: bytes


@dataclass(frozen=True)
class Columns:
    """ESC *: a picture in the line, in columns from the left, 8 or 24 dots high as `mode` says."""

    mode: int
    dots: bytes


@dataclass(frozen=True)
class Barcode:
    """GS k: `kind` counts as in its newer form, from 65 (UPC-A) on."""

    kind: int
    content: bytes


@dataclass(frozen=True)
class Setting:
    """Any other command: `name` is its two or three bytes, such as `ESC a` = b"\\x1ba".

    `GS 8 L`, the form of `GS ( L` for long pictures, has that name too.
    """

    name: bytes
    parameters: bytes = b""


Printable = Text | Control | Raster | Columns | Barcode | Setting
Command = RealTime | Printable

_ESC_LENGTHS = {
    "@": 0, "2": 0, "i": 0, "m": 0, "S": 0, "L": 0, "\x0c": 0,
    "a": 1, "E": 1, "!": 1, "d": 1, "J": 1, "-": 1, "M": 1, "t": 1, "R": 1, "3": 1, "{": 1,
    "G": 1, " ": 1, "V": 1, "U": 1, "r": 1, "e": 1, "K": 1, "=": 1, "%": 1, "T": 1, "?": 1,
    "$": 2, "\\": 2, "c": 2, "p": 3, "W": 8,
}  # fmt: skip
_FS_LENGTHS = {"&": 0, ".": 0, "!": 1, "-": 1, "C": 1, "W": 1, "S": 2, "2": 74, "p": 2}
_GS_LENGTHS = {
    "!": 1, "B": 1, "a": 1, "r": 1, "I": 1, "h": 1, "w": 1, "H": 1, "f": 1, "b": 1, "/": 1,
    "T": 1, ":": 0, "L": 2, "W": 2, "P": 2, "$": 2, "\\": 2, "^": 3, "g": 4,
}  # fmt: skip
_DC4_LENGTHS = {1: 2, 2: 2, 3: 5, 7: 1, 8: 7}
_CLEAR = bytes((1, 3, 20, 1, 6, 2, 8))
"""What must follow DLE DC4 8, lest a printer empties its buffer by mistake."""
_CUT_WITH_FEED = (65, 66, 97, 98, 103, 104)
_TABS_LIMIT = 33
_BARCODE_LIMIT = 256
_TEXT = re.compile(rb"[^\x00-\x1f]+")

Found = tuple[int, Command | None]
"""The length of a command and the command, None when it means nothing here; length 0 while it
is not whole yet."""
_NOT_YET: Found = (0, None)


class Parser:
    """Takes bytes in pieces of any size and gives whole commands, never raising."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._skipped = b""

    def feed(self, data: bytes) -> Iterator[tuple[Command, bytes]]:
        """Each command with the bytes it came from, unknown ones before it included."""
        self._buffer += data
        while self._buffer:
            length, command = self._first()
            if length == 0:
                return
            raw = self._skipped + self._buffer[:length]
            del self._buffer[:length]
            self._skipped = raw if command is None else b""
            if command is not None:
                yield command, raw

    def _first(self) -> Found:
        match self._buffer[0]:
            case 0x10:
                return self._real_time()
            case 0x1B:
                return self._escape()
            case 0x1C:
                return self._fixed(_FS_LENGTHS)
            case 0x1D:
                return self._group()
            case byte if byte < 0x20:
                return 1, Control(byte)
            case _:
                text = _TEXT.match(self._buffer)
                assert text is not None
                return text.end(), Text(text.group())

    def _real_time(self) -> Found:
        if len(self._buffer) < 2:
            return _NOT_YET
        function = self._buffer[1]
        if function not in (0x04, 0x05, 0x14):
            return 1, None
        if len(self._buffer) < 3:
            return _NOT_YET
        number = self._buffer[2]
        length = 3 + (_DC4_LENGTHS.get(number, 0) if function == 0x14 else 0)
        if (function, number) == (0x14, 8) and not _CLEAR.startswith(self._buffer[3:length]):
            return 3, None
        return self._whole(length, RealTime(function, number))

    def _escape(self) -> Found:
        match self._buffer[1:2]:
            case b"*":
                return self._column_picture()
            case b"D":
                end = self._buffer.find(0, 2, 2 + _TABS_LIMIT)
                if end < 0:
                    return _NOT_YET if len(self._buffer) < 2 + _TABS_LIMIT else (2, None)
                return end + 1, Setting(b"\x1bD", bytes(self._buffer[2:end]))
            case _:
                return self._fixed(_ESC_LENGTHS)

    def _fixed(self, lengths: dict[str, int]) -> Found:
        if len(self._buffer) < 2:
            return _NOT_YET
        length = lengths.get(chr(self._buffer[1]))
        if length is None:
            return 2, None
        name, parameters = bytes(self._buffer[:2]), bytes(self._buffer[2 : 2 + length])
        return self._whole(2 + length, Setting(name, parameters))

    def _column_picture(self) -> Found:
        if len(self._buffer) < 5:
            return _NOT_YET
        mode = self._buffer[2]
        end = 5 + (3 if mode in (32, 33) else 1) * self._number(3)
        return self._whole(end, Columns(mode, bytes(self._buffer[5:end])))

    def _group(self) -> Found:
        match self._buffer[1:2]:
            case b"v":
                return self._raster()
            case b"(":
                return self._sized(3, 2)
            case b"8":
                return self._sized(3, 4)
            case b"V":
                return self._cut()
            case b"k":
                return self._barcode()
            case _:
                return self._fixed(_GS_LENGTHS)

    def _raster(self) -> Found:
        if len(self._buffer) < 8:
            return _NOT_YET
        columns, rows = self._number(4), self._number(6)
        end = 8 + columns * rows
        if end > SIZE_LIMIT:
            return 2, None
        if len(self._buffer) < end:
            return _NOT_YET
        return end, Raster(self._buffer[3] & 3, columns, rows, bytes(self._buffer[8:end]))

    def _sized(self, at: int, width: int) -> Found:
        """GS ( x, then how many bytes follow in 2 bytes; GS 8 x has 4 bytes for it."""
        if len(self._buffer) < at + width:
            return _NOT_YET
        end = at + width + self._number(at, width)
        if end > SIZE_LIMIT:
            return 2, None
        if len(self._buffer) < end:
            return _NOT_YET
        name = b"\x1d(" + bytes(self._buffer[2:3])
        return end, Setting(name, bytes(self._buffer[at + width : end]))

    def _cut(self) -> Found:
        if len(self._buffer) < 3:
            return _NOT_YET
        end = 4 if self._buffer[2] in _CUT_WITH_FEED else 3
        return self._whole(end, Setting(b"\x1dV", bytes(self._buffer[2:end])))

    def _barcode(self) -> Found:
        """GS k: ends with NUL in its old form, has its length in the new one."""
        if len(self._buffer) < 4:
            return _NOT_YET
        kind = self._buffer[2]
        if kind > 6:
            end = 4 + self._buffer[3]
            return self._whole(end, Barcode(kind, bytes(self._buffer[4:end])))
        end = self._buffer.find(0, 3, 3 + _BARCODE_LIMIT)
        if end < 0:
            return _NOT_YET if len(self._buffer) < 3 + _BARCODE_LIMIT else (2, None)
        return end + 1, Barcode(kind + 65, bytes(self._buffer[3:end]))

    def _number(self, at: int, width: int = 2) -> int:
        return int.from_bytes(self._buffer[at : at + width], "little")

    def _whole(self, length: int, command: Command) -> Found:
        return (length, command) if len(self._buffer) >= length else _NOT_YET
