"""A disk without room: said before a form begins, and what waits goes out all the same."""

import queue
from pathlib import Path

from intake_fixtures import Reported, application
from joserfc.jwk import ECKey

from kiosk.errors import DiskFull
from kiosk.events import ApplicationKept, FilingBlock, FilingFailed, IntakeAlert, IntakeChanged
from kiosk.intake.committing import Committing
from kiosk.intake.contract import SealingKey
from kiosk.intake.device_identity import load_identity
from kiosk.intake.orders import Filing, Kept
from kiosk.intake.outbox import Outbox
from kiosk.intake.sealing import Sealer
from kiosk.intake.server_time import ServerTime
from kiosk.intake.standing import Standing

pytest_plugins = ["intake_fixtures"]


def committed(known: Path, reported: Reported, keep_free: int, handed: list[Kept]) -> None:
    """One application ordered from a desk whose disk must have so much left."""
    standing = Standing(reported.publish)
    standing.answered(True)
    identity = load_identity(known, "JL-03")
    assert identity is not None
    standing.is_device(identity)
    public = ECKey.generate_key("P-256", auto_kid=True).as_dict(private=False)
    standing.has_key(Sealer(SealingKey.model_validate(public)))
    outbox = Outbox(known / "outbox.sqlite", keep_free)
    committing = Committing(
        "JL-03", outbox, ServerTime(known), standing, reported.publish, handed.append
    )
    orders: queue.SimpleQueue[Filing | None] = queue.SimpleQueue()
    orders.put(Filing("visit", application()))
    orders.put(None)
    committing.look()
    committing.run(orders)


def test_no_application_is_begun_on_a_full_disk(known: Path, reported: Reported) -> None:
    """With less room than the largest application needs, the screens know before the form and
    staff are told, nothing is kept, and what was kept before is still handed to the sender."""
    committed(known, reported, 0, [])
    kept = reported.until(ApplicationKept)
    full, handed = Reported(), []
    committed(known, full, 2**62, handed)
    change = full.until(IntakeChanged, which=lambda change: IntakeAlert.STORAGE in change.alerts)
    failed = full.until(FilingFailed)
    changes = [event for event in full.seen if isinstance(event, IntakeChanged)]
    assert {kept.reference} == {told.row.reference for told in handed}
    assert FilingBlock.DISK_FULL == changes[-1].block
    assert 1 == change.waiting
    assert isinstance(failed.error, DiskFull)
    assert 1 == len(Outbox(known / "outbox.sqlite").records())
