"""Who a kiosk is to its intake: enrolled by a code, renewed in time, turned away when revoked."""

import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tls_fixtures import serving

from kiosk.configuration import PROGRAM
from kiosk.errors import (
    IntakeAnswerInvalid,
    IntakeNotTrusted,
    IntakeRefused,
    IntakeUnreachable,
    TrustFault,
)
from kiosk.intake.client import IntakeClient
from kiosk.intake.contract import ProblemType
from kiosk.intake.contract.enrolment import DeviceCertificate
from kiosk.intake.device_identity import DeviceIdentity, load_identity, store_identity
from kiosk.intake.enrolling import enrol, renew
from sandbox.intake.local_intake import LocalIntake
from tests.certificates import NOW, Authority, Signed
from tests.integration.cutting_proxy import cutting_proxy

KIOSK = "JL-03"


@pytest.fixture(params=[True])
def intake(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[LocalIntake]:
    """Over TLS, unless a test asks for plain HTTP."""
    service = LocalIntake("127.0.0.1", 0, tmp_path / "intake", tls=request.param)
    service.start()
    yield service
    service.stop()


plain_http = pytest.mark.parametrize("intake", [False], indirect=True, ids=["plain"])


@pytest.fixture
def storage(tmp_path: Path) -> Path:
    return tmp_path / "storage"


def client_of(intake: LocalIntake, identity: DeviceIdentity | None = None) -> IntakeClient:
    return IntakeClient(intake.url, authority=intake.authority, identity=identity)


def enrolled(intake: LocalIntake, storage: Path) -> DeviceIdentity:
    return enrol(client_of(intake), storage, KIOSK, intake.issue_code(KIOSK))


def from_database(tmp_path: Path, query: str) -> list[tuple[str, ...]]:
    (file,) = (tmp_path / "intake").glob("*.sqlite")
    with sqlite3.connect(file) as database:
        return database.execute(query).fetchall()


def known_keys(tmp_path: Path) -> set[str]:
    return {kid for (kid,) in from_database(tmp_path, "SELECT kid FROM device_key")}


def asked(storage: Path) -> Path:
    return storage / "device" / "JL-03.asked.json"


def problem_with(client: IntakeClient) -> tuple[int, ProblemType | None]:
    """What the intake says to a write of this client, before it looks at the content."""
    with pytest.raises(IntakeRefused) as refused:
        client.apply("key", b"{}")
    return refused.value.status, refused.value.problem


def test_a_code_makes_an_identity(intake: LocalIntake, storage: Path, tmp_path: Path) -> None:
    """The key of the new certificate is the one that the intake knows; it is on the disk, and
    nothing is left of the asking."""
    identity = enrolled(intake, storage)
    assert {identity.kid} == known_keys(tmp_path)
    assert identity == load_identity(storage, KIOSK)
    assert [identity.file] == list((storage / "device").iterdir())


def test_a_renewal_changes_the_key(intake: LocalIntake, storage: Path, tmp_path: Path) -> None:
    """A renewed identity has another key; what the old one signed may still be on its way, so
    the intake knows both."""
    first = enrolled(intake, storage)
    second = renew(client_of(intake, first), storage, first)
    assert first.kid != second.kid
    assert {first.kid, second.kid} == known_keys(tmp_path)
    assert second == load_identity(storage, KIOSK)


def test_a_code_works_once(intake: LocalIntake, storage: Path, tmp_path: Path) -> None:
    """A code that was used makes no second kiosk, and takes nothing from the first."""
    code = intake.issue_code(KIOSK)
    identity = enrol(client_of(intake), storage, KIOSK, code)
    with pytest.raises(IntakeRefused) as refused:
        enrol(client_of(intake), tmp_path / "thief", KIOSK, code)
    assert ProblemType.CODE_INVALID == refused.value.problem
    assert load_identity(tmp_path / "thief", KIOSK) is None
    assert {identity.kid} == known_keys(tmp_path)


@plain_http
def test_a_lost_answer_to_an_enrolment(intake: LocalIntake, storage: Path, tmp_path: Path) -> None:
    """When the answer is lost the code is used up; asking again brings that answer, for that
    key."""
    code = intake.issue_code(KIOSK)
    with cutting_proxy(intake.port, 1.0, random.Random(1)) as proxy:
        lost = IntakeClient(f"http://127.0.0.1:{proxy.port}/")
        with pytest.raises(IntakeUnreachable):
            enrol(lost, storage, KIOSK, code)
    (kid,) = known_keys(tmp_path)
    assert kid == enrol(client_of(intake), storage, KIOSK, code).kid
    assert {kid} == known_keys(tmp_path)


@plain_http
def test_a_lost_answer_to_a_renewal(intake: LocalIntake, storage: Path, tmp_path: Path) -> None:
    """The identity stays until the answer is there, and asking again makes no third key."""
    first = enrolled(intake, storage)
    with cutting_proxy(intake.port, 1.0, random.Random(1)) as proxy:
        lost = IntakeClient(f"http://127.0.0.1:{proxy.port}/", identity=first)
        with pytest.raises(IntakeUnreachable):
            renew(lost, storage, first)
    assert first == load_identity(storage, KIOSK)
    (second,) = known_keys(tmp_path) - {first.kid}
    assert second == renew(client_of(intake), storage, first).kid
    assert {first.kid, second} == known_keys(tmp_path)


@plain_http
def test_a_crash_at_any_moment_of_a_renewal(
    intake: LocalIntake, storage: Path, tmp_path: Path
) -> None:
    """Wherever a renewal breaks off, the kiosk has an identity that the intake knows, and no key
    is certified that does not become the kiosk's."""
    first = enrolled(intake, storage).kid
    command = ["-m", "tests.integration.crashing_renewals", intake.url, str(storage), KIOSK]
    done = subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=PROGRAM,
    )
    had = done.stdout.split()
    assert (True, first, True) == (len(had) > 6, had[0], first != had[-1])
    assert known_keys(tmp_path) == set(had)


