"""One connection to the virtual printer: what comes is read at once and printed in its turn."""

import contextlib
import queue
import socket
import threading

from sandbox.printer.commands import Command, Parser, RealTime
from sandbox.printer.job import Job
from sandbox.printer.mechanism import Mechanism

RECEIVE_BUFFER = 64 * 1024
"""Bytes taken in before they are printed, as in a printer of the TM-T88 class."""
_CHUNK = 1024
_CLEAR_BUFFER = 8


class Connection:
    """Two threads: one reads and answers real-time questions, one prints."""

    def __init__(self, wire: socket.socket, mechanism: Mechanism) -> None:
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._wire = wire
        self._mechanism = mechanism
        self._job = Job(mechanism, self._answer)
        self._pending: queue.Queue[tuple[Command | None, bytes]] = queue.Queue()
        self._room = threading.Condition()
        self._held = 0
        self._closing = False
        self._reader = threading.Thread(target=self._read, name="printer-reader", daemon=True)
        self._printer = threading.Thread(target=self._print, name="printer-head", daemon=True)
        self._reader.start()
        self._printer.start()

    @property
    def alive(self) -> bool:
        return self._printer.is_alive()

    def close(self) -> None:
        self._closing = True
        with contextlib.suppress(OSError):
            self._wire.shutdown(socket.SHUT_RDWR)
        with self._room:
            self._room.notify_all()
        self._reader.join()
        self._printer.join()

    def _answer(self, data: bytes) -> None:
        with contextlib.suppress(OSError):
            self._wire.sendall(data)

    def _read(self) -> None:
        parser = Parser()
        with contextlib.suppress(OSError):
            while data := self._wire.recv(_CHUNK):
                if self._mechanism.count(len(data)):
                    break
                for command, raw in parser.feed(data):
                    if isinstance(command, RealTime):
                        self._at_once(command)
                    else:
                        self._hold(command, raw)
        with contextlib.suppress(OSError):
            self._wire.shutdown(socket.SHUT_RDWR)
        self._pending.put((None, b""))

    def _at_once(self, command: RealTime) -> None:
        if command.function == 0x04:
            self._answer(self._mechanism.real_time_answer(command.number))
        elif command.function == 0x14 and command.number == _CLEAR_BUFFER:
            self._clear()
            self._mechanism.cleared()

    def _clear(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                _command, raw = self._pending.get_nowait()
                self._release(len(raw))

    def _hold(self, command: Command, raw: bytes) -> None:
        """Takes no more from the wire while the buffer is full, as a printer does."""
        with self._room:
            self._room.wait_for(lambda: self._held < RECEIVE_BUFFER or self._closing)
            self._held += len(raw)
        self._pending.put((command, raw))

    def _release(self, count: int) -> None:
        with self._room:
            self._held -= count
            self._room.notify_all()

    def _print(self) -> None:
        while True:
            command, raw = self._pending.get()
            if command is None or isinstance(command, RealTime):
                break
            self._job.take(command, raw)
            self._release(len(raw))
        self._job.finish()
        self._wire.close()
