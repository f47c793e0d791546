"""A line on which every fifth answer is lost, and both sides restarted; about five minutes."""

import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import requests

from kiosk.intake.contract import KEY_HEADER, ApplicationBody, ApplicationClaims
from kiosk.intake.device_identity import load_identity
from tests.integration.cutting_proxy import CuttingProxy, cutting_proxy
from tests.integration.intake_processes import (
    KIOSK,
    DeskProcess,
    Service,
    ServiceProcess,
    cases,
    enrolment_code,
    is_sound,
)

_DROPPED = 0.2


@dataclass(frozen=True)
class Dropped:
    """`answers` of the service, `cut` of them on the way; `changed` is what a changed payload
    under a used key gets."""

    reported: list[str]
    arrived: Counter[str]
    answers: int
    cut: int
    changed: tuple[int, str]
    sound: bool


def test_ten_thousand_with_every_fifth_answer_dropped(tmp_path: Path):
    """10,000 applications, 20 % of all answers cut before or inside, the desk restarted ten times
    and the service ten times on the way: exactly 10,000 cases; an old key takes no new payload."""
    outcome = dropped(tmp_path, 10, 1000, random.Random())
    print(f"\n{outcome.answers} answers, {outcome.cut} of them cut")
    print(f"{len(outcome.reported)} reported, {outcome.arrived.total()} cases")
    print(f"a changed payload under an old key: {outcome.changed}")
    assert 10000 == len(outcome.reported)
    assert Counter(outcome.reported) == outcome.arrived
    assert (422, "/problems/idempotency-key-reused") == outcome.changed
    assert outcome.sound


def dropped(
    folder: Path,
    lives: int,
    each: int,
    chance: random.Random,
    begin: Service = ServiceProcess,
    spared: tuple[bytes, ...] = (),
) -> Dropped:
    """So many lives of a desk, each files so many; in each the service dies and comes again, and
    every other life ends by SIGKILL. What begins with one of `spared` is always answered. What is
    left at the end goes on a line that is whole."""
    office = folder / "service"
    code, _authority = enrolment_code(office)
    service = begin(office)
    service.until_it_listens()
    port = service.port
    reported: list[str] = []
    with cutting_proxy(port, _DROPPED, chance, spared) as proxy:
        url = f"http://127.0.0.1:{proxy.port}/"
        for life in range(lives):
            desk = DeskProcess(url, folder / "kiosk", code=code)
            desk.file(each, "tried")
            desk.until_kept(chance.randrange(each), within=300)
            service.kill()
            service = begin(office, port)
            service.until_it_listens()
            desk.until_kept(each, within=300)
            desk.kill() if life % 2 else desk.finish()
            reported += [reference for reference, _at in desk.kept]
    desk = DeskProcess(service.url, folder / "kiosk")
    desk.until_sent(within=600)
    desk.finish()
    changed = _changed(service.url, desk.storage, proxy)
    service.kill()
    answers = proxy.passed + proxy.cut
    return Dropped(reported, cases(office), answers, proxy.cut, changed, is_sound(folder))


def _changed(url: str, storage: Path, proxy: CuttingProxy) -> tuple[int, str]:
    """Status and problem type for another reference, rightly signed, under the last key."""
    identity = load_identity(storage, KIOSK)
    assert identity is not None
    head, content = proxy.application
    key = next(
        line.partition(":")[2].strip()
        for line in head.decode().split("\r\n")
        if line.lower().startswith(KEY_HEADER.lower())
    )
    body = ApplicationBody.model_validate_json(content)
    wanted = body.model_copy(update={"reference": f"{body.reference[:-6]}ZZZZZZ"})
    claims = ApplicationClaims(**{f: getattr(wanted, f) for f in ApplicationClaims.model_fields})
    signed = wanted.model_copy(update={"signature": identity.sign(claims)})
    answer = requests.post(
        f"{url}v1/applications",
        data=signed.model_dump_json().encode(),
        headers={KEY_HEADER: key, "Content-Type": "application/json"},
        timeout=10,
    )
    return answer.status_code, answer.json()["type"]
