"""The wire to the intake: HTTP, and the judgement of what counts as an answer."""

import time
from typing import TypeVar

import requests
from pydantic import BaseModel, ValidationError

from kiosk.errors import IntakeAnswerInvalid, IntakeRefused, IntakeUnreachable
from kiosk.intake.contract import (
    APPLICATIONS,
    HEALTH,
    KEY_HEADER,
    LOOK_UPS,
    PROBLEM_MEDIA_TYPE,
    RATINGS,
    SEALING_KEY,
    Health,
    LookUpAnswer,
    LookUpBody,
    Problem,
    RatingReceipt,
    ReceiptBody,
    SealingKey,
)

CONNECT_TIMEOUT = 3.0
READ_TIMEOUT = 5.0
_WHOLE_ANSWER = 10.0
"""Seconds for an answer that trickles; the read timeout counts only from byte to byte."""
_MAX_ANSWER = 256 * 1024

Answer = TypeVar("Answer", bound=BaseModel)


class IntakeClient:
    """One keep-alive connection to one intake; belongs to one thread.

    Each call raises IntakeUnreachable (no answer), IntakeRefused (an answer that says no) or
    IntakeAnswerInvalid (anything else: a portal's page, a redirect, half a JSON).
    """

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._session = requests.Session()
        # Proxies and passwords of the machine's environment are not the kiosk's configuration.
        self._session.trust_env = False
        self._session.headers["Accept"] = f"application/json, {PROBLEM_MEDIA_TYPE}"

    def close(self) -> None:
        self._session.close()

    def health(self) -> Health:
        return self._call("GET", HEALTH, Health)

    def sealing_key(self) -> SealingKey:
        return self._call("GET", SEALING_KEY, SealingKey)

    def apply(self, key: str, payload: bytes) -> ReceiptBody:
        """Hand in the bytes of an `ApplicationBody` under their idempotency key."""
        return self._call("POST", APPLICATIONS, ReceiptBody, payload, key)

    def rate(self, key: str, payload: bytes) -> RatingReceipt:
        """Hand in the bytes of a `RatingBody` under their idempotency key."""
        return self._call("POST", RATINGS, RatingReceipt, payload, key)

    def look_up(self, body: LookUpBody) -> LookUpAnswer:
        return self._call("POST", LOOK_UPS, LookUpAnswer, body.model_dump_json().encode())

    def _call(
        self,
        method: str,
        path: str,
        form: type[Answer],
        payload: bytes | None = None,
        key: str | None = None,
    ) -> Answer:
        headers = {"Content-Type": "application/json"} if payload is not None else {}
        if key is not None:
            headers[KEY_HEADER] = key
        try:
            with self._session.request(
                method,
                self._url + path,
                data=payload,
                headers=headers,
                timeout=(CONNECT_TIMEOUT, READ_TIMEOUT),
                allow_redirects=False,
                stream=True,
            ) as response:
                return _judged(response.status_code, _read(response), form)
        except requests.RequestException as error:
            # `from None`: the library's message repeats the request, which is not for a log.
            raise IntakeUnreachable(type(error).__name__) from None


def _read(response: requests.Response) -> bytes:
    until = time.monotonic() + _WHOLE_ANSWER
    content = bytearray()
    for chunk in response.iter_content(16 * 1024):
        content += chunk
        if len(content) > _MAX_ANSWER or time.monotonic() > until:
            raise IntakeAnswerInvalid(f"HTTP {response.status_code}, an answer without end")
    return bytes(content)


def _judged(status: int, content: bytes, form: type[Answer]) -> Answer:
    if status in (200, 201):
        try:
            return form.model_validate_json(content)
        except ValidationError:
            raise IntakeAnswerInvalid(f"HTTP {status}, not a {form.__name__}") from None
    if status < 400:
        raise IntakeAnswerInvalid(f"HTTP {status}")
    try:
        raise IntakeRefused(status, Problem.model_validate_json(content).type)
    except ValidationError:
        raise IntakeRefused(status, None) from None
