"""Time for deadlines: seconds that only go forward, whatever happens to the wall clock."""

import time


class Clock:
    """Monotonic seconds; a tour may move them ahead to play an idle citizen."""

    def __init__(self) -> None:
        self._ahead = 0.0

    def now(self) -> float:
        return time.monotonic() + self._ahead

    def move(self, seconds: float) -> None:
        """Go ahead by `seconds` (≥ 0)."""
        if seconds < 0:
            raise ValueError("a clock goes forward only")
        self._ahead += seconds
