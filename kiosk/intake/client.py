"""The wire to the intake: HTTP, and the judgement of what counts as an answer."""

import math
import re
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TypeVar

import requests
from pydantic import BaseModel, ValidationError

from kiosk.errors import (
    IntakeAnswerInvalid,
    IntakeError,
    IntakeNotTrusted,
    IntakeRefused,
    IntakeUnreachable,
    TrustFault,
)
from kiosk.intake.contract import (
    APPLICATIONS,
    CASES,
    HEALTH,
    IDENTITIES,
    KEY_HEADER,
    PROBLEM_MEDIA_TYPE,
    RATINGS,
    SEALING_KEY,
    CaseQuestion,
    CaseState,
    Health,
    IdentityAnswer,
    IdentityBody,
    Problem,
    ProblemType,
    RatingReceipt,
    ReceiptBody,
    SealingKey,
)
from kiosk.intake.contract.bookings import (
    BOOKINGS,
    CANCELLATIONS,
    TICKETS,
    WINDOWS,
    Booking,
    Cancelled,
    Ticket,
    Windows,
)
from kiosk.intake.contract.case_acts import CASE_ACTS, CaseActReceipt
from kiosk.intake.contract.dossier import (
    CONTENTS,
    DOSSIERS,
    Contents,
    ContentsBody,
    Dossier,
    DossierBody,
)
from kiosk.intake.contract.enrolment import ENROLMENTS, RENEWALS, DeviceCertificate
from kiosk.intake.contract.help_calls import HELP_CALLS, HELP_ENDINGS, HelpCall, HelpQuestion
from kiosk.intake.contract.look_ups import LOOK_UPS, LookUpAnswer, LookUpBody
from kiosk.intake.device_identity import DeviceIdentity
from kiosk.intake.server_time import ServerTime
from kiosk.intake.tls_connection import TlsAdapter
from kiosk.intake.tls_faults import hung_up, judged

CONNECT_TIMEOUT = 3.0
READ_TIMEOUT = 5.0
_WHOLE_ANSWER = 10.0
"""Seconds for an answer that trickles; the read timeout counts only from byte to byte."""
_MAX_ANSWER = 4 * 2**20
"""Bytes; the largest answer is what a citizen has at the office, a hundred cases."""
LONGEST_RETRY_AFTER = 300.0
"""Seconds: no intake may send its kiosks away for longer."""

Answer = TypeVar("Answer", bound=BaseModel)


