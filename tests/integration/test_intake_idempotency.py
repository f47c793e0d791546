"""Every write once: keys, stored answers, and what uses nothing up."""

import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import requests
from sqlalchemy import select, update

from kiosk.intake.contract import CHINA_TIME, ApplicationClaims
from sandbox.intake.database import Database
from sandbox.intake.local_intake import LocalIntake
from sandbox.intake.tables import StoredAnswer
from tests.integration.intake_fixtures import references
from tests.integration.outside_kiosk import OutsideKiosk, enrolled, problem, reference

pytest_plugins = ["intake_fixtures", "service_fixtures"]


def test_the_same_key_and_payload_get_the_stored_answer(
    service: LocalIntake, kiosk: OutsideKiosk, tmp_path: Path
) -> None:
    """A repeated request is answered word for word, and stored once."""
    named = reference()
    body = kiosk.application(named)
    first, second = (kiosk.post("applications", body, "same") for _ in range(2))
    assert (201, 201) == (first.status_code, second.status_code)
    assert first.content == second.content
    assert 1 == references(service, tmp_path).count(named)


def test_signed_anew_it_is_the_same_payload(kiosk: OutsideKiosk) -> None:
    """A kiosk with a newer key may sign what it kept again; the answer is the first one's."""
    body = kiosk.application()
    first = kiosk.post("applications", body, "anew")
    claims = ApplicationClaims(**{name: body[name] for name in ApplicationClaims.model_fields})
    again = body | {"signature": kiosk.signed(claims)["signature"]}
    assert body != again
    assert first.content == kiosk.post("applications", again, "anew").content


def test_the_stored_answer_outlives_a_restart(tmp_path: Path) -> None:
    """A second service on the same folder gives the first one's answer, and knows the kiosk."""
    first = LocalIntake("127.0.0.1", 0, tmp_path)
    first.start()
    kiosk = enrolled(first)
    body = kiosk.application()
    said = kiosk.post("applications", body, "key").content
    first.stop()
    second = LocalIntake("127.0.0.1", 0, tmp_path)
    second.start()
    kiosk.url = second.url
    again = kiosk.post("applications", body, "key").content
    second.stop()
    assert said == again


def test_one_key_at_once_from_many_sides_is_one_case(
    service: LocalIntake, kiosk: OutsideKiosk, tmp_path: Path
) -> None:
    """Of requests that arrive together under one key one is acted upon; the others hear that it
    is under way, or what it was answered."""
    named = reference()
    body = kiosk.application(named)
    answers: list[requests.Response] = []
    together = threading.Barrier(8)

    def send() -> None:
        together.wait(5)
        headers = {"Idempotency-Key": "together"}
        answers.append(
            requests.post(f"{service.url}v1/applications", json=body, headers=headers, timeout=20)
        )

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert 8 == len(answers)
    assert 1 == len({a.content for a in answers if a.status_code == 201})
    assert {"in-progress"} >= {problem(a)[1] for a in answers if a.status_code != 201}
    assert 1 == references(service, tmp_path).count(named)


def test_a_key_is_one_kiosks_own(service: LocalIntake, kiosk: OutsideKiosk) -> None:
    """Two kiosks that happen to choose the same key do not meet."""
    other = enrolled(service, "JL-04")
    for sender in (kiosk, other):
        assert 201 == sender.post("applications", sender.application(), "chance").status_code


def test_another_payload_under_an_old_key_is_refused(
    service: LocalIntake, kiosk: OutsideKiosk, tmp_path: Path
) -> None:
    """A key stands for one payload for ever."""
    kiosk.post("applications", kiosk.application(), "old")
    named = reference()
    answer = kiosk.post("applications", kiosk.application(named), "old")
    assert (422, "idempotency-key-reused") == problem(answer)
    assert named not in references(service, tmp_path)


@pytest.mark.parametrize("path", ["applications", "ratings"])
def test_a_write_needs_a_key(kiosk: OutsideKiosk, path: str) -> None:
    """Without a key nothing is looked at."""
    assert (400, "idempotency-key-missing") == problem(kiosk.post(path, {}, ""))


def test_a_key_of_256_characters_is_outside_the_contract(kiosk: OutsideKiosk) -> None:
    """The contract's longest key has 255."""
    assert (422, "outside-contract") == problem(
        kiosk.post("applications", kiosk.application(), "k" * 256)
    )
    assert 201 == kiosk.post("applications", kiosk.application(), "k" * 255).status_code


def test_an_old_answer_is_forgotten_but_not_its_reference(tmp_path: Path) -> None:
    """After 30 days a key is free again; kiosk and reference stay one application for ever."""
    first = LocalIntake("127.0.0.1", 0, tmp_path)
    first.start()
    kiosk = enrolled(first)
    body = kiosk.application()
    kiosk.post("applications", body, "old")
    database = Database.in_folder(tmp_path)
    with database.transaction() as session:
        old = datetime.now(CHINA_TIME) - timedelta(days=31)
        session.execute(update(StoredAnswer).values(answered_at=old.isoformat()))
    first.stop()
    second = LocalIntake("127.0.0.1", 0, tmp_path)
    second.start()
    kiosk.url = second.url
    kiosk.post("applications", kiosk.application(), "new")
    with database.reading() as session:
        assert ["new"] == list(session.scalars(select(StoredAnswer.key)))
    database.close()
    assert (409, "reference-taken") == problem(kiosk.post("applications", body, "old"))
    second.stop()


def test_a_refused_write_uses_up_no_number(intake: LocalIntake) -> None:
    """Serials have no holes from refusals."""
    kiosk = enrolled(intake)
    body = kiosk.application()
    kiosk.post("applications", body, "one")
    assert (409, "reference-taken") == problem(kiosk.post("applications", body, "two"))
    answer = kiosk.post("applications", kiosk.application(), "three")
    assert answer.json()["number"].endswith("0002")
