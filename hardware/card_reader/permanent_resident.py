"""The text of a foreign permanent resident's card (外国人永久居留身份证), of 2017 (I) and 2023 (Y).

Both say the name as the passport has it; the Chinese one may be blank. Fields that go no further,
such as the count of reissues, must be text and no more: their exact form is not known.
"""

from hardware.card_reader.text_fields import text_fields
from kiosk.identity import Assurance, Identity, IdentityKind
from kiosk.identity_checks import NUMBER_2017

_PLACES_2017 = {
    "latin_name": (0, 120),
    "sex": (120, 2),
    "number": (122, 30),
    "country": (152, 6),
    "name": (158, 30),
    "valid_from": (188, 16),
    "valid_to": (204, 16),
    "birth": (220, 16),
    "version": (236, 4),
    "authority": (240, 8),
}
_PLACES_2023 = {
    "name": (0, 30),
    "sex": (30, 2),
    "reissue_count": (32, 4),
    "birth": (36, 16),
    "latin_name": (52, 70),
    "number": (122, 36),
    "valid_from": (188, 16),
    "valid_to": (204, 16),
    "latin_name_more": (220, 22),
    "country": (242, 6),
    "old_number_link": (250, 6),
}


def identity_of_2017(text: bytes) -> Identity:
    """Raises IdentityInvalid for the first field that is wrong.

    The number is checked by its form alone, three letters and twelve digits.
    """
    card = text_fields(text, _PLACES_2017)
    identity = Identity(
        kind=IdentityKind.PERMANENT_RESIDENT_2017,
        assurance=Assurance.SAM_VERIFIED,
        latin_name=(latin_name := card.latin_name("latin_name")),
        sex=card.sex(),
        number=card.of_form("number", NUMBER_2017),
        country=card.country(),
        name=card.blank_or_words("name") or latin_name,
        valid_from=(valid_from := card.day("valid_from")),
        valid_to=card.last_day(valid_from),
        birth=card.day("birth"),
    )
    card.blank_or_words("version")
    card.blank_or_words("authority")
    return identity


def identity_of_2023(text: bytes) -> Identity:
    """Raises IdentityInvalid for the first field that is wrong.

    The number has 18 places, the first a 9 and the last the check character of a resident's.
    """
    card = text_fields(text, _PLACES_2023)
    name = card.blank_or_words("name")
    sex = card.sex()
    card.blank_or_words("reissue_count")
    identity = Identity(
        kind=IdentityKind.PERMANENT_RESIDENT_2023,
        assurance=Assurance.SAM_VERIFIED,
        sex=sex,
        birth=card.day("birth"),
        latin_name=(latin_name := card.latin_name("latin_name", "latin_name_more")),
        name=name or latin_name,
        number=card.number(beginnings=("9",)),
        valid_from=(valid_from := card.day("valid_from")),
        valid_to=card.last_day(valid_from),
        country=card.country(),
    )
    card.blank_or_words("old_number_link")
    return identity
