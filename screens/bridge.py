"""The one way from a worker thread onto the UI thread."""

from collections import deque
from collections.abc import Callable

from kivy.clock import Clock


class Bridge:
    """`post` may be called from any thread and never blocks; `hear` is called on the UI thread,
    once for each event, in order."""

    def __init__(self) -> None:
        self.hear: Callable[[object], None] | None = None
        self._waiting: deque[object] = deque()
        self._deliver = Clock.create_trigger(self._drain)

    def post(self, event: object) -> None:
        self._waiting.append(event)
        self._deliver()

    def listen(self, hear: Callable[[object], None]) -> None:
        """Events posted before are delivered now."""
        self.hear = hear
        self._deliver()

    def _drain(self, _dt: float) -> None:
        try:
            while self.hear is not None and self._waiting:
                self.hear(self._waiting.popleft())
        finally:
            # An event that could not be taken does not keep back those behind it.
            if self.hear is not None and self._waiting:
                self._deliver()
