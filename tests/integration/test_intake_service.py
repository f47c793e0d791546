"""The local intake service over HTTP, as an outside kiosk meets it."""

import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from intake_fixtures import application, references, stored
from outside_kiosk import OutsideKiosk, enrolled, problem, reference
from sqlalchemy import select, update

from kiosk.intake.contract import CHINA_TIME, ApplicationClaims, LookUpContent, RatingReasons
from sandbox.intake.database import Database
from sandbox.intake.local_intake import LocalIntake, Mode
from sandbox.intake.tables import AuditEntry, Base, StoredAnswer

pytest_plugins = ["intake_fixtures"]

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalIntake]:
    """One for all tests that do not count what it has."""
    made = LocalIntake("127.0.0.1", 0, tmp_path_factory.mktemp("service"))
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def kiosk(service: LocalIntake) -> OutsideKiosk:
    return enrolled(service)


def test_a_number_is_division_day_and_serial(intake: LocalIntake) -> None:
    """收件编号 counts up within the day, in the hall's own time."""
    kiosk = enrolled(intake)
    answers = [kiosk.post("applications", kiosk.application()).json() for _ in range(3)]
    today = f"{datetime.now(CHINA_TIME):%y%m%d}"
    assert [f"350428{today}000{n}" for n in (1, 2, 3)] == [a["number"] for a in answers]


def test_times_have_an_offset(kiosk: OutsideKiosk) -> None:
    """A time without an offset could be any day's."""
    answer = kiosk.post("applications", kiosk.application())
    assert re.search(r"\+08:00$", answer.json()["received_at"])


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


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"digest": "0" * 64}, "digest-mismatch"),
        ({"item": "040"}, "signature-invalid"),
        ({"kept_at": "2026-11-24T09:30:01+08:00"}, "signature-invalid"),
        ({"signature": "e30.e30.e30"}, "signature-invalid"),
        ({"signature": "eyJhbGciOiJFUzI1NiIsImtpZCI6IngifQ.e30.e30"}, "kiosk-unknown"),
        ({"kiosk": "JL-99"}, "kiosk-unknown"),
        ({"reference": "nonsense"}, "outside-contract"),
        ({"kept_at": "2026-11-24T09:30:00"}, "outside-contract"),
        ({"more": 1}, "outside-contract"),
        ({"sealed": "plain text"}, "outside-contract"),
    ],
)
def test_what_does_not_fit_is_refused(
    kiosk: OutsideKiosk, change: dict[str, object], kind: str
) -> None:
    """Each way of being wrong has a type of its own."""
    answer = kiosk.post("applications", kiosk.application() | change)
    assert (403 if kind == "kiosk-unknown" else 422, kind) == problem(answer)


@pytest.mark.parametrize(
    ("content", "claims"),
    [
        (application("040"), {}),
        (b"no JSON", {}),
        (b"{}", {}),
        (application().model_dump_json().replace("0.1,", "1e999,").encode(), {}),
        (application().model_dump_json().replace("0.1,", "NaN,").encode(), {}),
    ],
)
def test_what_was_sealed_is_looked_at(
    kiosk: OutsideKiosk, content: Any, claims: dict[str, Any]
) -> None:
    """A signature does not make good what is wrong inside."""
    answer = kiosk.post("applications", kiosk.application(content=content, **claims))
    assert (422, "content-invalid") == problem(answer)


