"""Between the person whom the kiosk knows and the applicant of the contract."""

import re
from contextlib import suppress
from datetime import date

from kiosk.errors import IntakeAnswerInvalid
from kiosk.forms.nations import NATIONS
from kiosk.identity import Assurance, Identity, IdentityKind, Sex
from kiosk.identity_checks import is_text, number_fits
from kiosk.intake.contract import Applicant

_COUNTRY = re.compile(r"[A-Z]{3}")
_LONGEST_TEXT = 200


def applicant_of(identity: Identity) -> Applicant:
    return Applicant(
        kind=identity.kind.value,
        assurance=identity.assurance.value,
        name=identity.name,
        number=identity.number,
        sex=identity.sex.value,
        nation=identity.nation,
        birth=identity.birth.isoformat(),
        address=identity.address,
        issuer=identity.issuer,
        valid_from=identity.valid_from.isoformat() if identity.valid_from else None,
        valid_to=identity.valid_to.isoformat() if identity.valid_to else None,
        latin_name=identity.latin_name,
        country=identity.country,
    )


def identity_of(applicant: Applicant, today: date) -> Identity:
    """Checked once more, by what the standards say: a person whom the intake turned a token into
    is believed no sooner than a card.

    Raises IntakeAnswerInvalid with the name of the first field that is wrong.
    """
    kind = IdentityKind(applicant.kind)
    born = _day("birth", applicant.birth)
    valid_from = _day_if_any("valid_from", applicant.valid_from)
    valid_to = _day_if_any("valid_to", applicant.valid_to)
    sexes = {sex.value: sex for sex in Sex}
    _check("assurance", applicant.assurance == "scanned_token")
    _check("sex", applicant.sex in sexes)
    _check("birth", born <= today)
    _check("number", number_fits(kind, applicant.number, born))
    _check("nation", applicant.nation is None or applicant.nation in NATIONS)
    _check("country", applicant.country is None or bool(_COUNTRY.fullmatch(applicant.country)))
    _check("valid_to", not (valid_from and valid_to) or valid_from <= valid_to)
    for field in ("name", "latin_name", "address", "issuer"):
        value = getattr(applicant, field)
        _check(field, value is None or (len(value) <= _LONGEST_TEXT and is_text(value)))
    return Identity(
        kind=kind,
        assurance=Assurance.SCANNED_TOKEN,
        name=applicant.name,
        number=applicant.number,
        sex=sexes[applicant.sex],
        birth=born,
        nation=applicant.nation,
        address=applicant.address,
        issuer=applicant.issuer,
        valid_from=valid_from,
        valid_to=valid_to,
        latin_name=applicant.latin_name,
        country=applicant.country,
    )


def _check(field: str, right: bool) -> None:
    if not right:
        raise IntakeAnswerInvalid(f"an applicant's {field}")


def _day(field: str, text: str) -> date:
    # Of ISO 8601 the contract means this form alone; Python reads week dates too.
    if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        with suppress(ValueError):
            return date.fromisoformat(text)
    raise IntakeAnswerInvalid(f"an applicant's {field}")


def _day_if_any(field: str, text: str | None) -> date | None:
    return None if text is None else _day(field, text)
