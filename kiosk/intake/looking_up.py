"""The look-up thread's work: ask for one record after another, apart from the sender, so that a
citizen never waits behind a long queue."""

import logging
import queue
from collections.abc import Callable

from kiosk.devices import Publish
from kiosk.errors import IntakeAnswerInvalid, IntakeError
from kiosk.events import LookUpAnswered, LookUpFailed
from kiosk.intake.contract import LookUpBody, LookUpContent
from kiosk.intake.line import Line
from kiosk.intake.orders import LookUp
from kiosk.intake.sealing import Sealer
from kiosk.intake.sending_table import verdict_on
from kiosk.intake.standing import Standing

_log = logging.getLogger(__name__)


class LookingUp:
    """Owns a line of its own. `ask` has the intake's health asked for at once."""

    def __init__(
        self,
        kiosk_id: str,
        line: Line,
        standing: Standing,
        publish: Publish,
        ask: Callable[[], None],
    ) -> None:
        self._kiosk_id = kiosk_id
        self._line = line
        self._standing = standing
        self._publish = publish
        self._ask_health = ask

    def run(self, orders: "queue.SimpleQueue[LookUp | None]") -> None:
        """Until None comes."""
        while self._do_next(orders):
            pass
        self._line.close()

    def _do_next(self, orders: "queue.SimpleQueue[LookUp | None]") -> bool:
        """False for None. A call for each order, so that this thread holds nobody's number while
        it waits for the next."""
        order = orders.get()
        if order is None:
            return False
        try:
            answered = self._ask(order)
        except IntakeError as error:
            self._publish(LookUpFailed(order.visit, order.item, error))
            if verdict_on(error).ask:
                self._ask_health()
        except Exception as error:  # noqa: BLE001 - nobody waits for ever for a fault of ours
            _log.error("a look-up failed: %s", type(error).__name__)
            self._publish(LookUpFailed(order.visit, order.item, IntakeAnswerInvalid()))
        else:
            self._publish(answered)
        return True

    def _ask(self, order: LookUp) -> LookUpAnswered:
        sealer = self._standing.sealer or Sealer(self._line.client.sealing_key())
        content = LookUpContent(item=order.item, number=order.number)
        answer = self._line.client.look_up(
            LookUpBody(
                kiosk=self._kiosk_id,
                item=order.item,
                sealed=sealer.seal(content.model_dump_json().encode()),
            )
        )
        if answer.item != order.item:
            raise IntakeAnswerInvalid("the answer is about another item")
        rows = tuple((row.label, row.value) for row in answer.rows)
        return LookUpAnswered(order.visit, order.item, rows, answer.number)
