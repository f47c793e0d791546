"""What the commit thread keeps, and when it keeps nothing: disk, time and day."""

import json
import queue
from datetime import UTC, datetime, timedelta
from pathlib import Path

from intake_fixtures import Reported, application
from joserfc.jwk import ECKey
from joserfc.jws import extract_compact

from kiosk.errors import DiskFull
from kiosk.events import ApplicationKept, FilingBlock, FilingFailed, IntakeAlert, IntakeChanged
from kiosk.intake.committing import Committing
from kiosk.intake.contract import CHINA_TIME, SealingKey
from kiosk.intake.device_identity import load_identity
from kiosk.intake.orders import Filing, Kept, Rating
from kiosk.intake.outbox import Outbox
from kiosk.intake.sealing import Sealer
from kiosk.intake.server_time import ServerTime
from kiosk.intake.standing import Standing

pytest_plugins = ["intake_fixtures"]


def committed(
    known: Path,
    reported: Reported,
    handed: list[Kept],
    keep_free: int = 0,
    server_time: ServerTime | None = None,
    order: Filing | Rating | None = None,
) -> None:
    """One order, an application if nothing else is said, to a desk whose disk must have so much
    left."""
    standing = Standing(reported.publish)
    standing.answered(True)
    identity = load_identity(known, "JL-03")
    assert identity is not None
    standing.is_device(identity)
    public = ECKey.generate_key("P-256", auto_kid=True).as_dict(private=False)
    standing.has_key(Sealer(SealingKey.model_validate(public)))
    outbox = Outbox(known / "outbox.sqlite", keep_free)
    committing = Committing(
        "JL-03",
        outbox,
        server_time or ServerTime(known),
        standing,
        reported.publish,
        handed.append,
    )
    orders: queue.SimpleQueue[Filing | Rating | None] = queue.SimpleQueue()
    orders.put(order or Filing("visit", (application(),)))
    orders.put(None)
    committing.look()
    committing.run(orders)


def test_no_application_is_begun_on_a_full_disk(known: Path, reported: Reported) -> None:
    """With less room than the largest application needs, the screens know before the form and
    staff are told, nothing is kept, and what was kept before is still handed to the sender."""
    committed(known, reported, [])
    kept = reported.until(ApplicationKept)
    full, handed = Reported(), []
    committed(known, full, handed, keep_free=2**62)
    change = full.until(IntakeChanged, which=lambda change: IntakeAlert.STORAGE in change.alerts)
    failed = full.until(FilingFailed)
    changes = [event for event in full.seen if isinstance(event, IntakeChanged)]
    assert {kept.reference} == {told.row.reference for told in handed}
    assert FilingBlock.DISK_FULL == changes[-1].block
    assert [] == [change for change in changes if change.can_file]
    assert 1 == change.waiting
    assert isinstance(failed.error, DiskFull)
    assert 1 == len(Outbox(known / "outbox.sqlite").records())


def test_no_rating_is_written_to_a_full_disk(known: Path, reported: Reported) -> None:
    """A rating needs room as an application does; nobody waits to be told."""
    rating = Rating("JL03-261124-K7QM2X", 5, ())
    committed(known, reported, [], keep_free=2**62, order=rating)
    assert () == Outbox(known / "outbox.sqlite").records()
    committed(known, reported, [], order=rating)
    assert 1 == len(Outbox(known / "outbox.sqlite").records())


def test_the_day_is_the_intakes(known: Path, reported: Reported) -> None:
    """With a clock that is a year ahead, the time of keeping and the day in the reference are
    those of the intake's time, in China's zone, and the signature covers them."""
    told = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
    server_time = ServerTime(known, lambda: told + timedelta(days=365))
    server_time.seen(told)
    committed(known, reported, [], server_time=server_time)
    kept = reported.until(ApplicationKept)
    outbox = Outbox(known / "outbox.sqlite")
    (entry,) = outbox.advance((), [row.key for row in outbox.open_rows()])
    claims = json.loads(extract_compact(json.loads(entry.payload)["signature"].encode()).payload)
    assert "JL03-261125-" == kept.reference[:12]
    assert (25, 1, CHINA_TIME.utcoffset(None)) == (
        kept.kept_at.day,
        kept.kept_at.hour,
        kept.kept_at.utcoffset(),
    )
    assert (kept.reference, kept.kept_at) == (
        claims["reference"],
        datetime.fromisoformat(claims["kept_at"]),
    )
