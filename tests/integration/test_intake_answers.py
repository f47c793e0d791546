"""What counts as an answer of the intake: only the contract's, whatever else may come back."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from intake_fixtures import Reported, application, desk_at
from joserfc.jwk import ECKey

from kiosk.errors import IntakeAnswerInvalid, IntakeRefused, IntakeUnreachable
from kiosk.events import (
    ApplicationReceived,
    CaseFailed,
    IdentityRefused,
    IntakeChanged,
    SendingDeferred,
)
from kiosk.intake.client import IntakeClient
from kiosk.intake.contract import (
    CHINA_TIME,
    CaseStage,
    CaseState,
    Health,
    IdentityAnswer,
    SealingKey,
)
from kiosk.intake.outbox import Outbox
from kiosk.intake.outbox_rows import EntryState

pytest_plugins = ["intake_fixtures"]

RECEIPT = (
    b'{"number": "3504282611240001", "reference": "JL03-261124-K7QM2X",'
    b' "received_at": "2026-11-24T09:30:00+08:00"}'
)
PROBLEM = b'{"type": "/problems/too-large", "title": "Too large", "status": 413}'


def answer(status: str, body: bytes, *headers: str, length: int | None = None) -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers, "Connection: close"]
    lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@contextmanager
def answering(respond: Callable[[bytes], bytes]) -> Iterator[str]:
    """A server that reads one request on each connection, sends these bytes, and hangs up."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                connection.sendall(respond(whole_request(connection)))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)


def whole_request(connection: socket.socket) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


@pytest.mark.parametrize("status", ["200 OK", "201 Created"])
def test_the_contracts_receipt_counts(status: str) -> None:
    """Both success codes count when the body is a receipt."""
    with answering(lambda _: answer(status, RECEIPT)) as url:
        receipt = IntakeClient(url).apply("key", b"{}")
    assert "3504282611240001" == receipt.number


def test_the_key_goes_with_the_bytes() -> None:
    """The idempotency key is in the header, the payload on the wire as it was committed."""
    seen: list[bytes] = []

    def respond(request: bytes) -> bytes:
        seen.append(request)
        return answer("201 Created", RECEIPT)

    with answering(respond) as url:
        IntakeClient(url).apply("2c1e-key", b'{"frozen": "bytes"}')
    assert b"\r\nIdempotency-Key: 2c1e-key\r\n" in seen[0]
    assert seen[0].endswith(b'\r\n\r\n{"frozen": "bytes"}')


@pytest.mark.parametrize(
    "wire",
    [
        answer("200 OK", b"<html>Please sign in to the network</html>", "Content-Type: text/html"),
        answer("201 Created", b""),
        answer("201 Created", RECEIPT[:40]),
        answer("201 Created", RECEIPT.replace(b"3504282611240001", b"1")),
        answer("201 Created", RECEIPT.replace(b"+08:00", b"")),
        answer("202 Accepted", RECEIPT),
        answer("204 No Content", b""),
        answer("302 Found", b"", "Location: http://example.invalid/v1/applications"),
        answer("308 Permanent Redirect", RECEIPT, "Location: /elsewhere"),
        answer("201 Created", b" " * 400_000),
    ],
)
def test_nothing_else_counts(wire: bytes) -> None:
    """A portal's page, a redirect, half an answer and an answer without end are no receipts."""
    with answering(lambda _: wire) as url, pytest.raises(IntakeAnswerInvalid):
        IntakeClient(url).apply("key", b"{}")


@pytest.mark.parametrize(
    ("status", "body", "problem"),
    [
        ("413 Content Too Large", PROBLEM, "/problems/too-large"),
        ("413 Content Too Large", b"<html>nginx</html>", None),
        ("401 Unauthorized", b"", None),
        ("503 Service Unavailable", b"{}", None),
    ],
)
def test_a_no_is_a_refusal(status: str, body: bytes, problem: str | None) -> None:
    """Status and problem type are kept, also when a proxy answered in the intake's place."""
    with answering(lambda _: answer(status, body)) as url, pytest.raises(IntakeRefused) as refused:
        IntakeClient(url).apply("key", b"{}")
    assert (int(status[:3]), problem) == (refused.value.status, refused.value.problem)


