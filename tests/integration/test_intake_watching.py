"""What the kiosk's watch on its intake finds out, tells staff, and sees to by itself."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import NameOID
from intake_fixtures import Reported
from test_intake_answers import Disturbed, answer, answering

from kiosk.events import FilingBlock, IntakeAlert, IntakeChanged
from kiosk.intake.client import IntakeClient
from kiosk.intake.contract.enrolment import EnrolmentBody
from kiosk.intake.device_identity import load_identity, store_identity
from kiosk.intake.enrolling import enrol
from kiosk.intake.line import Line
from kiosk.intake.open_call import OpenCall
from kiosk.intake.outbox import Outbox
from kiosk.intake.sending import Sending
from kiosk.intake.server_time import ServerTime
from kiosk.intake.standing import Standing
from kiosk.intake.watching import Watching
from sandbox.intake.local_intake import LocalIntake, Mode
from tests.certificates import NOW, Authority, Signed

pytest_plugins = ["intake_fixtures"]


class Watch:
    """A watch that looks when it is told to, on an outbox that takes everything."""

    def __init__(
        self,
        url: str,
        folder: Path,
        code: str | None = None,
        authority: Path | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._reported = Reported()
        standing = Standing(self._reported.publish)
        standing.outbox_takes(None)
        server_time = ServerTime(folder, clock)

        def line() -> Line:
            return Line(url, authority, server_time, standing)

        outbox = Outbox(folder / "outbox.sqlite")
        look_now = threading.Event()
        sending = Sending(outbox, line, standing, self._reported.publish, look_now.set)
        open_call = OpenCall("JL-03", self._reported.publish, look_now.set)
        self._watching = Watching(
            line(), folder, "JL-03", code, server_time, standing, sending, open_call, look_now
        )

    def look(self) -> IntakeChanged:
        """How things stand after one look."""
        self._watching.look()
        self._reported.publish("looked")
        self._reported.until(str)
        return [event for event in self._reported.seen if isinstance(event, IntakeChanged)][-1]


def short(life: timedelta) -> tuple[Authority, Signed]:
    """A certificate of JL-03 that is a hundred days old and has so much left."""
    authority = Authority.new()
    return authority, authority.device(since=NOW - timedelta(days=100), until=NOW + life)


def test_a_code_enrols_and_the_key_comes_with_it(intake: LocalIntake, storage: Path) -> None:
    """One look at an intake that answers is enough to be able to file."""
    change = Watch(intake.url, storage, intake.issue_code("JL-03")).look()
    assert (True, None, frozenset()) == (change.reachable, change.block, change.alerts)


def test_an_enrolment_by_hand_is_noticed(intake: LocalIntake, storage: Path) -> None:
    """A kiosk without a code waits for its identity, and files as soon as staff gave it one."""
    watch = Watch(intake.url, storage)
    assert FilingBlock.NOT_ENROLLED is watch.look().block
    enrol(IntakeClient(intake.url), storage, "JL-03", intake.issue_code("JL-03"))
    assert watch.look().block is None


def test_an_outage_is_told_and_its_end(intake: LocalIntake, enrolled: Path) -> None:
    """Down is no alert: it is seen that nothing answers, and filing goes on."""
    watch = Watch(intake.url, enrolled)
    intake.set_mode(Mode.DOWN)
    down = watch.look()
    intake.set_mode(Mode.UP)
    assert (False, True, frozenset()) == (down.reachable, watch.look().reachable, down.alerts)


def test_a_wrong_clock_is_told(intake: LocalIntake, enrolled: Path) -> None:
    """A year off by the intake's time is an alert, which goes away when the clock is right."""
    off = [timedelta(days=365)]
    watch = Watch(intake.url, enrolled, clock=lambda: datetime.now(UTC) + off[0])
    wrong = watch.look()
    off[0] = timedelta(0)
    assert ({IntakeAlert.CLOCK_WRONG}, True) == (wrong.alerts, wrong.can_file)
    assert frozenset() == watch.look().alerts


def test_an_intake_that_nobody_vouches_for_is_told(tmp_path: Path, storage: Path) -> None:
    """A foreign authority is an alert and no answer; the right one is neither."""
    service = LocalIntake("127.0.0.1", 0, tmp_path / "intake", tls=True)
    service.start()
    code = service.issue_code("JL-03")
    stranger = Authority.new().in_file(tmp_path / "stranger.pem")
    foreign = Watch(service.url, storage, code, stranger).look()
    trusted = Watch(service.url, storage, code, service.authority).look()
    service.stop()
    assert (False, {IntakeAlert.INTAKE_NOT_TRUSTED}) == (foreign.reachable, foreign.alerts)
    assert (True, True, frozenset()) == (trusted.reachable, trusted.can_file, trusted.alerts)


def test_a_certificate_that_ends_soon_is_renewed(intake: LocalIntake, storage: Path) -> None:
    """When little of its life is left the kiosk has another key by the next look."""
    authority, device = short(timedelta(days=5))
    key = load_pem_private_key(device.key.encode(), None)
    assert isinstance(key, EllipticCurvePrivateKey)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "JL-03")])
    request = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
    body = EnrolmentBody(
        kiosk="JL-03",
        code=intake.issue_code("JL-03"),
        request=request.public_bytes(Encoding.PEM).decode(),
    )
    IntakeClient(intake.url).enrol("key", body.model_dump_json().encode())
    before = store_identity(storage, "JL-03", device.key, device.certificate, authority.certificate)
    change = Watch(intake.url, storage).look()
    after = load_identity(storage, "JL-03")
    assert after is not None
    assert before.kid != after.kid and before.not_after < after.not_after
    assert (True, frozenset()) == (change.can_file, change.alerts)


@pytest.mark.parametrize(
    ("left", "alerts"),
    [
        (timedelta(days=12), {IntakeAlert.CERTIFICATE_EXPIRES}),
        (timedelta(days=20), set()),
    ],
)
def test_a_renewal_that_fails_is_told_in_time(
    left: timedelta, alerts: set[IntakeAlert], intake: LocalIntake, storage: Path
) -> None:
    """While the intake refuses to renew, filing goes on; two weeks before the end staff know."""
    authority, device = short(left)
    store_identity(storage, "JL-03", device.key, device.certificate, authority.certificate)
    change = Watch(intake.url, storage).look()
    assert (True, alerts) == (change.can_file, change.alerts)


@pytest.mark.parametrize(
    ("status", "body", "asked_again"),
    [
        ("503 Service Unavailable", b"", True),
        (
            "403 Forbidden",
            b'{"type": "/problems/code-invalid", "title": "", "status": 403}',
            False,
        ),
    ],
)
def test_the_intake_is_not_hammered_with_a_code(
    status: str, body: bytes, asked_again: bool, storage: Path
) -> None:
    """A failed enrolment backs off; a code that was refused is not tried again."""
    other = Disturbed(b"")
    asked: list[bytes] = []

    def respond(request: bytes) -> bytes:
        if not request.startswith(b"POST /v1/enrolments"):
            return other(request)
        asked.append(request)
        return answer(status, body)

    with answering(respond) as url:
        watch = Watch(url, storage, "SOME-CODE-0000")
        change = watch.look()
        watch.look()
        assert 1 == len(asked)
        until = time.monotonic() + 1.2
        while time.monotonic() < until and len(asked) == 1:
            watch.look()
    assert asked_again == (len(asked) == 2)
    assert asked_again == (IntakeAlert.KIOSK_REFUSED not in change.alerts)
