"""The text of a residence permit for Hong Kong, Macao, Taiwan residents (港澳台居民居住证, J)."""

import re

from hardware.card_reader.resident_id import PLACES as RESIDENT_PLACES
from hardware.card_reader.text_fields import text_fields
from kiosk.identity import Assurance, Identity, IdentityKind
from kiosk.identity_checks import REGIONS_BEYOND

_PLACES = RESIDENT_PLACES | {"pass_number": (220, 18), "issue_count": (238, 4)}
_PASS_NUMBER = re.compile(r"[0-9A-Z]*")
_ISSUE_COUNT = re.compile(r"[0-9]*")


def identity_of(text: bytes) -> Identity:
    """Raises IdentityInvalid for the first field that is wrong.

    The nation may be blank: whether the permit carries one is not known for certain. Nor is the
    exact form of the pass number and the issue count, which go no further.
    """
    card = text_fields(text, _PLACES)
    identity = Identity(
        kind=IdentityKind.HMT_RESIDENCE_PERMIT,
        assurance=Assurance.SAM_VERIFIED,
        name=card.words("name"),
        sex=card.sex(),
        nation=card.nation() if card.blank_or_words("nation") else None,
        birth=(birth := card.day("birth")),
        address=card.words("address"),
        number=card.citizen_number(birth, REGIONS_BEYOND),
        issuer=card.words("issuer"),
        valid_from=(valid_from := card.day("valid_from")),
        valid_to=card.last_day(valid_from),
    )
    card.of_form("pass_number", _PASS_NUMBER)
    card.of_form("issue_count", _ISSUE_COUNT)
    return identity