@pytest.mark.parametrize("kept_at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_day_that_no_calendar_has_is_refused(kiosk: OutsideKiosk, kept_at: str) -> None:
    """A time that is outside of years 1 to 9999 in China cannot be kept."""
    answer = kiosk.post("applications", kiosk.application(kept_at=kept_at))
    assert (422, "outside-contract") == problem(answer)


@pytest.mark.parametrize("year", [2025, 2027])
def test_a_clock_a_year_off_keeps_no_application_out(
    service: LocalIntake, kiosk: OutsideKiosk, tmp_path: Path, year: int
) -> None:
    """What a kiosk says of its time is kept as it says it, and refuses nothing."""
    named = reference()
    said = f"{year}-11-25T01:00:00+00:00"
    assert 201 == kiosk.post("applications", kiosk.application(named, kept_at=said)).status_code
    [kept] = [row for row in stored(service, tmp_path)["applications"] if row["reference"] == named]
    assert f"{year}-11-25T09:00:00+08:00" == kept["kept_at"]


def test_letters_that_databases_dread_are_kept(
    service: LocalIntake, kiosk: OutsideKiosk, tmp_path: Path
) -> None:
    """A NUL and letters beyond the first plane come out as they went in."""
    named = reference()
    dreaded = application().model_copy(update={"answers": {"note": "a\x00b𬱖䶮"}})
    kiosk.post("applications", kiosk.application(named, dreaded))
    [kept] = [row for row in stored(service, tmp_path)["applications"] if row["reference"] == named]
    assert "a\x00b𬱖䶮" == kept["content"]["answers"]["note"]


def test_a_part_sealed_to_another_key_is_refused(kiosk: OutsideKiosk, intake: LocalIntake) -> None:
    """What this intake cannot open, it does not take."""
    body = kiosk.application()
    there = enrolled(intake)
    there.kiosk, there.key, there.kid = kiosk.kiosk, kiosk.key, kiosk.kid
    answer = kiosk.post("applications", there.application())
    assert (422, "cannot-open") == problem(answer)
    assert 201 == kiosk.post("applications", body).status_code


def test_old_sealing_keys_still_open(intake: LocalIntake) -> None:
    """What waited in a queue while the key was changed is taken; new ones are sealed anew."""
    kiosk = enrolled(intake)
    waiting = kiosk.application()
    before = kiosk.session.get(f"{intake.url}v1/sealing-key", timeout=5).json()
    intake.rotate_sealing_key()
    after = kiosk.session.get(f"{intake.url}v1/sealing-key", timeout=5).json()
    assert before["kid"] != after["kid"]
    for body in (waiting, kiosk.application()):
        assert 201 == kiosk.post("applications", body).status_code


def test_a_refusal_repeats_nothing_that_was_sent(kiosk: OutsideKiosk) -> None:
    """A problem says where it is wrong, not what stood there."""
    body = kiosk.application() | {"item": "350428195203140013", "张龑": "13805980000"}
    answer = kiosk.post("applications", body)
    assert 422 == answer.status_code
    assert [] == [w for w in ("350428195203140013", "13805980000", "张龑") if w in answer.text]


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b'{"kiosk":', "application/json"),
        (b"", "application/json"),
        (b'{"kiosk":"\xff"}', "application/json"),
        (rb'{"kiosk":"\ud800"}', "application/json"),
        (b"[" * 100_000, "application/json"),
        (b"{}", "text/plain"),
        (b"{}", ""),
    ],
)
def test_what_is_no_json_is_malformed(kiosk: OutsideKiosk, content: bytes, media_type: str) -> None:
    """A body that is no JSON is 400, which is not the same as a JSON that does not fit."""
    answer = kiosk.session.post(
        f"{kiosk.url}v1/applications",
        data=content,
        headers={"Idempotency-Key": "key", "Content-Type": media_type},
        timeout=10,
    )
    assert (400, "malformed") == problem(answer)


def test_a_body_beyond_all_limits_is_too_large(kiosk: OutsideKiosk) -> None:
    """Whether its length is said before or only shows, no more is read than may be."""
    headers = {"Idempotency-Key": "key", "Content-Type": "application/json"}
    pieces = (b" " * 65536 for _ in range(5))
    for content in (b" " * (256 * 1024 + 1), pieces):
        answer = kiosk.session.post(
            f"{kiosk.url}v1/ratings", data=content, headers=headers, timeout=10
        )
        assert (413, "too-large") == problem(answer)


