"""The limits of a case, counted anew from what happened to it: nothing here is stored."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby

from sandbox.intake.case_file import CaseFile, Material, State, day_of
from sandbox.intake.working_days import Due, Holidays, add_working_days, working_days_between

ACCEPTANCE_DAYS = 5
"""Working days within which the office answers a receipt (行政许可法 32)."""


def due(case: CaseFile, holidays: Holidays) -> Due | None:
    """The last day for the decision; None before acceptance and without a known limit.

    While a supplement is waited for the clock stands, and the day is the one as of then.
    """
    if case.accepted_at is None or case.limit is None:
        return None
    promised = add_working_days(day_of(case.accepted_at), case.limit, holidays)
    more = stopped_days(case, holidays) + (case.extension.days if case.extension else 0)
    later = add_working_days(promised.day, more, holidays)
    return Due(later.day, promised.provisional or later.provisional)


def acceptance_due(case: CaseFile, holidays: Holidays) -> Due | None:
    """The last day for accepting, returning or refusing; None where that is done."""
    if case.state is not State.RECEIVED:
        return None
    return answer_due(complete_since(case), holidays)


def answer_due(complete_since: datetime, holidays: Holidays) -> Due:
    """The last day for an answer to materials that are whole since then."""
    return add_working_days(day_of(complete_since), ACCEPTANCE_DAYS, holidays)


def promised_due(material: Material, holidays: Holidays) -> Due | None:
    """By when a promised material is to come (容缺); None for one that was asked for."""
    if material.days is None:
        return None
    return add_working_days(day_of(material.asked_at), material.days, holidays)


def complete_since(case: CaseFile) -> datetime:
    """Of a case that waits for an answer: when its last supplement or correction came, else its
    receipt."""
    came = [material.supplied_at for material in case.materials if material.supplied_at]
    return max([case.received_at, *came, *([case.corrected_at] if case.corrected_at else [])])


def stopped_since(case: CaseFile) -> date | None:
    """Since which day the clock stands; None where it runs or has not begun."""
    if case.state is not State.SUPPLEMENTING or case.accepted_at is None:
        return None
    return max(day_of(material.asked_at) for material in case.outstanding(promised=False))


def stopped_days(case: CaseFile, holidays: Holidays) -> int:
    """Working days that the clock stood since acceptance, in supplements that are over."""
    return sum(working_days_between(start, end, holidays) for start, end in _stops(case))


def _stops(case: CaseFile) -> Iterator[tuple[date, date]]:
    asked = sorted(
        (material for material in case.materials if material.stops_clock),
        key=lambda material: material.asked_at,
    )
    for asked_at, materials in groupby(asked, key=lambda material: material.asked_at):
        batch = list(materials)
        came = [material.supplied_at for material in batch if material.supplied_at is not None]
        if len(came) == len(batch):
            yield day_of(asked_at), day_of(max(came))
