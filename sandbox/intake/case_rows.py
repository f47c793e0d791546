"""Between a case as it lives and its rows."""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select, type_coerce
from sqlalchemy import case as either
from sqlalchemy.orm import Session, defer

from kiosk.intake.contract import CHINA_TIME
from sandbox.intake.case_clock import due, promised_due, stopped_days, stopped_since
from sandbox.intake.case_file import (
    CaseFile,
    Collection,
    Decision,
    Extension,
    Material,
    Outcome,
    Posting,
    Refusal,
    State,
    Withdrawal,
)
from sandbox.intake.item_directory import Item
from sandbox.intake.tables import Case, MissingMaterial, Moment
from sandbox.intake.working_days import Due, Holidays


def moment(at: datetime) -> str:
    """As the tables keep it: ISO 8601 with China's offset."""
    return at.astimezone(CHINA_TIME).isoformat()


def read_case(row: Case, materials: list[MissingMaterial], item: Item | None) -> CaseFile:
    """What the directory promises for the item holds until the acceptance fixes it."""
    promised = item.promised if item else None
    return CaseFile(
        state=State(row.state),
        received_at=datetime.fromisoformat(row.received_at),
        limit=promised if row.accepted_at is None else row.limit_days,
        immediate=item is not None and item.immediate,
        accepted_at=_read(row.accepted_at),
        deemed=row.deemed,
        corrected_at=_read(row.corrected_at),
        materials=tuple(_read_material(material) for material in materials),
        extension=_read_extension(row),
        refusal=_read_refusal(row),
        withdrawal=_read_withdrawal(row),
        decision=_read_decision(row),
        posting=_read_posting(row),
        delivered_at=_read(row.delivered_at),
    )


def write_case(
    row: Case, materials: list[MissingMaterial], case: CaseFile, holidays: Holidays
) -> list[MissingMaterial]:
    """Writes into the rows, days counted anew; the materials that are new come back, to be added.

    `materials` are in the order of `case.materials`, which only ever grows.
    """
    row.state = case.state
    row.delivered_at = _write(case.delivered_at)
    if case.posting:
        row.posting = {
            "name": case.posting.name,
            "phone": case.posting.phone,
            "address": case.posting.address,
        }
        row.posting_at = moment(case.posting.at)
    if row.finished_at is not None:
        # What was decided is judged by the days of then.
        return []
    row.accepted_at = _write(case.accepted_at)
    row.deemed = case.deemed
    row.corrected_at = _write(case.corrected_at)
    row.limit_days = case.limit if case.accepted_at else None
    row.due_on, row.due_provisional = _days(due(case, holidays))
    stopped = stopped_since(case)
    row.stopped_on = stopped.isoformat() if stopped else None
    row.stopped_days = stopped_days(case, holidays)
    if case.extension:
        row.extension_days = case.extension.days
        row.extension_reason = case.extension.reason
        row.extended_at = moment(case.extension.at)
    if case.refusal:
        row.refusal_reasons = case.refusal.reasons
        row.refused_to = case.refusal.authority
        row.refused_at = moment(case.refusal.at)
    if case.withdrawal:
        row.withdrawal = case.withdrawal.reason
        row.withdrawal_words = case.withdrawal.words
        row.withdrawn_at = moment(case.withdrawal.at)
    if case.decision:
        row.outcome = case.decision.outcome
        row.outcome_words = case.decision.words
        row.finished_at = moment(case.decision.at)
        row.result_window = case.decision.collection.window
        row.by_post = case.decision.collection.by_post
        # 256 bits: whoever knows the address may read the decision.
        electronic = case.decision.collection.electronic
        row.result_token = secrets.token_urlsafe(32) if electronic else None
    new = [
        MissingMaterial(
            case=row.number,
            promised=material.promised,
            stops_clock=material.stops_clock,
            name=material.name,
            reason=material.reason,
            days=material.days,
            asked_at=moment(material.asked_at),
        )
        for material in case.materials[len(materials) :]
    ]
    for material_row, material in zip([*materials, *new], case.materials, strict=True):
        material_row.supplied_at = _write(material.supplied_at)
        material_row.due_on, material_row.due_provisional = _days(promised_due(material, holidays))
    return new