@pytest.mark.parametrize(
    ("method", "path", "wanted"),
    [
        ("GET", "nothing-here", (404, "not-found")),
        ("POST", "applications/", (404, "not-found")),
        ("GET", "applications", (405, "method-not-allowed")),
        ("DELETE", "health", (405, "method-not-allowed")),
    ],
)
def test_there_is_nothing_else(
    kiosk: OutsideKiosk, method: str, path: str, wanted: tuple[int, str]
) -> None:
    """A path or method that the contract does not know is answered within it."""
    answer = kiosk.session.request(method, f"{kiosk.url}v1/{path}", timeout=5)
    assert wanted == problem(answer)
    assert (wanted[0] == 405) == ("Allow" in answer.headers)


def test_ratings_are_one_each(service: LocalIntake, kiosk: OutsideKiosk, tmp_path: Path) -> None:
    """One rating for a service, its reasons kept, a bad one with its two days set."""
    rated = reference()
    assert 201 == kiosk.post("ratings", kiosk.rating(rated, 1, ("等了太久",))).status_code
    answer = kiosk.post("ratings", kiosk.rating(rated, 5))
    assert (409, "rated-already") == problem(answer)
    [kept] = [row for row in stored(service, tmp_path)["ratings"] if row["reference"] == rated]
    assert (1, ["等了太久"]) == (kept["level"], kept["reasons"])
    assert kept["received_at"][:10] < kept["contact_due_on"] < kept["resolve_due_on"]


def test_a_ratings_reasons_cannot_be_swapped(kiosk: OutsideKiosk) -> None:
    """The digest that is signed covers the sealed reasons."""
    body = kiosk.rating(reference(), 2, ("态度",))
    other = kiosk.sealed(RatingReasons(reasons=("很好",)))
    assert (422, "digest-mismatch") == problem(kiosk.post("ratings", body | {"sealed": other}))


@pytest.mark.parametrize("level", [0, 6])
def test_a_rating_has_five_levels(kiosk: OutsideKiosk, level: int) -> None:
    """非常满意 to 非常不满意, and nothing beyond."""
    body = kiosk.rating(reference()) | {"level": level}
    assert (422, "outside-contract") == problem(kiosk.post("ratings", body))


@pytest.mark.parametrize("item", ["088", "089", "107", "108", "115", "121", "126", "138", "144"])
def test_every_look_up_has_a_masked_sample_record(kiosk: OutsideKiosk, item: str) -> None:
    """Each item answers with rows that name no whole number, and says that they are samples."""
    sealed = kiosk.sealed(LookUpContent(item=item, number="350428198807070021"))
    answer = kiosk.post("look-ups", {"kiosk": "JL-03", "item": item, "sealed": sealed}, "")
    rows = {row["label"]: row["value"] for row in answer.json()["rows"]}
    assert 200 == answer.status_code
    assert "示例数据" in rows["说明"]
    assert len(rows) >= 4
    assert [] == [v for v in rows.values() if "350428198807070021" in v or "林玉兰" in v]


def test_a_look_up_of_nobody_says_so(kiosk: OutsideKiosk) -> None:
    """Where there is no record there is no slip."""
    sealed = kiosk.sealed(LookUpContent(item="107", number="0"))
    answer = kiosk.post("look-ups", {"kiosk": "JL-03", "item": "107", "sealed": sealed}, "")
    assert (404, "no-record") == problem(answer)


def test_a_look_up_moved_to_another_item_is_refused(kiosk: OutsideKiosk) -> None:
    """A sealed question answers for the item it was sealed for."""
    sealed = kiosk.sealed(LookUpContent(item="107", number="350428198807070021"))
    answer = kiosk.post("look-ups", {"kiosk": "JL-03", "item": "121", "sealed": sealed}, "")
    assert (422, "content-invalid") == problem(answer)


