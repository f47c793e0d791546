"""What time it is at the intake, and whether our own clock can be believed.

A kiosk's clock may stand a year off after its battery died. Then no certificate can be judged and
a day would be written on an application that is not the citizen's; so the last time that the
intake told is kept, and counts for more than our clock.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.intake.whole_file import replace_whole

_log = logging.getLogger(__name__)

AGREES = timedelta(minutes=5)
"""So far our clock may be from the intake's."""
_KEPT_AFTER = timedelta(hours=1)
_OUT_OF_SIGHT = timedelta(days=30)
_FILE = "server-time"


def _system_clock() -> datetime:
    return datetime.now(UTC)


class ServerTime:
    """Shared by the clients of one intake; usable from any thread.

    `clock` is the system's and `monotonic` counts seconds whatever happens to it.
    """

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], datetime] = _system_clock,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._file = folder / _FILE
        self._clock = clock
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._kept = self._load()
        self._told: tuple[datetime, float] | None = None
        self._began = monotonic()

    def seen(self, at: datetime) -> None:
        """The intake has just told its time. Kept on disk at most once an hour."""
        with self._lock:
            self._told = (at, self._monotonic())
            if self._kept is not None and abs(at - self._kept) < _KEPT_AFTER:
                return
            self._kept = at
            try:
                replace_whole(self._file, at.isoformat().encode())
            except OSError as error:
                _log.warning("the intake's time could not be kept: %s", type(error).__name__)

    def now(self) -> datetime:
        """Our clock's time, or the intake's, carried on, where ours is wrong."""
        ours = self._clock()
        skew = self._skew(ours)
        return ours if abs(skew) <= AGREES else ours - skew

    @property
    def skew(self) -> timedelta:
        """How far our clock is ahead of the intake's time, negative when it is behind; zero as
        long as nothing speaks against it."""
        return self._skew(self._clock())

    @property
    def clock_wrong(self) -> bool:
        return abs(self.skew) > AGREES

    def doubts_not_yet_valid(self) -> bool:
        """Whether a certificate that is not valid yet means that our clock is behind. It does
        unless the intake told its time in this run and ours is not behind it: certificates from
        the future are rare."""
        return self._told is None or self.skew < -AGREES

    def doubts_expired(self) -> bool:
        """Whether a certificate that is no longer valid means that our clock is ahead. It does
        when our clock is far from the intake's time as told in this run, or, before it told any,
        more than 30 days past the last time kept: so long no kiosk of a hall is switched off."""
        ours = self._clock()
        with self._lock:
            told, kept = self._told, self._kept
        if told is not None:
            return self._skew(ours) > AGREES
        return kept is not None and ours - kept > _OUT_OF_SIGHT

    def _skew(self, ours: datetime) -> timedelta:
        with self._lock:
            told, kept, now = self._told, self._kept, self._monotonic()
        if told is not None:
            return ours - (told[0] + timedelta(seconds=now - told[1]))
        if kept is None:
            return timedelta(0)
        # Before the intake speaks: it cannot be earlier than when it spoke last.
        return min(ours - (kept + timedelta(seconds=now - self._began)), timedelta(0))

    def _load(self) -> datetime | None:
        """A damaged file counts as none: the next answer replaces it."""
        try:
            kept = datetime.fromisoformat(self._file.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return None
        return kept if kept.tzinfo is not None else None
