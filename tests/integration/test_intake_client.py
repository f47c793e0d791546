"""The line to the intake: whom it trusts, what a refusal says, and what it learns of the time."""

import ssl
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tls_fixtures import health, serving

from kiosk.errors import (
    ClockWrong,
    IntakeError,
    IntakeNotTrusted,
    IntakeRefused,
    IntakeUnreachable,
    TrustFault,
)
from kiosk.intake.client import IntakeClient, retry_after
from kiosk.intake.contract import ProblemType
from kiosk.intake.device_identity import DeviceIdentity, store_identity
from kiosk.intake.server_time import ServerTime
from tests.certificates import A_YEAR, NOW, Authority, Signed

A_DAY = timedelta(days=1)
AUTHORITY = Authority.new()
FOREIGN = Authority.new("another authority")
OF_THE_SAME_NAME = Authority.new()


@pytest.fixture
def trusted(tmp_path: Path) -> Path:
    return AUTHORITY.in_file(tmp_path / "trusted.pem")


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A server's certificate that a kiosk trusts."""
    return AUTHORITY.server().in_file(tmp_path / "server.pem")


def refusal_of(client: IntakeClient) -> TrustFault:
    with pytest.raises(IntakeNotTrusted) as refused:
        client.health()
    assert refused.value.__suppress_context__
    assert refused.value.fault.value == str(refused.value)
    return refused.value.fault


def test_the_intake_is_known_by_its_authority(good: Path, trusted: Path) -> None:
    """A certificate of the configured authority for this very address is trusted."""
    with serving(good) as url:
        assert "ok" == IntakeClient(url, authority=trusted).health().status


@pytest.mark.parametrize(
    ("server", "fault"),
    [
        (FOREIGN.server(), TrustFault.FOREIGN),
        (AUTHORITY.server(until=NOW - A_DAY), TrustFault.EXPIRED),
        (AUTHORITY.server(since=NOW + A_DAY), TrustFault.NOT_YET_VALID),
        (AUTHORITY.server("10.0.0.1"), TrustFault.OTHER_HOST),
        (AUTHORITY.server("intake.example"), TrustFault.OTHER_HOST),
    ],
    ids=lambda value: value.value if isinstance(value, TrustFault) else "",
)
def test_a_wrong_certificate_of_the_intake(
    server: Signed, fault: TrustFault, trusted: Path, tmp_path: Path
) -> None:
    """Foreign, expired, not yet valid, or another address's: no call is made, and the reason is
    known."""
    with serving(server.in_file(tmp_path / "server.pem")) as url:
        assert fault == refusal_of(IntakeClient(url, authority=trusted))


def test_public_authorities_do_not_vouch_for_a_citys_own(good: Path) -> None:
    """Without a configured authority only the public ones count."""
    with serving(good) as url:
        assert TrustFault.FOREIGN == refusal_of(IntakeClient(url))


