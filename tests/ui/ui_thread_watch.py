"""What happens on the thread that draws, step by step: every call that could wait, and the longest
time between two frames."""

import sys
import threading
from types import FrameType
from typing import Any

from kivy.clock import Clock

WAITING = (
    "open", "os.", "shutil.", "glob.", "tempfile.", "pathlib.", "mmap.", "fcntl.", "pty.",
    "socket.", "urllib.", "http.", "sqlite3.", "subprocess.", "time.sleep", "import",
    "ctypes.dlopen",
)  # fmt: skip
"""Audit events of Python, by their beginning, that mean a disk, a network, another process or a
sleep. What a C library does by itself raises none: SDL reading a font, X11 reading its events."""


class UiThreadWatch:
    """`begin` is called on the UI thread; `step` from the thread that plays a tour."""

    def __init__(self) -> None:
        self.step = ""
        self.calls: list[str] = []
        self.gaps: dict[str, float] = {}
        self._thread = 0

    def begin(self) -> None:
        self._thread = threading.get_ident()
        sys.addaudithook(self._hear)
        Clock.schedule_interval(self._frame, 0)

    def end(self) -> None:
        """Python keeps the hook; it hears no thread any more."""
        self._thread = 0
        Clock.unschedule(self._frame)

    def _frame(self, seconds: float) -> None:
        self.gaps[self.step] = max(self.gaps.get(self.step, 0.0), seconds)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if threading.get_ident() == self._thread and event.startswith(WAITING):
            first = str(arguments[0]) if arguments else ""
            self.calls.append(f"{self.step}: {event} {first} by {_places(sys._getframe(1))}")


def _places(frame: FrameType | None) -> str:
    places = []
    while frame is not None and len(places) < 6:
        code = frame.f_code
        places.append(f"{code.co_filename.rpartition('/')[2]}:{frame.f_lineno} {code.co_name}")
        frame = frame.f_back
    return " < ".join(places)
