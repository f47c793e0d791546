"""The asking thread's work: one question after another to which a citizen waits for the answer,
apart from the sender, so that nobody waits behind a long queue."""

import logging
import queue
from collections.abc import Callable
from typing import assert_never

from pydantic import BaseModel

from kiosk.devices import Publish
from kiosk.errors import IntakeAnswerInvalid, IntakeError
from kiosk.events import (
    CaseAnswered,
    CaseFailed,
    IdentityFound,
    IdentityRefused,
    LookUpAnswered,
    LookUpFailed,
)
from kiosk.intake.applicant import identity_of
from kiosk.intake.contract import CHINA_TIME, CaseQuestion, IdentityBody, IdentityContent
from kiosk.intake.contract.look_ups import LookUpBody, LookUpContent
from kiosk.intake.line import Line
from kiosk.intake.orders import IdentityQuestion, LookUp, Question, StateQuestion
from kiosk.intake.sealing import Sealer
from kiosk.intake.sending_table import verdict_on
from kiosk.intake.standing import Standing

_log = logging.getLogger(__name__)

_Answered = LookUpAnswered | IdentityFound | CaseAnswered
_Failed = LookUpFailed | IdentityRefused | CaseFailed


class Asking:
    """Owns a line of its own. `ask_health` has the intake's health asked for at once."""

    def __init__(
        self,
        kiosk_id: str,
        line: Line,
        standing: Standing,
        publish: Publish,
        ask_health: Callable[[], None],
    ) -> None:
        self._kiosk_id = kiosk_id
        self._line = line
        self._standing = standing
        self._publish = publish
        self._ask_health = ask_health

    def run(self, questions: "queue.SimpleQueue[Question | None]") -> None:
        """Until None comes."""
        while self._do_next(questions):
            pass
        self._line.close()

    def _do_next(self, questions: "queue.SimpleQueue[Question | None]") -> bool:
        """False for None. A call for each question, so that this thread holds nobody's number or
        token while it waits for the next."""
        question = questions.get()
        if question is None:
            return False
        try:
            answered = self._ask(question)
        except IntakeError as error:
            self._publish(_failed(question, error))
            if verdict_on(error).ask:
                self._ask_health()
        except Exception as error:  # noqa: BLE001 - nobody waits for ever for a fault of ours
            _log.error("%s failed: %s", type(question).__name__, type(error).__name__)
            self._publish(_failed(question, IntakeAnswerInvalid()))
        else:
            self._publish(answered)
        return True

    def _ask(self, question: Question) -> _Answered:
        match question:
            case LookUp():
                return self._look_up(question)
            case IdentityQuestion():
                return self._identify(question)
            case StateQuestion():
                return self._ask_state(question)
            case _:
                assert_never(question)

    def _look_up(self, asked: LookUp) -> LookUpAnswered:
        content = LookUpContent(item=asked.item, number=asked.number)
        answer = self._line.client.look_up(
            LookUpBody(kiosk=self._kiosk_id, item=asked.item, sealed=self._sealed(content))
        )
        if answer.item != asked.item:
            raise IntakeAnswerInvalid("the answer is about another item")
        rows = tuple((row.label, row.value) for row in answer.rows)
        return LookUpAnswered(asked.visit, asked.item, rows, answer.number)

    def _identify(self, asked: IdentityQuestion) -> IdentityFound:
        content = IdentityContent(token=asked.token)
        answer = self._line.client.identify(
            IdentityBody(kiosk=self._kiosk_id, sealed=self._sealed(content))
        )
        # By the intake's time: this machine's clock may be wrong.
        today = answer.answered_at.astimezone(CHINA_TIME).date()
        return IdentityFound(asked.visit, identity_of(answer.applicant, today))

    def _ask_state(self, asked: StateQuestion) -> CaseAnswered:
        answer = self._line.client.case(CaseQuestion(number=asked.number))
        if asked.number.isdecimal() and answer.number != asked.number:
            raise IntakeAnswerInvalid("the answer is about another case")
        return CaseAnswered(asked.visit, answer.number, answer.state, answer.due)

    def _sealed(self, content: BaseModel) -> str:
        sealer = self._standing.sealer or Sealer(self._line.client.sealing_key())
        return sealer.seal(content.model_dump_json().encode())


def _failed(question: Question, error: IntakeError) -> _Failed:
    match question:
        case LookUp(visit, item):
            return LookUpFailed(visit, item, error)
        case IdentityQuestion(visit):
            return IdentityRefused(visit, error)
        case StateQuestion(visit):
            return CaseFailed(visit, error)
        case _:
            assert_never(question)
