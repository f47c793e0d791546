"""How the intake says no: problem documents (RFC 9457)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from starlette.responses import Response

from kiosk.intake.contract import PROBLEM_MEDIA_TYPE, Problem, ProblemType

STATUS: Mapping[ProblemType, int] = {
    ProblemType.KEY_MISSING: 400,
    ProblemType.MALFORMED: 400,
    ProblemType.CERTIFICATE_REQUIRED: 401,
    ProblemType.CODE_INVALID: 403,
    ProblemType.KIOSK_UNKNOWN: 403,
    ProblemType.KIOSK_REVOKED: 403,
    ProblemType.OTHER_KIOSK: 403,
    ProblemType.NOT_THE_APPLICANT: 403,
    ProblemType.NO_RECORD: 404,
    ProblemType.TOKEN_INVALID: 404,
    ProblemType.NOT_FOUND: 404,
    ProblemType.METHOD_NOT_ALLOWED: 405,
    ProblemType.IN_PROGRESS: 409,
    ProblemType.REFERENCE_TAKEN: 409,
    ProblemType.RATED_ALREADY: 409,
    ProblemType.NOT_ALLOWED: 409,
    ProblemType.TAKEN: 409,
    ProblemType.TOO_LARGE: 413,
    ProblemType.KEY_REUSED: 422,
    ProblemType.OUTSIDE_CONTRACT: 422,
    ProblemType.DIGEST_MISMATCH: 422,
    ProblemType.SIGNATURE_INVALID: 422,
    ProblemType.CANNOT_OPEN: 422,
    ProblemType.CONTENT_INVALID: 422,
    ProblemType.TOO_MANY_REQUESTS: 429,
    ProblemType.UNAVAILABLE: 503,
}
"""Each type has one status."""

_TITLES: Mapping[ProblemType, str] = {
    ProblemType.KEY_MISSING: "An Idempotency-Key is needed",
    ProblemType.MALFORMED: "The body is not JSON in UTF-8",
    ProblemType.CERTIFICATE_REQUIRED: "A device certificate that is still valid is needed",
    ProblemType.CODE_INVALID: "The code is not valid for this kiosk, was used, or has expired",
    ProblemType.KIOSK_UNKNOWN: "The device key is not registered for this kiosk",
    ProblemType.KIOSK_REVOKED: "The device key was revoked",
    ProblemType.OTHER_KIOSK: "The certificate is another kiosk's",
    ProblemType.NOT_THE_APPLICANT: "This is another person's",
    ProblemType.NO_RECORD: "There is no record",
    ProblemType.TOKEN_INVALID: "The token is unknown, was used, or has expired",
    ProblemType.NOT_FOUND: "There is nothing at this path",
    ProblemType.METHOD_NOT_ALLOWED: "This path does not take that method",
    ProblemType.IN_PROGRESS: "The first request with this key is still under way",
    ProblemType.REFERENCE_TAKEN: "The reference is taken",
    ProblemType.RATED_ALREADY: "This service is rated already",
    ProblemType.NOT_ALLOWED: "The rules do not allow it now",
    ProblemType.TAKEN: "Somebody else was faster",
    ProblemType.TOO_LARGE: "The body is too large",
    ProblemType.KEY_REUSED: "This key came with another payload",
    ProblemType.OUTSIDE_CONTRACT: "The request is outside the contract",
    ProblemType.DIGEST_MISMATCH: "The digest is not that of the parts",
    ProblemType.SIGNATURE_INVALID: "The signature is not that of the claims",
    ProblemType.CANNOT_OPEN: "A sealed part cannot be opened",
    ProblemType.CONTENT_INVALID: "What is inside is not what it must be",
    ProblemType.TOO_MANY_REQUESTS: "Too many wrong tries",
    ProblemType.UNAVAILABLE: "The intake cannot store anything now",
}


class Refusal(Exception):
    """Ends a request with a problem; `retry_after` is in seconds. `detail` repeats nothing that
    was sent."""

    def __init__(
        self, kind: ProblemType, detail: str = "", *, retry_after: int | None = None
    ) -> None:
        super().__init__(kind)
        self.kind = kind
        self.detail = detail
        self.retry_after = retry_after


def problem(path: str, refusal: Refusal, headers: Mapping[str, str] | None = None) -> Response:
    status = STATUS[refusal.kind]
    said = Problem(
        type=refusal.kind,
        title=_TITLES[refusal.kind],
        status=status,
        detail=refusal.detail,
        instance=path,
    )
    sent = dict(headers or {})
    if refusal.retry_after is not None:
        sent["Retry-After"] = str(refusal.retry_after)
    return Response(said.model_dump_json(), status, sent, PROBLEM_MEDIA_TYPE)


def places(errors: Iterable[Any]) -> str:
    """Where it is wrong and how, without what stood there: the name of a member that the contract
    does not know was sent too, and is left out."""
    return "; ".join(_place(e["loc"], e["type"]) for e in errors)


def _place(where: Sequence[object], how: str) -> str:
    known = where[:-1] if how == "extra_forbidden" else where
    return f"{'.'.join(map(str, known))}: {how}"
