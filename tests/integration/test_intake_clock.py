"""A kiosk whose clock is a year off says so, loses nothing, and goes on when it is put right."""

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from intake_fixtures import references

from kiosk.intake.client import IntakeClient
from kiosk.intake.contract import CHINA_TIME
from kiosk.intake.enrolling import enrol
from kiosk.intake.sealing import store_key
from kiosk.intake.server_time import ServerTime
from sandbox.intake.local_intake import LocalIntake
from tests.integration.intake_processes import KIOSK, DeskProcess
from tests.integration.moved_clock import MovedClock

A_YEAR = 365 * 24


class Hall:
    """A kiosk that is enrolled at an intake of its own, and begins again with another clock."""

    def __init__(self, folder: Path, hours: int, ends: ExitStack) -> None:
        self.folder = folder
        self.intake = LocalIntake("127.0.0.1", 0, folder / "intake", tls=True)
        self.intake.start()
        ends.callback(self.intake.stop)
        storage = folder / "storage"
        client = IntakeClient(
            self.intake.url, authority=self.intake.authority, server_time=ServerTime(storage)
        )
        enrol(client, storage, KIOSK, self.intake.issue_code(KIOSK))
        store_key(storage, client.sealing_key())
        client.close()
        self.clock = MovedClock(folder / "clock")
        self.clock.move(hours=hours)
        self.desk = DeskProcess(
            self.intake.url,
            folder,
            authority=self.intake.authority,
            environment=self.clock.environment,
        )
        ends.callback(self.desk.kill)

    def knows_it_is_wrong(self) -> bool:
        return bool(self.desk.states) and "clock_wrong" in self.desk.states[-1][0].split()

    def arrived(self) -> list[str]:
        return references(self.intake, self.folder)


def test_a_wrong_clock_drops_nothing(tmp_path: Path) -> None:
    """A year ahead and a year behind, from the start of the process on: staff are told, what is
    filed is kept and put off, and it arrives once the clock is right, in the same process."""
    days = {f"{datetime.now(CHINA_TIME):%y%m%d}"}
    with ExitStack() as ends:
        halls = [
            Hall(tmp_path / "ahead", A_YEAR, ends),
            Hall(tmp_path / "behind", -A_YEAR, ends),
        ]
        for hall in halls:
            hall.desk.until(hall.knows_it_is_wrong)
            hall.desk.file(2, "tried")
        for hall in halls:
            hall.desk.until(lambda desk=hall.desk: len(desk.deferred) == 2)
            assert [] == hall.arrived()
            hall.clock.move(hours=0)
        for hall in halls:
            hall.desk.until_sent()
            hall.desk.until(lambda hall=hall: not hall.knows_it_is_wrong())
            kept = [reference for reference, _ in hall.desk.kept]
            assert 2 == len(kept)
            assert sorted(kept) == sorted(hall.arrived())
            said = (hall.folder / "stdout.log").read_text(encoding="utf-8")
            assert [f"{reference} CLOCK_WRONG" in said for reference in kept] == [True, True]
        # A clock that is behind what the intake told before is known to be wrong at once, so that
        # what is filed meanwhile carries the true day.
        days.add(f"{datetime.now(CHINA_TIME):%y%m%d}")
        assert halls[1].desk.kept[0][0].split("-")[1] in days
