"""What the intake refuses: held for staff or kept until it passes, and in nobody else's way."""

from pathlib import Path

from intake_fixtures import Reported, application, desk_at, references

from kiosk.errors import DeviceKeyMissing
from kiosk.events import (
    ApplicationReceived,
    FilingBlock,
    FilingFailed,
    IntakeAlert,
    IntakeChanged,
    SendingDeferred,
)
from kiosk.intake.client import IntakeClient
from kiosk.intake.enrolling import enrol
from kiosk.intake.outbox import Outbox
from kiosk.intake.outbox_rows import Draft, EntryKind, EntryState
from sandbox.intake.local_intake import LocalIntake

pytest_plugins = ["intake_fixtures"]

AT = application().signed_at


def test_poison_is_held_and_blocks_nobody(
    intake: LocalIntake, enrolled: Path, reported: Reported, tmp_path: Path
) -> None:
    """An application that the intake can never take stands aside with its reason, in front of
    which others pass, and staff are told."""
    outbox = Outbox(enrolled / "outbox.sqlite")
    outbox.add(
        "JL-03",
        AT,
        (Draft(EntryKind.APPLICATION, lambda reference: (b'{"poison": true}', "0" * 64)),),
    )[0]
    outbox.close()
    with desk_at(intake.url, enrolled, reported) as desk:
        change = reported.until(
            IntakeChanged, which=lambda change: change.can_file and change.held == 1
        )
        desk.file("visit", (application(),))
        received = reported.until(ApplicationReceived)
    assert (0, {IntakeAlert.HELD}) == (change.waiting, change.alerts)
    poison, good = Outbox(enrolled / "outbox.sqlite").records()
    reason = "INTAKE_REFUSED HTTP 422 /problems/outside-contract"
    assert (EntryState.HELD, reason) == (poison.state, poison.reason)
    assert (EntryState.ACCEPTED, received.number) == (good.state, good.number)
    assert [received.reference] == references(intake, tmp_path)


def test_a_refused_code_is_not_tried_again(
    intake: LocalIntake, storage: Path, reported: Reported
) -> None:
    """A kiosk whose code the intake refuses says so to staff and cannot file."""
    with desk_at(intake.url, storage, reported, "WRONG-CODE-0000") as desk:
        change = reported.until(IntakeChanged, which=lambda change: bool(change.alerts))
        desk.file("visit", (application(),))
        failed = reported.until(FilingFailed)
    assert {IntakeAlert.KIOSK_REFUSED} == change.alerts
    assert FilingBlock.NOT_ENROLLED == change.block
    assert isinstance(failed.error, DeviceKeyMissing)


def test_a_revoked_kiosk_keeps_and_tells_staff(
    intake: LocalIntake, enrolled: Path, reported: Reported, tmp_path: Path
) -> None:
    """An intake that knows the kiosk no more holds nothing up but the sending: filing goes on,
    whoever files next is told at once, and nothing is held."""
    intake.revoke("JL-03")
    with desk_at(intake.url, enrolled, reported) as desk:
        reported.until(IntakeChanged, which=lambda change: change.can_file)
        for visit in ("one", "two"):
            desk.file(visit, (application(),))
            reported.until(SendingDeferred, which=lambda told, visit=visit: told.visit == visit)
    change = [event for event in reported.seen if isinstance(event, IntakeChanged)][-1]
    assert ({IntakeAlert.KIOSK_REFUSED}, 0, True) == (change.alerts, change.held, change.can_file)
    rows = Outbox(enrolled / "outbox.sqlite").records()
    assert {EntryState.SENDING, EntryState.WAITING} >= {row.state for row in rows}
    assert (2, []) == (len(rows), references(intake, tmp_path))


def test_what_a_revoked_key_signed_is_held_when_there_is_a_new_one(
    intake: LocalIntake, enrolled: Path, reported: Reported, tmp_path: Path
) -> None:
    """A kiosk that was revoked and enrolled anew keeps what it signed before for staff, and what
    is filed from then on passes it."""
    intake.revoke("JL-03")
    with desk_at(intake.url, enrolled, reported) as desk:
        reported.until(IntakeChanged, which=lambda change: change.can_file)
        desk.file("before", (application(),))
        reported.until(SendingDeferred)
    enrol(IntakeClient(intake.url), enrolled, "JL-03", intake.issue_code("JL-03"))
    again = Reported()
    with desk_at(intake.url, enrolled, again) as desk:
        again.until(IntakeChanged, which=lambda change: change.held == 1)
        desk.file("after", (application(),))
        received = again.until(ApplicationReceived)
    held, sent = Outbox(enrolled / "outbox.sqlite").records()
    assert "INTAKE_REFUSED HTTP 403 /problems/kiosk-revoked" == held.reason
    assert (EntryState.HELD, received.reference) == (held.state, sent.reference)
    assert [received.reference] == references(intake, tmp_path)
