"""The bytes that a printer sends back, told apart (EPSON ESC/POS, "status" of each command).

Everything arrives in one stream, and a printer whose automatic status is on adds more of its
own. The fixed bits tell which is which: 0xx1xx10 answers DLE EOT, 0xx1xx00 begins four bytes of
automatic status, of which the others are 0xx0xxxx, as is the answer to GS r; 0x37 begins a block
that ends with NUL. So only an answer to GS r among those four cannot be told apart, and is lost.
"""

from collections.abc import Iterator
from dataclasses import dataclass

BLOCK_LIMIT = 80
"""No block that ESC/POS defines is longer; without a limit, noise could swallow all that comes."""


@dataclass(frozen=True)
class RealTimeStatus:
    """One byte that answers DLE EOT."""

    byte: int


@dataclass(frozen=True)
class ProcessDone:
    """`GS ( H` function 48: what was sent before this mark has been printed."""

    mark: bytes


@dataclass(frozen=True)
class PaperSensor:
    """GS r 1: what was sent before it was processed. Bits 2 and 3 of `byte`: paper out."""

    byte: int

    @property
    def paper_out(self) -> bool:
        return bool(self.byte & 0x0C)


Answer = RealTimeStatus | ProcessDone | PaperSensor


class AnswerReader:
    """Turns the stream into answers; keeps what is not yet whole."""

    def __init__(self) -> None:
        self._block: bytearray | None = None
        self._automatic = 0

    def feed(self, data: bytes) -> Iterator[Answer]:
        """The answers that these bytes complete; bytes that answer nothing are dropped."""
        for byte in data:
            answer = self._take(byte)
            if answer is not None:
                yield answer

    def _take(self, byte: int) -> Answer | None:
        if self._block is not None:
            return self._take_block(byte)
        if self._automatic and byte & 0x90 == 0x00:
            self._automatic -= 1
        elif fits_real_time(byte):
            return RealTimeStatus(byte)
        elif byte & 0x93 == 0x10:
            self._automatic = 3
        elif byte == 0x37:
            self._block = bytearray()
        elif byte & 0x90 == 0x00:
            return PaperSensor(byte)
        return None

    def _take_block(self, byte: int) -> Answer | None:
        assert self._block is not None
        if byte:
            self._block.append(byte)
            if len(self._block) > BLOCK_LIMIT:
                self._block = None
            return None
        block, self._block = bytes(self._block), None
        return ProcessDone(block[1:]) if len(block) == 5 and block[0] == 0x22 else None


def fits_real_time(byte: int) -> bool:
    """Whether a byte has the fixed pattern 0xx1xx10 of an answer to DLE EOT."""
    return byte & 0x93 == 0x12
