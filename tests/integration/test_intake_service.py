"""The local intake service over HTTP, as an outside kiosk would meet it."""

import json
import re
import socket
import subprocess
import sys
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from intake_fixtures import application, references, stored

from kiosk.intake.contract import (
    CHINA_TIME,
    ApplicationBody,
    LookUpContent,
    SealingKey,
    digest_of,
)
from kiosk.intake.sealing import Sealer
from sandbox.intake.local_intake import LocalIntake, Mode

pytest_plugins = ["intake_fixtures"]

ROOT = Path(__file__).parents[2]
REFERENCE = "JL03-261124-K7QM2X"


def sealer_of(intake: LocalIntake) -> Sealer:
    answer = requests.get(f"{intake.url}v1/sealing-key", timeout=5)
    return Sealer(SealingKey.model_validate_json(answer.content))


def body_for(intake: LocalIntake, reference: str = REFERENCE) -> dict[str, Any]:
    sealed, attachments = sealer_of(intake).seal_application(application())
    body = ApplicationBody(
        kiosk="JL-03",
        reference=reference,
        item="041",
        kept_at=datetime(2026, 11, 24, 9, 30, tzinfo=CHINA_TIME),
        sealed=sealed,
        attachments=attachments,
        digest=digest_of(sealed, attachments),
    )
    read: dict[str, Any] = body.model_dump(mode="json")
    return read


def post(intake: LocalIntake, path: str, body: object, key: str | None) -> requests.Response:
    headers = {"Idempotency-Key": key} if key is not None else {}
    return requests.post(intake.url + path, json=body, headers=headers, timeout=10)


def problem(answer: requests.Response) -> tuple[int, str]:
    """Status and type, after a look that it is a whole problem document."""
    assert "application/problem+json" == answer.headers["Content-Type"]
    read = answer.json()
    assert {"type", "title", "status", "detail", "instance"} == set(read)
    assert answer.status_code == read["status"]
    return answer.status_code, read["type"]


def test_a_number_is_division_day_and_serial(intake: LocalIntake) -> None:
    """收件编号 counts up within the day, in the hall's own time."""
    letters = "ABC"
    numbers = [
        post(intake, "v1/applications", body_for(intake, f"JL03-261124-K7QM2{x}"), x).json()[
            "number"
        ]
        for x in letters
    ]
    today = f"{datetime.now(CHINA_TIME):%y%m%d}"
    assert [f"350428{today}000{n}" for n in (1, 2, 3)] == numbers


def test_times_have_an_offset(intake: LocalIntake) -> None:
    """A time without an offset could be any day's."""
    answer = post(intake, "v1/applications", body_for(intake), "key")
    assert re.search(r"\+08:00$", answer.json()["received_at"])


def test_the_same_key_and_payload_get_the_stored_answer(
    intake: LocalIntake, tmp_path: Path
) -> None:
    """A repeated request is answered word for word, and stored once."""
    body = body_for(intake)
    first, second = (post(intake, "v1/applications", body, "key") for _ in range(2))
    assert (201, 201) == (first.status_code, second.status_code)
    assert first.content == second.content
    assert [REFERENCE] == references(intake, tmp_path)


def test_the_stored_answer_outlives_a_restart(intake: LocalIntake, tmp_path: Path) -> None:
    """A second service on the same folder gives the first one's answer."""
    body = body_for(intake)
    first = post(intake, "v1/applications", body, "key")
    intake.stop()
    again = LocalIntake("127.0.0.1", 0, tmp_path / "intake")
    again.start()
    second = post(again, "v1/applications", body, "key")
    again.stop()
    assert first.content == second.content


def test_one_key_at_once_from_many_sides_is_one_case(intake: LocalIntake, tmp_path: Path) -> None:
    """Requests that arrive together under one key end in one application and one answer."""
    body = body_for(intake)
    answers: list[bytes] = []
    together = threading.Barrier(8)

    def send() -> None:
        together.wait(5)
        answers.append(post(intake, "v1/applications", body, "key").content)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert (8, 1) == (len(answers), len(set(answers)))
    assert [REFERENCE] == references(intake, tmp_path)


def test_another_payload_under_an_old_key_is_refused(intake: LocalIntake, tmp_path: Path) -> None:
    """A key stands for one payload for ever."""
    post(intake, "v1/applications", body_for(intake), "key")
    answer = post(intake, "v1/applications", body_for(intake), "key")
    assert (422, "/problems/idempotency-key-reused") == problem(answer)
    assert [REFERENCE] == references(intake, tmp_path)


