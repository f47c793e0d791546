"""The intake's HTTP side: the contract's operations on FastAPI."""

import asyncio
import logging
import re
import traceback
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.routing import APIRoute
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, TimeoutError
from starlette.exceptions import HTTPException

from kiosk.intake.contract import KEY_HEADER, ProblemType
from sandbox.intake.call import Answer, Call
from sandbox.intake.operation import (
    KEY_PATTERN,
    Operation,
    refusal_responses,
    request_description,
    schemas,
)
from sandbox.intake.operations import OPERATIONS
from sandbox.intake.peer import peer_of
from sandbox.intake.problems import Refusal, problem

_WORKERS = 8
_DATABASE_AWAY = 5
"""Seconds after which a kiosk may ask again."""

_log = logging.getLogger(__name__)


class Intake:
    """The office behind the paths. `delay` is how many seconds each answer is held back."""

    def __init__(self) -> None:
        self._workers = ThreadPoolExecutor(_WORKERS, "intake")
        self.delay = 0.0

    def close(self) -> None:
        self._workers.shutdown()

    def application(self, answers: Mapping[str, Answer]) -> FastAPI:
        """The ASGI application; `answers` by route, one for each operation."""
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
                self._endpoint(operation, answers[operation.route]),
                methods=[operation.method],
                status_code=operation.status,
                response_model=operation.answer,
                summary=operation.summary,
                operation_id=operation.name,
                responses=refusal_responses(operation),
                openapi_extra=request_description(operation),
            )
        return app

    def _endpoint(
        self, operation: Operation, answer: Answer
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
                said = await asyncio.get_running_loop().run_in_executor(self._workers, answer, call)
            except Exception as error:  # noqa: BLE001 - nothing is answered outside the contract
                return problem(operation.path, _refusal_of(error))
            return Response(said, operation.status, media_type="application/json")

        return endpoint


class _Straight(APIRoute):
    """Hands the request to its endpoint as it is: the body is read once, there."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        return self.endpoint


class _Described(FastAPI):
    """Its document also holds what its routes read by themselves."""

    def openapi(self) -> dict[str, Any]:
        document = super().openapi()
        components = document.setdefault("components", {})
        components["schemas"] = dict(
            sorted({**components["schemas"], **schemas(OPERATIONS)}.items())
        )
        components["securitySchemes"] = {
            "device": {
                "type": "mutualTLS",
                "description": "The certificate that the intake issued to this kiosk.",
            }
        }
        return document


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
