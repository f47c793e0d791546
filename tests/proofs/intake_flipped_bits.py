"""Each bit of a payload that waits in the outbox, turned over; about a minute."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import requests
from pydantic import ValidationError

from kiosk.intake.client import IntakeClient
from kiosk.intake.contract import (
    CHINA_TIME,
    KEY_HEADER,
    ApplicationBody,
    ApplicationClaims,
    digest_of,
)
from kiosk.intake.enrolling import enrol
from kiosk.intake.sealing import Sealer
from sandbox.intake.local_intake import LocalIntake
from tests.integration.intake_processes import KIOSK
from tests.integration.marked_person import application


@dataclass(frozen=True)
class Flipped:
    """`taken`: what was not refused, with the bytes around it. `same`: what says the same as before
    in another writing (a time with t for T, with a comma for its point), and was not sent.
    `whole`: the status of the payload as it was."""

    answers: Counter[str]
    taken: list[str]
    same: list[str]
    whole: int


def test_no_bit_of_a_payload_can_be_turned_over(tmp_path: Path):
    """With any one bit turned over, of the sealed part, the claims or the signature, the payload
    is refused; as it was, it is taken."""
    payload_bits = 8 * 8192
    outcome = flipped(tmp_path, range(payload_bits))
    print()
    for answer, times in outcome.answers.most_common():
        print(f"{times:6} × {answer}")
    print(f"another writing of the same, not sent: {outcome.same}")
    assert [] == outcome.taken
    assert len(outcome.same) <= 2
    assert 201 == outcome.whole


def flipped(folder: Path, bits: Iterable[int]) -> Flipped:
    """`bits` beyond the payload's end are left out."""
    intake = LocalIntake("127.0.0.1", 0, folder / "office")
    intake.start()
    try:
        payload = _payload(intake, folder / "storage")
        answers: Counter[str] = Counter()
        taken, same = [], []
        with requests.Session() as session:
            for bit in bits:
                byte, place = divmod(bit, 8)
                if byte >= len(payload):
                    continue
                changed = bytearray(payload)
                changed[byte] ^= 1 << place
                around = f"bit {place} of …{bytes(changed[max(byte - 12, 0) : byte + 8])!r}…"
                if _read(changed) == _read(payload):
                    same.append(around)
                    continue
                answer = _posted(session, intake.url, f"bit-{bit}", bytes(changed))
                answers[f"{answer.status_code} {answer.json().get('type')}"] += 1
                if not 400 <= answer.status_code < 500:
                    taken.append(around)
            whole = _posted(session, intake.url, "whole", payload).status_code
    finally:
        intake.stop()
    return Flipped(answers, taken, same, whole)


def _payload(intake: LocalIntake, storage: Path) -> bytes:
    """Of a short application of this kiosk, as its outbox would keep it."""
    client = IntakeClient(intake.url)
    identity = enrol(client, storage, KIOSK, intake.issue_code(KIOSK))
    sealed, _attachments = Sealer(client.sealing_key()).seal_parts(application())
    client.close()
    claims = ApplicationClaims(
        kiosk=KIOSK,
        reference="JL03-261125-K7QM2X",
        item="041",
        kept_at=datetime.now(CHINA_TIME),
        digest=digest_of(sealed),
    )
    body = ApplicationBody(**dict(claims), sealed=sealed, signature=identity.sign(claims))
    return body.model_dump_json().encode()


def _read(content: bytes | bytearray) -> ApplicationBody | None:
    try:
        return ApplicationBody.model_validate_json(content)
    except ValidationError:
        return None


def _posted(session: requests.Session, url: str, key: str, payload: bytes) -> requests.Response:
    return session.post(
        f"{url}v1/applications",
        data=payload,
        headers={KEY_HEADER: key, "Content-Type": "application/json"},
        timeout=10,
    )
