"""Terminal lines whose far end is wired to a virtual printer: what a serial cable is."""

import contextlib
import os
import select
import socket
import threading
from pathlib import Path


class Line:
    """A pseudo-terminal at `path`, in the mode that the kernel gives it.

    `path` is a link that a later line can take over, as a device comes back under its old name.
    Without a `printer`'s port nobody reads at the far end.
    """

    def __init__(self, path: Path, printer: int | None) -> None:
        self._far, self._near = os.openpty()
        path.unlink(missing_ok=True)
        path.symlink_to(os.ttyname(self._near))
        self._end, self._ended = os.pipe()
        self._threads: list[threading.Thread] = []
        self._wire: socket.socket | None = None
        if printer is not None:
            self._wire = wire = socket.create_connection(("127.0.0.1", printer))
            self._copy(self._far, wire.fileno())
            self._copy(wire.fileno(), self._far)

    def pull_out(self) -> None:
        """The device vanishes, with whatever is on its way."""
        os.close(self._ended)
        if self._wire is not None:
            self._wire.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for end in (self._end, self._far, self._near):
            os.close(end)
        if self._wire is not None:
            self._wire.close()

    def _copy(self, source: int, target: int) -> None:
        def copy() -> None:
            with contextlib.suppress(OSError):
                while source in select.select([source, self._end], [], [])[0]:
                    if not (data := os.read(source, 4096)):
                        return
                    while data:
                        data = data[os.write(target, data) :]

        thread = threading.Thread(target=copy, daemon=True)
        thread.start()
        self._threads.append(thread)
