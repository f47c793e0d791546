"""Threads that may hang in a call for ever: found when they do, and bounded in number."""

import threading
import time
from collections.abc import Callable

STUCK_AFTER_S = 2.6
"""A security module reads a card within 2 s: no call takes longer that will still return."""

_MOST_HANGING = 4
"""With so many, what they hang in is left alone until one of them returns."""


class WatchedThread:
    """`given_up`: it hung for too long, and what it brings now comes too late."""

    def __init__(self, name: str, run: Callable[["WatchedThread"], None]) -> None:
        self.given_up = False
        self._began = time.monotonic()
        self._thread = threading.Thread(target=run, args=(self,), name=name, daemon=True)

    def begin_call(self) -> None:
        """To be told before each call that may hang."""
        self._began = time.monotonic()

    @property
    def hangs(self) -> bool:
        return self.alive and time.monotonic() - self._began > STUCK_AFTER_S

    @property
    def works(self) -> bool:
        return self.alive and not self.hangs

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def start(self) -> None:
        self._thread.start()

    def join(self, until: float) -> None:
        if self._thread is not threading.current_thread():
            self._thread.join(max(0.0, until - time.monotonic()))


class WatchedThreads:
    """All of them; used under its owner's lock, but for `join`."""

    def __init__(self) -> None:
        self._threads: list[WatchedThread] = []

    def begin(self, name: str, run: Callable[[WatchedThread], None]) -> WatchedThread:
        thread = WatchedThread(name, run)
        thread.start()
        self._threads = [*filter(lambda one: one.alive, self._threads), thread]
        return thread

    @property
    def too_many_hang(self) -> bool:
        return sum(thread.hangs for thread in self._threads) >= _MOST_HANGING

    def join(self, until: float) -> None:
        for thread in self._threads:
            thread.join(until)
