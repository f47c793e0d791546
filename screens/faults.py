"""What the window does about an error that nobody foresaw: it wipes the visit and goes on."""

import time
from collections.abc import Callable

from kivy.base import ExceptionHandler, ExceptionManager

from kiosk.crash import tell

AGAIN_WITHIN = 1.0
"""Seconds; an error that comes back so soon, and at the home page, would come back for ever."""


class StartOver(ExceptionHandler):
    """Goes home after an error on the UI thread. The error itself is raised on, and ends the
    process for whoever watches over it to start anew, where going home would not help: before
    the kiosk is open, and at home for the second time within a second. An error on the way home
    ends the process too: what ends takes the visit with it."""

    def __init__(
        self, is_open: Callable[[], bool], at_home: Callable[[], bool], go_home: Callable[[], None]
    ) -> None:
        self._is_open = is_open
        self._at_home = at_home
        self._go_home = go_home
        self._last = -AGAIN_WITHIN

    def handle_exception(self, error: BaseException) -> int:
        last, self._last = self._last, time.monotonic()
        again = self._last - last < AGAIN_WITHIN and self._at_home()
        if again or not isinstance(error, Exception) or not self._is_open():
            return ExceptionManager.RAISE
        tell(error)
        self._go_home()
        return ExceptionManager.PASS
