"""The commit thread's work: seal at once, sign, commit durably, and only then say that it is kept.

Every few seconds it looks whether another application could be kept, so that a citizen is told
before a form begins.
"""

import logging
import queue
import time
from collections.abc import Callable
from datetime import datetime

from kiosk.devices import Publish
from kiosk.errors import (
    DeviceKeyMissing,
    DiskFull,
    OutboxError,
    OutboxUnavailable,
    SealingKeyMissing,
)
from kiosk.events import (
    ActKept,
    ApplicationKept,
    FilingBlock,
    FilingFailed,
    IntakeAlert,
    KeptPart,
)
from kiosk.intake.contract import (
    CHINA_TIME,
    RatingBody,
    RatingClaims,
    RatingReasons,
    digest_of,
)
from kiosk.intake.device_identity import DeviceIdentity
from kiosk.intake.drafting import Drafting
from kiosk.intake.orders import ActOnCase, Commission, Filing, Kept, Rating
from kiosk.intake.outbox import Outbox, new_reference
from kiosk.intake.sealing import Sealer
from kiosk.intake.server_time import ServerTime
from kiosk.intake.standing import Standing, Work

_log = logging.getLogger(__name__)

_LOOK_EVERY = 10.0
"""Seconds between two looks at disk and outbox, and at what staff released."""


class Committing:
    """Owns the outbox's first connection. `hand_over` passes what was committed to the sender."""

    def __init__(
        self,
        kiosk_id: str,
        outbox: Outbox,
        server_time: ServerTime,
        standing: Standing,
        publish: Publish,
        hand_over: Callable[[Kept], None],
    ) -> None:
        self._kiosk_id = kiosk_id
        self._outbox = outbox
        self._server_time = server_time
        self._standing = standing
        self._publish = publish
        self._hand_over = hand_over
        self._takes = False
        self._next_look = 0.0

    def run(self, orders: "queue.SimpleQueue[Commission | None]") -> None:
        """Until None comes; all orders before it are done first."""
        while True:
            try:
                order = orders.get(timeout=max(self._next_look - time.monotonic(), 0.0))
            except queue.Empty:
                self.look()
                continue
            if order is None:
                break
            self._do(order)
            # While this thread waits for the next order it holds nobody's answers.
            del order
        self._outbox.close()

    def look(self) -> None:
        """Whether the outbox takes an application. What waits there already goes to the sender,
        also what staff released meanwhile."""
        failure = self._failure()
        if isinstance(failure, OutboxUnavailable):
            # A damaged file was set aside by this look; the next begins a new one.
            failure = self._failure()
        self._stands(failure)
        self._next_look = time.monotonic() + _LOOK_EVERY

    def _failure(self) -> OutboxError | None:
        try:
            self._standing.recount(self._outbox.counts)
            for row in self._outbox.open_rows():
                self._hand_over(Kept(row, None))
            self._outbox.room()
            if not self._takes:
                self._outbox.check()
        except OutboxError as error:
            return error
        return None

    def _stands(self, failure: OutboxError | None) -> None:
        if failure is not None and self._takes:
            _log.error("the outbox takes nothing: %s %s", failure.code, failure)
        self._takes = failure is None
        alerts = {IntakeAlert.OUTBOX_SET_ASIDE} if self._outbox.stands_aside() else set()
        if failure is not None:
            alerts.add(IntakeAlert.STORAGE)
        self._standing.alert(Work.COMMITTING, frozenset(alerts))
        match failure:
            case None:
                self._standing.outbox_takes(None)
            case DiskFull():
                self._standing.outbox_takes(FilingBlock.DISK_FULL)
            case _:
                self._standing.outbox_takes(FilingBlock.OUTBOX_FAULT)

    def _do(self, order: Commission) -> None:
        try:
            match order:
                case Filing():
                    self._file(order)
                case ActOnCase():
                    self._act(order)
                case Rating():
                    self._rate(order)
        except OutboxError as error:
            _log.error("nothing was kept: %s %s", error.code, error)
            self._fails(order, error)
            if isinstance(error, OutboxUnavailable | DiskFull):
                self._stands(error)
                self.look()
        except Exception as error:  # noqa: BLE001 - nobody waits for ever for a fault of ours
            _log.error("committing failed: %s", type(error).__name__)
            self._fails(order, OutboxUnavailable(type(error).__name__))

    def _fails(self, order: Commission, error: OutboxError) -> None:
        if not isinstance(order, Rating):
            self._publish(FilingFailed(order.visit, error))

    def _identity(self) -> DeviceIdentity:
        identity = self._standing.identity
        if identity is None:
            raise DeviceKeyMissing
        return identity

    def _drafting(self) -> Drafting:
        identity = self._identity()
        sealer: Sealer | None = self._standing.sealer
        if sealer is None:
            raise SealingKeyMissing
        self._outbox.room()
        return Drafting(self._kiosk_id, identity, sealer, self._now())

    def _file(self, order: Filing) -> None:
        drafting = self._drafting()
        at = drafting.kept_at
        bundle = new_reference(self._kiosk_id, at) if len(order.applications) > 1 else None
        drafts = drafting.applications(order, bundle)
        rows = self._outbox.add(self._kiosk_id, at, drafts)
        if bundle is None:
            kept = ApplicationKept(order.visit, rows[0].reference, at)
        else:
            parts = tuple(
                KeptPart(application.item, row.reference)
                for application, row in zip(order.applications, rows, strict=True)
            )
            kept = ApplicationKept(order.visit, bundle, at, parts)
        self._publish(kept)
        for row in rows:
            self._hand_over(Kept(row, order.visit))

    def _act(self, order: ActOnCase) -> None:
        drafting = self._drafting()
        at = drafting.kept_at
        (row,) = self._outbox.add(self._kiosk_id, at, (drafting.act(order),))
        self._publish(ActKept(order.visit, row.reference, at))
        self._hand_over(Kept(row, order.visit))

    def _rate(self, order: Rating) -> None:
        identity = self._identity()
        self._outbox.room()
        kept_at = self._now()
        sealed = self._sealed_reasons(order)
        claims = RatingClaims(
            kiosk=self._kiosk_id,
            reference=order.reference,
            level=order.level,
            kept_at=kept_at,
            digest=digest_of() if sealed is None else digest_of(sealed),
        )
        body = RatingBody(**dict(claims), sealed=sealed, signature=identity.sign(claims))
        row = self._outbox.add_rating(
            order.reference, kept_at, body.model_dump_json().encode(), claims.digest
        )
        if row is not None:
            self._hand_over(Kept(row, None))

    def _now(self) -> datetime:
        return self._server_time.now().astimezone(CHINA_TIME)

    def _sealed_reasons(self, order: Rating) -> str | None:
        """Sealed, because a citizen may have written a name there. Without a key the level goes
        alone: reasons never reach the disk in the clear."""
        sealer: Sealer | None = self._standing.sealer
        if not order.reasons or sealer is None:
            return None
        return sealer.seal(RatingReasons(reasons=order.reasons).model_dump_json().encode())