def test_a_crash_before_the_asking_is_forgotten(intake: LocalIntake, storage: Path) -> None:
    """What was asked with before, found after an enrolment with another code or a renewal, is
    not taken for the present asking."""
    identity = enrolled(intake, storage)
    with pytest.raises(IntakeRefused):
        enrol(client_of(intake), storage, KIOSK, "2222-2222-2222")
    left = asked(storage).read_bytes()
    renewed = renew(client_of(intake, identity), storage, identity)
    asked(storage).write_bytes(left)
    assert renewed.kid != renew(client_of(intake, renewed), storage, renewed).kid


def test_a_damaged_request_is_set_aside(intake: LocalIntake, storage: Path) -> None:
    """Half a file of what was asked with keeps nobody from asking anew."""
    asked(storage).parent.mkdir(parents=True)
    asked(storage).write_bytes(b'{"occasion": "')
    identity = enrolled(intake, storage)
    (aside,) = set((storage / "device").iterdir()) - {identity.file}
    assert aside.name.startswith("JL-03.asked.json.damaged-")


def test_what_is_never_taken_is_asked_otherwise(storage: Path) -> None:
    """After 422 the next try is made with another key; after any other no, with the same."""
    before = []
    for status in (503, 403, 422, 503):
        with serving(None, b"", status=status) as url, pytest.raises(IntakeRefused):
            enrol(IntakeClient(url), storage, KIOSK, "2222-2222-2222")
        before.append(asked(storage).read_bytes() if asked(storage).exists() else b"")
    first, second, third, fourth = before
    assert (first, b"") == (second, third)
    assert fourth not in (b"", first)


def test_a_certificate_that_is_not_ours_is_not_taken(storage: Path) -> None:
    """An answer with a certificate for another key or kiosk changes nothing; the request stays,
    and the true answer can still come."""
    authority = Authority.new()
    answer = DeviceCertificate(
        kiosk=KIOSK,
        kid="0" * 43,
        certificate=authority.device(KIOSK).certificate,
        authority=authority.certificate,
        not_after=NOW,
    )
    content = answer.model_dump_json().encode()
    with serving(None, content, status=201) as url, pytest.raises(IntakeAnswerInvalid):
        enrol(IntakeClient(url), storage, KIOSK, "2222-2222-2222")
    assert load_identity(storage, KIOSK) is None
    assert asked(storage).exists()


def test_nobody_writes_without_a_certificate(intake: LocalIntake) -> None:
    """A kiosk that shows no certificate is told that one is required."""
    assert (401, ProblemType.CERTIFICATE_REQUIRED) == problem_with(client_of(intake))


