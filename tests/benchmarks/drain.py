"""How fast a long queue reaches the local service: the desk on one core, the service on another,
over plain loopback HTTP and over mutual TLS."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.disk_folder import disk_folder
from tests.integration.intake_processes import DeskProcess, ServiceProcess, enrolment_code

QUEUED = 2000
GOAL = 200.0
"""Applications a second."""


@dataclass(frozen=True)
class Drain:
    """Seconds, and how much of them each process was at work."""

    seconds: float
    desk: float
    service: float


def main() -> int:
    good = True
    print(f"{QUEUED} queued applications, desk and service on one core each")
    print(f"{'':16}{'a second':>10}{'goal':>8}{'desk busy':>12}{'service busy':>14}")
    for words, options in (("loopback HTTP", []), ("mutual TLS", ["--tls"])):
        with disk_folder() as folder:
            drain = drained(folder, options)
        speed = QUEUED / drain.seconds
        good = good and speed >= GOAL
        print(
            f"{words:16}{speed:10.0f}{f'≥ {GOAL:.0f}':>8}"
            f"{drain.desk / drain.seconds:12.0%}{drain.service / drain.seconds:14.0%}"
        )
    return 0 if good else 1


def drained(folder: Path, options: list[str]) -> Drain:
    office = folder / "service"
    code, authority = enrolment_code(office)
    service = ServiceProcess(office, options=options)
    url = service.until_it_listens()
    desk = DeskProcess(url, folder / "kiosk", authority=authority, code=code)
    desk.until(lambda: bool(desk.states) and desk.states[-1][0].startswith("reachable - "))
    service.kill()
    desk.file(QUEUED)
    desk.until_kept(QUEUED)
    desk.finish()
    with on_core(1):
        service = ServiceProcess(office, service.port, options)
    service.until_it_listens()
    before = _busy(service.pid)
    with on_core(0):
        desk = DeskProcess(url, folder / "kiosk", authority=authority)
    desk.until(lambda: any(state.startswith("reachable ") for state, _at in desk.states))
    desk_before = _busy(desk.pid)
    desk.until_sent(within=120)
    drain = Drain(
        desk.states[-1][1] - next(at for state, at in desk.states if state.startswith("reachable")),
        _busy(desk.pid) - desk_before,
        _busy(service.pid) - before,
    )
    desk.finish()
    service.kill()
    return drain


@contextmanager
def on_core(number: int) -> Iterator[None]:
    """Processes that are started meanwhile run there for ever."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {sorted(before)[number]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _busy(pid: int) -> float:
    """Seconds of a core that the process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
