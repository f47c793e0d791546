"""The contract's operations as data: what the service answers to, and what OpenAPI says of it."""

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from kiosk.intake.contract import (
    APPLICATIONS,
    CASES,
    HEALTH,
    IDENTITIES,
    KEY_HEADER,
    MAX_ATTACHMENTS,
    MAX_SEALED_ATTACHMENT,
    PROBLEM_MEDIA_TYPE,
    RATINGS,
    SEALING_KEY,
    ApplicationBody,
    CaseQuestion,
    CaseState,
    Health,
    IdentityAnswer,
    IdentityBody,
    Problem,
    ProblemType,
    RatingBody,
    RatingReceipt,
    ReceiptBody,
    SealingKey,
)
from kiosk.intake.contract.enrolment import (
    ENROLMENTS,
    RENEWALS,
    DeviceCertificate,
    EnrolmentBody,
    RenewalBody,
)
from kiosk.intake.contract.look_ups import LOOK_UPS, LookUpAnswer, LookUpBody
from sandbox.intake.problems import STATUS

_SMALL = 256 * 1024
SCHEMAS = "#/components/schemas/"
KEY_PATTERN = r"^[\x20-\x7e]{1,255}$"


@dataclass(frozen=True)
class Operation:
    """`most` bytes are read of a body; `question` names what stands in the path. `certified` needs
    the kiosk's certificate, `keyed` an Idempotency-Key. `refusals` are those beyond the ones that
    all these bring along."""

    path: str
    summary: str
    answer: type[BaseModel]
    method: Literal["GET", "POST"] = "POST"
    body: type[BaseModel] | None = None
    question: type[BaseModel] | None = None
    status: int = 201
    keyed: bool = True
    certified: bool = True
    most: int = _SMALL
    refusals: tuple[ProblemType, ...] = ()

    @property
    def route(self) -> str:
        """The path with the name of what stands behind it."""
        named = self.question.model_fields if self.question is not None else ()
        return "/".join([self.path, *(f"{{{name}}}" for name in named)])

    @property
    def problems(self) -> tuple[ProblemType, ...]:
        found = [*self.refusals, ProblemType.UNAVAILABLE]
        if self.body is not None:
            found += [ProblemType.MALFORMED, ProblemType.OUTSIDE_CONTRACT, ProblemType.TOO_LARGE]
        if self.question is not None:
            found += [ProblemType.OUTSIDE_CONTRACT, ProblemType.NOT_FOUND]
        if self.keyed:
            found += [ProblemType.KEY_MISSING, ProblemType.KEY_REUSED, ProblemType.IN_PROGRESS]
        if self.certified:
            found += [
                ProblemType.CERTIFICATE_REQUIRED,
                ProblemType.KIOSK_UNKNOWN,
                ProblemType.KIOSK_REVOKED,
                ProblemType.OTHER_KIOSK,
            ]
        return tuple(kind for kind in ProblemType if kind in found)