@pytest.mark.parametrize("which", ["foreign", "expired"])
def test_a_certificate_that_does_not_count(
    which: str, intake: LocalIntake, storage: Path, tmp_path: Path
) -> None:
    """A certificate of another authority, or one of the intake's own that has run out, opens no
    connection."""
    ((key, certificate),) = from_database(
        tmp_path, "SELECT private_key, certificate FROM authority"
    )
    devices = {
        "foreign": Authority.new("another authority").device(KIOSK),
        "expired": Authority(Signed(key, certificate)).device(KIOSK, until=NOW),
    }
    device = devices[which]
    identity = store_identity(storage, KIOSK, device.key, device.certificate, certificate)
    with pytest.raises(IntakeNotTrusted) as refused:
        client_of(intake, identity).health()
    assert TrustFault.OURS_REFUSED == refused.value.fault


def test_a_revoked_kiosk_is_turned_away(intake: LocalIntake, storage: Path) -> None:
    """Its certificate and its signature count no longer, on a connection that is open already
    too; a new code brings it back under another key."""
    identity = enrolled(intake, storage)
    client = client_of(intake, identity)
    client.health()
    intake.revoke(KIOSK)
    with pytest.raises(IntakeRefused) as refused:
        renew(client, storage, identity)
    assert (403, ProblemType.KIOSK_REVOKED) == (refused.value.status, refused.value.problem)
    again = enrolled(intake, storage)
    assert again.kid != renew(client_of(intake, again), storage, again).kid


SETTINGS = (PROGRAM / "config" / "kiosk.toml").read_text(encoding="utf-8")


def by_hand(tmp_path: Path, url: str, authority: Path, code: str) -> tuple[int, str, str]:
    """Exit status and what was printed."""
    file = tmp_path / "kiosk.toml"
    text = SETTINGS.replace(
        'url = "http://127.0.0.1:8480/"', f'url = "{url}"\nauthority = "{authority}"'
    )
    text = text.replace('folder = "var"', f'folder = "{tmp_path / "storage"}"')
    file.write_text(text, encoding="utf-8")
    command = [sys.executable, str(PROGRAM / "main.py"), "enrol", "--config", str(file), code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    return done.returncode, done.stdout, done.stderr


def test_enrolling_by_hand(intake: LocalIntake, storage: Path, tmp_path: Path) -> None:
    """`main.py enrol CODE` enrols; the same code a second time is told to be of no use, and the
    identity stays. A code may be typed in small letters."""
    code = intake.issue_code(KIOSK)
    status, printed, complaint = by_hand(tmp_path, intake.url, intake.authority, code.lower())
    assert (0, "") == (status, complaint)
    assert printed.startswith("JL-03 is enrolled; its certificate runs until ")
    identity = load_identity(storage, KIOSK)
    assert identity is not None
    assert (
        1,
        "",
        "JL-03 is not enrolled: the code is wrong, used, too old or another kiosk's; ask for a "
        "new one\n",
    ) == by_hand(tmp_path, intake.url, intake.authority, code)
    assert identity == load_identity(storage, KIOSK)


@pytest.mark.parametrize(
    ("trusts_it", "runs", "reason"),
    [
        (True, False, "the intake at {} does not answer; see to the network and the address"),
        (True, True, "what answers at {} is not the intake; see to the network and the address"),
        (
            False,
            True,
            "the certificate of {} is from an authority that is not trusted; "
            "see to intake.authority in the settings",
        ),
    ],
    ids=["nobody", "somebody else", "foreign"],
)
def test_enrolling_by_hand_in_vain(
    trusts_it: bool, runs: bool, reason: str, tmp_path: Path
) -> None:
    """Each thing that can be in the way is told in one line, with exit status 1."""
    authority = Authority.new()
    server = authority.server().in_file(tmp_path / "server.pem")
    trusted = (authority if trusts_it else Authority.new()).in_file(tmp_path / "trusted.pem")
    with ExitStack() as serves:
        url = serves.enter_context(serving(server))
        if not runs:
            serves.close()
        told = by_hand(tmp_path, url, trusted, "2222-2222")
    assert (1, "", f"JL-03 is not enrolled: {reason.format(url)}\n") == told


def test_an_authority_that_is_none(tmp_path: Path) -> None:
    """A file without certificates is a mistake of the configuration, told by its name."""
    nobody = tmp_path / "nobody.pem"
    nobody.write_text("nobody\n", encoding="ascii")
    reason = "is no file of certificates in PEM (intake.authority)"
    assert (1, "", f"{nobody}: {reason}\n") == by_hand(
        tmp_path, "https://127.0.0.1:9/", nobody, "2222-2222"
    )
