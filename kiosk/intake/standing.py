"""How things stand between the kiosk and its intake, known to all threads of the desk."""

import threading
from collections.abc import Callable
from enum import Enum, auto
from typing import TYPE_CHECKING

from kiosk.devices import Publish
from kiosk.events import FilingBlock, IntakeAlert, IntakeChanged

if TYPE_CHECKING:
    from kiosk.intake.device_identity import DeviceIdentity
    from kiosk.intake.sealing import Sealer


class Work(Enum):
    """Whose alerts: each part of the desk raises and withdraws its own."""

    COMMITTING = auto()
    SENDING = auto()
    WATCHING = auto()


class Standing:
    """Publishes an `IntakeChanged` for each change, in order, and nothing before the first call
    to the intake has ended: until then nothing is known."""

    def __init__(self, publish: Publish) -> None:
        self._publish = publish
        self._lock = threading.Lock()
        self._reachable: bool | None = None
        self._outbox_block: FilingBlock | None = FilingBlock.STARTING
        self._waiting = 0
        self._held = 0
        self._sealer: Sealer | None = None
        self._identity: DeviceIdentity | None = None
        self._alerts: dict[Work, frozenset[IntakeAlert]] = {}
        self._last: IntakeChanged | None = None

    @property
    def reachable(self) -> bool:
        return self._reachable is True

    @property
    def sealer(self) -> "Sealer | None":
        return self._sealer

    @property
    def identity(self) -> "DeviceIdentity | None":
        return self._identity

    @property
    def block(self) -> FilingBlock | None:
        if self._outbox_block is FilingBlock.STARTING:
            return FilingBlock.STARTING
        if self._identity is None:
            return FilingBlock.NOT_ENROLLED
        if self._sealer is None:
            return FilingBlock.NO_SEALING_KEY
        return self._outbox_block

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

    def is_device(self, identity: "DeviceIdentity") -> None:
        with self._lock:
            self._identity = identity
            self._tell()

    def outbox_takes(self, block: FilingBlock | None) -> None:
        """None: it takes applications."""
        with self._lock:
            self._outbox_block = block
            self._tell()

    def alert(self, work: Work, alerts: frozenset[IntakeAlert]) -> None:
        """All that this part of the desk has staff see to now."""
        with self._lock:
            self._alerts[work] = alerts
            self._tell()

    def recount(self, counts: Callable[[], tuple[int, int]]) -> None:
        """Waiting and held, counted under the lock, so that two threads cannot report out of
        order."""
        with self._lock:
            self._waiting, self._held = counts()
            self._tell()

    def _tell(self) -> None:
        if self._reachable is None:
            return
        alerts = frozenset[IntakeAlert]().union(*self._alerts.values())
        now = IntakeChanged(
            reachable=self._reachable,
            block=self.block,
            waiting=self._waiting,
            held=self._held,
            alerts=alerts | {IntakeAlert.HELD} if self._held else alerts,
        )
        if now != self._last:
            self._last = now
            self._publish(now)
