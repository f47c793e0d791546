"""ESC/POS as a printer reads it: bytes to commands, from the EPSON command reference alone."""

from collections.abc import Iterator
from dataclasses import dataclass

ESC, FS, GS, DLE = 0x1B, 0x1C, 0x1D, 0x10
BUFFER_LIMIT = 8 * 1024 * 1024
"""More than one command can hold that fits on paper; beyond it the input is noise."""


@dataclass(frozen=True)
class RealTime:
    """DLE EOT n, DLE ENQ n or DLE DC4 n: `function` is the second byte."""

    function: int
    number: int


@dataclass(frozen=True)
class Text:
    """Bytes of text between two commands, in GB18030."""

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
class Setting:
    """Any other command: `name` is its two or three bytes, such as `ESC a` = b"\\x1ba"."""

    name: bytes
    parameters: bytes = b""


Command = RealTime | Text | Control | Raster | Setting

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
_CUT_WITH_FEED = (65, 66, 97, 98, 103, 104)


class Parser:
    """Takes bytes in pieces of any size and gives whole commands, never raising."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._skipped = b""

    def feed(self, data: bytes) -> Iterator[tuple[Command, bytes]]:
        """Each command with the bytes it came from, unknown ones before it included."""
        self._buffer += data
        if len(self._buffer) > BUFFER_LIMIT:
            self._buffer.clear()
        while self._buffer:
            length, command = self._first()
            if length == 0:
                return
            raw = self._skipped + self._buffer[:length]
            del self._buffer[:length]
            self._skipped = raw if command is None else b""
            if command is not None:
                yield command, raw

    def _first(self) -> tuple[int, Command | None]:
        """The length of the first command and the command; 0 when it is not whole yet."""
        match self._buffer[0]:
            case 0x10:
                return self._real_time()
            case 0x1B:
                return self._fixed(_ESC_LENGTHS)
            case 0x1C:
                return self._fixed(_FS_LENGTHS)
            case 0x1D:
                return self._group()
            case byte if byte < 0x20:
                return 1, Control(byte)
            case _:
                return self._text()

    def _real_time(self) -> tuple[int, Command | None]:
        if len(self._buffer) < 2:
            return 0, None
        function = self._buffer[1]
        if function not in (0x04, 0x05, 0x14):
            return 1, None
        if len(self._buffer) < 3:
            return 0, None
        number = self._buffer[2]
        length = 3 + (_DC4_LENGTHS.get(number, 0) if function == 0x14 else 0)
        return self._whole(length, RealTime(function, number))

    def _fixed(self, lengths: dict[str, int]) -> tuple[int, Command | None]:
        if len(self._buffer) < 2:
            return 0, None
        if self._buffer[0] == ESC and self._buffer[1] == ord("*"):
            return self._column_picture()
        length = lengths.get(chr(self._buffer[1]))
        if length is None:
            return 2, None
        name, parameters = bytes(self._buffer[:2]), bytes(self._buffer[2 : 2 + length])
        return self._whole(2 + length, Setting(name, parameters))

    def _column_picture(self) -> tuple[int, Command | None]:
        """ESC *: read past, since nothing here draws it."""
        if len(self._buffer) < 5:
            return 0, None
        high = 3 if self._buffer[2] in (32, 33) else 1
        return self._whole(5 + high * self._number(3), None)

    def _group(self) -> tuple[int, Command | None]:
        if len(self._buffer) < 2:
            return 0, None
        match chr(self._buffer[1]):
            case "v":
                return self._raster()
            case "(":
                return self._sized()
            case "V":
                return self._cut()
            case "k":
                return self._barcode()
            case _:
                return self._fixed(_GS_LENGTHS)

    def _raster(self) -> tuple[int, Command | None]:
        if len(self._buffer) < 8:
            return 0, None
        columns, rows = self._number(4), self._number(6)
        end = 8 + columns * rows
        if end > BUFFER_LIMIT:
            return 2, None
        if len(self._buffer) < end:
            return 0, None
        return end, Raster(self._buffer[3] & 3, columns, rows, bytes(self._buffer[8:end]))

    def _sized(self) -> tuple[int, Command | None]:
        """GS ( x pL pH and so many bytes."""
        if len(self._buffer) < 5:
            return 0, None
        end = 5 + self._number(3)
        return self._whole(end, Setting(bytes(self._buffer[:3]), bytes(self._buffer[5:end])))

    def _cut(self) -> tuple[int, Command | None]:
        if len(self._buffer) < 3:
            return 0, None
        end = 4 if self._buffer[2] in _CUT_WITH_FEED else 3
        return self._whole(end, Setting(b"\x1dV", bytes(self._buffer[2:end])))

    def _barcode(self) -> tuple[int, Command | None]:
        """GS k: ends with NUL in its old form, has its length in the new one."""
        if len(self._buffer) < 4:
            return 0, None
        if self._buffer[2] > 6:
            return self._whole(4 + self._buffer[3], None)
        end = self._buffer.find(0, 3)
        if end < 0:
            return (0, None) if len(self._buffer) < 260 else (2, None)
        return end + 1, None

    def _text(self) -> tuple[int, Command | None]:
        """A run of text; a character of which the second half is missing waits for it."""
        end = 0
        while end < len(self._buffer) and self._buffer[end] >= 0x20:
            width = self._character_width(end)
            if width == 0:
                break
            end += width
        return (end, Text(bytes(self._buffer[:end]))) if end else (0, None)

    def _character_width(self, start: int) -> int:
        """Bytes of the GB18030 character there; 0 when not all of it has come."""
        if not 0x81 <= self._buffer[start] <= 0xFE:
            return 1
        if start + 1 >= len(self._buffer):
            return 0
        second = self._buffer[start + 1]
        if 0x30 <= second <= 0x39:
            return 4 if start + 4 <= len(self._buffer) else 0
        return 2 if second >= 0x40 else 1

    def _number(self, at: int) -> int:
        return int.from_bytes(self._buffer[at : at + 2], "little")

    def _whole(self, length: int, command: Command | None) -> tuple[int, Command | None]:
        return (length, command) if len(self._buffer) >= length else (0, None)
