"""The intake's HTTP side: the contract's paths on FastAPI."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, TypeVar

from fastapi import FastAPI, Header, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ValidationError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException

from kiosk.intake.contract import (
    APPLICATIONS,
    CHINA_TIME,
    HEALTH,
    LOOK_UPS,
    MAX_ATTACHMENTS,
    MAX_SEALED_ATTACHMENT,
    PROBLEM_MEDIA_TYPE,
    RATINGS,
    SEALING_KEY,
    Application,
    ApplicationBody,
    Attachment,
    Health,
    LookUpAnswer,
    LookUpBody,
    LookUpContent,
    Problem,
    ProblemType,
    RatingBody,
    RatingReasons,
    RatingReceipt,
    ReceiptBody,
    SealingKey,
    digest_of,
)
from sandbox.intake.opening import CannotOpen, Opener
from sandbox.intake.records import Records
from sandbox.intake.store import (
    KeyReused,
    ReceivedApplication,
    ReceivedRating,
    Store,
    Taken,
    Write,
    add_application,
    add_rating,
    next_number,
)

DIVISION = "350428"
"""将乐县 in GB/T 2260."""

_MAX_BODY = (MAX_ATTACHMENTS + 1) * MAX_SEALED_ATTACHMENT

Content = TypeVar("Content", bound=BaseModel)
Key = Annotated[str | None, Header(alias="Idempotency-Key", max_length=255)]


class Refusal(Exception):
    """Ends a request with a problem."""

    def __init__(self, status: int, kind: ProblemType, title: str, detail: str = "") -> None:
        super().__init__(title)
        self.status = status
        self.kind = kind
        self.title = title
        self.detail = detail


class Intake:
    """The office behind the paths. `delay` is how many seconds each answer is held back."""

    def __init__(self, store: Store, opener: Opener, records: Records) -> None:
        self._store = store
        self._opener = opener
        self._records = records
        self.delay = 0.0

    def application(self) -> FastAPI:
        """The ASGI application."""
        app = FastAPI(title="Intake", version="1", docs_url=None, redoc_url=None)
        app.middleware("http")(self._hold_back)
        app.add_exception_handler(Refusal, _refused)
        app.add_exception_handler(RequestValidationError, _outside_contract)
        app.add_exception_handler(HTTPException, _no_such_path)
        app.add_exception_handler(OperationalError, _unavailable)
        app.get(HEALTH)(self.health)
        app.get(SEALING_KEY)(self.sealing_key)
        app.post(APPLICATIONS, status_code=201, response_model=ReceiptBody)(self.apply)
        app.post(LOOK_UPS, response_model=LookUpAnswer)(self.look_up)
        app.post(RATINGS, status_code=201, response_model=RatingReceipt)(self.rate)
        return app

    def health(self) -> Health:
        return Health(status="ok", time=datetime.now(CHINA_TIME))

    def sealing_key(self) -> SealingKey:
        return self._opener.public_key

    def apply(self, body: ApplicationBody, key: Key = None) -> Response:
        if body.digest != digest_of(body.sealed, body.attachments):
            raise Refusal(422, ProblemType.DIGEST_MISMATCH, "The digest is not that of the parts")
        content = self._opened(body.sealed, Application)
        if content.item != body.item or content.attachments:
            raise Refusal(422, ProblemType.CONTENT_INVALID, "Sealed content and body differ")
        attachments = tuple(self._opened(part, Attachment) for part in body.attachments)
        whole = content.model_copy(update={"attachments": attachments})

        def receive(session: Session) -> str:
            at = datetime.now(CHINA_TIME)
            number = next_number(session, DIVISION, at)
            add_application(
                session,
                ReceivedApplication(
                    number=number,
                    kiosk=body.kiosk,
                    reference=body.reference,
                    item=body.item,
                    kept_at=body.kept_at.isoformat(),
                    received_at=at.isoformat(),
                    digest=body.digest,
                    content=whole.model_dump(mode="json"),
                ),
            )
            return ReceiptBody(
                number=number, reference=body.reference, received_at=at
            ).model_dump_json()

        return self._once(
            key, APPLICATIONS, body, receive, ProblemType.REFERENCE_TAKEN, "The reference is taken"
        )

    def rate(self, body: RatingBody, key: Key = None) -> Response:
        reasons = self._opened(body.sealed, RatingReasons).reasons if body.sealed else ()

        def receive(session: Session) -> str:
            at = datetime.now(CHINA_TIME)
            add_rating(
                session,
                ReceivedRating(
                    reference=body.reference,
                    kiosk=body.kiosk,
                    level=body.level,
                    reasons=list(reasons),
                    received_at=at.isoformat(),
                ),
            )
            return RatingReceipt(reference=body.reference, received_at=at).model_dump_json()

        return self._once(
            key, RATINGS, body, receive, ProblemType.RATED_ALREADY, "This service is rated already"
        )

    def look_up(self, body: LookUpBody) -> LookUpAnswer:
        content = self._opened(body.sealed, LookUpContent)
        if content.item != body.item:
            raise Refusal(422, ProblemType.CONTENT_INVALID, "Sealed content and body differ")
        at = datetime.now(CHINA_TIME)
        rows = self._records.rows(body.item, content.number, at.date())
        if rows is None:
            raise Refusal(404, ProblemType.NO_RECORD, "There is no record")
        number = self._store.add_look_up(body.kiosk, body.item, at)
        return LookUpAnswer(number=number, item=body.item, rows=rows, answered_at=at)

    def _once(
        self,
        key: str | None,
        path: str,
        body: BaseModel,
        act: Callable[[Session], str],
        taken: ProblemType,
        title: str,
    ) -> Response:
        if not key:
            raise Refusal(400, ProblemType.KEY_MISSING, "An Idempotency-Key is needed")
        payload = hashlib.sha256(body.model_dump_json().encode()).hexdigest()
        try:
            answer = self._store.once(Write(key, path, payload), act)
        except KeyReused:
            raise Refusal(
                422, ProblemType.KEY_REUSED, "This key came with another payload"
            ) from None
        except Taken:
            raise Refusal(409, taken, title) from None
        return Response(answer, 201, media_type="application/json")

    def _opened(self, sealed: str, form: type[Content]) -> Content:
        try:
            return form.model_validate_json(self._opener.open(sealed))
        except CannotOpen as error:
            raise Refusal(
                422, ProblemType.CANNOT_OPEN, "A sealed part cannot be opened", str(error)
            ) from None
        except ValidationError as error:
            raise Refusal(
                422,
                ProblemType.CONTENT_INVALID,
                "A sealed part is not what it must be",
                _places(error.errors(include_input=False, include_url=False)),
            ) from None

    async def _hold_back(
        self, request: Request, answer: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        if int(request.headers.get("content-length") or 0) > _MAX_BODY:
            return _problem(request, Refusal(413, ProblemType.TOO_LARGE, "The body is too large"))
        if self.delay:
            await asyncio.sleep(self.delay)
        return await answer(request)


def _problem(request: Request, refusal: Refusal) -> JSONResponse:
    problem = Problem(
        type=refusal.kind,
        title=refusal.title,
        status=refusal.status,
        detail=refusal.detail,
        instance=request.url.path,
    )
    return JSONResponse(problem.model_dump(), refusal.status, media_type=PROBLEM_MEDIA_TYPE)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return _problem(request, error)


def _outside_contract(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = error.errors()
    if any(e["type"] == "json_invalid" for e in errors):
        return _problem(request, Refusal(400, ProblemType.MALFORMED, "The body is no JSON"))
    return _problem(
        request,
        Refusal(
            422, ProblemType.OUTSIDE_CONTRACT, "The body is outside the contract", _places(errors)
        ),
    )


def _no_such_path(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _problem(
        request, Refusal(error.status_code, ProblemType.NOT_FOUND, "There is nothing to do here")
    )


def _unavailable(request: Request, _: Exception) -> Response:
    return _problem(
        request, Refusal(503, ProblemType.UNAVAILABLE, "The intake cannot store anything now")
    )


def _places(errors: Sequence[Any]) -> str:
    """Where it is wrong and how, without what stood there."""
    return "; ".join(f"{'.'.join(str(p) for p in e['loc'])}: {e['type']}" for e in errors)
