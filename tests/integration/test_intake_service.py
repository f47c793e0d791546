"""The local intake service over HTTP, as an outside kiosk meets it."""

import base64
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.intake.contract import CHINA_TIME, RatingReasons
from kiosk.intake.contract.look_ups import LookUpContent
from sandbox.intake.local_intake import LocalIntake
from tests.integration.intake_fixtures import application, stored
from tests.integration.outside_kiosk import OutsideKiosk, enrolled, problem, reference

pytest_plugins = ["intake_fixtures", "service_fixtures"]


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


def _header(**more: object) -> str:
    written = json.dumps({"alg": "ES256", **more}).encode()
    return base64.urlsafe_b64encode(written).rstrip(b"=").decode()


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"digest": "0" * 64}, "digest-mismatch"),
        ({"item": "040"}, "signature-invalid"),
        ({"kept_at": "2026-11-24T09:30:01+08:00"}, "signature-invalid"),
        ({"signature": "e30.e30.e30"}, "signature-invalid"),
        ({"signature": "eyJhbGciOiJFUzI1NiIsImtpZCI6IngifQ.e30.e30"}, "kiosk-unknown"),
        ({"signature": f"{_header(kid=chr(0xD800))}.e30.e30"}, "kiosk-unknown"),
        ({"signature": f"{_header(kid=chr(0))}.e30.e30"}, "kiosk-unknown"),
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
    "more",
    [{"crit": 5}, {"crit": ["b64"], "b64": False}, {"alg": "none"}, {"alg": "HS256"}, {"alg": []}],
)
def test_a_header_of_another_kind_proves_nothing(
    kiosk: OutsideKiosk, more: dict[str, object]
) -> None:
    """Of all that JOSE allows in a header the contract takes ES256 with a known key alone."""
    body = kiosk.application()
    _, payload, signature = body["signature"].split(".")
    body["signature"] = ".".join((_header(**({"kid": kiosk.kid} | more)), payload, signature))
    assert (422, "signature-invalid") == problem(kiosk.post("applications", body))


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
