"""Two instances of the intake on one PostgreSQL: what one knows, both know."""

import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from kiosk.intake.contract import IdentityContent
from sandbox.intake.database import Database
from sandbox.intake.local_intake import LocalIntake
from sandbox.intake.tables import Base
from tests.integration.hall_bodies import booking
from tests.integration.intake_fixtures import application, stored
from tests.integration.outside_kiosk import OutsideKiosk, enrolled, problem, reference
from tests.integration.postgres_cluster import Cluster, cluster

Pair = tuple[LocalIntake, LocalIntake]


@pytest.fixture(scope="module")
def postgres() -> Iterator[Cluster]:
    with cluster() as made:
        yield made


@pytest.fixture(scope="module")
def address(postgres: Cluster) -> str:
    return postgres.new_database()


@pytest.fixture(scope="module")
def pair(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Started at the same moment on an empty database."""
    started: list[LocalIntake] = []
    together = threading.Barrier(2)

    def start(folder: Path) -> None:
        together.wait(5)
        made = LocalIntake("127.0.0.1", 0, folder, database=address)
        made.start()
        started.append(made)

    threads = [
        threading.Thread(target=start, args=(tmp_path_factory.mktemp(name),)) for name in "ab"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    first, second = started
    yield first, second
    first.stop()
    second.stop()


@pytest.fixture(scope="module")
def kiosk(pair: Pair) -> OutsideKiosk:
    """Enrolled at the first."""
    return enrolled(pair[0])


def at_once(
    pair: Pair,
    jobs: list[tuple[LocalIntake, dict[str, object], str]],
    path: str = "applications",
) -> list[requests.Response]:
    """Each body to its instance under its key, all at the same moment."""
    answers: list[requests.Response] = []
    together = threading.Barrier(len(jobs))

    def send(intake: LocalIntake, body: dict[str, object], key: str) -> None:
        together.wait(5)
        answers.append(
            requests.post(
                f"{intake.url}v1/{path}",
                json=body,
                headers={"Idempotency-Key": key},
                timeout=20,
            )
        )

    threads = [threading.Thread(target=send, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


def test_two_that_start_at_once_make_one_schema(pair: Pair, address: str) -> None:
    """The tables are those of the program, and both have one authority and one sealing key."""
    database = Database(address)
    with database.transaction() as session:
        context = MigrationContext.configure(session.connection())
        assert [] == compare_metadata(context, Base.metadata)
    database.close()
    first, second = pair
    assert first.authority.read_text() == second.authority.read_text()
    keys = {requests.get(f"{i.url}v1/sealing-key", timeout=5).text for i in pair}
    assert 1 == len(keys)


def test_one_key_at_both_at_once_is_one_case(
    pair: Pair, kiosk: OutsideKiosk, tmp_path: Path
) -> None:
    """Whoever is second hears that the first is under way, or the first one's answer."""
    for round_ in range(5):
        named = reference()
        body = kiosk.application(named)
        answers = at_once(pair, [(intake, body, f"both-{round_}") for intake in pair * 4])
        assert 8 == len(answers)
        assert 1 == len({a.content for a in answers if a.status_code == 201})
        assert {"in-progress"} >= {problem(a)[1] for a in answers if a.status_code != 201}
        kept = [row["reference"] for row in stored(pair[1], tmp_path)["applications"]]
        assert 1 == kept.count(named)


def test_one_reference_at_both_at_once_is_one_case(
    pair: Pair, kiosk: OutsideKiosk, tmp_path: Path
) -> None:
    """Under two keys it is still one application; the other one is told so."""
    for round_ in range(5):
        named = reference()
        body = kiosk.application(named)
        jobs = [(intake, body, f"{intake.port}-{round_}") for intake in pair]
        answers = sorted(at_once(pair, jobs), key=lambda a: a.status_code)
        assert 201 == answers[0].status_code
        assert (409, "reference-taken") == problem(answers[1])
        kept = [row["reference"] for row in stored(pair[0], tmp_path)["applications"]]
        assert 1 == kept.count(named)


def test_one_token_at_both_at_once_is_one_answer(pair: Pair, kiosk: OutsideKiosk) -> None:
    """Whose code it is hears one of all who show it, whichever instance made it."""
    for round_ in range(3):
        sealed = kiosk.sealed(IdentityContent(token=pair[round_ % 2].issue_token("林玉兰")))
        jobs = [(intake, {"kiosk": "JL-03", "sealed": sealed}, "") for intake in pair * 2]
        told = Counter(answer.status_code for answer in at_once(pair, jobs, "identities"))
        assert {200: 1, 404: 3} == told


def test_numbers_of_both_count_up_together(pair: Pair, kiosk: OutsideKiosk, tmp_path: Path) -> None:
    """Of what both receive at once no number is missing and none is given twice."""
    before = len(stored(pair[0], tmp_path)["applications"])
    jobs = [(pair[n % 2], kiosk.application(), f"many-{n}") for n in range(40)]
    assert {201: 40} == Counter(a.status_code for a in at_once(pair, jobs))
    serials = sorted(int(row["number"][12:]) for row in stored(pair[0], tmp_path)["applications"])
    assert list(range(1, before + 41)) == serials


def test_the_last_place_is_given_once(pair: Pair, kiosk: OutsideKiosk) -> None:
    """Of eight people who want the only place of a time at both instances one gets it, and the
    others are told that it is taken."""
    for time in range(4):
        wanted = [booking(kiosk, "marriage", time, f"35042819880707{n:04d}") for n in range(8)]
        jobs = [(pair[n % 2], body, f"place-{time}-{n}") for n, body in enumerate(wanted)]
        answers = at_once(pair, jobs, "bookings")
        assert 1 == [answer.status_code for answer in answers].count(201)
        refused = [problem(answer) for answer in answers if answer.status_code != 201]
        assert [(409, "taken")] * 7 == refused


def test_what_one_did_the_other_knows(pair: Pair, tmp_path: Path) -> None:
    """Codes, keys of kiosks, sealing keys, stored answers and revocations are everybody's."""
    first, second = pair
    kiosk = enrolled(first, "JL-20")
    body = kiosk.application()
    said = kiosk.post("applications", body, "key").content
    first.rotate_sealing_key()
    kiosk.url = second.url
    assert said == kiosk.post("applications", body, "key").content
    assert 201 == kiosk.post("applications", kiosk.application()).status_code
    kiosk.url = first.url
    first.revoke("JL-20")
    kiosk.url = second.url
    answer = kiosk.post("applications", kiosk.application())
    assert (403, "kiosk-revoked") == problem(answer)


def test_letters_that_databases_dread_are_kept(
    pair: Pair, kiosk: OutsideKiosk, tmp_path: Path
) -> None:
    """A NUL and letters beyond the first plane come out as they went in."""
    named = reference()
    dreaded = application().model_copy(update={"answers": {"note": "a\x00b𬱖䶮"}})
    assert 201 == kiosk.post("applications", kiosk.application(named, dreaded)).status_code
    [kept] = [r for r in stored(pair[0], tmp_path)["applications"] if r["reference"] == named]
    assert "a\x00b𬱖䶮" == kept["content"]["answers"]["note"]


def test_a_database_that_is_away_is_said_and_comes_back(
    postgres: Cluster, pair: Pair, kiosk: OutsideKiosk
) -> None:
    """While PostgreSQL is down every path says 503 and when to come again; after a crash of it the
    next request is served, and what was answered before is still there."""
    body = kiosk.application()
    said = kiosk.post("applications", body, "crash").content
    postgres.stop("immediate")
    answers = [
        kiosk.post("applications", body, "away"),
        kiosk.session.get(f"{kiosk.url}v1/health", timeout=10),
    ]
    assert [(503, "unavailable")] * 2 == [problem(answer) for answer in answers]
    assert all(int(answer.headers["Retry-After"]) >= 1 for answer in answers)
    postgres.start()
    kiosk.session.get(f"{kiosk.url}v1/health", timeout=10)
    assert said == kiosk.post("applications", body, "crash").content
