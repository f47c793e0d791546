"""Nothing is lost and nothing doubled, whatever dies at whatever moment; about ten minutes."""

import random
import threading
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.integration.intake_processes import (
    DeskProcess,
    ServiceProcess,
    cases,
    enrolment_code,
    is_sound,
)

_WITHOUT_END = 10**6
_LIFE = 0.6
"""Seconds that a process works at most before it is killed."""
_START = 2.0
"""Seconds within which the kills fall that are meant for the start of a process."""
_PAUSE = 0.02
"""Seconds from one application to the next while the service is killed again and again: a citizen
does not wait for it, so that without a pause the queue would grow without end."""


@dataclass(frozen=True)
class Killed:
    """References: as they were reported, and how often each is a case."""

    reported: list[str]
    arrived: Counter[str]
    sound: bool

    @property
    def lost(self) -> list[str]:
        return [reference for reference in self.reported if self.arrived[reference] == 0]

    @property
    def doubled(self) -> list[str]:
        twice = [reference for reference, times in self.arrived.items() if times > 1]
        return twice + [r for r, times in Counter(self.reported).items() if times > 1]


def test_two_hundred_and_one_hundred_kills(tmp_path: Path):
    """SIGKILL for the desk at 200 random moments and for the service at 100, while applications
    are filed all the time: each reference that was reported is one case in the end, and both files
    are sound."""
    outcome = killed(tmp_path, 200, 100, random.Random())
    print(f"\n{len(outcome.reported)} reported, {len(outcome.arrived)} cases")
    print(f"{len(outcome.lost)} lost, {len(outcome.doubled)} doubled, sound: {outcome.sound}")
    assert ([], [], True) == (outcome.lost, outcome.doubled, outcome.sound)


def killed(folder: Path, desks: int, services: int, chance: random.Random) -> Killed:
    """First the desk is killed again and again beside one service, then the service beside one
    desk; at the end both live until nothing waits."""
    office = folder / "service"
    code, _authority = enrolment_code(office)
    service = ServiceProcess(office)
    url = service.until_it_listens()
    reported: list[str] = []
    for _ in range(desks):
        desk = DeskProcess(url, folder / "kiosk", code=code)
        desk.file(_WITHOUT_END, "tried")
        _live(desk, lambda desk=desk: bool(desk.kept), chance)
        reported += [reference for reference, _at in desk.kept]
    desk = DeskProcess(url, folder / "kiosk", code=code)
    desk.file(_WITHOUT_END, "tried", _PAUSE)
    desk.until_kept(1)
    port = service.port
    for _ in range(services):
        _live(service, lambda service=service: bool(service.url), chance)
        service = ServiceProcess(office, port)
    service.until_it_listens()
    desk.file(1)
    desk.until_sent(within=1200)
    desk.finish()
    service.kill()
    reported += [reference for reference, _at in desk.kept]
    return Killed(reported, cases(office), is_sound(folder))


def _live(process, works, chance: random.Random) -> None:
    """Kill it: four times in five while it works, else at some moment of its start."""
    if chance.random() < 0.8:
        process.until(works)
        _let_pass(chance.uniform(0, _LIFE))
    else:
        _let_pass(chance.uniform(0, _START))
    process.kill()


def _let_pass(seconds: float) -> None:
    """The moment of a kill is to have nothing to do with what the processes say."""
    threading.Event().wait(seconds)
