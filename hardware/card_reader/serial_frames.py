"""A security module's frames over a serial line; the only module of readers that knows `serial`."""

import errno
import termios
import time
from types import TracebackType
from typing import Self

import serial

from hardware.card_reader.profiles import SerialLine
from hardware.card_reader.sam_frames import MOST_FRAME, FrameReader
from kiosk.configuration import PROGRAM
from kiosk.errors import CardReaderUnavailable, CardUnreadable, ReaderFault

_BITS = 10
"""Of a byte on the line, with its start and its stop bit."""

_QUIET_S = 0.05
_SETTLE_S = 0.3
_WRITE_S = 0.1
_GONE = (OSError, termios.error)
"""What pyserial raises for a line that is not there any more; the latter is no OSError."""


class SerialFrames:
    """A `FramePort`; alone on its line, and used by one thread.

    At first, and after an answer that did not come in time, the line is listened to until it is
    quiet: what was under way is nobody's any more.
    """

    def __init__(self, line: SerialLine) -> None:
        """Raises CardReaderUnavailable."""
        try:
            self._line = serial.Serial(
                str(PROGRAM / line.device),
                line.baud,
                timeout=0,
                write_timeout=_WRITE_S,
                exclusive=True,
            )
        except _GONE as error:
            used = getattr(error, "errno", None) in (errno.EAGAIN, errno.EBUSY)
            fault = ReaderFault.IN_USE if used else ReaderFault.NO_READER
            raise CardReaderUnavailable(fault) from None
        self._travel_s = MOST_FRAME * _BITS / line.baud
        self._quiet = False

    def exchange(self, frame: bytes, within: float) -> bytes:
        """Raises CardReaderUnavailable when nothing comes within that time and what the longest
        answer travels, or the line is gone; CardUnreadable when what comes is no frame."""
        try:
            return self._exchange(frame, within + self._travel_s)
        except serial.SerialTimeoutException:
            raise CardReaderUnavailable(ReaderFault.NOT_ANSWERING) from None
        except _GONE:
            raise CardReaderUnavailable(ReaderFault.NO_READER) from None

    def _exchange(self, frame: bytes, within: float) -> bytes:
        if not self._quiet:
            self._settle()
        self._line.reset_input_buffer()
        self._line.write(frame)
        self._quiet = False
        reader, heard = FrameReader(), False
        deadline = time.monotonic() + within
        while (remaining := deadline - time.monotonic()) > 0:
            chunk = self._receive(remaining)
            heard = heard or bool(chunk)
            if frames := reader.feed(chunk):
                self._quiet = True
                return frames[0]
        if heard:
            raise CardUnreadable
        raise CardReaderUnavailable(ReaderFault.NOT_ANSWERING)

    def _settle(self) -> None:
        deadline = time.monotonic() + _SETTLE_S
        while time.monotonic() < deadline:
            if not self._receive(_QUIET_S):
                return
        raise CardReaderUnavailable(ReaderFault.NOT_ANSWERING)

    def _receive(self, within: float) -> bytes:
        """What is there as soon as something is; nothing after `within` seconds."""
        self._line.timeout = within
        first: bytes = self._line.read(1)
        rest: bytes = self._line.read(self._line.in_waiting) if first else b""
        return first + rest

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._line.close()
