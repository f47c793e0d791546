"""How things stand between the kiosk and its intake, known to all threads of the desk."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from kiosk.devices import Publish
from kiosk.events import IntakeChanged

if TYPE_CHECKING:
    from kiosk.intake.sealing import Sealer


class Standing:
    """Publishes an `IntakeChanged` for each change, in order, and nothing before the first call
    to the intake has ended: until then nothing is known."""

    def __init__(self, publish: Publish) -> None:
        self._publish = publish
        self._lock = threading.Lock()
        self._reachable: bool | None = None
        self._outbox_takes = False
        self._waiting = 0
        self._sealer: Sealer | None = None
        self._last: IntakeChanged | None = None

    @property
    def reachable(self) -> bool:
        return self._reachable is True

    @property
    def sealer(self) -> "Sealer | None":
        return self._sealer

    def answered(self, reachable: bool) -> bool:
        """Whether the intake answers; returns whether that is news."""
        with self._lock:
            news = reachable is not self._reachable
            self._reachable = reachable
            self._tell()
        return news

    def has_key(self, sealer: "Sealer") -> None:
        with self._lock:
            self._sealer = sealer
            self._tell()

    def outbox_takes(self, takes: bool) -> None:
        with self._lock:
            self._outbox_takes = takes
            self._tell()

    def recount(self, waiting: Callable[[], int]) -> None:
        """Counted under the lock, so that two threads cannot report out of order."""
        with self._lock:
            self._waiting = waiting()
            self._tell()

    def _tell(self) -> None:
        if self._reachable is None:
            return
        now = IntakeChanged(
            reachable=self._reachable,
            can_file=self._outbox_takes and self._sealer is not None,
            waiting=self._waiting,
        )
        if now != self._last:
            self._last = now
            self._publish(now)