class IntakeClient:
    """One keep-alive connection to one intake; belongs to one thread.

    `authority` is a file of certificates in PEM that vouch for the intake, None the public ones
    that come with requests. `identity` is shown where there is TLS. The time of every answer goes
    into `server_time`.

    Each call raises IntakeUnreachable (no answer), IntakeNotTrusted or ClockWrong (no answer: a
    certificate), IntakeRefused (an answer that says no) or IntakeAnswerInvalid (anything else: a
    portal's page, a redirect, half a JSON).
    """

    def __init__(
        self,
        url: str,
        *,
        authority: Path | None = None,
        identity: DeviceIdentity | None = None,
        server_time: ServerTime | None = None,
    ) -> None:
        self._url = url.rstrip("/")
        self._authority = authority
        self._server_time = server_time
        self._session = requests.Session()
        # Proxies, authorities and passwords of the machine's environment are not the kiosk's
        # configuration.
        self._session.trust_env = False
        self._session.mount("https://", TlsAdapter())
        self._session.verify = str(authority) if authority is not None else True
        self._session.headers["Accept"] = f"application/json, {PROBLEM_MEDIA_TYPE}"
        self.show(identity)

    def show(self, identity: DeviceIdentity | None) -> None:
        """From the next call on, be this one: after enrolment and renewal."""
        # The connections that are open were made with the old one.
        self._session.close()
        self._session.cert = str(identity.file) if identity is not None else None

    def close(self) -> None:
        self._session.close()

    def health(self) -> Health:
        """Also finds out whether it is us: some servers hang up without a word on a client whose
        certificate they refuse. Heard without one and twice not with it, ours is refused."""
        try:
            return self._call("GET", HEALTH, Health)
        except IntakeUnreachable as error:
            if not (self._shows_identity and hung_up(error) and self._hears_strangers()):
                raise
        try:
            return self._call("GET", HEALTH, Health)
        except IntakeUnreachable as error:
            if not hung_up(error):
                raise
            raise IntakeNotTrusted(TrustFault.OURS_REFUSED) from None

    def sealing_key(self) -> SealingKey:
        return self._call("GET", SEALING_KEY, SealingKey)

    def enrol(self, key: str, payload: bytes) -> DeviceCertificate:
        """Hand in the bytes of an `EnrolmentBody` under their idempotency key."""
        return self._call("POST", ENROLMENTS, DeviceCertificate, payload, key)

    def renew(self, key: str, payload: bytes) -> DeviceCertificate:
        """Hand in the bytes of a `RenewalBody` under their idempotency key."""
        return self._call("POST", RENEWALS, DeviceCertificate, payload, key)

    def apply(self, key: str, payload: bytes) -> ReceiptBody:
        """Hand in the bytes of an `ApplicationBody` under their idempotency key."""
        return self._call("POST", APPLICATIONS, ReceiptBody, payload, key)

    def act(self, key: str, payload: bytes) -> CaseActReceipt:
        """Hand in the bytes of a `CaseActBody` under their idempotency key."""
        return self._call("POST", CASE_ACTS, CaseActReceipt, payload, key)

    def rate(self, key: str, payload: bytes) -> RatingReceipt:
        """Hand in the bytes of a `RatingBody` under their idempotency key."""
        return self._call("POST", RATINGS, RatingReceipt, payload, key)

    def look_up(self, body: LookUpBody) -> LookUpAnswer:
        return self._call("POST", LOOK_UPS, LookUpAnswer, body.model_dump_json().encode())

    def identify(self, body: IdentityBody) -> IdentityAnswer:
        return self._call("POST", IDENTITIES, IdentityAnswer, body.model_dump_json().encode())

    def case(self, question: CaseQuestion) -> CaseState:
        return self._call("GET", f"{CASES}/{question.number}", CaseState)

    def dossier(self, body: DossierBody) -> Dossier:
        return self._call("POST", DOSSIERS, Dossier, body.model_dump_json().encode())

    def contents(self, body: ContentsBody) -> Contents:
        return self._call("POST", CONTENTS, Contents, body.model_dump_json().encode())

    def windows(self) -> Windows:
        return self._call("GET", WINDOWS, Windows)

    def book(self, key: str, payload: bytes, within: float) -> Booking:
        """Hand in the bytes of a `BookingBody`; `within` is in seconds, here and below."""
        return self._call("POST", BOOKINGS, Booking, payload, key, within)

    def cancel(self, key: str, payload: bytes, within: float) -> Cancelled:
        """Hand in the bytes of a `CancellationBody`."""
        return self._call("POST", CANCELLATIONS, Cancelled, payload, key, within)

    def take_ticket(self, key: str, payload: bytes, within: float) -> Ticket:
        """Hand in the bytes of a `TicketBody`."""
        return self._call("POST", TICKETS, Ticket, payload, key, within)

    def call_guide(self, key: str, payload: bytes, within: float) -> HelpCall:
        """Hand in the bytes of a `HelpBody`."""
        return self._call("POST", HELP_CALLS, HelpCall, payload, key, within)

    def help_call(self, question: HelpQuestion) -> HelpCall:
        return self._call("GET", f"{HELP_CALLS}/{question.call}", HelpCall)

    def end_call(self, key: str, payload: bytes) -> HelpCall:
        """Hand in the bytes of a `HelpEnding`."""
        return self._call("POST", HELP_ENDINGS, HelpCall, payload, key)

    @property
    def _shows_identity(self) -> bool:
        return self._session.cert is not None and self._url.startswith("https:")

    def _hears_strangers(self) -> bool:
        stranger = IntakeClient(self._url, authority=self._authority)
        try:
            stranger.health()
        except IntakeError:
            return False
        finally:
            stranger.close()
        return True

    def _call(
        self,
        method: str,
        path: str,
        form: type[Answer],
        payload: bytes | None = None,
        key: str | None = None,
        within: float = math.inf,
    ) -> Answer:
        until = time.monotonic() + min(within, _WHOLE_ANSWER)
        headers = {"Content-Type": "application/json"} if payload is not None else {}
        if key is not None:
            headers[KEY_HEADER] = key
        try:
            with self._session.request(
                method,
                self._url + path,
                data=payload,
                headers=headers,
                timeout=(min(CONNECT_TIMEOUT, within / 2), min(READ_TIMEOUT, within / 2)),
                allow_redirects=False,
                stream=True,
            ) as response:
                content = _read(response, until)
        except requests.RequestException as error:
            # `from None`: the library's message repeats the request, which is not for a log.
            raise judged(error, self._server_time) from None
        except OSError:
            # A file of certificates is gone.
            raise IntakeNotTrusted(TrustFault.HANDSHAKE) from None
        told = _http_date(response.headers.get("Date"))
        if response.status_code in (200, 201):
            answer = _of_form(form, content, response.status_code)
            self._tell_time(answer.time if isinstance(answer, Health) else told)
            return answer
        if response.status_code < 400:
            raise IntakeAnswerInvalid(f"HTTP {response.status_code}")
        problem = _problem(content)
        if problem is not None:
            self._tell_time(told)
        wait = retry_after(response.headers.get("Retry-After"), told or datetime.now(UTC))
        raise IntakeRefused(response.status_code, problem, wait)

    def _tell_time(self, at: datetime | None) -> None:
        if self._server_time is not None and at is not None:
            self._server_time.seen(at)


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds to wait as the header says (RFC 9110, 10.2.3: seconds, or an HTTP date, which is
    counted from the answer's own), 300 at most; None where it says nothing sensible."""
    if value is None:
        return None
    if re.fullmatch("[0-9]{1,300}", value):
        return min(float(value), LONGEST_RETRY_AFTER)
    at = _http_date(value)
    if at is None:
        return None
    return min(max((at - now).total_seconds(), 0.0), LONGEST_RETRY_AFTER)


def _http_date(value: str | None) -> datetime | None:
    try:
        at = parsedate_to_datetime(value or "")
        # "-0000" leaves a time without an offset, which no HTTP date is.
        return at.astimezone(UTC) if at.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def _of_form(form: type[Answer], content: bytes, status: int) -> Answer:
    try:
        return form.model_validate_json(content)
    except ValidationError:
        raise IntakeAnswerInvalid(f"HTTP {status}, not a {form.__name__}") from None


def _problem(content: bytes) -> ProblemType | None:
    """Only the contract's own types count: what anybody else wrote is not for a log."""
    try:
        return ProblemType(Problem.model_validate_json(content).type)
    except ValueError:
        return None


def _read(response: requests.Response, until: float) -> bytes:
    content = bytearray()
    for chunk in response.iter_content(16 * 1024):
        content += chunk
        if len(content) > _MAX_ANSWER or time.monotonic() > until:
            raise IntakeAnswerInvalid(f"HTTP {response.status_code}, an answer without end")
    return bytes(content)
