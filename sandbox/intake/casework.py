"""The life of cases in the database: acts, each with its entry in the audit trail, and what the
desk asks for. The caller's session is the transaction; nothing here commits."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never

from pydantic import JsonValue
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, defer

from sandbox.intake.auditing import note
from sandbox.intake.case_actions import (
    ACTION_NAMES,
    Accept,
    Action,
    BeginReview,
    Correct,
    Deliver,
    Extend,
    Finish,
    ForwardToDecision,
    HavePosted,
    NotAllowed,
    Refuse,
    ReturnForSupplement,
    Supplied,
    SupplyPromised,
    Why,
    Withdraw,
)
from sandbox.intake.case_clock import acceptance_due, answer_due
from sandbox.intake.case_department import handled_by
from sandbox.intake.case_file import CaseFile, State, day_of
from sandbox.intake.case_life import deem_accepted, take
from sandbox.intake.case_rows import (
    locked_cases,
    materials_of,
    read_case,
    unanswered_cases,
    write_case,
)
from sandbox.intake.item_directory import Item, ItemDirectory
from sandbox.intake.tables import AuditEntry, Case, MissingMaterial
from sandbox.intake.working_days import Due, Holidays

SYSTEM = "系统"
"""The actor of what happens by itself."""
_AT_ONCE = 500
"""Rows of one statement; SQLite and PostgreSQL limit its parameters."""
CLOSED = (State.REFUSED, State.FINISHED, State.DELIVERED, State.WITHDRAWN)


class CaseUnknown(Exception):
    """There is no case with this number."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


@dataclass(frozen=True)
class CaseSheet:
    """A case with all that the desk shows of it. `answer_by`: the last day for accepting,
    returning or refusing, None where that is done; `history` oldest first."""

    row: Case
    life: CaseFile
    item: Item | None
    materials: tuple[MissingMaterial, ...]
    answer_by: Due | None
    history: tuple[AuditEntry, ...]