def test_the_environment_changes_nothing(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither authorities nor proxies of the machine's environment are taken."""
    trusted = AUTHORITY.in_file(tmp_path / "environment.pem")
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.setenv(name, str(trusted))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9/")
    with serving(good) as url:
        assert TrustFault.FOREIGN == refusal_of(IntakeClient(url))
        assert "ok" == IntakeClient(url, authority=trusted).health().status


def test_no_tls_where_tls_is_expected(trusted: Path) -> None:
    """A server that speaks plain HTTP at an https address gets no request."""
    with serving(None) as url:
        client = IntakeClient(url.replace("http:", "https:"), authority=trusted)
        assert TrustFault.HANDSHAKE == refusal_of(client)


def test_a_missing_authority_is_no_licence(good: Path, tmp_path: Path) -> None:
    """When the file of authorities is gone nobody is trusted."""
    with serving(good) as url:
        client = IntakeClient(url, authority=tmp_path / "none.pem")
        assert TrustFault.HANDSHAKE == refusal_of(client)


def identity_of(device: Signed, folder: Path) -> DeviceIdentity:
    return store_identity(
        folder, "JL-03", device.key, device.certificate, AUTHORITY.certificate
    )


@pytest.mark.parametrize("newest", [ssl.TLSVersion.TLSv1_3, ssl.TLSVersion.TLSv1_2])
@pytest.mark.parametrize("payload", [None, b"x" * 2_000_000], ids=["little", "much"])
@pytest.mark.parametrize(
    "device",
    [FOREIGN.device(), OF_THE_SAME_NAME.device(), AUTHORITY.device(until=NOW - A_DAY)],
    ids=["foreign", "of the same name", "expired"],
)
def test_a_refused_certificate_of_ours(
    device: Signed,
    payload: bytes | None,
    newest: ssl.TLSVersion,
    good: Path,
    trusted: Path,
    tmp_path: Path,
) -> None:
    """That the server refuses the kiosk's certificate is told apart from a broken line, also when
    it says so while the kiosk is writing (TLS 1.3)."""
    identity = identity_of(device, tmp_path)
    with serving(good, clients=trusted, newest=newest) as url:
        client = IntakeClient(url, authority=trusted, identity=identity)
        with pytest.raises(IntakeNotTrusted) as refused:
            client.health() if payload is None else client.apply("key", payload)
    assert TrustFault.OURS_REFUSED == refused.value.fault


def test_a_required_certificate(good: Path, trusted: Path, tmp_path: Path) -> None:
    """A kiosk without a certificate hears that one is wanted; shown from the next call on, it
    opens the door."""
    with serving(good, clients=trusted) as url:
        client = IntakeClient(url, authority=trusted)
        assert TrustFault.OURS_REFUSED == refusal_of(client)
        client.show(identity_of(AUTHORITY.device(), tmp_path))
        assert "ok" == client.health().status
        client.show(None)
        assert TrustFault.OURS_REFUSED == refusal_of(client)


def test_a_renewed_certificate_is_shown(good: Path, trusted: Path, tmp_path: Path) -> None:
    """Another certificate in the same file is shown from the next call on, also where a
    connection is open that was made with the one before."""
    with serving(good, clients=trusted) as url:
        client = IntakeClient(
            url, authority=trusted, identity=identity_of(AUTHORITY.device(), tmp_path)
        )
        client.health()
        client.show(identity_of(FOREIGN.device(), tmp_path))
        assert TrustFault.OURS_REFUSED == refusal_of(client)


def test_a_broken_line_is_not_blamed_on_us(good: Path, trusted: Path, tmp_path: Path) -> None:
    """A server that hangs up on everybody says nothing about the kiosk's certificate."""
    identity = identity_of(AUTHORITY.device(), tmp_path)
    with serving(good, status=0) as url, pytest.raises(IntakeUnreachable):
        IntakeClient(url, authority=trusted, identity=identity).health()


def test_a_clock_that_is_behind(trusted: Path, tmp_path: Path) -> None:
    """A certificate from the future speaks against our clock, until the intake told its time."""
    server = AUTHORITY.server(since=NOW + A_DAY).in_file(tmp_path / "server.pem")
    server_time = ServerTime(tmp_path)
    with serving(server) as url:
        client = IntakeClient(url, authority=trusted, server_time=server_time)
        with pytest.raises(ClockWrong) as wrong:
            client.health()
        assert wrong.value.behind
        server_time.seen(datetime.now(UTC))
        assert TrustFault.NOT_YET_VALID == refusal_of(client)


def test_a_clock_that_is_ahead(trusted: Path, tmp_path: Path) -> None:
    """An expired certificate speaks against our clock when the intake's last time is long ago."""
    server = AUTHORITY.server(until=NOW - A_DAY).in_file(tmp_path / "server.pem")
    with serving(server) as url:
        client = IntakeClient(url, authority=trusted, server_time=ServerTime(tmp_path))
        assert TrustFault.EXPIRED == refusal_of(client)
        ServerTime(tmp_path).seen(NOW - A_YEAR)
        client = IntakeClient(url, authority=trusted, server_time=ServerTime(tmp_path))
        with pytest.raises(ClockWrong) as wrong:
            client.health()
        assert not wrong.value.behind


PROBLEM = b'{"type": "%s", "title": "", "status": 403}'
AT = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
DATED = {"Date": format_datetime(AT, usegmt=True)}


@pytest.mark.parametrize(
    ("status", "content", "seen"),
    [
        (200, health(AT), True),
        (403, PROBLEM % b"/problems/kiosk-revoked", True),
        (200, b"<html>a portal</html>", False),
        (403, b"<html>a portal</html>", False),
        (302, b"", False),
    ],
)
def test_answers_of_the_intake_tell_the_time(
    status: int, content: bytes, seen: bool, tmp_path: Path
) -> None:
    """The contract's answers do, and nobody else's."""
    server_time = ServerTime(tmp_path)
    with serving(None, content, status=status, headers=DATED) as url, suppress(IntakeError):
        IntakeClient(url, server_time=server_time).health()
    assert seen is server_time.clock_wrong


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (PROBLEM % b"/problems/kiosk-revoked", ProblemType.KIOSK_REVOKED),
        (PROBLEM % b"about:blank", None),
        (PROBLEM % b"/problems/350428195203140013", None),
        (b"350428195203140013", None),
    ],
)
def test_only_the_contracts_words_go_on(content: bytes, problem: ProblemType | None) -> None:
    """What a stranger wrote into an answer stands in no error."""
    with serving(None, content, status=403) as url, pytest.raises(IntakeRefused) as refused:
        IntakeClient(url).health()
    assert problem == refused.value.problem
    assert "350428195203140013" not in str(refused.value)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        ("120", 120.0),
        ("86400", 300.0),
        ("9" * 400, None),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        (format_datetime(AT + timedelta(minutes=2), usegmt=True), 120.0),
        (format_datetime(AT + A_YEAR, usegmt=True), 300.0),
        (format_datetime(AT - A_DAY, usegmt=True), 0.0),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    """Seconds, or a date that is counted from the answer's own whatever our clock says; five
    minutes at most."""
    with (
        serving(None, b"", status=429, headers={**DATED, "Retry-After": value}) as url,
        pytest.raises(IntakeRefused) as refused,
    ):
        IntakeClient(url).health()
    assert seconds == refused.value.retry_after


@given(st.text() | st.integers().map(str) | st.datetimes().map(format_datetime))
def test_retry_after_of_anything(value: str) -> None:
    """Whatever stands there: no number outside 0…300, and no error."""
    seconds = retry_after(value, AT)
    assert seconds is None or 0 <= seconds <= 300
