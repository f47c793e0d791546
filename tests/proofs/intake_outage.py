"""Three days without an intake, with poison in front of the queue; about three minutes."""

import threading
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.intake.contract import CHINA_TIME
from kiosk.intake.outbox import Outbox
from kiosk.intake.outbox_rows import Draft, EntryKind, Record
from tests.integration.intake_processes import (
    KIOSK,
    DeskProcess,
    Service,
    ServiceProcess,
    cases,
    enrolment_code,
)
from tests.integration.moved_clock import MovedClock

_HOURS = 72
POISONOUS = "INTAKE_REFUSED HTTP 422 /problems/outside-contract"


@dataclass(frozen=True)
class Outage:
    """`first` and `all_of_them`: seconds from the service's first breath to the first and the last
    receipt."""

    first: float
    all_of_them: float
    kept: set[str]
    arrived: set[str]
    poison: Record


def test_a_thousand_wait_out_three_days(tmp_path: Path):
    """1,000 applications behind one that the intake never takes, 72 hours on a moved clock, of
    which two minutes pass: the first is received at most 300 s after the intake is back, all
    arrive, and the poison is held with its reason."""
    outcome = outage(tmp_path, 1000, 120.0)
    print(f"\nthe first after {outcome.first:.2f} s, all after {outcome.all_of_them:.1f} s")
    print(f"the poison is {outcome.poison.state}: {outcome.poison.reason}")
    assert outcome.first <= 300
    assert 1000 == len(outcome.kept)
    assert outcome.kept == outcome.arrived
    assert ("held", POISONOUS) == (outcome.poison.state, outcome.poison.reason)


def outage(folder: Path, count: int, lasts: float, begin: Service = ServiceProcess) -> Outage:
    """`lasts` are the seconds that really pass, so that the back-off has its time to grow."""
    office = folder / "service"
    clock = MovedClock(folder / "clock")
    code, _authority = enrolment_code(office)
    service = begin(office, environment=clock.environment)
    url = service.until_it_listens()
    port = service.port
    desk = DeskProcess(url, folder / "kiosk", code=code, environment=clock.environment)
    desk.until(lambda: bool(desk.states) and desk.states[-1][0].startswith("reachable - "))
    desk.finish()
    service.kill()
    outbox = Outbox(desk.storage / "outbox.sqlite")
    now = datetime.now(CHINA_TIME)
    outbox.add(
        KIOSK,
        now,
        (Draft(EntryKind.APPLICATION, lambda _reference: (b'{"poison": true}', "0" * 64)),),
    )[0]
    outbox.close()
    desk = DeskProcess(url, folder / "kiosk", environment=clock.environment)
    desk.file(count)
    desk.until_kept(count)
    for hour in range(1, _HOURS + 1):
        clock.move(hours=hour)
        threading.Event().wait(lasts / _HOURS)
    service = begin(office, port, environment=clock.environment)
    service.until_it_listens()
    back = time.monotonic()
    desk.until_sent(within=600)
    done = time.monotonic()
    desk.finish()
    service.kill()
    outbox = Outbox(desk.storage / "outbox.sqlite")
    poison = outbox.records()[0]
    outbox.close()
    return Outage(
        first=desk.received[0][1] - back,
        all_of_them=done - back,
        kept={reference for reference, _at in desk.kept},
        arrived=set(cases(office)),
        poison=poison,
    )
