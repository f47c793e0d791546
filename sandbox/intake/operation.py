"""One operation of the contract as data, and what OpenAPI says of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from kiosk.intake.contract import KEY_HEADER, PROBLEM_MEDIA_TYPE, Problem, ProblemType
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
    def name(self) -> str:
        """Its own in the document: cases-number for /v1/cases/{number}."""
        return "-".join(part.strip("{}") for part in self.route.split("/")[2:])

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


def schemas(operations: Iterable[Operation]) -> dict[str, Any]:
    """The JSON Schema of every body that is sent, by its name."""
    _, found = models_json_schema(
        [(o.body, "validation") for o in operations if o.body] + [(Problem, "validation")],
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