@pytest.mark.parametrize(
    "wire", [b"", b"HTT", answer("201 Created", RECEIPT, length=len(RECEIPT) + 9)]
)
def test_a_broken_line_is_no_answer(wire: bytes) -> None:
    """A connection that ends too early is the line's fault: tried again."""
    with answering(lambda _: wire) as url, pytest.raises(IntakeUnreachable):
        IntakeClient(url).apply("key", b"{}")


def test_an_error_repeats_nothing_of_the_request() -> None:
    """An error may end in a log, so it holds no payload and no address of a library."""
    with pytest.raises(IntakeUnreachable) as unreachable:
        IntakeClient("http://127.0.0.1:9/").apply("key", b"350428195203140013")
    assert "ConnectionError" == str(unreachable.value)
    assert unreachable.value.__suppress_context__


class Disturbed:
    """An intake that answers `first` to the first application and `then` to the next ones."""

    def __init__(self, first: bytes, then: bytes | None = None) -> None:
        self._first: bytes | None = first
        self._then = then
        public = ECKey.generate_key("P-256", auto_kid=True).as_dict(private=False)
        self._key = SealingKey.model_validate(public).model_dump_json().encode()
        self.payloads: list[bytes] = []

    def __call__(self, request: bytes) -> bytes:
        if request.startswith(b"GET /v1/health"):
            now = Health(status="ok", time=datetime.now(CHINA_TIME))
            return answer("200 OK", now.model_dump_json().encode())
        if request.startswith(b"GET /v1/sealing-key"):
            return answer("200 OK", self._key)
        self.payloads.append(request)
        first, self._first = self._first, None
        if first is not None:
            return first
        reference = request.partition(b'"reference":"')[2][:18]
        return self._then or answer(
            "201 Created", RECEIPT.replace(b"JL03-261124-K7QM2X", reference)
        )


@pytest.mark.parametrize(
    "first",
    [
        answer("200 OK", b"<html>portal</html>"),
        answer("302 Found", b"", "Location: http://example.invalid/"),
        answer("503 Service Unavailable", b""),
        answer("429 Too Many Requests", b"", "Retry-After: 1"),
        answer("403 Forbidden", b""),
        answer("404 Not Found", b""),
        answer("400 Bad Request", b"<html>No required SSL certificate was sent</html>"),
        answer("409 Conflict", b'{"type": "/problems/in-progress", "title": "", "status": 409}'),
        answer("201 Created", RECEIPT),
        b"",
    ],
)
def test_what_may_pass_is_tried_again(first: bytes, known: Path, reported: Reported) -> None:
    """After an answer that says nothing about the application, the same bytes go again under the
    same key; a receipt for another reference is such an answer too. What staff were told is
    withdrawn."""
    disturbed = Disturbed(first)
    with answering(disturbed) as url, desk_at(url, known, reported) as desk:
        reported.until(IntakeChanged, which=lambda change: change.can_file)
        desk.file("visit", (application(),))
        deferred = reported.until(SendingDeferred)
        received = reported.until(ApplicationReceived)
        reported.until(
            IntakeChanged,
            which=lambda change: (
                (True, 0, set()) == (change.reachable, change.waiting, change.alerts)
            ),
        )
    assert deferred.reference == received.reference
    assert 2 == len(disturbed.payloads)
    assert 1 == len(set(disturbed.payloads))


def test_an_answer_about_somebody_else_is_none(known: Path, reported: Reported) -> None:
    """A state of another case, and a person whose number cannot be theirs, are no answers; the
    error names the field and repeats nothing of it."""
    at = application().signed_at
    state = CaseState(
        number="3504282611240002", state=CaseStage.ACCEPTED, due=None, answered_at=at
    )
    wrong = application().applicant.model_copy(
        update={"assurance": "scanned_token", "number": "350428195203140014"}
    )
    person = IdentityAnswer(applicant=wrong, answered_at=at)
    lie = Disturbed(
        answer("200 OK", state.model_dump_json().encode()),
        answer("200 OK", person.model_dump_json().encode()),
    )
    with answering(lie) as url, desk_at(url, known, reported) as desk:
        desk.ask_case("visit", "3504282611240001")
        failed = reported.until(CaseFailed)
        desk.identify("visit", "TOKEN")
        refused = reported.until(IdentityRefused)
    assert "the answer is about another case" == str(failed.error)
    assert "an applicant's number" == str(refused.error)


