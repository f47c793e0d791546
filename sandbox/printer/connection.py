"""One connection to the virtual printer: what comes is read at once and printed in its turn."""

import contextlib
import queue
import re
import socket
import threading
import time

from sandbox.printer.commands import Parser, RealTime
from sandbox.printer.head import Head, Held
from sandbox.printer.mechanism import Mechanism
from sandbox.printer.state import automatic_status, real_time_answer

_CHUNK = 1024
_AT_ONCE = re.compile(rb"\x10\x04[\x01-\x04]|\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08")
_LONGEST = 10
_CLEARED = b"\x37\x25\x00"
"""The answer to DLE DC4 8."""


class Connection:
    """Three threads: one reads, one answers, and the head's, which prints for all."""

    def __init__(self, wire: socket.socket, mechanism: Mechanism, head: Head) -> None:
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._wire = wire
        self._mechanism = mechanism
        self._head = head
        self._answers: queue.Queue[tuple[float, bytes] | None] = queue.Queue()
        self._closed = threading.Event()
        self._automatic = False
        self._reader = threading.Thread(target=self._read, name="printer-reader", daemon=True)
        self._writer = threading.Thread(target=self._write, name="printer-writer", daemon=True)
        self._reader.start()
        self._writer.start()

    @property
    def open(self) -> bool:
        return not self._closed.is_set()

    @property
    def alive(self) -> bool:
        return self._writer.is_alive()

    def close(self) -> None:
        self._close()
        self._reader.join()
        self._writer.join()

    def answer(self, data: bytes) -> None:
        """Sent in its turn; nothing waits here."""
        if data:
            self._answers.put((time.monotonic() + self._mechanism.manners.late, data))

    def report(self, wanted: bool) -> None:
        """GS a: tell each change of the state from now on, and the state that stands."""
        self._automatic = wanted
        self.changed()

    def changed(self) -> None:
        if self._automatic:
            self.answer(automatic_status(self._mechanism.state))

    def _read(self) -> None:
        parser = Parser()
        before = b""
        with contextlib.suppress(OSError):
            while data := self._wire.recv(1 if self._mechanism.manners.piecemeal else _CHUNK):
                taken, breaks = self._mechanism.count(len(data))
                eager = self._mechanism.manners.eager
                if eager:
                    before = self._find_real_time(before, data[:taken])
                for command, raw in parser.feed(data[:taken]):
                    if not isinstance(command, RealTime):
                        self._head.hold(Held(self, command, raw))
                    elif not eager:
                        self._at_once(command)
                if breaks:
                    break
        self._close()
        self._head.hold(Held(self, None, b""))
        self._answers.put(None)

    def _find_real_time(self, before: bytes, data: bytes) -> bytes:
        """Follows what the new bytes complete, wherever it stands; the end, for the next bytes."""
        stream = before + data
        for found in _AT_ONCE.finditer(stream):
            if found.end() > len(before):
                self._at_once(RealTime(found[0][1], found[0][2]))
        return stream[1 - _LONGEST :]

    def _close(self) -> None:
        self._closed.set()
        self._head.wake()
        with contextlib.suppress(OSError):
            self._wire.shutdown(socket.SHUT_RDWR)

    def _write(self) -> None:
        while (due := self._answers.get()) is not None:
            at, data = due
            self._closed.wait(max(at - time.monotonic(), 0))
            pieces = [data[i : i + 1] for i in range(len(data))]
            with contextlib.suppress(OSError):
                for piece in pieces if self._mechanism.manners.piecemeal else [data]:
                    self._wire.sendall(piece)
        self._wire.close()

    def _at_once(self, command: RealTime) -> None:
        match command.function, command.number:
            case 0x04, number:
                self.answer(real_time_answer(self._mechanism.state, number))
            case 0x05, 1:
                self._mechanism.recover()
            case 0x05, 2:
                self._head.clear()
                self._mechanism.recover()
            case 0x14, 8:
                self._head.clear()
                self._mechanism.cleared()
                self.answer(_CLEARED)
