"""Five hundred kiosks at two instances of the intake on one PostgreSQL; about five minutes."""

from collections import Counter
from pathlib import Path

from sqlalchemy import select

from sandbox.intake.database import Database
from sandbox.intake.local_intake import LocalIntake
from sandbox.intake.tables import Case
from tests.integration.crowd import Tally, let_in, made_ready
from tests.integration.intake_processes import ServiceProcess
from tests.integration.postgres_cluster import cluster

_KIOSKS = 500
_EVERY = 5.0
_STEADY, _FLAT_OUT = 120.0, 30.0
_EACH = 50


def test_five_hundred_kiosks_at_two_instances(tmp_path: Path):
    """For two minutes each of 500 kiosks hands in an application every five seconds, then for half
    a minute the next as soon as the last is answered: no case is missing and none is double, and
    both instances give the same number for the same request."""
    with cluster() as postgres:
        address = postgres.new_database()
        steady, flat_out, stored = crowded(tmp_path, address, _KIOSKS, _EACH, _STEADY, _FLAT_OUT)
    print()
    for words, tally, seconds in (
        (f"every {_EVERY:.0f} s each", steady, _STEADY),
        ("flat out", flat_out, _FLAT_OUT),
    ):
        print(
            f"{words}: {len(tally.waits) / seconds:.0f} applications a second, "
            f"median {1000 * tally.median:.0f} ms, p99 {1000 * tally.p99:.0f} ms, "
            f"{tally.repeated} sent again, {tally.in_progress} times in progress"
        )
    assert [] == steady.other + flat_out.other
    answered = Counter(pair for tally in (steady, flat_out) for pair in tally.receipts)
    print(f"{len(answered)} receipts, {stored.total()} cases")
    assert answered == stored


def crowded(
    folder: Path, address: str, kiosks: int, each: int, steady: float, flat_out: float
) -> tuple[Tally, Tally, Counter[tuple[str, str]]]:
    """What the kiosks were told, and how often each pair of reference and number is stored."""
    office = LocalIntake("127.0.0.1", 0, folder / "staff", database=address)
    services = [
        ServiceProcess(folder / name, options=["--database", address]) for name in ("one", "two")
    ]
    urls = [service.until_it_listens() for service in services]
    ready = made_ready(office, urls[0], folder / "kiosks", kiosks, each)
    tallies = let_in(urls, ready, steady, _EVERY), let_in(urls, ready, flat_out, 0.0)
    for service in services:
        service.kill()
    office.stop()
    database = Database(address)
    with database.reading() as session:
        stored = Counter(tuple(row) for row in session.execute(select(Case.reference, Case.number)))
    database.close()
    return *tallies, stored
