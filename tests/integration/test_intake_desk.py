"""The intake desk against the local intake: kept before it is said, sent once, nothing readable."""

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest
from intake_fixtures import (
    NAME,
    NUMBER,
    PHONE,
    Reported,
    application,
    desk_at,
    references,
    stored,
)

from kiosk.errors import (
    ApplicationTooLarge,
    DeviceKeyMissing,
    IntakeRefused,
    IntakeUnreachable,
    OutboxUnavailable,
    SealingKeyMissing,
)
from kiosk.events import (
    ApplicationKept,
    ApplicationReceived,
    FilingBlock,
    FilingFailed,
    IntakeAlert,
    IntakeChanged,
    LookUpAnswered,
    LookUpFailed,
    SendingDeferred,
)
from kiosk.intake.contract import MAX_ATTACHMENT, MAX_ATTACHMENTS, MAX_CONTENT, Attachment
from kiosk.intake.outbox import Outbox
from kiosk.intake.worker import IntakeWorker
from sandbox.intake.local_intake import LocalIntake, Mode

pytest_plugins = ["intake_fixtures"]


def test_an_application_is_kept_then_received(
    desk: IntakeWorker, reported: Reported, intake: LocalIntake, tmp_path: Path
) -> None:
    """A filed application arrives whole, and its number is that of the intake."""
    whole = application()
    desk.file("visit", (whole,))
    received = reported.until(ApplicationReceived)
    kept = next(e for e in reported.seen if isinstance(e, ApplicationKept))
    (row,) = stored(intake, tmp_path)["applications"]
    assert (kept.visit, kept.reference) == (received.visit, received.reference)
    assert (kept.reference, received.number) == (row["reference"], row["number"])
    assert whole.model_dump(mode="json") == row["content"]


def test_it_is_on_disk_when_it_is_said(intake: LocalIntake, enrolled: Path) -> None:
    """At the moment of the event, another connection finds the row."""
    found: list[bool] = []
    reported = Reported()

    def look(event: object) -> None:
        if isinstance(event, ApplicationKept):
            rows = Outbox(enrolled / "outbox.sqlite").records()
            found.append(event.reference in [row.reference for row in rows])
        reported.publish(event)

    desk = IntakeWorker(intake.url, "JL-03", enrolled, look)
    desk.start()
    reported.until(IntakeChanged, which=lambda change: change.can_file)
    desk.file("visit", (application(),))
    reported.until(ApplicationReceived)
    desk.stop(timeout=10)
    assert [True] == found


def test_files_arrive_as_they_were(
    desk: IntakeWorker, reported: Reported, intake: LocalIntake, tmp_path: Path
) -> None:
    """A file larger than what the library opens by itself comes out the same."""
    photo = base64.b64encode(os.urandom(900_000)).decode("ascii")
    sent = Attachment(question="photo", name="照片.jpg", media_type="image/jpeg", content=photo)
    desk.file("visit", (application(attachments=(sent,)),))
    reported.until(ApplicationReceived)
    (row,) = stored(intake, tmp_path)["applications"]
    assert [sent.model_dump()] == row["content"]["attachments"]


def test_down_is_said_and_made_up_for(
    desk: IntakeWorker, reported: Reported, intake: LocalIntake, tmp_path: Path
) -> None:
    """With the intake down the application is kept and deferred once; when it is back, the
    application goes out by itself, once."""
    intake.set_mode(Mode.DOWN)
    desk.file("visit", (application(),))
    kept = reported.until(ApplicationKept)
    deferred = reported.until(SendingDeferred)
    reported.until(IntakeChanged, which=lambda change: not change.reachable and change.waiting == 1)
    assert kept.reference == deferred.reference
    assert isinstance(deferred.error, IntakeUnreachable)
    intake.set_mode(Mode.UP)
    received = reported.until(ApplicationReceived)
    reported.until_sent()
    assert ("visit", kept.reference) == (received.visit, received.reference)
    assert [kept.reference] == references(intake, tmp_path)
    assert 1 == len([e for e in reported.seen if isinstance(e, SendingDeferred)])


def test_a_restart_sends_what_was_queued(
    intake: LocalIntake, enrolled: Path, tmp_path: Path
) -> None:
    """What one run of the kiosk kept, the next one sends; filing needs no intake by then."""
    intake.set_mode(Mode.DOWN)
    second = Reported()
    with desk_at(intake.url, enrolled, second) as desk:
        for visit in ("one", "two", "three"):
            desk.file(visit, (application(),))
        kept = [second.until(ApplicationKept).reference for _ in range(3)]
    intake.set_mode(Mode.UP)
    third = Reported()
    with desk_at(intake.url, enrolled, third):
        third.until_sent()
    assert sorted(kept) == sorted(references(intake, tmp_path))


