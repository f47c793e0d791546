"""The local intake over real HTTP, a desk that speaks to it, and an invented application."""

import json
import queue
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from kiosk.events import IntakeChanged
from kiosk.intake.client import IntakeClient
from kiosk.intake.contract import CHINA_TIME, Applicant, Application, Attachment
from kiosk.intake.enrolling import enrol
from kiosk.intake.worker import IntakeWorker
from sandbox.intake.local_intake import LocalIntake

NAME = "欧阳示例"
NUMBER = "350428195203140013"
PHONE = "13805980000"

Event = TypeVar("Event")


class Reported:
    """What the desk published, in its order."""

    def __init__(self) -> None:
        self._queue: queue.Queue[object] = queue.Queue()
        self.seen: list[object] = []

    def publish(self, event: object) -> None:
        self._queue.put(event)

    def until(
        self, kind: type[Event], within: float = 10.0, which: Callable[[Any], bool] = bool
    ) -> Event:
        """The next event of this kind for which `which` holds; others are passed over."""
        deadline = time.monotonic() + within
        while True:
            event = self._queue.get(timeout=max(deadline - time.monotonic(), 0.001))
            self.seen.append(event)
            if isinstance(event, kind) and which(event):
                return event

    def until_sent(self, within: float = 20.0) -> None:
        """Until the intake answers and no application waits."""
        self.until(IntakeChanged, within, lambda change: change.reachable and not change.waiting)


def application(item: str = "041", attachments: tuple[Attachment, ...] = ()) -> Application:
    return Application(
        item=item,
        item_name="高龄津贴申领",
        applicant=Applicant(
            kind="resident_id",
            assurance="sam_verified",
            name=NAME,
            number=NUMBER,
            sex="1",
            nation="01",
            birth="1952-03-14",
            address="福建省将乐县古镛镇",
            issuer="将乐县公安局",
            valid_from="2015-06-01",
            valid_to=None,
        ),
        answers={"phone": PHONE},
        attachments=attachments,
        signature=(((0.1, 0.2), (0.3, 0.4)),),
        language="zh",
        signed_at=datetime(2026, 11, 24, 9, 30, tzinfo=CHINA_TIME),
    )


def stored(intake: LocalIntake, folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The intake's record as it exports it."""
    intake.export(folder / "record.json")
    record: dict[str, list[dict[str, Any]]] = json.loads(
        (folder / "record.json").read_text(encoding="utf-8")
    )
    return record


def references(intake: LocalIntake, folder: Path) -> list[str]:
    return [row["reference"] for row in stored(intake, folder)["applications"]]


@contextmanager
def desk_at(
    url: str, folder: Path, reported: Reported, code: str | None = None
) -> Iterator[IntakeWorker]:
    """A running desk, which ends with the block."""
    desk = IntakeWorker(url, "JL-03", folder, reported.publish, enrolment_code=code)
    desk.start()
    try:
        yield desk
    finally:
        desk.stop(timeout=10)


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[LocalIntake]:
    service = LocalIntake("127.0.0.1", 0, tmp_path / "intake")
    service.start()
    yield service
    service.stop()


@pytest.fixture
def storage(tmp_path: Path) -> Path:
    return tmp_path / "storage"


@pytest.fixture
def reported() -> Reported:
    return Reported()


@pytest.fixture
def enrolled(intake: LocalIntake, storage: Path) -> Path:
    """The storage folder of a kiosk that the intake knows, as a first run left it."""
    first = Reported()
    with desk_at(intake.url, storage, first, intake.issue_code("JL-03")):
        first.until(IntakeChanged, which=lambda change: change.can_file)
    return storage


@pytest.fixture(scope="session")
def device_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a kiosk keeps of its identity, of an intake that is gone."""
    folder = tmp_path_factory.mktemp("enrolling")
    service = LocalIntake("127.0.0.1", 0, folder / "intake")
    service.start()
    code = service.issue_code("JL-03")
    enrol(IntakeClient(service.url), folder / "storage", "JL-03", code)
    service.stop()
    return folder / "storage" / "device"


@pytest.fixture
def known(device_folder: Path, storage: Path) -> Path:
    """The storage folder of an enrolled kiosk, for an intake that judges no signature."""
    shutil.copytree(device_folder, storage / "device")
    return storage


@pytest.fixture
def desk(intake: LocalIntake, storage: Path, reported: Reported) -> Iterator[IntakeWorker]:
    """A desk that enrolled itself and can file."""
    with desk_at(intake.url, storage, reported, intake.issue_code("JL-03")) as worker:
        reported.until(IntakeChanged, which=lambda change: change.can_file)
        yield worker
