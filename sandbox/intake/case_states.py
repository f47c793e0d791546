"""Where a case stands, for whoever has its number."""

from datetime import date, datetime
from typing import assert_never

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.intake.contract import CaseStage, CaseState, ProblemType
from sandbox.intake.case_file import IN_HAND, State
from sandbox.intake.casework import CaseUnknown, Casework
from sandbox.intake.problems import Refusal
from sandbox.intake.tables import Case
from sandbox.intake.wrong_tries import WrongTries


class CaseStates:
    def __init__(self, casework: Casework) -> None:
        self._casework = casework
        self._wrong = WrongTries(most=10)

    def told(self, session: Session, kiosk: str, number: str, at: datetime) -> CaseState:
        """By its number, or by the reference that a kiosk printed. Refusal for an unknown one, and
        for a kiosk that asked for too many of those."""
        self._wrong.check(kiosk)
        try:
            row = self._casework.current(session, _number_of(session, number), at)
        except CaseUnknown:
            self._wrong.add(kiosk)
            raise Refusal(ProblemType.NO_RECORD) from None
        state = State(row.state)
        due = row.due_on if state in IN_HAND else None
        return CaseState(
            number=row.number,
            state=_stage(state),
            due=date.fromisoformat(due) if due else None,
            answered_at=at,
        )


def _number_of(session: Session, asked: str) -> str:
    if asked.isdecimal():
        return asked
    # Ids that differ in their dashes alone could share a reference: then neither is told.
    numbers = session.scalars(select(Case.number).where(Case.reference == asked)).all()
    return numbers[0] if len(numbers) == 1 else asked


def _stage(state: State) -> CaseStage:
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