@pytest.mark.parametrize("key", [None, ""])
def test_a_write_needs_a_key(intake: LocalIntake, tmp_path: Path, key: str | None) -> None:
    """Without a key nothing is stored."""
    answer = post(intake, "v1/applications", body_for(intake), key)
    assert (400, "/problems/idempotency-key-missing") == problem(answer)
    assert [] == references(intake, tmp_path)


def test_a_reference_is_one_application(intake: LocalIntake, tmp_path: Path) -> None:
    """The pair of kiosk and reference is taken for ever, whatever the key."""
    post(intake, "v1/applications", body_for(intake), "one")
    answer = post(intake, "v1/applications", body_for(intake), "two")
    assert (409, "/problems/reference-taken") == problem(answer)
    assert [REFERENCE] == references(intake, tmp_path)


def test_a_refused_write_uses_up_no_number(intake: LocalIntake) -> None:
    """Serials have no holes from refusals."""
    post(intake, "v1/applications", body_for(intake), "one")
    post(intake, "v1/applications", body_for(intake), "two")
    answer = post(intake, "v1/applications", body_for(intake, "JL03-261124-AAAAAA"), "three")
    assert answer.json()["number"].endswith("0002")


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"digest": "0" * 64}, "digest-mismatch"),
        ({"item": "040"}, "content-invalid"),
        ({"reference": "nonsense"}, "outside-contract"),
        ({"kept_at": "2026-11-24T09:30:00"}, "outside-contract"),
        ({"more": 1}, "outside-contract"),
        ({"sealed": "plain text"}, "outside-contract"),
    ],
)
def test_what_does_not_fit_is_refused(
    intake: LocalIntake, change: dict[str, object], kind: str
) -> None:
    """Each way of being wrong has a type of its own."""
    answer = post(intake, "v1/applications", body_for(intake) | change, "key")
    assert (422, f"/problems/{kind}") == problem(answer)


def test_a_part_sealed_to_another_key_is_refused(intake: LocalIntake, tmp_path: Path) -> None:
    """What this intake cannot open, it does not take."""
    other = LocalIntake("127.0.0.1", 0, tmp_path / "other")
    other.start()
    body = body_for(other)
    other.stop()
    answer = post(intake, "v1/applications", body, "key")
    assert (422, "/problems/cannot-open") == problem(answer)


def test_a_refusal_repeats_nothing_that_was_sent(intake: LocalIntake) -> None:
    """A problem says where it is wrong, not what stood there."""
    body = body_for(intake) | {"item": "350428195203140013", "张龑": "13805980000"}
    answer = post(intake, "v1/applications", body, "key")
    assert 422 == answer.status_code
    assert [] == [w for w in ("350428195203140013", "13805980000") if w in answer.text]


def test_half_a_json_is_malformed(intake: LocalIntake) -> None:
    """A body that is no JSON is 400, which is not the same as a JSON that does not fit."""
    answer = requests.post(
        f"{intake.url}v1/applications",
        data=json.dumps(body_for(intake))[:50],
        headers={"Content-Type": "application/json", "Idempotency-Key": "key"},
        timeout=5,
    )
    assert (400, "/problems/malformed") == problem(answer)


@pytest.mark.parametrize(("method", "path"), [("GET", "v1/nothing"), ("DELETE", "v1/ratings")])
def test_other_paths_are_problems_too(intake: LocalIntake, method: str, path: str) -> None:
    """No answer of the service is outside the contract."""
    answer = requests.request(method, intake.url + path, timeout=5)
    assert "/problems/not-found" == problem(answer)[1]


def test_a_service_is_rated_once(intake: LocalIntake, tmp_path: Path) -> None:
    """The second rating under another key is refused and changes nothing."""
    rating = {"kiosk": "JL-03", "reference": REFERENCE, "level": 5}
    assert 201 == post(intake, "v1/ratings", rating, "one").status_code
    answer = post(intake, "v1/ratings", rating | {"level": 1}, "two")
    assert (409, "/problems/rated-already") == problem(answer)
    assert [5] == [row["level"] for row in stored(intake, tmp_path)["ratings"]]