def test_a_slow_intake_is_waited_for(
    desk: IntakeWorker, reported: Reported, intake: LocalIntake, tmp_path: Path
) -> None:
    """An answer after four seconds is an answer: received, and not deferred."""
    intake.set_mode(Mode.SLOW)
    desk.file("visit", (application(),))
    reported.until(ApplicationReceived)
    assert [] == [e for e in reported.seen if isinstance(e, SendingDeferred)]
    assert 1 == len(references(intake, tmp_path))


def test_without_an_identity_nothing_is_filed(storage: Path, reported: Reported) -> None:
    """A kiosk that no intake knows says so before and after: nothing of it would be taken."""
    with desk_at("http://127.0.0.1:9/", storage, reported) as desk:
        change = reported.until(IntakeChanged)
        desk.file("visit", (application(),))
        failed = reported.until(FilingFailed)
    assert (False, FilingBlock.NOT_ENROLLED) == (change.reachable, change.block)
    assert isinstance(failed.error, DeviceKeyMissing)


def test_without_a_key_nothing_is_filed(enrolled: Path, reported: Reported) -> None:
    """A kiosk that has no key to seal to says so before and after."""
    (enrolled / "sealing-key.json").unlink()
    with desk_at("http://127.0.0.1:9/", enrolled, reported) as desk:
        change = reported.until(IntakeChanged)
        desk.file("visit", (application(),))
        failed = reported.until(FilingFailed)
    assert FilingBlock.NO_SEALING_KEY == change.block
    assert isinstance(failed.error, SealingKeyMissing)


def test_without_an_outbox_nothing_is_filed(
    intake: LocalIntake, enrolled: Path, reported: Reported
) -> None:
    """Where nothing can be kept, nothing is taken, and the screens know it beforehand."""
    (enrolled / "outbox.sqlite").unlink()
    (enrolled / "outbox.sqlite").mkdir()
    with desk_at(intake.url, enrolled, reported) as desk:
        change = reported.until(IntakeChanged, which=lambda change: change.reachable)
        desk.file("visit", (application(),))
        failed = reported.until(FilingFailed)
    assert (FilingBlock.OUTBOX_FAULT, {IntakeAlert.STORAGE}) == (change.block, change.alerts)
    assert isinstance(failed.error, OutboxUnavailable)


def test_what_is_too_large_is_not_kept(
    desk: IntakeWorker, reported: Reported, storage: Path
) -> None:
    """The contract's limits stand before the commit, and the screens hear which one."""
    whole = application()
    long = whole.model_copy(update={"answers": {"story": "长" * MAX_CONTENT}})
    desk.file("visit", (long,))
    failed = reported.until(FilingFailed)
    assert isinstance(failed.error, ApplicationTooLarge)
    assert (None, MAX_CONTENT) == (failed.error.question, failed.error.limit)
    assert () == Outbox(storage / "outbox.sqlite").records()


def test_the_largest_application_arrives(
    desk: IntakeWorker, reported: Reported, intake: LocalIntake, tmp_path: Path
) -> None:
    """Eight files of 4 MiB and nearly 1 MiB of answers go through seal, outbox and intake whole."""
    photo = base64.b64encode(os.urandom(MAX_ATTACHMENT)).decode("ascii")
    files = tuple(
        Attachment(question=f"photo{n}", name="照片.jpg", media_type="image/jpeg", content=photo)
        for n in range(MAX_ATTACHMENTS)
    )
    whole = application(attachments=files)
    room = MAX_CONTENT - len(whole.model_copy(update={"attachments": ()}).model_dump_json()) - 999
    whole = whole.model_copy(update={"answers": {"story": "x" * room}})
    desk.file("visit", (whole,))
    reported.until(ApplicationReceived, within=60.0)
    (row,) = stored(intake, tmp_path)["applications"]
    assert whole.model_dump(mode="json") == row["content"]


def test_a_damaged_outbox_is_begun_anew(
    intake: LocalIntake, enrolled: Path, reported: Reported, tmp_path: Path
) -> None:
    """A broken file stands aside at the start, filing goes on, and staff are told as long as it
    lies there."""
    (enrolled / "outbox.sqlite").write_bytes(b"broken" * 2000)
    with desk_at(intake.url, enrolled, reported) as desk:
        change = reported.until(IntakeChanged, which=lambda change: change.can_file)
        desk.file("visit", (application(),))
        received = reported.until(ApplicationReceived)
    assert {IntakeAlert.OUTBOX_SET_ASIDE} == change.alerts
    assert [received.reference] == references(intake, tmp_path)
    assert [b"broken" * 2000] == [p.read_bytes() for p in enrolled.glob("outbox.corrupt-*")]


