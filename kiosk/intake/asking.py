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
    Booked,
    BookingCancelled,
    BookingFailed,
    CaseAnswered,
    CaseFailed,
    ContentsAnswered,
    ContentsFailed,
    DossierAnswered,
    DossierFailed,
    IdentityFound,
    IdentityRefused,
    LookUpAnswered,
    LookUpFailed,
    TicketTaken,
    WindowsAnswered,
)
from kiosk.intake.applicant import identity_of
from kiosk.intake.contract import CHINA_TIME, CaseQuestion, IdentityBody, IdentityContent
from kiosk.intake.contract.dossier import (
    ContentsBody,
    ContentsContent,
    DossierBody,
    DossierContent,
)
from kiosk.intake.contract.look_ups import LookUpBody, LookUpContent
from kiosk.intake.line import Line
from kiosk.intake.open_call import OpenCall
from kiosk.intake.orders import (
    BookingWish,
    Cancellation,
    ContentsQuestion,
    DossierQuestion,
    GuideCall,
    IdentityQuestion,
    LookUp,
    Question,
    StateQuestion,
    TicketWish,
    WindowsQuestion,
)
from kiosk.intake.sealing import Sealer
from kiosk.intake.sending_table import verdict_on
from kiosk.intake.standing import Standing
from kiosk.intake.wishes import Wishes

_log = logging.getLogger(__name__)


class Asking:
    """Owns a line of its own. `ask_health` has the intake's health asked for at once."""

    def __init__(
        self,
        kiosk_id: str,
        line: Line,
        standing: Standing,
        open_call: OpenCall,
        publish: Publish,
        ask_health: Callable[[], None],
    ) -> None:
        self._kiosk_id = kiosk_id
        self._line = line
        self._standing = standing
        self._open_call = open_call
        self._wishes = Wishes(kiosk_id, line, self._sealed)
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
            self._answer(question)
        except IntakeError as error:
            self._fails(question, error)
            if verdict_on(error).ask:
                self._ask_health()
        except Exception as error:  # noqa: BLE001 - nobody waits for ever for a fault of ours
            _log.error("%s failed: %s", type(question).__name__, type(error).__name__)
            self._fails(question, IntakeAnswerInvalid())
        return True

    def _answer(self, question: Question) -> None:
        match question:
            case LookUp():
                self._publish(self._look_up(question))
            case IdentityQuestion():
                self._publish(self._identify(question))
            case StateQuestion():
                self._publish(self._ask_state(question))
            case DossierQuestion():
                self._publish(self._ask_dossier(question))
            case ContentsQuestion():
                self._publish(self._ask_contents(question))
            case WindowsQuestion(visit):
                self._publish(WindowsAnswered(visit, self._line.client.windows()))
            case BookingWish(visit):
                self._publish(Booked(visit, self._wishes.book(question)))
            case Cancellation(visit):
                self._publish(BookingCancelled(visit, self._wishes.cancel(question)))
            case TicketWish(visit):
                self._publish(TicketTaken(visit, self._wishes.take_ticket(question)))
            case GuideCall():
                self._open_call.made(self._wishes.call_guide(question))
            case _:
                assert_never(question)

    def _fails(self, question: Question, error: IntakeError) -> None:
        match question:
            case LookUp(visit, item):
                self._publish(LookUpFailed(visit, item, error))
            case IdentityQuestion(visit):
                self._publish(IdentityRefused(visit, error))
            case StateQuestion(visit):
                self._publish(CaseFailed(visit, error))
            case DossierQuestion(visit):
                self._publish(DossierFailed(visit, error))
            case ContentsQuestion(visit):
                self._publish(ContentsFailed(visit, error))
            case (
                WindowsQuestion(visit)
                | BookingWish(visit)
                | Cancellation(visit)
                | TicketWish(visit)
            ):
                self._publish(BookingFailed(visit, error))
            case GuideCall():
                self._open_call.not_made(error)
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
        return LookUpAnswered(asked.visit, asked.item, rows, answer.number, answer.proof)

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
        return CaseAnswered(
            asked.visit, answer.number, answer.state, answer.due, answer.rated, answer.parts
        )

    def _ask_dossier(self, asked: DossierQuestion) -> DossierAnswered:
        sealed = self._sealed(DossierContent(person=asked.person))
        body = DossierBody(kiosk=self._kiosk_id, sealed=sealed)
        return DossierAnswered(asked.visit, self._line.client.dossier(body))

    def _ask_contents(self, asked: ContentsQuestion) -> ContentsAnswered:
        sealed = self._sealed(ContentsContent(person=asked.person, number=asked.number))
        contents = self._line.client.contents(ContentsBody(kiosk=self._kiosk_id, sealed=sealed))
        if contents.number != asked.number:
            raise IntakeAnswerInvalid("the answer is about another case")
        return ContentsAnswered(asked.visit, contents)

    def _sealed(self, content: BaseModel) -> str:
        sealer = self._standing.sealer or Sealer(self._line.client.sealing_key())
        return sealer.seal(content.model_dump_json().encode())
