"""What kiosks ask on behalf of citizens: what they hand in, rate, look up, and where it stands."""

from collections.abc import Mapping

from kiosk.intake.contract import (
    APPLICATIONS,
    CASES,
    RATINGS,
    ApplicationBody,
    ApplicationClaims,
    CaseQuestion,
    RatingBody,
    RatingClaims,
)
from kiosk.intake.contract.look_ups import LOOK_UPS, LookUpBody
from sandbox.intake.call import Answer, Call
from sandbox.intake.case_states import CaseStates
from sandbox.intake.gate import Gate
from sandbox.intake.receiving import Receiving


class CitizenCalls:
    def __init__(self, gate: Gate, receiving: Receiving, states: CaseStates) -> None:
        self._gate = gate
        self._receiving = receiving
        self._states = states

    @property
    def answers(self) -> Mapping[str, Answer]:
        return {
            APPLICATIONS: self._apply,
            LOOK_UPS: self._look_up,
            f"{CASES}/{{number}}": self._tell_state,
            RATINGS: self._rate,
        }

    def _apply(self, call: Call) -> str:
        body = call.read(ApplicationBody)
        return self._gate.signed(
            call,
            body,
            ApplicationClaims,
            [body.sealed, *body.attachments],
            lambda: self._receiving.open_application(body),
            lambda session, at, content: self._receiving.receive(session, body, content, at),
        )

    def _rate(self, call: Call) -> str:
        body = call.read(RatingBody)
        return self._gate.signed(
            call,
            body,
            RatingClaims,
            [body.sealed] if body.sealed else [],
            lambda: self._receiving.open_reasons(body),
            lambda session, at, reasons: self._receiving.rate(session, body, reasons, at),
        )

    def _look_up(self, call: Call) -> str:
        body = call.read(LookUpBody)
        call.from_kiosk(body.kiosk)
        content = self._receiving.open_question(body)
        return self._gate.asked(
            call,
            body.kiosk,
            lambda session, at: self._receiving.look_up(session, body, content, at),
        )

    def _tell_state(self, call: Call) -> str:
        question = call.asked(CaseQuestion)
        kiosk = call.peers_kiosk
        return self._gate.asked(
            call, kiosk, lambda session, at: self._states.told(session, kiosk, question.number, at)
        )