def test_the_intake_says_when_to_come_again(known: Path, reported: Reported) -> None:
    """Until the time of Retry-After nothing is sent, and whoever files is told so at once."""
    wait = answer("503 Service Unavailable", b"", "Retry-After: 250")
    disturbed = Disturbed(wait, wait)
    with answering(disturbed) as url, desk_at(url, known, reported) as desk:
        reported.until(IntakeChanged, which=lambda change: change.can_file)
        for visit in ("first", "second"):
            desk.file(visit, (application(),))
            reported.until(SendingDeferred, which=lambda told, visit=visit: told.visit == visit)
    assert 1 == len(disturbed.payloads)


@pytest.mark.parametrize(
    "first",
    [
        answer("400 Bad Request", PROBLEM.replace(b"too-large", b"malformed")),
        answer("413 Content Too Large", PROBLEM),
        answer("422 Unprocessable Content", PROBLEM.replace(b"too-large", b"cannot-open")),
        answer(
            "409 Conflict", b'{"type": "/problems/reference-taken", "title": "", "status": 409}'
        ),
    ],
)
def test_what_never_passes_is_held(first: bytes, known: Path, reported: Reported) -> None:
    """After an answer that will be the same for ever, the row is held and the next one goes."""
    with answering(Disturbed(first)) as url, desk_at(url, known, reported) as desk:
        reported.until(IntakeChanged, which=lambda change: change.can_file)
        desk.file("poison", (application(),))
        deferred = reported.until(SendingDeferred)
        reported.until(IntakeChanged, which=lambda change: (0, 1) == (change.waiting, change.held))
        desk.file("good", (application(),))
        received = reported.until(ApplicationReceived)
    assert ("poison", "good") == (deferred.visit, received.visit)
    rows = Outbox(known / "outbox.sqlite").records()
    assert [EntryState.HELD, EntryState.ACCEPTED] == [row.state for row in rows]


def test_a_row_that_fails_for_ever_blocks_nobody(known: Path, reported: Reported) -> None:
    """The oldest row of a queue, whose answer is never valid, waits by itself while those behind
    it pass."""
    portal = answer("200 OK", b"<html>portal</html>")
    with answering(Disturbed(portal, portal)) as url, desk_at(url, known, reported) as desk:
        reported.until(IntakeChanged, which=lambda change: change.can_file)
        for visit in range(4):
            desk.file(str(visit), (application(),))
        poison, *good = [reported.until(SendingDeferred).reference for _ in range(4)]
    sound = Disturbed(portal, None)
    sound(b"POST /v1/applications")

    def respond(request: bytes) -> bytes:
        return portal if poison.encode() in request else sound(request)

    again = Reported()
    with answering(respond) as url, desk_at(url, known, again):
        again.until(IntakeChanged, which=lambda change: change.reachable and change.waiting == 1)
    rows = {row.reference: row.state for row in Outbox(known / "outbox.sqlite").records()}
    assert EntryState.SENDING == rows[poison]
    assert {EntryState.ACCEPTED} == {rows[reference] for reference in good}


def test_what_staff_release_goes_again(known: Path, reported: Reported) -> None:
    """A held row that was released is sent as it was, and the kiosk counts it no more."""
    disturbed = Disturbed(answer("413 Content Too Large", PROBLEM))
    with answering(disturbed) as url, desk_at(url, known, reported) as desk:
        reported.until(IntakeChanged, which=lambda change: change.can_file)
        desk.file("visit", (application(),))
        reported.until(IntakeChanged, which=lambda change: change.held == 1)
    (held,) = Outbox(known / "outbox.sqlite").records()
    Outbox(known / "outbox.sqlite").release(held.reference)
    again = Reported()
    with answering(disturbed) as url, desk_at(url, known, again):
        again.until(
            IntakeChanged,
            which=lambda change: (True, 0, 0) == (change.reachable, change.waiting, change.held),
        )
    assert 2 == len(disturbed.payloads)
    assert 1 == len({request.partition(b"\r\n\r\n")[2] for request in disturbed.payloads})
