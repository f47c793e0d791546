"""What the screens order from the intake desk, on its way to the thread that does it."""

from dataclasses import dataclass, field

from kiosk.intake.contract import Application
from kiosk.intake.outbox_rows import OpenRow


@dataclass(frozen=True)
class Filing:
    visit: str
    application: Application = field(repr=False)


@dataclass(frozen=True)
class Rating:
    reference: str
    level: int
    reasons: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class LookUp:
    visit: str
    item: str
    number: str = field(repr=False)


@dataclass(frozen=True)
class IdentityQuestion:
    visit: str
    token: str = field(repr=False)


@dataclass(frozen=True)
class StateQuestion:
    visit: str
    number: str


Question = LookUp | IdentityQuestion | StateQuestion
"""What a citizen waits for the answer to."""


@dataclass(frozen=True)
class Kept:
    """A committed row, to be sent: at once for a `visit`; None where nobody waits for it."""

    row: OpenRow
    visit: str | None
