"""A finger on the glass: touches that enter where the window's own touches enter."""

import subprocess
from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

from kivy.base import EventLoop
from kivy.core.window import Window
from kivy.input.motionevent import MotionEvent
from kivy.input.provider import MotionEventProvider

Point = tuple[float, float]
"""Pixels of the window from its lower left."""



class Finger(Protocol):
    """Called from any thread; the touch reaches the window with one of its next frames."""

    def down(self, point: Point) -> None: ...

    def move(self, point: Point) -> None: ...

    def up(self, point: Point) -> None: ...


class _Touch(MotionEvent):
    """One finger as Kivy's own providers report it."""

    def __init__(self, number: int, point: Point) -> None:
        super().__init__("tour", number, _of_window(point), is_touch=True, type_id="touch")

    def depack(self, args: Point) -> None:
        self.profile = ["pos"]
        self.sx, self.sy = args
        super().depack(args)


class TouchFinger(MotionEventProvider):
    """A touch device of Kivy beside those of SDL: its touches take the same way from there on."""

    def __init__(self) -> None:
        super().__init__("tour", "")
        self._reports: deque[tuple[str, _Touch]] = deque()
        self._number = 0
        self._touch: _Touch | None = None
        EventLoop.add_input_provider(self)

    def update(self, dispatch_fn: Callable[[str, MotionEvent], None]) -> None:
        while self._reports:
            dispatch_fn(*self._reports.popleft())

    def down(self, point: Point) -> None:
        self._number += 1
        self._touch = _Touch(self._number, point)
        self._reports.append(("begin", self._touch))

    def move(self, point: Point) -> None:
        if self._touch is not None:
            self._touch.move(_of_window(point))
            self._reports.append(("update", self._touch))

    def up(self, point: Point) -> None:
        if self._touch is not None:
            self._touch.move(_of_window(point))
            self._touch.update_time_end()
            self._reports.append(("end", self._touch))
            self._touch = None


class XTestFinger:
    """Real events of the X server, made by its XTEST extension through xdotool; they come to the
    window through SDL as those of a touch screen in mouse mode do."""

    def down(self, point: Point) -> None:
        self._tell(["mousemove", *_of_screen(point), "mousedown", "1"])

    def move(self, point: Point) -> None:
        self._tell(["mousemove", *_of_screen(point)])

    def up(self, point: Point) -> None:
        self._tell(["mousemove", *_of_screen(point), "mouseup", "1"])

    def _tell(self, command: Sequence[str]) -> None:
        subprocess.run(["xdotool", *command], check=True, timeout=3)


def _of_window(point: Point) -> Point:
    return point[0] / (Window.width - 1), point[1] / (Window.height - 1)


def _of_screen(point: Point) -> tuple[str, str]:
    """X counts from the upper left of the screen."""
    x = Window.left + point[0]
    y = Window.top + Window.height - 1 - point[1]
    return str(round(x)), str(round(y))
