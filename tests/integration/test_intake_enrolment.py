"""Enrolment, renewal and revocation of a kiosk, over TLS and without."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import NameOID
from sqlalchemy import select, update

from kiosk.intake.contract.look_ups import LookUpContent
from sandbox.intake.authority import Authority, Requested
from sandbox.intake.database import Database
from sandbox.intake.local_intake import LocalIntake
from sandbox.intake.tables import Authority as AuthorityRow
from sandbox.intake.tables import DeviceKey, EnrolmentCode
from tests.integration.outside_kiosk import (
    OutsideKiosk,
    enrolled,
    new_key,
    problem,
    reference,
    request_for,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("service")


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[LocalIntake]:
    """Over TLS."""
    made = LocalIntake("127.0.0.1", 0, folder, tls=True)
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def database(service: LocalIntake, folder: Path) -> Iterator[Database]:
    """The service's own, looked into from beside."""
    made = Database.in_folder(folder)
    yield made
    made.close()


@pytest.fixture
def kiosk(service: LocalIntake, tmp_path: Path) -> OutsideKiosk:
    return enrolled(service, folder=tmp_path)


def asked(kiosk: OutsideKiosk, name: str, code: str, key: str | None = None) -> requests.Response:
    body = {"kiosk": name, "code": code, "request": request_for(name, new_key())}
    return kiosk.post("enrolments", body, key)


def test_a_certificate_is_what_the_contract_says(service: LocalIntake, kiosk: OutsideKiosk) -> None:
    """Ninety days, for the kiosk's name and key, to be shown by clients, by the authority."""
    answer = asked(kiosk, "JL-05", service.issue_code("JL-05")).json()
    certificate = x509.load_pem_x509_certificate(answer["certificate"].encode())
    authority = x509.load_pem_x509_certificate(answer["authority"].encode())
    certificate.verify_directly_issued_by(authority)
    [name] = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert "JL-05" == name.value
    assert certificate.not_valid_after_utc == datetime.fromisoformat(answer["not_after"])
    left = certificate.not_valid_after_utc - datetime.now(UTC)
    assert timedelta(days=89, hours=23) < left <= timedelta(days=90)
    use = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert [x509.ExtendedKeyUsageOID.CLIENT_AUTH] == list(use)


def test_a_code_works_once(service: LocalIntake, kiosk: OutsideKiosk) -> None:
    """The same request again gets the stored answer; another one finds the code used up."""
    code = service.issue_code("JL-06")
    body = {"kiosk": "JL-06", "code": code, "request": request_for("JL-06", new_key())}
    first, again = (kiosk.post("enrolments", body, "once") for _ in range(2))
    assert (201, first.content) == (again.status_code, again.content)
    assert (403, "code-invalid") == problem(asked(kiosk, "JL-06", code))


def test_a_standing_code_works_again(service: LocalIntake, kiosk: OutsideKiosk) -> None:
    """A demonstration's kiosk may be set up anew without anybody at the desk."""
    code = service.issue_code("JL-07", standing=True)
    assert [201, 201] == [asked(kiosk, "JL-07", code).status_code for _ in range(2)]


def test_a_code_is_one_kiosks(service: LocalIntake, kiosk: OutsideKiosk) -> None:
    """With a code for one kiosk no other gets in, and the code is not used up by the try."""
    code = service.issue_code("JL-08")
    assert (403, "code-invalid") == problem(asked(kiosk, "JL-09", code))
    assert 201 == asked(kiosk, "JL-08", code).status_code


def test_a_code_ends_after_a_day(
    service: LocalIntake, kiosk: OutsideKiosk, database: Database
) -> None:
    """It is noted to end 24 hours after it was given, and then does."""
    code = service.issue_code("JL-10")
    with database.transaction() as session:
        row = session.scalars(select(EnrolmentCode).where(EnrolmentCode.kiosk == "JL-10")).one()
        given, ends = map(datetime.fromisoformat, (row.issued_at, row.expires_at))
        assert timedelta(hours=24) == ends - given
        assert code not in str(vars(row))
        row.expires_at = given.isoformat()
    assert (403, "code-invalid") == problem(asked(kiosk, "JL-10", code))


def test_guessing_is_slowed_down(service: LocalIntake, kiosk: OutsideKiosk) -> None:
    """After five wrong codes within a minute even the right one has to wait; others do not."""
    code = service.issue_code("JL-11")
    tries = [problem(asked(kiosk, "JL-11", f"WRONG-{n:04d}"))[1] for n in range(6)]
    assert [*["code-invalid"] * 5, "too-many-requests"] == tries
    answer = asked(kiosk, "JL-11", code)
    assert (429, "too-many-requests") == problem(answer)
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert 201 == asked(kiosk, "JL-12", service.issue_code("JL-12")).status_code


@pytest.mark.parametrize("request_of", ["JL-99", "P-384", "nothing"])
def test_a_request_for_something_else_is_refused(
    service: LocalIntake, kiosk: OutsideKiosk, request_of: str
) -> None:
    """Another kiosk's name, another curve, no request at all."""
    match request_of:
        case "P-384":
            name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "JL-13")])
            builder = x509.CertificateSigningRequestBuilder().subject_name(name)
            signed = builder.sign(ec.generate_private_key(ec.SECP384R1()), SHA256())
            request = signed.public_bytes(Encoding.PEM).decode()
        case "JL-99":
            request = request_for("JL-99", new_key())
        case _:
            request = "那" * 64
    body = {"kiosk": "JL-13", "code": service.issue_code("JL-13"), "request": request}
    assert (422, "content-invalid") == problem(kiosk.post("enrolments", body))


