"""How the thread that plays a tour speaks with the UI thread."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels
from PIL import Image

Result = TypeVar("Result")

ANSWER_WITHIN = 30.0
"""Seconds after which a window that draws no frame is given up."""


class WindowStuck(Exception):
    """The window drew no frame for 30 s."""


def on_ui(act: Callable[[], Result]) -> Result:
    """What `act` returns or raises, called on the UI thread in its next frame."""
    outcome: Future[Result] = Future()

    def run(_dt: float) -> None:
        try:
            outcome.set_result(act())
        except Exception as error:  # noqa: BLE001 (raised again in the thread that asked)
            outcome.set_exception(error)

    Clock.schedule_once(run, 0)
    return _await(outcome)


def frames(count: int) -> None:
    """Wait until so many frames have begun."""
    for _ in range(count):
        on_ui(lambda: None)


def picture() -> Image.Image:
    """The window as it is drawn in its next frame."""
    outcome: Future[tuple[bytes, tuple[int, int]]] = Future()

    def read(*_args: object) -> None:
        # Before the buffers are swapped: afterwards nothing says what the back buffer holds.
        Window.unbind(on_flip=read)
        width, height = Window.system_size
        outcome.set_result(
            (glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE), (width, height))
        )

    def ask() -> None:
        Window.bind(on_flip=read)
        Window.canvas.ask_update()

    on_ui(ask)
    pixels, size = _await(outcome)
    return Image.frombytes("RGB", size, pixels).transpose(Image.Transpose.FLIP_TOP_BOTTOM)


def _await(outcome: "Future[Result]") -> Result:
    try:
        return outcome.result(ANSWER_WITHIN)
    except TimeoutError as error:
        if outcome.done():
            raise
        raise WindowStuck from error
