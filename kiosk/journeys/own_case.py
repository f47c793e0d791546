"""What a case is to the citizen whose it is: by what name, at what point, and what it waits for."""

from collections.abc import Iterator

from kiosk.catalogue.catalogue import Catalogue
from kiosk.documents.days import LastDay
from kiosk.documents.masked_words import masked_words
from kiosk.intake.contract import CaseStage
from kiosk.intake.contract.dossier import CaseEvent, CaseSheet, EventKind, MissingMaterial
from kiosk.journeys.pages import Tone
from kiosk.language import _
from kiosk.session import Session

ENDED = frozenset({CaseStage.REFUSED, CaseStage.FINISHED, CaseStage.DELIVERED, CaseStage.WITHDRAWN})
DECIDED = frozenset({CaseStage.FINISHED, CaseStage.DELIVERED})


def cases_of(session: Session) -> tuple[CaseSheet, ...]:
    """Newest first; none while the dossier is not known."""
    return session.office.dossier.cases if session.office.dossier is not None else ()


def case_by(session: Session, number: str) -> CaseSheet | None:
    return next((case for case in cases_of(session) if case.number == number), None)


def item_words(case: CaseSheet, catalogue: Catalogue) -> str:
    """Its item, in the language spoken where this kiosk knows the item."""
    for item in catalogue.items:
        if item.code == case.item:
            return _(item.name)
    return case.item_name


def department_words(case: CaseSheet, catalogue: Catalogue) -> str:
    for department in catalogue.departments:
        if department.name == case.department:
            return _(department.name)
    return case.department


def said_by_office(words: str, session: Session) -> str:
    """What an officer wrote, as a bystander may read it."""
    return masked_words(words, session.identity.name if session.identity is not None else "")


def missing_in(case: CaseSheet) -> tuple[MissingMaterial, ...]:
    """What is still to come, as long as it can."""
    if case.stage in ENDED:
        return ()
    return tuple(material for material in case.missing if not material.supplied)


def is_to_collect(case: CaseSheet) -> bool:
    """A result waits for the citizen, or is on its way."""
    there = case.collection
    return case.stage is CaseStage.FINISHED and there is not None and not there.collected


def is_to_rate(case: CaseSheet, session: Session) -> bool:
    given = session.rated_services & {case.number, case.reference}
    return case.stage in DECIDED and not case.rated and not given


def accepted(case: CaseSheet) -> bool:
    """Whether the office has taken it on, wherever it stands now."""
    taken = (EventKind.ACCEPTED, EventKind.ACCEPTED_WITH_PROMISE)
    return any(event.kind in taken for event in case.events)


def last(case: CaseSheet, *kinds: EventKind) -> CaseEvent | None:
    """The newest event of one of these kinds."""
    found: Iterator[CaseEvent] = (event for event in case.events if event.kind in kinds)
    return max(found, key=lambda event: event.at, default=None)


def due_words(case: CaseSheet) -> str:
    """The day by which it is to be decided; empty where no day is known."""
    return LastDay(case.due, case.due_provisional).words() if case.due is not None else ""


def state_words(case: CaseSheet) -> str:
    match case.stage:
        case CaseStage.RECEIVED:
            return _("已收件")
        case CaseStage.SUPPLEMENT:
            return _("待补正")
        case CaseStage.ACCEPTED:
            return _("已受理")
        case CaseStage.REFUSED:
            return _("不予受理")
        case CaseStage.REVIEW:
            return _("审核中")
        case CaseStage.DECISION:
            return _("审批中")
        case CaseStage.FINISHED:
            return _("已办结")
        case CaseStage.DELIVERED:
            return _("已送达")
        case CaseStage.WITHDRAWN:
            return _("已撤回")


def tag_of(case: CaseSheet) -> tuple[str, Tone]:
    """What it waits for from the citizen, else where it stands."""
    if missing_in(case):
        return (
            (_("待补正"), Tone.WARNING)
            if case.stage is CaseStage.SUPPLEMENT
            else (_("待补交"), Tone.WARNING)
        )
    if is_to_collect(case) and case.collection is not None:
        return (_("等待寄送"), Tone.INFO) if case.collection.posted else (_("可领取"), Tone.GOOD)
    match case.stage:
        case CaseStage.SUPPLEMENT | CaseStage.REFUSED:
            return state_words(case), Tone.WARNING
        case CaseStage.FINISHED | CaseStage.DELIVERED:
            return state_words(case), Tone.GOOD
        case CaseStage.WITHDRAWN:
            return state_words(case), Tone.PLAIN
        case CaseStage.RECEIVED | CaseStage.ACCEPTED | CaseStage.REVIEW | CaseStage.DECISION:
            return state_words(case), Tone.INFO
