"""schemathesis against the running service: requests made up from the document, as they are and
made good, and every answer judged by the document."""

import uuid
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import schemathesis
from pydantic import ValidationError
from schemathesis.config import SchemathesisConfig

from kiosk.intake.contract import (
    APPLICATIONS,
    ENROLMENTS,
    KEY_HEADER,
    LOOK_UPS,
    RATINGS,
    RENEWALS,
    ApplicationBody,
    EnrolmentBody,
    LookUpBody,
    LookUpContent,
    RatingBody,
    RenewalBody,
)
from tests.integration.intake_fixtures import application
from tests.integration.outside_kiosk import OutsideKiosk, new_key, request_for

DOCUMENT = Path(__file__).parents[2] / "docs" / "intake-openapi.json"
_BODIES = {
    APPLICATIONS: ApplicationBody,
    LOOK_UPS: LookUpBody,
    RATINGS: RatingBody,
    ENROLMENTS: EnrolmentBody,
    RENEWALS: RenewalBody,
}

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


def judge(case: schemathesis.Case, kiosk: OutsideKiosk, code: str) -> None:
    """Send it as it is, and once more made good; schemathesis raises for what is not in the
    document. `code` is a standing one."""
    # Of the session schemathesis heeds neither whom it trusts nor what it shows.
    sent: dict[str, Any] = {
        "base_url": kiosk.url.rstrip("/"),
        "session": kiosk.session,
        "verify": kiosk.session.verify,
        "cert": kiosk.session.cert,
        "timeout": 20,
    }
    case.call_and_validate(**sent)
    good = _made_good(case.operation.path, case.body, kiosk, code)
    if good is not None:
        case.body = good
        case.headers[KEY_HEADER] = str(uuid.uuid4())
        answer = case.call(**sent)
        case.validate_response(answer)
        reached[case.operation.path][answer.status_code] += 1


reached: dict[str, Counter[int]] = defaultdict(Counter)
"""By path, how what was made good was answered, and how often."""


def _made_good(path: str, body: Any, kiosk: OutsideKiosk, code: str) -> dict[str, Any] | None:
    """The same, but from this kiosk, sealed and signed; None where there is nothing to save."""
    form = _BODIES.get(path)
    try:
        told = form.model_validate(body) if form else None
    except ValidationError:
        return None
    match told:
        case ApplicationBody():
            content = application(told.item)
            return kiosk.application(told.reference, content, item=told.item, kept_at=told.kept_at)
        case RatingBody():
            return kiosk.rating(told.reference, told.level, ("等了太久",) if told.sealed else ())
        case LookUpBody():
            sealed = kiosk.sealed(LookUpContent(item=told.item, number="350428198807070021"))
            return {"kiosk": kiosk.kiosk, "item": told.item, "sealed": sealed}
        case EnrolmentBody():
            request = request_for(kiosk.kiosk, new_key())
            return {"kiosk": kiosk.kiosk, "code": code, "request": request}
        case RenewalBody():
            return kiosk.renewal(new_key())
        case _:
            return None
