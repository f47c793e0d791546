"""For which visit cards are read, and what that visit is told of it."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from kiosk.devices import Publish
from kiosk.errors import CardReaderError, CardReaderUnavailable, ReaderFault
from kiosk.events import CardFailed, CardRead, CardReading
from kiosk.identity import Identity

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Order:
    """One call of `read_for`; told from the next one by its identity."""

    visit: str


class OrderWithdrawn(Exception):
    """The visit ended, asked anew, or got its identity, while a card was read for it."""


class Orders:
    """At most one order stands, for all readers; what is reported goes to no other visit.

    After `withdraw` returned, nothing more is published for the visit before.
    """

    def __init__(self, publish: Publish) -> None:
        self._publish = publish
        # Reentrant, because `publish` is called under it and may give the next order.
        self._lock = threading.RLock()
        self._standing: Order | None = None

    @property
    def standing(self) -> Order | None:
        return self._standing

    def give(self, visit: str) -> None:
        with self._lock:
            self._standing = Order(visit)

    def withdraw(self) -> None:
        with self._lock:
            self._standing = None

    def check(self, order: Order) -> None:
        """Raises OrderWithdrawn."""
        if self._standing is not order:
            raise OrderWithdrawn

    def fail(self, order: Order, error: CardReaderError) -> None:
        with suppress(OrderWithdrawn):
            self._report(order, CardFailed(order.visit, error))

    def carry_out(
        self, order: Order, told: bool, read: Callable[[], Identity]
    ) -> CardReaderError | None:
        """Read one card. `told`: the visit knows already that this card could not be read, and
        hears of this try only if it succeeds. Returns why it failed."""
        try:
            if not told:
                self._report(order, CardReading(order.visit))
            self._hand_over(order, told, read())
            return None
        except OrderWithdrawn:
            return None
        except CardReaderError as error:
            failure = error
        except Exception as error:  # noqa: BLE001 (nothing may end a reader's thread)
            # Its type alone: its words may hold what stood on a card.
            _log.error("card reader: unexpected %s", type(error).__name__)
            failure = CardReaderUnavailable(ReaderFault.NOT_ANSWERING)
        if not told:
            self.fail(order, failure)
        return failure

    def _hand_over(self, order: Order, announce: bool, identity: Identity) -> None:
        """The first identity ends the order: another reader's comes too late."""
        with self._lock:
            if announce:
                self._report(order, CardReading(order.visit))
            self._report(order, CardRead(order.visit, identity))
            if self._standing is order:
                self._standing = None

    def _report(self, order: Order, event: CardReading | CardRead | CardFailed) -> None:
        with self._lock:
            self.check(order)
            self._publish(event)
