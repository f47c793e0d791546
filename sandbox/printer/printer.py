"""A receipt printer on TCP that draws what it prints."""

import socket
import threading
from pathlib import Path

from sandbox.printer.connection import Connection
from sandbox.printer.head import Head
from sandbox.printer.mechanism import Make, Manners, Mechanism
from sandbox.printer.state import State

DEFAULT_SPEED = 150.0
"""Millimetres a second, the lower end of today's 80 mm printers."""
DEFAULT_WIDTH = 576
ACCEPT_WITHIN = 0.2
NETWORK_BUFFER = 4096
"""Bytes that wait in the network's own buffer, as little as in a printer's small interface, so
that a sender feels the head's pace."""


class VirtualPrinter:
    """Listens from `start` to `stop`; port 0 takes a free one, to be read from `port` then.

    Each cut puts `receipt-0001.png`, the paper, and `receipt-0001.bin`, the bytes it came from,
    into `folder`; a connection that ends with something printed does the same. `speed` is in
    millimetres a second, `width` in dots of 8 a millimetre. `proof` False makes a printer that
    does not know `GS ( H`, as some clones. `keeps` False: one that loses the rest of its job at
    a fault; others hold it, and print it when the fault is gone.
    """

    def __init__(
        self,
        host: str,
        port: int,
        folder: Path,
        speed: float = DEFAULT_SPEED,
        width: int = DEFAULT_WIDTH,
        proof: bool = True,
        keeps: bool = True,
    ) -> None:
        self.host = host
        self.port = port
        self._mechanism = Mechanism(folder, Make(speed, width, proof, keeps))
        self._head: Head | None = None
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._connections: list[Connection] = []

    @property
    def receipts(self) -> list[Path]:
        """The pictures written so far, oldest first."""
        return self._mechanism.receipts

    @property
    def state(self) -> State:
        return self._mechanism.state

    @property
    def received(self) -> int:
        """Bytes that have come so far."""
        return self._mechanism.received

    def set_state(self, state: State | str) -> None:
        """ValueError for a name that is none."""
        self._mechanism.set_state(State(state))
        for connection in list(self._connections):
            connection.changed()

    def set_paper_left(self, millimetres: float | None) -> None:
        """After so much more paper the state turns to paper_out; None: the roll never ends."""
        self._mechanism.set_paper_left(millimetres)

    def drop_after(self, count: int | None) -> None:
        """Break the connection when so many more bytes have come; None: never."""
        self._mechanism.drop_after(count)

    @property
    def manners(self) -> Manners:
        return self._mechanism.manners

    def set_manners(self, manners: Manners) -> None:
        self._mechanism.manners = manners

    def wait_for_receipts(self, count: int, within: float) -> bool:
        """Whether `count` receipts were written before so many seconds passed."""
        return self._mechanism.wait_for_receipts(count, within)

    def wait_for_bytes(self, count: int, within: float) -> bool:
        """Whether `count` bytes had come from all connections before so many seconds passed."""
        return self._mechanism.wait_for_bytes(count, within)

    def wait_for_clears(self, count: int, within: float) -> bool:
        """Whether the buffer was cleared (DLE DC4 8) so often before so many seconds passed."""
        return self._mechanism.wait_for_clears(count, within)

    def start(self) -> None:
        """OSError when the port is taken."""
        self._stopping.clear()
        listener = socket.create_server((self.host, self.port))
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, NETWORK_BUFFER)
        listener.settimeout(ACCEPT_WITHIN)
        self.port = listener.getsockname()[1]
        self._head = Head(self._mechanism)
        self._head.start()
        self._thread = threading.Thread(
            target=self._accept,
            args=(listener, self._head),
            name="virtual-printer",
            daemon=True,
        )
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
        if self._head is not None:
            self._head.stop()
        for connection in self._connections:
            connection.close()
        self._connections.clear()

    def _accept(self, listener: socket.socket, head: Head) -> None:
        with listener:
            while not self._stopping.is_set():
                try:
                    wire, _peer = listener.accept()
                except TimeoutError:
                    continue
                self._connections = [one for one in self._connections if one.alive]
                self._connections.append(Connection(wire, self._mechanism, head))
