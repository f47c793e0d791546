"""Slows guessing down."""

from collections import OrderedDict, deque
from threading import Lock
from time import monotonic

from kiosk.intake.contract import ProblemType
from sandbox.intake.problems import Refusal


class WrongTries:
    """How often each kiosk was wrong of late, as this instance saw it: `most` times `within` so
    many seconds, and then it has to wait."""

    _KIOSKS = 1000

    def __init__(self, most: int, within: float = 60.0) -> None:
        self._most = most
        self._within = within
        self._lock = Lock()
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def check(self, kiosk: str) -> None:
        """Refusal with the seconds to wait when it was too often."""
        with self._lock:
            times = self._times.get(kiosk)
            if times is None:
                return
            now = monotonic()
            while times and times[0] <= now - self._within:
                times.popleft()
            if len(times) >= self._most:
                wait = int(times[0] + self._within - now) + 1
                raise Refusal(ProblemType.TOO_MANY_REQUESTS, retry_after=wait)

    def add(self, kiosk: str) -> None:
        with self._lock:
            self._times.setdefault(kiosk, deque(maxlen=self._most)).append(monotonic())
            self._times.move_to_end(kiosk)
            if len(self._times) > self._KIOSKS:
                self._times.popitem(last=False)
