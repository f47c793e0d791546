"""The text of a resident identity card (居民身份证)."""

from hardware.card_reader.text_fields import text_fields
from kiosk.forms.resident_number import PROVINCES
from kiosk.identity import Assurance, Identity, IdentityKind

PLACES = {
    "name": (0, 30),
    "sex": (30, 2),
    "nation": (32, 4),
    "birth": (36, 16),
    "address": (52, 70),
    "number": (122, 36),
    "issuer": (158, 30),
    "valid_from": (188, 16),
    "valid_to": (204, 16),
}
"""Offset and length in bytes, as readers of the GA 450 family give them."""


def identity_of(text: bytes) -> Identity:
    """Raises IdentityInvalid for the first field that is wrong."""
    card = text_fields(text, PLACES)
    return Identity(
        kind=IdentityKind.RESIDENT_ID,
        assurance=Assurance.SAM_VERIFIED,
        name=card.words("name"),
        sex=card.sex(),
        nation=card.nation(),
        birth=(birth := card.day("birth")),
        address=card.words("address"),
        number=card.citizen_number(birth, PROVINCES),
        issuer=card.words("issuer"),
        valid_from=(valid_from := card.day("valid_from")),
        valid_to=card.last_day_if_any(valid_from),
    )
