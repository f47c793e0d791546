"""The intake's HTTP side: the contract's operations on FastAPI."""

import asyncio
import logging
import re
import traceback
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeVar

from fastapi import FastAPI, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from sqlalchemy import select
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, TimeoutError
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException

from kiosk.intake.contract import (
    APPLICATIONS,
    CASES,
    CHINA_TIME,
    HEALTH,
    IDENTITIES,
    KEY_HEADER,
    RATINGS,
    SEALING_KEY,
    ApplicationBody,
    ApplicationClaims,
    CaseQuestion,
    Health,
    IdentityBody,
    ProblemType,
    RatingBody,
    RatingClaims,
    digest_of,
)
from kiosk.intake.contract.enrolment import (
    ENROLMENTS,
    RENEWALS,
    EnrolmentBody,
    RenewalBody,
    RenewalClaims,
)
from kiosk.intake.contract.look_ups import LOOK_UPS, LookUpBody
from sandbox.intake.case_states import CaseStates
from sandbox.intake.database import Database
from sandbox.intake.idempotency import Once, Write
from sandbox.intake.identity_tokens import IdentityTokens
from sandbox.intake.operations import (
    KEY_PATTERN,
    OPERATIONS,
    Operation,
    refusal_responses,
    request_description,
    schemas,
)
from sandbox.intake.peer import Peer, peer_of
from sandbox.intake.problems import Refusal, places, problem
from sandbox.intake.receiving import Receiving
from sandbox.intake.registry import Registry
from sandbox.intake.sealing_keys import SealingKeys

_WORKERS = 8
_DATABASE_AWAY = 5
"""Seconds after which a kiosk may ask again."""

_log = logging.getLogger(__name__)

Body = TypeVar("Body", bound=BaseModel)
Claims = TypeVar("Claims", bound=BaseModel)


@dataclass(frozen=True)
class Call:
    """A request as it came; `key` is empty where the operation takes none. `named` is what
    stands in the path."""

    path: str
    named: Mapping[str, str]
    content: bytes
    key: str
    peer: Peer | None

    def read(self, form: type[Body]) -> Body:
        try:
            return form.model_validate_json(self.content)
        except ValidationError as error:
            errors = error.errors(include_input=False, include_url=False, include_context=False)
            if errors[0]["type"] == "json_invalid":
                raise Refusal(ProblemType.MALFORMED) from None
            raise Refusal(ProblemType.OUTSIDE_CONTRACT, places(errors)) from None

    def asked(self, form: type[Body]) -> Body:
        """What the path asks for."""
        try:
            return form.model_validate(self.named)
        except ValidationError as error:
            raise Refusal(ProblemType.OUTSIDE_CONTRACT, places(error.errors())) from None

    def from_kiosk(self, kiosk: str) -> None:
        """That the certificate, where there is one, is this kiosk's."""
        if self.peer is not None and self.peer.kiosk != kiosk:
            raise Refusal(ProblemType.OTHER_KIOSK)


