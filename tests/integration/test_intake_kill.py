"""A kiosk that is killed at any moment loses nothing that it reported."""

import os
import random
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

from intake_fixtures import Reported, application, desk_at, references, stored

from kiosk.events import ApplicationReceived
from sandbox.intake.local_intake import LocalIntake, Mode

pytest_plugins = ["intake_fixtures"]

ROOT = Path(__file__).parents[2]
KILLS = 4


def killed_run(url: str, storage: Path, after: int, *cases: str) -> list[str]:
    """The references that a desk reported before it was killed, `after` of them at least; with
    `cases` it withdraws these."""
    program = str(Path(__file__).with_name("intake_filing.py"))
    desk = subprocess.Popen(
        [sys.executable, program, url, str(storage), *cases],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert desk.stdout is not None
    said = [desk.stdout.readline().strip() for _ in range(after)]
    desk.kill()
    said += desk.stdout.read().split()
    desk.wait(10)
    return [reference for reference in said if len(reference) == len("JL03-261124-K7QM2X")]


def test_kills_lose_and_double_nothing(intake: LocalIntake, enrolled: Path, tmp_path: Path) -> None:
    """Every reference that was reported before a kill -9, with the intake up or down, is at the
    intake exactly once in the end, and the file is sound."""
    chance = random.Random(20261124)
    said: list[str] = []
    for kill in range(KILLS):
        intake.set_mode(Mode.DOWN if kill % 2 else Mode.UP)
        said += killed_run(intake.url, enrolled, chance.randint(1, 20))
    intake.set_mode(Mode.UP)
    reported = Reported()
    with desk_at(intake.url, enrolled, reported):
        reported.until_sent(within=60)
    arrived = Counter(references(intake, tmp_path))
    assert [] == [reference for reference in said if arrived[reference] != 1]
    assert {1} == set(arrived.values())
    assert len(said) == len(set(said))
    assert ("ok",) == sqlite3.connect(enrolled / "outbox.sqlite").execute(
        "PRAGMA integrity_check"
    ).fetchone()


def test_kills_lose_and_double_no_act_and_no_part(
    intake: LocalIntake, enrolled: Path, tmp_path: Path
) -> None:
    """What was reported before a kill -9 between commit and sending, or while it was sent, arrives
    exactly once: each withdrawal, and of what was filed together all or nothing."""
    reported = Reported()
    with desk_at(intake.url, enrolled, reported) as desk:
        cases = []
        for _ in range(4):
            desk.file("visit", (application(),))
            cases.append(reported.until(ApplicationReceived).number)
    said: list[str] = []
    for mode, pair in ((Mode.DOWN, cases[:2]), (Mode.UP, cases[2:])):
        intake.set_mode(mode)
        said += killed_run(intake.url, enrolled, 4, *pair)
    intake.set_mode(Mode.UP)
    after = Reported()
    with desk_at(intake.url, enrolled, after):
        after.until_sent(within=60)
    applications = stored(intake, tmp_path)["applications"]
    office = sqlite3.connect(tmp_path / "intake" / "office.sqlite")
    acts = [reference for (reference,) in office.execute("SELECT reference FROM applicant_act")]
    arrived = Counter([row["reference"] for row in applications] + acts)
    assert [] == [reference for reference in said if arrived[reference] != 1]
    assert {1} == set(arrived.values())
    bundles = Counter(row["bundle"] for row in applications if row["bundle"])
    assert {3} == set(bundles.values())
    assert len(acts) >= 2
