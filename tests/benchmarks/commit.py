"""The durable commit of one application beside a bare SQLite insert of the same bytes, in turn in
one run, on one file system; sealing and signing by themselves."""

import secrets
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from kiosk.intake.client import IntakeClient
from kiosk.intake.contract import (
    CHINA_TIME,
    Application,
    ApplicationBody,
    ApplicationClaims,
    digest_of,
)
from kiosk.intake.device_identity import DeviceIdentity
from kiosk.intake.enrolling import enrol
from kiosk.intake.outbox import Outbox, new_reference
from kiosk.intake.outbox_rows import Draft, EntryKind
from kiosk.intake.sealing import Sealer
from sandbox.intake.local_intake import LocalIntake
from tests.benchmarks.disk_folder import disk_folder
from tests.integration.intake_processes import KIOSK
from tests.integration.marked_person import application

ROUNDS = 3000
WARM = 100
POINTS = 250
"""Of a signature: they are most of an application without files."""
GOAL = 1.5


def main() -> int:
    with disk_folder() as folder:
        sealer, identity = _enrolled(folder)
        wanted = _signed_by_hand()
        return _report(*_in_turn(folder, wanted, sealer, identity))


def _in_turn(
    folder: Path, wanted: Application, sealer: Sealer, identity: DeviceIdentity
) -> tuple[int, dict[str, list[float]]]:
    """Bytes of a payload, and what each step took in each round, in seconds."""
    outbox = Outbox(folder / "outbox.sqlite")
    outbox.check()
    bare = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, payload BLOB NOT NULL) STRICT")
    took: dict[str, list[float]] = {"seal": [], "sign": [], "outbox": [], "bare": []}

    def one_round() -> int:
        now = datetime.now(CHINA_TIME)
        sealed, _files = _timed(took["seal"], lambda: sealer.seal_parts(wanted))
        claims = ApplicationClaims(
            kiosk=KIOSK,
            reference=new_reference(KIOSK, now),
            item=wanted.item,
            kept_at=now,
            digest=digest_of(sealed),
        )
        signature = _timed(took["sign"], lambda: identity.sign(claims))
        body = ApplicationBody(**dict(claims), sealed=sealed, signature=signature)
        payload = body.model_dump_json().encode()
        made = payload, claims.digest
        steps: list[tuple[str, Callable[[], object]]] = [
            (
                "outbox",
                lambda: outbox.add(
                    KIOSK, now, (Draft(EntryKind.APPLICATION, lambda _reference: made),)
                )[0],
            ),
            ("bare", lambda: bare.execute("INSERT INTO bare (payload) VALUES (?)", (payload,))),
        ]
        # Neither is always the one that finds the disk at rest.
        for step, act in steps if secrets.randbits(1) else reversed(steps):
            _timed(took[step], act)
        return len(payload)

    size = max(one_round() for _ in range(ROUNDS + WARM))
    outbox.close()
    bare.close()
    return size, {step: seconds[WARM:] for step, seconds in took.items()}


def _timed(into: list[float], act: Callable[[], object]):
    began = time.perf_counter()
    made = act()
    into.append(time.perf_counter() - began)
    return made


def _enrolled(folder: Path) -> tuple[Sealer, DeviceIdentity]:
    intake = LocalIntake("127.0.0.1", 0, folder / "office")
    intake.start()
    try:
        client = IntakeClient(intake.url)
        identity = enrol(client, folder / "storage", KIOSK, intake.issue_code(KIOSK))
        sealer = Sealer(client.sealing_key())
        client.close()
    finally:
        intake.stop()
    return sealer, identity


def _signed_by_hand() -> Application:
    stroke = tuple((round(i / POINTS, 4), round(i * i / POINTS**2, 4)) for i in range(POINTS))
    return application().model_copy(update={"signature": (stroke,)})


def _report(size: int, took: dict[str, list[float]]) -> int:
    print(f"{f'one application of {size} bytes, in ms':44}{'median':>8}{'mean':>8}{'p99':>8}")
    for step, words in (
        ("seal", "sealing"),
        ("sign", "signing"),
        ("outbox", "durable commit by the outbox"),
        ("bare", "bare SQLite insert, WAL and FULL"),
    ):
        figures = (statistics.median, statistics.mean, _worst)
        print(f"{words:44}" + "".join(f"{1000 * f(took[step]):8.3f}" for f in figures))
    ratio = statistics.median(took["outbox"]) / statistics.median(took["bare"])
    mean = statistics.mean(took["outbox"]) / statistics.mean(took["bare"])
    print(f"commit ÷ bare insert: {ratio:.2f} (of the means {mean:.2f}); goal ≤ {GOAL}")
    print(f"{ROUNDS} rounds, the two in turn")
    return 0 if ratio <= GOAL else 1


def _worst(seconds: Sequence[float]) -> float:
    return statistics.quantiles(seconds, n=100)[-1]


if __name__ == "__main__":
    sys.exit(main())
