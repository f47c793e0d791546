"""Who stands at the kiosk, as a card says it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class IdentityKind(StrEnum):
    RESIDENT_ID = "resident_id"


class Assurance(StrEnum):
    """How far the identity can be trusted; it goes to the intake with the application."""

    SAM_VERIFIED = "sam_verified"


class Sex(StrEnum):
    """GB/T 2261.1."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    NOT_STATED = "9"


@dataclass(frozen=True)
class Identity:
    """One person, whole and checked. Its repr shows the kind alone: it may end in a traceback.

    `nation` is the two-digit code of GB/T 3304; `valid_to` is None for 长期.
    """

    kind: IdentityKind
    assurance: Assurance
    name: str = field(repr=False)
    number: str = field(repr=False)
    sex: Sex = field(repr=False)
    nation: str = field(repr=False)
    birth: date = field(repr=False)
    address: str = field(repr=False)
    issuer: str = field(repr=False)
    valid_from: date = field(repr=False)
    valid_to: date | None = field(repr=False)

    def expired(self, today: date) -> bool:
        """A card is valid through its last day."""
        return self.valid_to is not None and self.valid_to < today
