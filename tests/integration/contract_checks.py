"""schemathesis against the running service: requests made up from the document, as they are and
made good, and every answer judged by the document."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import schemathesis
from pydantic import ValidationError
from schemathesis.config import SchemathesisConfig

from kiosk.intake.contract import (
    APPLICATIONS,
    CASES,
    IDENTITIES,
    KEY_HEADER,
    RATINGS,
    ApplicationBody,
    IdentityBody,
    IdentityContent,
    RatingBody,
)
from kiosk.intake.contract.bookings import (
    BOOKINGS,
    CANCELLATIONS,
    TICKETS,
    BookingBody,
    CancellationBody,
    TicketBody,
)
from kiosk.intake.contract.case_acts import CASE_ACTS, CaseActBody, Withdraw
from kiosk.intake.contract.dossier import (
    CONTENTS,
    DOSSIERS,
    ContentsBody,
    ContentsContent,
    DossierBody,
    DossierContent,
    Person,
)
from kiosk.intake.contract.enrolment import ENROLMENTS, RENEWALS, EnrolmentBody, RenewalBody
from kiosk.intake.contract.help_calls import HELP_CALLS, HELP_ENDINGS, HelpBody, HelpEnding
from kiosk.intake.contract.look_ups import LOOK_UPS, LookUpBody, LookUpContent
from sandbox.intake.local_intake import LocalIntake
from tests.integration.hall_bodies import SOMEBODY, booking, cancellation
from tests.integration.intake_fixtures import NUMBER, application
from tests.integration.outside_kiosk import OutsideKiosk, new_key, request_for

DOCUMENT = Path(__file__).parents[2] / "docs" / "intake-openapi.json"
_BODIES = {
    APPLICATIONS: ApplicationBody,
    LOOK_UPS: LookUpBody,
    IDENTITIES: IdentityBody,
    RATINGS: RatingBody,
    ENROLMENTS: EnrolmentBody,
    RENEWALS: RenewalBody,
    DOSSIERS: DossierBody,
    CONTENTS: ContentsBody,
    CASE_ACTS: CaseActBody,
    BOOKINGS: BookingBody,
    CANCELLATIONS: CancellationBody,
    TICKETS: TicketBody,
    HELP_CALLS: HelpBody,
    HELP_ENDINGS: HelpEnding,
}

_OWN = Person(kind="resident_id", number=NUMBER)

# No schema can say that a signature is right: what fits the schema alone may be refused.
schema = schemathesis.openapi.from_path(
    DOCUMENT,
    config=SchemathesisConfig.from_dict(
        {
            "checks": {
                "positive_data_acceptance": {
                    "expected-statuses": ["2xx", 401, 403, 404, 409, 422, 429]
                }
            }
        }
    ),
)


@dataclass(frozen=True)
class Known:
    """What this intake takes for good: a standing enrolment code, the number of a case, and
    tokens, each new."""

    code: str
    number: str
    new_token: Callable[[], str]


def known_to(service: LocalIntake, kiosk: OutsideKiosk) -> Known:
    filed = kiosk.post("applications", kiosk.application()).json()
    code = service.issue_code("JL-03", standing=True)
    return Known(code, filed["number"], lambda: service.issue_token("林玉兰"))


def judge(case: schemathesis.Case, kiosk: OutsideKiosk, known: Known) -> None:
    """Send it as it is, and once more made good; schemathesis raises for what is not in the
    document."""
    # Of the session schemathesis heeds neither whom it trusts nor what it shows.
    sent: dict[str, Any] = {
        "base_url": kiosk.url.rstrip("/"),
        "session": kiosk.session,
        "verify": kiosk.session.verify,
        "cert": kiosk.session.cert,
        "timeout": 20,
    }
    case.call_and_validate(**sent)
    if _make_good(case, kiosk, known):
        answer = case.call(**sent)
        case.validate_response(answer)
        reached[case.operation.path][answer.status_code] += 1


reached: dict[str, Counter[int]] = defaultdict(Counter)
"""By path, how what was made good was answered, and how often."""


def _make_good(case: schemathesis.Case, kiosk: OutsideKiosk, known: Known) -> bool:
    """Have it ask for what there is; False where there is nothing to save."""
    if case.operation.path.startswith(CASES):
        case.path_parameters["number"] = known.number
        return True
    if case.operation.path.startswith(f"{HELP_CALLS}/"):
        case.path_parameters["call"] = _call(kiosk)
        return True
    good = _good_body(case.operation.path, case.body, kiosk, known)
    if good is None:
        return False
    case.body = good
    case.headers[KEY_HEADER] = str(uuid.uuid4())
    return True


def _good_body(path: str, body: Any, kiosk: OutsideKiosk, known: Known) -> dict[str, Any] | None:
    """The same, but from this kiosk, sealed and signed."""
    form = _BODIES.get(path)
    try:
        told = form.model_validate(body) if form else None
    except ValidationError:
        return None
    match told:
        case ApplicationBody():
            content = application(told.item)
            return kiosk.application(
                told.reference,
                content,
                item=told.item,
                kept_at=told.kept_at,
                bundle=told.bundle,
                corrects=told.corrects and known.number,
            )
        case RatingBody():
            return kiosk.rating(told.reference, told.level, ("等了太久",) if told.sealed else ())
        case LookUpBody():
            sealed = kiosk.sealed(LookUpContent(item=told.item, number="350428198807070021"))
            return {"kiosk": kiosk.kiosk, "item": told.item, "sealed": sealed}
        case IdentityBody():
            sealed = kiosk.sealed(IdentityContent(token=known.new_token()))
            return {"kiosk": kiosk.kiosk, "sealed": sealed}
        case EnrolmentBody():
            request = request_for(kiosk.kiosk, new_key())
            return {"kiosk": kiosk.kiosk, "code": known.code, "request": request}
        case DossierBody():
            return kiosk.asking(DossierContent(person=_OWN))
        case ContentsBody():
            return kiosk.asking(ContentsContent(person=_OWN, number=known.number))
        case CaseActBody():
            # Each needs a case of its own, which then ends.
            number = kiosk.post("applications", kiosk.application()).json()["number"]
            return kiosk.case_act(number, Withdraw(reason="not_needed"), NUMBER, (), told.reference)
        case RenewalBody():
            return kiosk.renewal(new_key())
        case BookingBody():
            return _booking(kiosk)
        case CancellationBody():
            number = kiosk.post("bookings", _booking(kiosk)).json()["number"]
            return cancellation(kiosk, number)
        case TicketBody():
            return {"kiosk": kiosk.kiosk, "window": "tax"}
        case HelpBody():
            return {"kiosk": kiosk.kiosk, "place": told.place}
        case HelpEnding():
            return {"kiosk": kiosk.kiosk, "call": _call(kiosk)}
        case _:
            return None


def _booking(kiosk: OutsideKiosk) -> dict[str, Any]:
    """Of somebody who has no other at this time: what was booked before is given back."""
    for one in kiosk.dossier(SOMEBODY)["bookings"]:
        kiosk.post("cancellations", cancellation(kiosk, one["number"]))
    return booking(kiosk, "general", 0)


def _call(kiosk: OutsideKiosk) -> str:
    body = {"kiosk": kiosk.kiosk, "place": "form"}
    return str(kiosk.post("help-calls", body).json()["call"])
