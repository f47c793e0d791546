"""Who stands at the kiosk, as a card says it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class IdentityKind(StrEnum):
    """Which document says so: 居民身份证, 港澳台居民居住证 (J), 外国人永久居留身份证 of 2017 (I)
    and of 2023 (Y), 社会保障卡."""

    RESIDENT_ID = "resident_id"
    HMT_RESIDENCE_PERMIT = "hmt_residence_permit"
    PERMANENT_RESIDENT_2017 = "permanent_resident_2017"
    PERMANENT_RESIDENT_2023 = "permanent_resident_2023"
    SOCIAL_SECURITY_CARD = "social_security_card"


class Assurance(StrEnum):
    """How far the identity can be trusted; it goes to the intake with the application.

    `SAM_VERIFIED`: the reader's security module proved the card genuine. `UNAUTHENTICATED_CHIP`:
    read from a chip that anybody can write. `SCANNED_TOKEN`: the intake turned a scanned identity
    code into it. `VOUCHED`: typed, and vouched for by a guide.
    """

    SAM_VERIFIED = "sam_verified"
    UNAUTHENTICATED_CHIP = "unauthenticated_chip"
    SCANNED_TOKEN = "scanned_token"
    VOUCHED = "vouched"


class Sex(StrEnum):
    """GB/T 2261.1."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    NOT_STATED = "9"


@dataclass(frozen=True)
class Identity:
    """One person, whole and checked. Its repr shows the kind alone: it may end in a traceback.

    `name` is in Chinese, or as in the passport where there is no Chinese one; `latin_name` as in
    the passport. `number` is the person's, never a card's. `nation` is the two-digit code of
    GB/T 3304, `country` of three letters (ISO 3166-1). What the document does not say is None;
    `valid_to` is None for 长期 too.
    """

    kind: IdentityKind
    assurance: Assurance
    name: str = field(repr=False)
    number: str = field(repr=False)
    sex: Sex = field(repr=False)
    birth: date = field(repr=False)
    nation: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)
    issuer: str | None = field(default=None, repr=False)
    valid_from: date | None = field(default=None, repr=False)
    valid_to: date | None = field(default=None, repr=False)
    latin_name: str | None = field(default=None, repr=False)
    country: str | None = field(default=None, repr=False)

    def expired(self, today: date) -> bool:
        """A card is valid through its last day."""
        return self.valid_to is not None and self.valid_to < today
