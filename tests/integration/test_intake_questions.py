"""What a citizen waits for at the kiosk: whose a scanned code is, and where a case stands."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
import requests
from intake_fixtures import Reported
from sqlalchemy import update

from kiosk.errors import IntakeRefused, IntakeUnreachable
from kiosk.events import CaseAnswered, CaseFailed, IdentityFound, IdentityRefused
from kiosk.identity import Assurance
from kiosk.intake.contract import CaseStage, IdentityContent, ProblemType
from kiosk.intake.worker import IntakeWorker
from kiosk.scanning import IdentityToken, load_patterns, scanned
from sandbox.intake.case_actions import Accept, AskedMaterial, ReturnForSupplement
from sandbox.intake.casework import Casework
from sandbox.intake.database import Database
from sandbox.intake.item_directory import load_items
from sandbox.intake.local_intake import LocalIntake, Mode
from sandbox.intake.tables import IdentityToken as IdentityTokenRow
from sandbox.intake.working_days import load_holidays
from tests.integration.outside_kiosk import OutsideKiosk, enrolled, problem
from tests.people import HAMDAN_NOOR, ZHANG_YAN

pytest_plugins = ["intake_fixtures"]

CASEWORK = Casework(load_items(), load_holidays())
NUMBERS = count(30)


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
    made = Database.in_folder(folder)
    yield made
    made.close()


@pytest.fixture
def kiosk(service: LocalIntake, tmp_path: Path) -> OutsideKiosk:
    """One of its own for each test, since wrong tries are counted by kiosk."""
    return enrolled(service, f"JL-{next(NUMBERS)}", tmp_path)


def shown(kiosk: OutsideKiosk, token: str, name: str | None = None) -> requests.Response:
    sealed = kiosk.sealed(IdentityContent(token=token))
    return kiosk.post("identities", {"kiosk": name or kiosk.kiosk, "sealed": sealed}, "")


def case(kiosk: OutsideKiosk, number: str) -> requests.Response:
    return kiosk.session.get(f"{kiosk.url}v1/cases/{number}", timeout=5)


def test_a_token_works_once(service: LocalIntake, kiosk: OutsideKiosk) -> None:
    """The first who shows it is told whose it is, with that assurance; nobody after."""
    token = service.issue_token("张龑")
    answer = shown(kiosk, token)
    assert 200 == answer.status_code
    person = answer.json()["applicant"]
    assert ("张龑", "scanned_token") == (person["name"], person["assurance"])
    assert (404, "token-invalid") == problem(shown(kiosk, token))


def test_a_kiosk_knows_a_token_when_it_sees_one(service: LocalIntake) -> None:
    """By the patterns as they are shipped, a code of this intake is one that says who somebody
    is."""
    assert isinstance(scanned(service.issue_token("张龑"), load_patterns()), IdentityToken)


def test_a_token_lasts_a_minute(
    service: LocalIntake, kiosk: OutsideKiosk, database: Database
) -> None:
    """It is noted to end 60 seconds after it was made, and then does; only its digest is kept."""
    before = datetime.now().astimezone()
    token = service.issue_token("张龑")
    with database.transaction() as session:
        rows = session.query(IdentityTokenRow).all()
        left = max(datetime.fromisoformat(row.expires_at) for row in rows) - before
        assert timedelta(seconds=60) <= left < timedelta(seconds=70)
        assert [] == [row for row in rows if token in str(vars(row))]
        session.execute(update(IdentityTokenRow).values(expires_at=before.isoformat()))
    assert (404, "token-invalid") == problem(shown(kiosk, token))


def test_guessing_is_slowed_down(service: LocalIntake, kiosk: OutsideKiosk, tmp_path: Path) -> None:
    """After ten unknown tokens or numbers within a minute even the right one has to wait, at that
    kiosk alone."""
    number = kiosk.post("applications", kiosk.application()).json()["number"]
    other = enrolled(service, "JL-21", tmp_path)
    tokens = [problem(shown(kiosk, f"WRONG{n}"))[1] for n in range(10)]
    numbers = [problem(case(kiosk, f"350428990101{n:04}"))[1] for n in range(10)]
    assert ["token-invalid"] * 10 == tokens
    assert ["no-record"] * 10 == numbers
    token = service.issue_token("张龑")
    for answer in (shown(kiosk, token), case(kiosk, number)):
        assert (429, "too-many-requests") == problem(answer)
        assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert [200, 200] == [shown(other, token).status_code, case(other, number).status_code]


def test_a_kiosk_shows_its_certificate(service: LocalIntake, kiosk: OutsideKiosk) -> None:
    """Without one nothing is told; with its own a kiosk asks in no other's name; a revoked one is
    out, and the token is still good."""
    nobody = enrolled(service, "JL-22")
    token = service.issue_token("张龑")
    number = kiosk.post("applications", kiosk.application()).json()["number"]
    for answer in (shown(nobody, token), case(nobody, number)):
        assert (401, "certificate-required") == problem(answer)
    assert (403, "other-kiosk") == problem(shown(kiosk, token, "JL-22"))
    service.revoke(kiosk.kiosk)
    for answer in (shown(kiosk, token), case(kiosk, number)):
        assert (403, "kiosk-revoked") == problem(answer)


def test_where_a_case_stands(kiosk: OutsideKiosk, database: Database) -> None:
    """By number and by reference, with the day by which it is decided while the clock runs, and
    without a word of who applied for what."""
    body = kiosk.application()
    number = kiosk.post("applications", body).json()["number"]
    received = case(kiosk, number).json()
    assert {"number", "state", "due", "answered_at", "rated", "parts"} == set(received)
    assert ("received", None) == (received["state"], received["due"])
    now = datetime.now().astimezone()
    with database.transaction() as session:
        CASEWORK.act(session, number, Accept(), "wang", now)
    accepted = case(kiosk, body["reference"]).json()
    assert (number, "accepted") == (accepted["number"], accepted["state"])
    assert now.date() < date.fromisoformat(accepted["due"])
    with database.transaction() as session:
        asked = ReturnForSupplement((AskedMaterial("户口簿", "看不清"),))
        CASEWORK.act(session, number, asked, "wang", now)
    stopped = case(kiosk, number).json()
    assert ("supplement", None) == (stopped["state"], stopped["due"])


@pytest.mark.parametrize("number", ["1", "350428", "JL03-261124", "3504282611240037%0A", "x" * 300])
def test_a_number_of_another_form_is_refused(kiosk: OutsideKiosk, number: str) -> None:
    """It is refused by its form, and not counted as a guess."""
    assert (422, "outside-contract") == problem(case(kiosk, number))


@pytest.mark.parametrize("number", ["", "..%2Fhealth"])
def test_what_is_no_path_leads_nowhere(kiosk: OutsideKiosk, number: str) -> None:
    """A number with a slash in it is another path, and there is none."""
    assert (404, "not-found") == problem(case(kiosk, number))


def test_the_desk_finds_out_whose_a_code_is(
    desk: IntakeWorker, reported: Reported, intake: LocalIntake
) -> None:
    """Of every kind of document, whole, with where it comes from; a code shown twice is refused."""
    for person in (ZHANG_YAN, HAMDAN_NOOR):
        token = intake.issue_token(person.name)
        desk.identify("visit", token)
        found = reported.until(IdentityFound)
        known = replace(
            person,
            assurance=Assurance.SCANNED_TOKEN,
            issuer=found.identity.issuer,
            valid_from=found.identity.valid_from,
        )
        assert ("visit", known) == (found.visit, found.identity)
    desk.identify("visit", token)
    refused = reported.until(IdentityRefused)
    assert isinstance(refused.error, IntakeRefused)
    assert ProblemType.TOKEN_INVALID is refused.error.problem


def test_the_desk_asks_where_a_case_stands(
    desk: IntakeWorker, reported: Reported, intake: LocalIntake
) -> None:
    """State and day of a case; a number that nobody has, and one that is none, fail; so does
    everything while the intake is down."""
    outside = enrolled(intake, "JL-04")
    body = outside.application()
    number = outside.post("applications", body).json()["number"]
    desk.ask_case("visit", body["reference"])
    assert CaseAnswered("visit", number, CaseStage.RECEIVED, None) == reported.until(CaseAnswered)
    desk.ask_case("visit", "350428990101" + "0001")
    failed = reported.until(CaseFailed)
    assert isinstance(failed.error, IntakeRefused)
    assert ProblemType.NO_RECORD is failed.error.problem
    desk.ask_case("visit", "../health")
    assert "visit" == reported.until(CaseFailed).visit
    intake.set_mode(Mode.DOWN)
    desk.ask_case("visit", number)
    desk.identify("visit", "ANY")
    assert isinstance(reported.until(CaseFailed).error, IntakeUnreachable)
    assert isinstance(reported.until(IdentityRefused).error, IntakeUnreachable)


def test_nothing_logged_has_a_token(
    desk: IntakeWorker,
    reported: Reported,
    intake: LocalIntake,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Neither of a code that was refused nor of one that is too long to be asked for."""
    caplog.set_level("DEBUG")
    for token in ("SECRETCODE", "SECRETCODE" * 60):
        desk.identify("visit", token)
        refused = reported.until(IdentityRefused)
        assert "SECRET" not in f"{refused!r} {refused.error}"
    assert "IdentityQuestion failed" in caplog.text
    assert "SECRET" not in caplog.text
