"""The commit thread's work: seal at once, commit durably, and only then say that it is kept."""

import hashlib
import logging
import queue
from collections.abc import Callable
from datetime import datetime

from kiosk.devices import Publish
from kiosk.errors import OutboxError, OutboxUnavailable, SealingKeyMissing
from kiosk.events import ApplicationKept, FilingFailed
from kiosk.intake.contract import (
    CHINA_TIME,
    Application,
    ApplicationBody,
    RatingBody,
    RatingReasons,
    digest_of,
)
from kiosk.intake.orders import Filing, Kept, Rating
from kiosk.intake.outbox import Outbox
from kiosk.intake.sealing import Sealer
from kiosk.intake.standing import Standing

_log = logging.getLogger(__name__)

_LOOK_AGAIN = 5.0
"""Seconds after which an outbox that failed is tried again."""


class Committing:
    """Owns the outbox's first connection. `hand_over` passes what was committed to the sender."""

    def __init__(
        self,
        kiosk_id: str,
        outbox: Outbox,
        standing: Standing,
        publish: Publish,
        hand_over: Callable[[Kept], None],
    ) -> None:
        self._kiosk_id = kiosk_id
        self._outbox = outbox
        self._standing = standing
        self._publish = publish
        self._hand_over = hand_over
        self._takes = False

    def run(self, orders: "queue.SimpleQueue[Filing | Rating | None]") -> None:
        """Until None comes; all orders before it are done first."""
        while True:
            try:
                order = orders.get(timeout=None if self._takes else _LOOK_AGAIN)
            except queue.Empty:
                self.look()
                continue
            if order is None:
                break
            self._do(order)
            # While this thread waits for the next order it holds nobody's answers.
            del order
        self._outbox.close()

    def _do(self, order: Filing | Rating) -> None:
        try:
            match order:
                case Filing():
                    self._file(order)
                case Rating():
                    self._rate(order)
        except Exception as error:  # noqa: BLE001 - nobody waits for ever for a fault of ours
            _log.error("committing failed: %s", type(error).__name__)
            if isinstance(order, Filing):
                failure = OutboxUnavailable(type(error).__name__)
                self._publish(FilingFailed(order.visit, failure))

    def look(self) -> None:
        """Try the outbox; a damaged file is set aside by the first try and begun anew by the
        second. What waits there already goes to the sender."""
        for _ in range(2):
            try:
                self._outbox.check()
                self._standing.recount(self._outbox.waiting)
                for entry in self._outbox.open_ids():
                    self._hand_over(Kept(entry, None))
            except OutboxUnavailable as error:
                self._fails(error)
            else:
                self._takes = True
                self._standing.outbox_takes(True)
                return

    def _file(self, order: Filing) -> None:
        kept_at = datetime.now(CHINA_TIME)
        sealer = self._standing.sealer
        if sealer is None:
            self._publish(FilingFailed(order.visit, SealingKeyMissing()))
            return
        sealed = sealer.seal_application(order.application)
        try:
            entry, reference = self._outbox.add_application(
                self._kiosk_id,
                kept_at,
                lambda reference: self._payload(order.application, sealed, reference, kept_at),
            )
        except OutboxUnavailable as error:
            self._fails(error)
            self._publish(FilingFailed(order.visit, error))
            self.look()
            return
        self._publish(ApplicationKept(order.visit, reference, kept_at))
        self._hand_over(Kept(entry, order.visit))

    def _payload(
        self,
        application: Application,
        sealed: tuple[str, tuple[str, ...]],
        reference: str,
        kept_at: datetime,
    ) -> tuple[bytes, str]:
        body = ApplicationBody(
            kiosk=self._kiosk_id,
            reference=reference,
            item=application.item,
            kept_at=kept_at,
            sealed=sealed[0],
            attachments=sealed[1],
            digest=digest_of(*sealed),
        )
        return body.model_dump_json().encode(), body.digest

    def _rate(self, order: Rating) -> None:
        payload = RatingBody(
            kiosk=self._kiosk_id,
            reference=order.reference,
            level=order.level,
            sealed=self._sealed_reasons(order),
        ).model_dump_json()
        digest = hashlib.sha256(payload.encode()).hexdigest()
        try:
            entry = self._outbox.add_rating(
                order.reference, datetime.now(CHINA_TIME), payload.encode(), digest
            )
        except OutboxUnavailable as error:
            _log.error("a rating could not be kept: %s", error)
            self._fails(error)
            self.look()
            return
        if entry is not None:
            self._hand_over(Kept(entry, None))

    def _sealed_reasons(self, order: Rating) -> str | None:
        """Sealed, because a citizen may have written a name there. Without a key the level goes
        alone: reasons never reach the disk in the clear."""
        sealer: Sealer | None = self._standing.sealer
        if not order.reasons or sealer is None:
            return None
        return sealer.seal(RatingReasons(reasons=order.reasons).model_dump_json().encode())

    def _fails(self, error: OutboxError) -> None:
        if self._takes:
            _log.error("the outbox takes nothing: %s", error)
        self._takes = False
        self._standing.outbox_takes(False)
