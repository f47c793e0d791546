"""A running intake with officers and cases, and officers' programs instead of browsers."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests
from argon2 import PasswordHasher
from intake_fixtures import Reported, desk_at
from outside_kiosk import enrolled

from kiosk.events import ApplicationReceived, IntakeChanged
from kiosk.intake.contract import Application
from sandbox.intake.database import Database
from sandbox.intake.local_intake import LocalIntake
from sandbox.intake.tables import Officer

PASSWORD = "a-long-password"
QUICK_HASH = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
"""Argon2id that takes no time; other tests have officers whose password takes what it takes."""
OFFICERS = (
    ("wang", "王示例", "县民政局"),
    ("elsewhere", "李外局", "县卫健局"),
    ("clumsy", "健忘者", None),
    ("chief", "主任", None),
)
"""Name, shown as, department; the chief is an administrator."""


@dataclass(frozen=True)
class Office:
    """`url` is the desk's; `numbers` those of the cases by their story."""

    intake: LocalIntake
    url: str
    numbers: dict[str, str]

    def signing_in(self, name: str, password: str) -> tuple[requests.Session, requests.Response]:
        session = requests.Session()
        page = session.get(f"{self.url}sign-in").text
        sent = {"form_token": token_in(page), "name": name, "password": password, "back": "/"}
        return session, session.post(f"{self.url}sign-in", sent)

    def signed_in(self, name: str) -> requests.Session:
        session, answer = self.signing_in(name, PASSWORD)
        assert 200 == answer.status_code
        return session


@contextmanager
def office_in(
    folder: Path, stories: dict[str, Application], reasons: tuple[str, ...] = ()
) -> Iterator[Office]:
    """Each application is filed by a real kiosk; the last one is rated badly."""
    intake = LocalIntake("127.0.0.1", 0, folder / "intake")
    intake.start()
    database = Database.in_folder(folder / "intake")
    with database.transaction() as session:
        session.add_all(
            Officer(
                name=name,
                shown_as=shown_as,
                department=department,
                password_hash=QUICK_HASH,
                is_administrator=name == "chief",
            )
            for name, shown_as, department in OFFICERS
        )
    database.close()
    reported, numbers = Reported(), {}
    with desk_at(intake.url, folder / "kiosk", reported, intake.issue_code("JL-03")) as kiosk:
        reported.until(IntakeChanged, which=lambda change: change.can_file)
        for story, whole in stories.items():
            kiosk.file(story, (whole,))
            received = reported.until(ApplicationReceived)
            numbers[story] = received.number
    rating_kiosk = enrolled(intake)
    rating = rating_kiosk.rating(received.reference, 1, reasons)
    assert 201 == rating_kiosk.post("ratings", rating).status_code
    yield Office(intake, intake.desk_url, numbers)
    intake.stop()


def token_in(page: str) -> str:
    found = re.search(r'name="form_token" value="([0-9a-f]{64})"', page)
    assert found
    return found[1]