class Intake:
    """The office behind the paths. `delay` is how many seconds each answer is held back."""

    def __init__(
        self,
        database: Database,
        registry: Registry,
        keys: SealingKeys,
        receiving: Receiving,
        tokens: IdentityTokens,
        states: CaseStates,
    ) -> None:
        self._database = database
        self._registry = registry
        self._keys = keys
        self._receiving = receiving
        self._tokens = tokens
        self._states = states
        self._once = Once(database)
        self._workers = ThreadPoolExecutor(_WORKERS, "intake")
        self.delay = 0.0

    def close(self) -> None:
        self._workers.shutdown()

    def application(self) -> FastAPI:
        """The ASGI application."""
        acts: dict[str, Callable[[Call], str]] = {
            HEALTH: self._health,
            SEALING_KEY: self._sealing_key,
            APPLICATIONS: self._apply,
            LOOK_UPS: self._look_up,
            IDENTITIES: self._identify,
            CASES: self._tell_state,
            RATINGS: self._rate,
            ENROLMENTS: self._enrol,
            RENEWALS: self._renew,
        }
        app = _Described(
            title="Intake",
            version="1",
            docs_url=None,
            redoc_url=None,
            redirect_slashes=False,
        )
        app.router.route_class = _Straight
        app.add_exception_handler(HTTPException, _nothing_there)
        for operation in OPERATIONS:
            app.add_api_route(
                operation.route,
                self._endpoint(operation, acts[operation.path]),
                methods=[operation.method],
                status_code=operation.status,
                response_model=operation.answer,
                summary=operation.summary,
                operation_id=operation.path.rpartition("/")[2],
                responses=refusal_responses(operation),
                openapi_extra=request_description(operation),
            )
        return app

    def _endpoint(
        self, operation: Operation, act: Callable[[Call], str]
    ) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        async def endpoint(request: Request) -> Response:
            if self.delay:
                await asyncio.sleep(self.delay)
            try:
                peer = peer_of(request.scope) if operation.certified else None
                key = _key_of(request) if operation.keyed else ""
                content = await _content(request, operation.most) if operation.body else b""
                call = Call(operation.path, request.path_params, content, key, peer)
                # Reading and opening many megabytes takes long, and so does the disk.
                said = await asyncio.get_running_loop().run_in_executor(self._workers, act, call)
            except Exception as error:  # noqa: BLE001 - nothing is answered outside the contract
                return problem(operation.path, _refusal_of(error))
            return Response(said, operation.status, media_type="application/json")

        return endpoint

    def _health(self, _: Call) -> str:
        with self._database.reading() as session:
            session.scalar(select(1))
        return Health(status="ok", time=datetime.now(CHINA_TIME)).model_dump_json()

    def _sealing_key(self, _: Call) -> str:
        return self._keys.public_key().model_dump_json()

    def _apply(self, call: Call) -> str:
        body = call.read(ApplicationBody)
        if body.digest != digest_of(body.sealed, *body.attachments):
            raise Refusal(ProblemType.DIGEST_MISMATCH)
        claims = _claims(body, ApplicationClaims)
        signer = self._signer(call, body.kiosk, body.signature, claims)
        write = _write(call, body.kiosk, claims)
        with self._once.alone(write):
            content = self._receiving.open_application(body)
            return self._once.answer(
                write,
                lambda session: self._admit(session, call, body.kiosk, signer),
                lambda session, at: self._receiving.receive(
                    session, body, content, at
                ).model_dump_json(),
            )

    def _rate(self, call: Call) -> str:
        body = call.read(RatingBody)
        if body.digest != digest_of(*filter(None, [body.sealed])):
            raise Refusal(ProblemType.DIGEST_MISMATCH)
        claims = _claims(body, RatingClaims)
        signer = self._signer(call, body.kiosk, body.signature, claims)
        write = _write(call, body.kiosk, claims)
        with self._once.alone(write):
            reasons = self._receiving.open_reasons(body)
            return self._once.answer(
                write,
                lambda session: self._admit(session, call, body.kiosk, signer),
                lambda session, at: self._receiving.rate(
                    session, body, reasons, at
                ).model_dump_json(),
            )

    def _look_up(self, call: Call) -> str:
        body = call.read(LookUpBody)
        call.from_kiosk(body.kiosk)
        content = self._receiving.open_question(body)
        with self._database.transaction() as session:
            self._admit(session, call, body.kiosk)
            at = datetime.now(CHINA_TIME)
            return self._receiving.look_up(session, body, content, at).model_dump_json()

    def _identify(self, call: Call) -> str:
        body = call.read(IdentityBody)
        call.from_kiosk(body.kiosk)
        token = self._receiving.open_token(body)
        with self._database.transaction() as session:
            self._admit(session, call, body.kiosk)
            at = datetime.now(CHINA_TIME)
            return self._tokens.redeem(session, body.kiosk, token, at).model_dump_json()

    def _tell_state(self, call: Call) -> str:
        question = call.asked(CaseQuestion)
        kiosk = call.peer.kiosk if call.peer is not None else ""
        with self._database.transaction() as session:
            self._admit(session, call, kiosk)
            at = datetime.now(CHINA_TIME)
            return self._states.told(session, kiosk, question.number, at).model_dump_json()

    def _enrol(self, call: Call) -> str:
        body = call.read(EnrolmentBody)
        write = _write(call, body.kiosk, body)
        with self._once.alone(write):
            return self._once.answer(
                write,
                lambda session: None,
                lambda session, at: self._registry.enrol(
                    session, body.kiosk, body.code, body.request, at
                ).model_dump_json(),
            )

    def _renew(self, call: Call) -> str:
        body = call.read(RenewalBody)
        if not body.request.isascii() or body.digest != digest_of(body.request):
            raise Refusal(ProblemType.DIGEST_MISMATCH)
        claims = _claims(body, RenewalClaims)
        signer = self._signer(call, body.kiosk, body.signature, claims)
        write = _write(call, body.kiosk, claims)
        with self._once.alone(write):
            return self._once.answer(
                write,
                lambda session: self._admit(session, call, body.kiosk, signer),
                lambda session, at: self._registry.renew(
                    session, body.kiosk, signer, body.request, at
                ).model_dump_json(),
            )

    def _signer(self, call: Call, kiosk: str, signature: str, claims: BaseModel) -> str:
        call.from_kiosk(kiosk)
        return self._registry.signer(kiosk, signature, claims)

    def _admit(self, session: Session, call: Call, kiosk: str, *signers: str) -> None:
        shown = {call.peer.kid} if call.peer is not None else set()
        self._registry.admit(session, kiosk, {*signers, *shown})