def test_whatever_is_received_stands_in_the_audit_trail(tmp_path: Path) -> None:
    """Codes, enrolments, receipts, ratings, key changes and revocations, in their order, without
    the applicant."""
    intake = LocalIntake("127.0.0.1", 0, tmp_path)
    intake.start()
    kiosk = enrolled(intake)
    body = kiosk.application()
    kiosk.post("applications", body)
    kiosk.post("ratings", kiosk.rating(body["reference"], 1, ("等了太久",)))
    intake.rotate_sealing_key()
    intake.revoke("JL-03")
    intake.stop()
    database = Database.in_folder(tmp_path)
    with database.reading() as session:
        trail = list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))
    database.close()
    assert [
        "sealing-key-made",
        "code-issued",
        "enrolled",
        "received",
        "rated",
        "sealing-key-made",
        "revoked",
    ] == [entry.action for entry in trail]
    assert [] == [e for e in trail if "欧阳示例" in str(e.detail) or "太久" in str(e.detail)]


def test_the_migrations_make_the_tables(tmp_path: Path) -> None:
    """The schema that the steps lead to is the one that the program works on."""
    database = Database.in_folder(tmp_path)
    with database.transaction() as session:
        context = MigrationContext.configure(session.connection())
        assert [] == compare_metadata(context, Base.metadata)
    database.close()


def test_the_database_is_for_its_owner(tmp_path: Path) -> None:
    """The file that has the office's keys is readable by nobody else."""
    database = Database.in_folder(tmp_path)
    database.close()
    assert [0o600] == [file.stat().st_mode & 0o777 for file in tmp_path.glob("*.sqlite")]


def test_down_means_refused(intake: LocalIntake) -> None:
    """Nothing listens while it is down, and the same port answers when it is up again."""
    port = intake.port
    intake.set_mode(Mode.DOWN)
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port), 2):
        pass
    intake.set_mode(Mode.UP)
    assert "ok" == requests.get(f"http://127.0.0.1:{port}/v1/health", timeout=5).json()["status"]


def test_the_export_is_for_people(
    service: LocalIntake, kiosk: OutsideKiosk, tmp_path: Path
) -> None:
    """The record is written in readable Chinese."""
    kiosk.post("applications", kiosk.application())
    service.export(tmp_path / "out" / "record.json")
    assert "高龄津贴申领" in (tmp_path / "out" / "record.json").read_text(encoding="utf-8")


def test_it_answers_without_waiting_for_acknowledgements(kiosk: OutsideKiosk) -> None:
    """Twenty answers on one connection come in less time than Nagle's delay (40 ms each) takes."""
    took = [
        kiosk.session.get(f"{kiosk.url}v1/health", timeout=5).elapsed.total_seconds()
        for _ in range(20)
    ]
    assert sorted(took)[10] < 0.03


def test_it_runs_by_itself(tmp_path: Path) -> None:
    """`python -m sandbox.intake` serves, and takes orders on its standard input."""
    command = [sys.executable, "-m", "sandbox.intake", "--port", "0", "--folder", str(tmp_path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as service:
        assert service.stdin is not None and service.stdout is not None

        def ordered(line: str) -> str:
            assert service.stdin is not None and service.stdout is not None
            service.stdin.write(f"{line}\n")
            service.stdin.flush()
            return service.stdout.readline()

        url = service.stdout.readline().split()[-1]
        assert 200 == requests.get(f"{url}v1/health", timeout=5).status_code
        assert re.fullmatch(r"code [0-9A-Z]{16}\n", ordered("code JL-03"))
        assert "there is no such order" in ordered("revoke")
        assert "intake down\n" == ordered("down")
        with pytest.raises(requests.ConnectionError):
            requests.get(f"{url}v1/health", timeout=5)
        service.terminate()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--port", "{port}"], "cannot listen on 127.0.0.1:{port}"),
        (["--database", "postgresql+psycopg://127.0.0.1:1/none"], "cannot use the database"),
    ],
)
def test_what_cannot_be_served_is_one_line(
    service: LocalIntake, tmp_path: Path, more: list[str], words: str
) -> None:
    """Where it cannot listen or store, it says so and ends with status 2."""
    more = [part.format(port=service.port) for part in more]
    done = subprocess.run(
        [sys.executable, "-m", "sandbox.intake", "--folder", str(tmp_path), *more],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert 2 == done.returncode
    assert words.format(port=service.port) in done.stderr