def test_a_rating_follows_its_application(
    intake: LocalIntake, enrolled: Path, reported: Reported, tmp_path: Path
) -> None:
    """What was kept while the intake was down goes in its order; a service is rated once, with
    its reasons, and the second rating changes nothing."""
    intake.set_mode(Mode.DOWN)
    with desk_at(intake.url, enrolled, reported) as desk:
        desk.file("visit", (application(),))
        kept = reported.until(ApplicationKept)
        desk.rate("visit", kept.reference, 2, ("等候太久",))
        desk.rate("visit", kept.reference, 5, ())
        reported.until(SendingDeferred)
        intake.set_mode(Mode.UP)
        reported.until(ApplicationReceived)
    record = stored(intake, tmp_path)
    (rating,) = record["ratings"]
    assert [kept.reference] == [row["reference"] for row in record["applications"]]
    assert (kept.reference, 2, ["等候太久"]) == (
        rating["reference"],
        rating["level"],
        rating["reasons"],
    )


def test_a_new_sealing_key_seals_what_comes_next(
    desk: IntakeWorker, reported: Reported, intake: LocalIntake, storage: Path, tmp_path: Path
) -> None:
    """What waits stays sealed to the old key and is opened all the same; the next application is
    sealed to the new one."""
    before = (storage / "sealing-key.json").read_bytes()
    intake.set_mode(Mode.DOWN)
    desk.file("old", (application(),))
    reported.until(SendingDeferred)
    intake.rotate_sealing_key()
    intake.set_mode(Mode.UP)
    reported.until(ApplicationReceived, which=lambda received: received.visit == "old")
    assert before != (storage / "sealing-key.json").read_bytes()
    desk.file("new", (application(),))
    reported.until(ApplicationReceived, which=lambda received: received.visit == "new")
    assert 2 == len(references(intake, tmp_path))


def raw_bytes(storage: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(storage.rglob("*")) if file.is_file())


def test_the_bytes_on_disk_name_nobody(
    desk: IntakeWorker, reported: Reported, intake: LocalIntake, storage: Path
) -> None:
    """Name, number and phone are in no byte of the storage folder, its WAL and shared memory
    included, neither while the application waits nor after it was accepted."""
    marks = [text.encode(code) for text in (NAME, NUMBER, PHONE) for code in ("utf-8", "utf-16-le")]
    marks += [base64.b64encode(text.encode()) for text in (NAME, NUMBER, PHONE)]
    intake.set_mode(Mode.DOWN)
    desk.file("visit", (application(),))
    desk.rate("visit", "JL03-261124-K7QM2X", 1, (f"{NAME} {PHONE}",))
    reported.until(SendingDeferred)
    waiting = raw_bytes(storage)
    intake.set_mode(Mode.UP)
    reported.until_sent()
    accepted = raw_bytes(storage)
    assert b"JL03-" in waiting
    assert [] == [mark for mark in marks if mark in waiting or mark in accepted]


def test_nothing_logged_names_anybody(
    desk: IntakeWorker,
    reported: Reported,
    intake: LocalIntake,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What goes wrong is logged without the person it happened to."""
    caplog.set_level("DEBUG")
    intake.set_mode(Mode.DOWN)
    desk.file("visit", (application(),))
    reported.until(SendingDeferred)
    desk.look_up("visit", "107", NUMBER)
    reported.until(LookUpFailed)
    assert "deferred application JL03-" in caplog.text
    assert [] == [mark for mark in (NAME, NUMBER, PHONE) if mark in caplog.text]


def test_a_record_is_looked_up(desk: IntakeWorker, reported: Reported) -> None:
    """The answer is masked, marked as sample, and has a slip's number."""
    desk.look_up("visit", "107", NUMBER)
    answered = reported.until(LookUpAnswered)
    shown = dict(answered.rows)
    assert ("张*", "350428 ******** 0013") == (shown["姓名"], shown["社会保障号码"])
    assert "示例数据" in shown["说明"]
    assert answered.number.startswith("CX350428")


def test_no_record_is_a_refusal(desk: IntakeWorker, reported: Reported) -> None:
    """Whoever has no record gets that answer, not an error of the line."""
    desk.look_up("visit", "138", "350428198311300057")
    failed = reported.until(LookUpFailed)
    assert isinstance(failed.error, IntakeRefused)
    assert (404, "/problems/no-record") == (failed.error.status, failed.error.problem)


def test_importing_the_desk_is_light() -> None:
    """What the first frame waits for brings neither HTTP nor SQLite nor cryptography."""
    heavy = ("requests", "sqlite3", "joserfc", "cryptography", "sqlalchemy")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, kiosk.intake.worker; print(*sys.modules)",
        ],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert set() == set(heavy) & set(done.stdout.split())