@dataclass(frozen=True)
class Casework:
    directory: ItemDirectory
    holidays: Holidays

    def act(
        self,
        session: Session,
        number: str,
        action: Action,
        officer: str,
        at: datetime,
        *,
        seen: int | None = None,
    ) -> CaseFile:
        """Does it, in the transaction of `session`, and writes it down under the officer's name.

        The case's row is locked until the transaction ends: of two officers at once the second
        is judged by what the first left. `seen` is the `version` of the row that the officer
        looked at; with it, whoever looked at an older one is refused whatever he asks for.
        Raises CaseUnknown, and NotAllowed, after which the transaction is to be rolled back.
        """
        locked = locked_cases(session, [number])
        if not locked:
            raise CaseUnknown(number)
        row, materials = locked[0]
        if seen is not None and seen != row.version:
            raise NotAllowed(Why.CHANGED_MEANWHILE, State(row.state))
        before = self._bring_up_to_date(session, row, materials, at)
        after = take(before, action, at, self.holidays)
        session.add_all(write_case(row, materials, after, self.holidays))
        row.version += 1
        detail = _step(before, after, row) | _figures(action)
        note(session, at, officer, ACTION_NAMES[type(action)], number, detail)
        session.flush()
        return after

    def current(self, session: Session, numbers: Sequence[str], at: datetime) -> list[Case]:
        """These cases as they stand at that moment, in the order of their numbers, their
        applications not loaded."""
        found = locked_cases(session, numbers)
        for row, materials in found:
            self._bring_up_to_date(session, row, materials, at)
        return [row for row, _ in found]

    def bring_up_to_date(self, session: Session, at: datetime) -> int:
        """What happened by itself until `at`; call it before anything is shown. How many cases
        it changed.

        Cases that nobody answered in time count as accepted; days that were provisional are
        counted anew, since their year's holidays may have become known.
        """
        unanswered = [
            number
            for number, _, since, _ in session.execute(unanswered_cases())
            if answer_due(datetime.fromisoformat(since), self.holidays).day < day_of(at)
        ]
        provisional = select(Case.number, Case.due_on).where(
            Case.due_provisional, Case.state.not_in(CLOSED)
        )
        now_known = [
            number
            for number, due_on in session.execute(provisional)
            if due_on is not None and self.holidays.is_known(date.fromisoformat(due_on))
        ]
        changed = 0
        numbers = sorted((*unanswered, *now_known))
        for first in range(0, len(numbers), _AT_ONCE):
            for row, materials in locked_cases(session, numbers[first : first + _AT_ONCE]):
                version = row.version
                self._bring_up_to_date(session, row, materials, at)
                changed += version != row.version
        session.flush()
        return changed

    def cases(
        self,
        session: Session,
        *,
        states: Collection[State] = tuple(State),
        department: str | None = None,
        first: int = 0,
        most: int = 50,
    ) -> Sequence[Case]:
        """The ones that are due soonest first, those without a due day after them, oldest first.
        The application itself (`content`) is loaded when it is looked at."""
        return session.scalars(
            select(Case)
            .options(defer(Case.content))
            .where(Case.state.in_(states), *self._of(department))
            .order_by(Case.due_on.is_(None), Case.due_on, Case.received_at, Case.number)
            .offset(first)
            .limit(most)
        ).all()

    def answers_due(self, session: Session, numbers: Collection[str]) -> dict[str, Due]:
        """Of these cases those that wait for an answer, and the last day for it: accepting,
        returning or refusing."""
        return {
            number: answer_due(datetime.fromisoformat(since), self.holidays)
            for number, _, since, _ in session.execute(
                unanswered_cases().where(Case.number.in_(numbers))
            )
        }

    def sheet(self, session: Session, number: str) -> CaseSheet:
        """Raises CaseUnknown."""
        row = session.get(Case, number)
        if row is None:
            raise CaseUnknown(number)
        materials = materials_of(session, [number])[number]
        return self._sheet(row, materials, _histories(session, [number])[number])

    def sheets(self, session: Session, numbers: Sequence[str], at: datetime) -> list[CaseSheet]:
        """These cases as they stand at that moment, in the order of their numbers, their
        applications not loaded."""
        found = locked_cases(session, numbers)
        for row, materials in found:
            self._bring_up_to_date(session, row, materials, at)
        session.flush()
        histories = _histories(session, numbers)
        return [self._sheet(row, materials, histories[row.number]) for row, materials in found]

    def _sheet(
        self, row: Case, materials: Sequence[MissingMaterial], history: Sequence[AuditEntry]
    ) -> CaseSheet:
        item = self.directory.item(row.item)
        life = read_case(row, list(materials), item)
        answer_by = acceptance_due(life, self.holidays)
        return CaseSheet(row, life, item, tuple(materials), answer_by, tuple(history))

    def _of(self, department: str | None) -> list[ColumnElement[bool]]:
        return [] if department is None else [handled_by(self.directory, department)]

    def _bring_up_to_date(
        self, session: Session, row: Case, materials: list[MissingMaterial], at: datetime
    ) -> CaseFile:
        before = read_case(row, materials, self.directory.item(row.item))
        case = deem_accepted(before, at, self.holidays)
        days = (row.due_on, row.due_provisional)
        write_case(row, materials, case, self.holidays)
        if case.state is not before.state:
            row.version += 1
            note(session, at, SYSTEM, "deemed_accepted", row.number, _step(before, case, row))
        elif days != (row.due_on, row.due_provisional):
            row.version += 1
            note(session, at, SYSTEM, "recount", row.number, _step(before, case, row))
        return case


def _histories(
    session: Session, numbers: Sequence[str]
) -> defaultdict[str, list[AuditEntry]]:
    found: defaultdict[str, list[AuditEntry]] = defaultdict(list)
    for entry in session.scalars(
        select(AuditEntry).where(AuditEntry.subject.in_(numbers)).order_by(AuditEntry.id)
    ):
        found[entry.subject].append(entry)
    return found


def _figures(action: Action) -> dict[str, JsonValue]:
    """What the audit trail says of an action beside its name: figures alone, since an officer may
    have written a name into any of the words."""
    match action:
        case Accept(promised=promised):
            return {"promised": len(promised), "days": [material.days for material in promised]}
        case ReturnForSupplement(materials=materials):
            return {"materials": len(materials)}
        case Supplied(names=names):
            return {"materials": len(names)}
        case SupplyPromised():
            return {"materials": 1}
        case Finish(outcome=outcome):
            return {"outcome": outcome.value}
        case Extend(days=days):
            return {"days": days}
        case (
            Refuse()
            | BeginReview()
            | ForwardToDecision()
            | Deliver()
            | Correct()
            | Withdraw()
            | HavePosted()
        ):
            return {}
        case _:
            assert_never(action)


def _step(before: CaseFile, after: CaseFile, row: Case) -> dict[str, JsonValue]:
    return {"from": before.state.value, "to": after.state.value, "due_on": row.due_on}