OPERATIONS = (
    Operation(
        HEALTH,
        "Whether the intake can store, and its time",
        Health,
        method="GET",
        status=200,
        keyed=False,
        certified=False,
    ),
    Operation(
        SEALING_KEY,
        "The public key to seal to",
        SealingKey,
        method="GET",
        status=200,
        keyed=False,
        certified=False,
    ),
    Operation(
        APPLICATIONS,
        "Hand an application in",
        ReceiptBody,
        body=ApplicationBody,
        most=(MAX_ATTACHMENTS + 1) * MAX_SEALED_ATTACHMENT,
        refusals=(
            ProblemType.REFERENCE_TAKEN,
            ProblemType.DIGEST_MISMATCH,
            ProblemType.SIGNATURE_INVALID,
            ProblemType.CANNOT_OPEN,
            ProblemType.CONTENT_INVALID,
        ),
    ),
    Operation(
        LOOK_UPS,
        "Ask for a record",
        LookUpAnswer,
        body=LookUpBody,
        status=200,
        keyed=False,
        refusals=(
            ProblemType.NO_RECORD,
            ProblemType.CANNOT_OPEN,
            ProblemType.CONTENT_INVALID,
        ),
    ),
    Operation(
        IDENTITIES,
        "Ask whose a scanned identity code is",
        IdentityAnswer,
        body=IdentityBody,
        status=200,
        keyed=False,
        refusals=(
            ProblemType.TOKEN_INVALID,
            ProblemType.CANNOT_OPEN,
            ProblemType.CONTENT_INVALID,
            ProblemType.TOO_MANY_REQUESTS,
        ),
    ),
    Operation(
        CASES,
        "Ask where a case stands",
        CaseState,
        method="GET",
        question=CaseQuestion,
        status=200,
        keyed=False,
        refusals=(ProblemType.NO_RECORD, ProblemType.TOO_MANY_REQUESTS),
    ),
    Operation(
        RATINGS,
        "Rate a service",
        RatingReceipt,
        body=RatingBody,
        refusals=(
            ProblemType.RATED_ALREADY,
            ProblemType.DIGEST_MISMATCH,
            ProblemType.SIGNATURE_INVALID,
            ProblemType.CANNOT_OPEN,
            ProblemType.CONTENT_INVALID,
        ),
    ),
    Operation(
        ENROLMENTS,
        "Enrol a kiosk with a one-time code",
        DeviceCertificate,
        body=EnrolmentBody,
        certified=False,
        refusals=(
            ProblemType.CODE_INVALID,
            ProblemType.CONTENT_INVALID,
            ProblemType.KIOSK_REVOKED,
            ProblemType.TOO_MANY_REQUESTS,
        ),
    ),
    Operation(
        RENEWALS,
        "Get a certificate for a new device key",
        DeviceCertificate,
        body=RenewalBody,
        refusals=(
            ProblemType.DIGEST_MISMATCH,
            ProblemType.SIGNATURE_INVALID,
            ProblemType.CONTENT_INVALID,
        ),
    ),
)


def schemas() -> dict[str, Any]:
    """The JSON Schema of every body that is sent, by its name."""
    _, found = models_json_schema(
        [(o.body, "validation") for o in OPERATIONS if o.body] + [(Problem, "validation")],
        ref_template=f"{SCHEMAS}{{model}}",
    )
    definitions: dict[str, Any] = found["$defs"]
    return definitions


def refusal_responses(operation: Operation) -> dict[int | str, dict[str, Any]]:
    """One for each status, with the types that it can have here."""
    by_status: dict[int, list[ProblemType]] = {}
    for kind in operation.problems:
        by_status.setdefault(STATUS[kind], []).append(kind)
    return {status: _response(status, by_status[status]) for status in sorted(by_status)}


def request_description(operation: Operation) -> dict[str, Any]:
    """What an operation takes, as members of its OpenAPI object."""
    described: dict[str, Any] = {"security": [{"device": []}] if operation.certified else []}
    if operation.question is not None:
        asked = operation.question.model_json_schema()["properties"]
        described["parameters"] = [
            {"name": name, "in": "path", "required": True, "schema": schema}
            for name, schema in asked.items()
        ]
    if operation.keyed:
        described["parameters"] = [
            {
                "name": KEY_HEADER,
                "in": "header",
                "required": True,
                "description": "The same for every try of this write; kept for 30 days.",
                "schema": {"type": "string", "pattern": KEY_PATTERN},
            }
        ]
    if operation.body is not None:
        described["requestBody"] = {
            "required": True,
            "content": {
                "application/json": {"schema": {"$ref": f"{SCHEMAS}{operation.body.__name__}"}}
            },
        }
    return described


def _response(status: int, kinds: list[ProblemType]) -> dict[str, Any]:
    response: dict[str, Any] = {
        "description": ", ".join(kind.value.rpartition("/")[2] for kind in kinds),
        "content": {
            PROBLEM_MEDIA_TYPE: {
                "schema": {
                    "allOf": [{"$ref": f"{SCHEMAS}Problem"}],
                    "properties": {
                        "type": {"enum": [kind.value for kind in kinds]},
                        "status": {"const": status},
                    },
                }
            }
        },
    }
    if status in (429, 503):
        response["headers"] = {
            "Retry-After": {
                "description": "Seconds to wait.",
                "required": True,
                "schema": {"type": "integer", "minimum": 1},
            }
        }
    return response