@pytest.mark.parametrize("level", [0, 6])
def test_a_rating_has_five_levels(intake: LocalIntake, level: int) -> None:
    """非常满意 to 非常不满意, and nothing beyond."""
    rating = {"kiosk": "JL-03", "reference": REFERENCE, "level": level}
    assert 422 == post(intake, "v1/ratings", rating, "key").status_code


@pytest.mark.parametrize("item", ["088", "089", "107", "108", "115", "121", "126", "138", "144"])
def test_every_look_up_has_a_masked_sample_record(intake: LocalIntake, item: str) -> None:
    """Each item answers with rows that name no whole number, and says that they are samples."""
    content = LookUpContent(item=item, number="350428198807070021").model_dump_json()
    sealed = sealer_of(intake).seal(content.encode())
    answer = post(intake, "v1/look-ups", {"kiosk": "JL-03", "item": item, "sealed": sealed}, None)
    rows = {row["label"]: row["value"] for row in answer.json()["rows"]}
    assert 200 == answer.status_code
    assert "示例数据" in rows["说明"]
    assert len(rows) >= 4
    assert [] == [v for v in rows.values() if "350428198807070021" in v or "林玉兰" in v]


def test_a_look_up_moved_to_another_item_is_refused(intake: LocalIntake) -> None:
    """A sealed question answers for the item it was sealed for."""
    content = LookUpContent(item="107", number="350428198807070021").model_dump_json()
    sealed = sealer_of(intake).seal(content.encode())
    answer = post(intake, "v1/look-ups", {"kiosk": "JL-03", "item": "121", "sealed": sealed}, None)
    assert (422, "/problems/content-invalid") == problem(answer)


def test_down_means_refused(intake: LocalIntake) -> None:
    """Nothing listens while it is down, and the same port answers when it is up again."""
    port = intake.port
    intake.set_mode(Mode.DOWN)
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port), 2):
        pass
    intake.set_mode(Mode.UP)
    assert "ok" == requests.get(f"http://127.0.0.1:{port}/v1/health", timeout=5).json()["status"]


def test_the_export_is_for_people(intake: LocalIntake, tmp_path: Path) -> None:
    """The record is written in readable Chinese."""
    post(intake, "v1/applications", body_for(intake), "key")
    intake.export(tmp_path / "out" / "record.json")
    assert "高龄津贴申领" in (tmp_path / "out" / "record.json").read_text(encoding="utf-8")


def test_it_answers_without_waiting_for_acknowledgements(intake: LocalIntake) -> None:
    """Twenty answers on one connection come in less time than Nagle's delay (40 ms each) takes."""
    with requests.Session() as session:
        took = [
            session.get(f"{intake.url}v1/health", timeout=5).elapsed.total_seconds()
            for _ in range(20)
        ]
    assert sorted(took)[10] < 0.03


def test_it_runs_by_itself(tmp_path: Path) -> None:
    """`python -m sandbox.intake` serves, and changes its mode by a word on standard input."""
    command = [sys.executable, "-m", "sandbox.intake", "--port", "0", "--folder", str(tmp_path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as service:
        assert service.stdin is not None and service.stdout is not None
        url = service.stdout.readline().split()[-1]
        assert 200 == requests.get(f"{url}v1/health", timeout=5).status_code
        service.stdin.write("down\n")
        service.stdin.flush()
        assert "intake down\n" == service.stdout.readline()
        with pytest.raises(requests.ConnectionError):
            requests.get(f"{url}v1/health", timeout=5)
        service.terminate()


def test_a_port_in_use_is_one_line(intake: LocalIntake, tmp_path: Path) -> None:
    """Where it cannot listen, it says so and ends with status 2."""
    command = [sys.executable, "-m", "sandbox.intake", "--folder", str(tmp_path)]
    done = subprocess.run(
        [*command, "--port", str(intake.port)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert 2 == done.returncode
    assert f"cannot listen on 127.0.0.1:{intake.port}" in done.stderr


def test_the_service_describes_itself(intake: LocalIntake) -> None:
    """The OpenAPI document is of version 3.1 and lists every path of the contract."""
    described = requests.get(f"{intake.url}openapi.json", timeout=5).json()
    assert described["openapi"].startswith("3.1")
    assert {
        "/v1/health",
        "/v1/sealing-key",
        "/v1/applications",
        "/v1/look-ups",
        "/v1/ratings",
    } == set(described["paths"])