def test_without_a_certificate_nothing_is_told(service: LocalIntake) -> None:
    """Health, the public key and enrolment are for everyone; all else needs a certificate."""
    nobody = enrolled(service, "JL-14")
    for path in ("health", "sealing-key"):
        assert 200 == nobody.session.get(f"{service.url}v1/{path}", timeout=5).status_code
    sealed = nobody.sealed(LookUpContent(item="107", number="350428198807070021"))
    question = {"kiosk": "JL-14", "item": "107", "sealed": sealed}
    for path, body in (
        ("applications", nobody.application()),
        ("ratings", nobody.rating(reference())),
        ("renewals", nobody.renewal(new_key())),
        ("look-ups", question),
    ):
        assert (401, "certificate-required") == problem(nobody.post(path, body))


def test_a_certificate_is_one_kiosks(
    service: LocalIntake, kiosk: OutsideKiosk, tmp_path: Path
) -> None:
    """With its own certificate a kiosk can hand in and ask for nothing in another's name."""
    other = enrolled(service, "JL-15", tmp_path)
    assert 201 == kiosk.post("applications", kiosk.application()).status_code
    assert (403, "other-kiosk") == problem(kiosk.post("applications", other.application()))
    sealed = kiosk.sealed(LookUpContent(item="107", number="350428198807070021"))
    question = {"kiosk": "JL-15", "item": "107", "sealed": sealed}
    assert (403, "other-kiosk") == problem(kiosk.post("look-ups", question))


def test_a_renewed_key_works_beside_the_old_one(
    service: LocalIntake, kiosk: OutsideKiosk, tmp_path: Path
) -> None:
    """What was signed before the renewal is still on its way and still good."""
    waiting = kiosk.application()
    key = new_key()
    answer = kiosk.post("renewals", kiosk.renewal(key))
    assert 201 == answer.status_code
    renewed = OutsideKiosk(kiosk.url, kiosk.kiosk, key, answer.json()["kid"], kiosk.session)
    renewed.shows(tmp_path, answer.json()["certificate"])
    for body in (waiting, renewed.application()):
        assert 201 == renewed.post("applications", body).status_code


def test_an_ended_key_renews_nothing(
    service: LocalIntake, kiosk: OutsideKiosk, database: Database
) -> None:
    """Whose certificate has ended needs a code."""
    with database.transaction() as session:
        ended = (datetime.now(UTC) - timedelta(days=1)).isoformat()
        session.execute(update(DeviceKey).where(DeviceKey.kid == kiosk.kid).values(not_after=ended))
    answer = kiosk.post("renewals", kiosk.renewal(new_key()))
    assert (401, "certificate-required") == problem(answer)


def test_a_revoked_kiosk_is_refused_until_it_is_enrolled_anew(
    service: LocalIntake, tmp_path: Path
) -> None:
    """Nothing is taken or told any more, not even what was answered before; a new code helps."""
    kiosk = enrolled(service, "JL-16", tmp_path)
    body = kiosk.application()
    assert 201 == kiosk.post("applications", body, "before").status_code
    unused = service.issue_code("JL-16")
    service.revoke("JL-16")
    sealed = kiosk.sealed(LookUpContent(item="107", number="350428198807070021"))
    for answer in (
        kiosk.post("applications", body, "before"),
        kiosk.post("ratings", kiosk.rating(reference())),
        kiosk.post("renewals", kiosk.renewal(new_key())),
        kiosk.post("look-ups", {"kiosk": "JL-16", "item": "107", "sealed": sealed}),
    ):
        assert (403, "kiosk-revoked") == problem(answer)
    assert (403, "code-invalid") == problem(asked(kiosk, "JL-16", unused))
    again = enrolled(service, "JL-16", tmp_path)
    assert 201 == again.post("applications", again.application()).status_code


def ended(service: LocalIntake, database: Database, kiosk: OutsideKiosk) -> str:
    """A certificate of the authority that ended a minute ago."""
    with database.reading() as session:
        row = session.get_one(AuthorityRow, 1)
    issuer = load_pem_private_key(row.private_key.encode(), None)
    assert isinstance(issuer, ec.EllipticCurvePrivateKey)
    authority = x509.load_pem_x509_certificate(row.certificate.encode())
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, kiosk.kiosk)]))
        .issuer_name(authority.subject)
        .public_key(kiosk.key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=2))
        .not_valid_after(now - timedelta(minutes=1))
        .sign(issuer, SHA256())
    )
    return made.public_bytes(Encoding.PEM).decode()


def foreign(folder: Path, kiosk: OutsideKiosk) -> str:
    """A certificate for the right kiosk and key by another intake's authority."""
    other = Database.in_folder(folder)
    issued = Authority(other).for_device(Requested(kiosk.kiosk, kiosk.key.public_key()))
    other.close()
    return issued.certificate


@pytest.mark.parametrize("shown", ["ended", "foreign"])
def test_an_ended_or_foreign_certificate_gets_no_connection(
    service: LocalIntake,
    kiosk: OutsideKiosk,
    database: Database,
    tmp_path: Path,
    shown: str,
) -> None:
    """It is refused in the handshake, even for what needs none."""
    bad = ended(service, database, kiosk) if shown == "ended" else foreign(tmp_path, kiosk)
    kiosk.shows(tmp_path, bad)
    with pytest.raises(requests.ConnectionError):
        kiosk.session.get(f"{service.url}v1/health", timeout=5)


def test_the_services_certificate_names_its_addresses(service: LocalIntake) -> None:
    """Who trusts the authority reaches it by name and by number, and by nothing else."""
    pem = ssl.get_server_certificate(("127.0.0.1", service.port), ca_certs=service.authority)
    certificate = x509.load_pem_x509_certificate(pem.encode())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert ["localhost"] == names.get_values_for_type(x509.DNSName)
    assert ["127.0.0.1"] == [str(a) for a in names.get_values_for_type(x509.IPAddress)]
