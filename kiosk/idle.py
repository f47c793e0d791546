"""How long a citizen may stand still before the kiosk asks, and before it wipes."""

from dataclasses import dataclass
from enum import StrEnum


class Idle(StrEnum):
    ACTIVE = "active"
    WARNING = "warning"
    EXPIRED = "expired"


@dataclass(frozen=True)
class IdleLimits:
    """Seconds without touch. Here 120 and 180 (no source sets one), doubled in 长辈版."""

    warn_after: float
    wipe_after: float
    large_type_factor: float

    def stretched(self, large_type: bool) -> "IdleLimits":
        factor = self.large_type_factor if large_type else 1.0
        return IdleLimits(self.warn_after * factor, self.wipe_after * factor, factor)


def idle_state(limits: IdleLimits, still_for: float) -> tuple[Idle, float]:
    """The state after `still_for` seconds without touch, and the seconds left until the wipe."""
    left = max(limits.wipe_after - still_for, 0.0)
    if still_for >= limits.wipe_after:
        return Idle.EXPIRED, left
    if still_for >= limits.warn_after:
        return Idle.WARNING, left
    return Idle.ACTIVE, left
