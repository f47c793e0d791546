"""Where a case stands, for whoever has its number."""

from datetime import date, datetime
from typing import assert_never

from sqlalchemy.orm import Session

from kiosk.intake.contract import CaseStage, CaseState, ProblemType
from sandbox.intake.case_file import IN_HAND, State
from sandbox.intake.case_names import numbers_of, rated_ones
from sandbox.intake.casework import Casework
from sandbox.intake.problems import Refusal
from sandbox.intake.wrong_tries import WrongTries

_HOW_FAR = (
    State.SUPPLEMENTING,
    State.RECEIVED,
    State.ACCEPTED,
    State.REVIEWING,
    State.DECIDING,
    State.FINISHED,
    State.DELIVERED,
    State.REFUSED,
    State.WITHDRAWN,
)
"""What waits for the applicant first; what ended without a decision holds nothing up."""


class CaseStates:
    def __init__(self, casework: Casework) -> None:
        self._casework = casework
        self._wrong = WrongTries(most=10)

    def told(self, session: Session, kiosk: str, number: str, at: datetime) -> CaseState:
        """By its number, or by the reference that a kiosk printed; of a bundle the one that is
        least far. Refusal for an unknown one, and for a kiosk that asked for too many of those."""
        self._wrong.check(kiosk)
        numbers = numbers_of(session, number)
        if not numbers:
            self._wrong.add(kiosk)
            raise Refusal(ProblemType.NO_RECORD)
        rows = self._casework.current(session, numbers, at)
        least = min(rows, key=lambda row: _HOW_FAR.index(State(row.state)))
        due = least.due_on if least.state in IN_HAND else None
        return CaseState(
            number=rows[0].number,
            state=stage_of(State(least.state)),
            due=date.fromisoformat(due) if due else None,
            answered_at=at,
            rated=bool(rated_ones(session, numbers)),
            parts=len(rows),
        )


def stage_of(state: State) -> CaseStage:
    match state:
        case State.RECEIVED:
            return CaseStage.RECEIVED
        case State.SUPPLEMENTING:
            return CaseStage.SUPPLEMENT
        case State.ACCEPTED:
            return CaseStage.ACCEPTED
        case State.REFUSED:
            return CaseStage.REFUSED
        case State.REVIEWING:
            return CaseStage.REVIEW
        case State.DECIDING:
            return CaseStage.DECISION
        case State.FINISHED:
            return CaseStage.FINISHED
        case State.DELIVERED:
            return CaseStage.DELIVERED
        case State.WITHDRAWN:
            return CaseStage.WITHDRAWN
        case _:
            assert_never(state)
