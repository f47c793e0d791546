"""The far end of a serial line: the near one is a terminal that bears a name of the file system."""

import contextlib
import os
import select
import threading
import tty
from collections.abc import Callable
from pathlib import Path

_BYTE_S = 10 / 115_200
"""What a byte takes on the line: pieces come at its pace."""


class Terminal:
    """`path` is a link that leads to the line while it is plugged in. What comes in is handed to
    `take`, on a thread of the line's own."""

    def __init__(self, path: Path, take: Callable[[bytes], None]) -> None:
        self.path = path
        self._take = take
        self._lock = threading.Lock()
        self._line: _Line | None = None

    def plug_in(self) -> None:
        """Raises FileExistsError when something else has the name."""
        with self._lock:
            if self._line is None:
                self._line = _Line(self.path, self._take)

    def pull_out(self) -> None:
        """The device vanishes, with whatever is on its way."""
        with self._lock:
            line, self._line = self._line, None
        if line is not None:
            line.end()

    def write(self, data: bytes, piece: int | None = None) -> None:
        """In pieces of so many bytes; into nothing while it is not plugged in."""
        size = piece or len(data) or 1
        for start in range(0, len(data), size):
            if start:
                threading.Event().wait(size * _BYTE_S)
            with self._lock:
                if self._line is None:
                    return
                self._line.write(data[start : start + size])


class _Line:
    def __init__(self, path: Path, take: Callable[[bytes], None]) -> None:
        if path.exists():
            raise FileExistsError(f"there is a {path} already")
        self._path = path
        self._take = take
        # Kept open at the near end too: a line does not end when the kiosk closes its device.
        self._far, self._near = os.openpty()
        tty.setraw(self._near)
        os.set_blocking(self._far, False)
        self._end, self._ended = os.pipe()
        self._over = False
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        # Not to the terminal by its number, which another one gets when this process is killed.
        path.symlink_to(f"/proc/{os.getpid()}/fd/{self._near}")
        self._thread = threading.Thread(target=self._run, name=path.name, daemon=True)
        self._thread.start()

    def write(self, data: bytes) -> None:
        """What nobody reads and has no more room is lost, as on a line."""
        with contextlib.suppress(BlockingIOError):
            while data:
                data = data[os.write(self._far, data) :]

    def end(self) -> None:
        """Also from within `take`."""
        self._path.unlink(missing_ok=True)
        self._over = True
        os.close(self._ended)
        if threading.current_thread() is not self._thread:
            self._thread.join()
        for end in (self._end, self._far, self._near):
            os.close(end)

    def _run(self) -> None:
        while not self._over:
            ready, _, _ = select.select([self._far, self._end], [], [])
            if self._end in ready:
                return
            self._take(os.read(self._far, 4096))