class _Straight(APIRoute):
    """Hands the request to its endpoint as it is: the body is read once, there."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        return self.endpoint


class _Described(FastAPI):
    """Its document also holds what its routes read by themselves."""

    def openapi(self) -> dict[str, Any]:
        document = super().openapi()
        components = document.setdefault("components", {})
        components["schemas"] = dict(sorted({**components["schemas"], **schemas()}.items()))
        components["securitySchemes"] = {
            "device": {
                "type": "mutualTLS",
                "description": "The certificate that the intake issued to this kiosk.",
            }
        }
        return document


def _claims(body: Claims, form: type[Claims]) -> Claims:
    """The part of a body that is signed."""
    return form.model_construct(**{name: getattr(body, name) for name in form.model_fields})


def _write(call: Call, kiosk: str, said: BaseModel) -> Write:
    """`said` holds a digest of all else, so that a message signed anew is still the same."""
    payload = sha256(said.model_dump_json().encode()).hexdigest()
    return Write(kiosk, call.key, call.path, payload)


def _key_of(request: Request) -> str:
    key = request.headers.get(KEY_HEADER)
    if not key:
        raise Refusal(ProblemType.KEY_MISSING)
    if not re.search(KEY_PATTERN, key):
        raise Refusal(ProblemType.OUTSIDE_CONTRACT, f"header.{KEY_HEADER}: string_pattern_mismatch")
    return key


async def _content(request: Request, most: int) -> bytes:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise Refusal(ProblemType.MALFORMED)
    parts: list[bytes] = []
    length = 0
    if int(request.headers.get("content-length", "0")) > most:
        raise Refusal(ProblemType.TOO_LARGE)
    async for part in request.stream():
        length += len(part)
        if length > most:
            raise Refusal(ProblemType.TOO_LARGE)
        parts.append(part)
    return b"".join(parts)


def _refusal_of(error: Exception) -> Refusal:
    match error:
        case Refusal():
            return error
        case OperationalError() | InterfaceError() | InternalError() | TimeoutError():
            _log.warning("the database cannot be used: %s", type(error).__name__)
        case _:
            # Its words may hold what a citizen wrote.
            frames = traceback.extract_tb(error.__traceback__)
            where = " < ".join(f"{f.name}:{f.lineno}" for f in reversed(frames))
            _log.error("%s at %s", type(error).__name__, where)
    return Refusal(ProblemType.UNAVAILABLE, retry_after=_DATABASE_AWAY)


def _nothing_there(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    kind = ProblemType.METHOD_NOT_ALLOWED if error.status_code == 405 else ProblemType.NOT_FOUND
    return problem("", Refusal(kind), error.headers)
