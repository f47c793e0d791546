"""What a citizen who proved who they are is told of: their cases, and what they handed in."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from kiosk.intake.contract import Application, ProblemType
from kiosk.intake.contract.dossier import CaseSheet as ToldSheet
from kiosk.intake.contract.dossier import (
    Collection,
    Contents,
    ContentsContent,
    Dossier,
    MissingMaterial,
    Outcome,
    Person,
)
from sandbox.intake.applicants import require_own
from sandbox.intake.auditing import note
from sandbox.intake.bookings import bookings_of
from sandbox.intake.case_events import cut, events_of
from sandbox.intake.case_file import IN_HAND, Material, State
from sandbox.intake.case_names import rated_ones
from sandbox.intake.case_states import stage_of
from sandbox.intake.casework import CaseSheet, Casework
from sandbox.intake.item_materials import standard_of
from sandbox.intake.licences import Licences
from sandbox.intake.problems import Refusal
from sandbox.intake.tables import Case
from sandbox.intake.tables import MissingMaterial as MaterialRow

_MOST_CASES = 100
_MOST_MATERIALS = 60

ResultAddress = Callable[[str], str]
"""The whole address of the page that shows the result with this token."""


class Dossiers:
    def __init__(
        self,
        casework: Casework,
        result_address: ResultAddress,
        licences: Licences,
    ) -> None:
        self._casework = casework
        self._result_address = result_address
        self._licences = licences

    def told(self, session: Session, kiosk: str, person: Person, at: datetime) -> Dossier:
        """Newest cases first. The trail notes that somebody asked, and not who."""
        numbers = session.scalars(
            select(Case.number)
            .where(or_(Case.person == person.number, Case.principal == person.number))
            .order_by(Case.received_at.desc(), Case.number.desc())
            .limit(_MOST_CASES)
        ).all()
        sheets = {s.row.number: s for s in self._casework.sheets(session, numbers, at)}
        rated = rated_ones(session, numbers)
        note(session, at, kiosk, "dossier_told", kiosk, {"cases": len(numbers)})
        return Dossier(
            cases=tuple(self._case(sheets[n], person, rated=n in rated) for n in numbers),
            licences=self._licences.licences_of(person.number, at.date()),
            bookings=bookings_of(session, person.number, at),
            answered_at=at,
        )

    def contents(
        self, session: Session, kiosk: str, asked: ContentsContent, at: datetime
    ) -> Contents:
        """What was handed in, as long as it can be corrected by whoever asks."""
        rows = self._casework.sheets(session, [asked.number], at)
        if not rows:
            raise Refusal(ProblemType.NO_RECORD)
        [sheet] = rows
        require_own(sheet.row, asked.person)
        if not _can_correct(sheet, asked.person):
            raise Refusal(ProblemType.NOT_ALLOWED, "cannot be corrected")
        note(session, at, kiosk, "contents_told", asked.number)
        content = Application.model_validate(sheet.row.content)
        return Contents(
            number=asked.number,
            item=content.item,
            answers=content.answers,
            signature=content.signature,
            language=content.language,
            answered_at=at,
        )

    def _case(self, sheet: CaseSheet, person: Person, *, rated: bool) -> ToldSheet:
        row, life, item = sheet.row, sheet.life, sheet.item
        shown = row.due_on if life.state in IN_HAND or row.stopped_on else None
        return ToldSheet(
            number=row.number,
            reference=row.reference,
            bundle=row.bundle,
            item=row.item,
            item_name=item.name if item else f"事项 {row.item}",
            department=row.department or (item.department if item else ""),
            stage=stage_of(life.state),
            applied_at=datetime.fromisoformat(row.kept_at),
            received_at=datetime.fromisoformat(row.received_at),
            due=date.fromisoformat(shown) if shown else None,
            due_provisional=shown is not None and row.due_provisional,
            clock_stopped=row.stopped_on is not None,
            deemed=life.deemed,
            office=row.office,
            events=events_of(sheet),
            missing=tuple(_missing(sheet))[-_MOST_MATERIALS:],
            refused_to=cut(life.refusal.authority, 200) if life.refusal else "",
            outcome=_outcome(sheet),
            collection=self._collection(sheet),
            can_withdraw=life.can_be_withdrawn,
            can_correct=_can_correct(sheet, person),
            rated=rated,
        )

    def _collection(self, sheet: CaseSheet) -> Collection | None:
        row, decision = sheet.row, sheet.life.decision
        if decision is None:
            return None
        return Collection(
            window=decision.collection.window,
            by_post=decision.collection.by_post,
            posted=sheet.life.posting is not None,
            electronic=self._result_address(row.result_token) if row.result_token else None,
            collected=sheet.life.state is State.DELIVERED,
        )


def _outcome(sheet: CaseSheet) -> Outcome | None:
    answered = sheet.item is not None and sheet.item.answered
    decision = sheet.life.decision
    return Outcome(decision.outcome) if decision and not answered else None


def _can_correct(sheet: CaseSheet, person: Person) -> bool:
    return sheet.life.can_be_corrected and sheet.row.person == person.number


def _missing(sheet: CaseSheet) -> Iterator[MissingMaterial]:
    for row, material in zip(sheet.materials, sheet.life.materials, strict=True):
        yield MissingMaterial(
            id=row.id,
            name=material.name,
            standard=cut(_standard(sheet.row.item, material)),
            reason="" if material.promised else cut(material.reason),
            promised=material.promised,
            due=_day(row),
            supplied=material.supplied_at is not None,
        )


def _standard(item: str, material: Material) -> str:
    """Of a promised one the officer wrote in what form it is to come."""
    written = standard_of(item, material.name)
    return written or (material.reason if material.promised else "")


def _day(row: MaterialRow) -> date | None:
    return date.fromisoformat(row.due_on) if row.due_on else None