def unanswered_cases() -> Select[str, str, str, str | None]:
    """Number, item, since when the materials are whole (the last supplement or correction, or the
    receipt), and the department that the applicant named."""
    last = func.coalesce(func.max(MissingMaterial.supplied_at), Case.received_at)
    corrected = either((Case.corrected_at > last, Case.corrected_at), else_=last)
    since = type_coerce(corrected, Moment)
    return (
        select(Case.number, Case.item, since, Case.department)
        .outerjoin(MissingMaterial, MissingMaterial.case == Case.number)
        .where(Case.state == State.RECEIVED)
        .group_by(Case.number, Case.item, Case.received_at, Case.corrected_at, Case.department)
    )


def locked_cases(
    session: Session, numbers: Sequence[str]
) -> list[tuple[Case, list[MissingMaterial]]]:
    """The rows as they are now, locked until the transaction ends (in SQLite the transaction has
    the whole file from its beginning). Always in one order, so that of two instances none waits
    for the other."""
    rows = session.scalars(
        select(Case)
        .options(defer(Case.content))
        .where(Case.number.in_(numbers))
        .order_by(Case.number)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    materials = materials_of(session, numbers)
    return [(row, materials[row.number]) for row in rows]


def materials_of(
    session: Session, numbers: Sequence[str]
) -> defaultdict[str, list[MissingMaterial]]:
    """By case, in the order in which they were asked for."""
    found: defaultdict[str, list[MissingMaterial]] = defaultdict(list)
    for material in session.scalars(
        select(MissingMaterial)
        .where(MissingMaterial.case.in_(numbers))
        .order_by(MissingMaterial.id)
        .execution_options(populate_existing=True)
    ):
        found[material.case].append(material)
    return found


def _read(at: str | None) -> datetime | None:
    return datetime.fromisoformat(at) if at else None


def _write(at: datetime | None) -> str | None:
    return moment(at) if at else None


def _days(limit: Due | None) -> tuple[str | None, bool]:
    return (limit.day.isoformat(), limit.provisional) if limit else (None, False)


def _read_material(row: MissingMaterial) -> Material:
    return Material(
        name=row.name,
        reason=row.reason,
        promised=row.promised,
        asked_at=datetime.fromisoformat(row.asked_at),
        days=row.days,
        stops_clock=row.stops_clock,
        supplied_at=_read(row.supplied_at),
    )


def _read_extension(row: Case) -> Extension | None:
    if row.extended_at is None or row.extension_days is None:
        return None
    at = datetime.fromisoformat(row.extended_at)
    return Extension(row.extension_days, row.extension_reason or "", at)


def _read_refusal(row: Case) -> Refusal | None:
    if row.refused_at is None:
        return None
    at = datetime.fromisoformat(row.refused_at)
    return Refusal(row.refusal_reasons or "", row.refused_to or "", at)


def _read_decision(row: Case) -> Decision | None:
    if row.finished_at is None or row.outcome is None:
        return None
    at = datetime.fromisoformat(row.finished_at)
    collection = Collection(row.result_window, row.by_post, row.result_token is not None)
    return Decision(Outcome(row.outcome), row.outcome_words or "", at, collection)


def _read_withdrawal(row: Case) -> Withdrawal | None:
    if row.withdrawn_at is None:
        return None
    at = datetime.fromisoformat(row.withdrawn_at)
    return Withdrawal(row.withdrawal or "", row.withdrawal_words or "", at)


def _read_posting(row: Case) -> Posting | None:
    if row.posting is None or row.posting_at is None:
        return None
    to = {name: str(row.posting.get(name, "")) for name in ("name", "phone", "address")}
    return Posting(**to, at=datetime.fromisoformat(row.posting_at))
