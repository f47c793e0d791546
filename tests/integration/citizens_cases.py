"""An intake with citizens' cases: filed by an outside kiosk, moved on by officers."""

import base64
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.intake.contract import CHINA_TIME, Attachment
from sandbox.intake.case_actions import (
    Accept,
    Action,
    AskedMaterial,
    BeginReview,
    ForwardToDecision,
    ReturnForSupplement,
)
from sandbox.intake.casework import Casework
from sandbox.intake.database import Database
from sandbox.intake.item_directory import load_items
from sandbox.intake.local_intake import LocalIntake
from sandbox.intake.working_days import load_holidays
from tests.integration.intake_fixtures import NUMBER, application
from tests.integration.outside_kiosk import OutsideKiosk, enrolled

CASEWORK = Casework(load_items(), load_holidays())
ASK = ReturnForSupplement((AskedMaterial("户口簿", "缺本人页"), AskedMaterial("照片", "尺寸不符")))
TO_DECISION: tuple[Action, ...] = (Accept(), BeginReview(), ForwardToDecision())
PHOTO = Attachment(
    question="photo",
    name="照片.jpg",
    media_type="image/jpeg",
    content=base64.b64encode(b"1").decode(),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("service")


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[LocalIntake]:
    made = LocalIntake("127.0.0.1", 0, folder)
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def kiosk(service: LocalIntake) -> OutsideKiosk:
    return enrolled(service)


@pytest.fixture(scope="module")
def database(service: LocalIntake, folder: Path) -> Iterator[Database]:
    made = Database.in_folder(folder)
    yield made
    made.close()


def filed(kiosk: OutsideKiosk, **claims: Any) -> str:
    """Its number."""
    answer = kiosk.post("applications", kiosk.application(**claims))
    assert 201 == answer.status_code, answer.text
    return str(answer.json()["number"])


def office(database: Database, number: str, *actions: Action) -> None:
    with database.transaction() as session:
        for action in actions:
            CASEWORK.act(session, number, action, "chen", datetime.now(CHINA_TIME))


def told(kiosk: OutsideKiosk, number: str, person: str = NUMBER) -> dict[str, Any]:
    [case] = [c for c in kiosk.dossier(person)["cases"] if c["number"] == number]
    return dict(case)


def with_photo(phone: str, *files: Attachment) -> dict[str, Any]:
    answers = {"phone": phone, "photo": {"name": PHOTO.name, "media_type": PHOTO.media_type}}
    return {
        "content": application().model_copy(update={"answers": answers}),
        "attachments": files,
    }
