"""The notices that a case brought so far, and how far it has come, on paper."""

from datetime import datetime

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.models import Item
from kiosk.documents.acceptance_notice import acceptance_notice
from kiosk.documents.authority_notice import Act
from kiosk.documents.case_head import CaseHead
from kiosk.documents.completion_notice import completion_notice
from kiosk.documents.conditional_acceptance import conditional_acceptance
from kiosk.documents.days import LastDay, in_words, minute
from kiosk.documents.document import Document, Row, Rows
from kiosk.documents.extension_notice import extension_notice
from kiosk.documents.progress_slip import Progress, progress_slip
from kiosk.documents.promised_material import PromisedMaterial
from kiosk.documents.refusal_notice import refusal_notice
from kiosk.documents.stated import or_as_published
from kiosk.documents.supplement_notice import MissingMaterial, supplement_notice
from kiosk.identity import Identity
from kiosk.intake.contract.dossier import CaseEvent, CaseSheet, EventKind, Outcome
from kiosk.journeys.case_way_told import event_words
from kiosk.journeys.collection_told import collection_ways
from kiosk.journeys.issuer import Issuer
from kiosk.journeys.item_paper import stated
from kiosk.journeys.own_case import (
    accepted,
    department_words,
    due_words,
    item_words,
    said_by_office,
    state_words,
)
from kiosk.language import _
from kiosk.session import Session


def paper_of_case(
    issuer: Issuer, catalogue: Catalogue, session: Session, case: CaseSheet, at: datetime
) -> Document | None:
    """The notice of the newest act where that is one that is noticed, else how far the case is
    `at` this moment; None while nobody is signed in."""
    if session.identity is None:
        return None
    newest = max(case.events, key=lambda event: event.at, default=None)
    notice = (
        notice_of(issuer, catalogue, session.identity, case, newest) if newest is not None else None
    )
    return notice or _progress(issuer, catalogue, session, session.identity, case, at)


def notice_of(
    issuer: Issuer, catalogue: Catalogue, person: Identity, case: CaseSheet, event: CaseEvent
) -> Document | None:
    """What the authority tells the applicant of this act in writing; None for one of which it
    tells nothing."""
    head, act = case_head(issuer, catalogue, person, case), Act(event.at)
    match event.kind:
        case EventKind.ACCEPTED:
            return acceptance_notice(head, act, due=_due(case, event), deemed=case.deemed)
        case EventKind.ACCEPTED_WITH_PROMISE:
            return conditional_acceptance(
                head,
                act,
                promised=_promised(case),
                consequence=_consequence(case, catalogue),
                due=_due(case, event),
            )
        case EventKind.RETURNED:
            return _supplement(head, act, case, event)
        case EventKind.EXTENDED:
            before = [e for e in case.events if e.at < event.at and e.due is not None]
            last = max(before, key=lambda earlier: earlier.at, default=None)
            return extension_notice(
                head,
                act,
                reason=event.words,
                due_before=_due(case, last) if last is not None else None,
                due=_due(case, event),
            )
        case EventKind.FINISHED:
            ways = _("；").join(collection_ways(case))
            approved = None if case.outcome is None else case.outcome is Outcome.APPROVED
            return completion_notice(head, act, approved=approved, words=event.words, collect=ways)
        case EventKind.REFUSED:
            reason = or_as_published(event.words)
            return refusal_notice(head, act, reasons=(reason,), apply_to=case.refused_to)
        case (
            EventKind.RECEIVED
            | EventKind.CORRECTED
            | EventKind.SUPPLIED
            | EventKind.REVIEWING
            | EventKind.DECIDING
            | EventKind.DELIVERED
            | EventKind.WITHDRAWN
        ):
            return None


def case_head(issuer: Issuer, catalogue: Catalogue, person: Identity, case: CaseSheet) -> CaseHead:
    """What every paper says of the case; of its materials the kiosk knows nothing."""
    item = _item(case, catalogue)
    return CaseHead(
        issuer=_(issuer.hall),
        terminal=_(issuer.terminal),
        item=item_words(case, catalogue),
        handling=_(item.handling.value) if item is not None else or_as_published(""),
        department=department_words(case, catalogue),
        number=case.number,
        reference=case.reference,
        applied_at=case.applied_at,
        applicant=person.name,
        id_number=person.number,
        limit=stated(item.promised) if item is not None else None,
    )


def _item(case: CaseSheet, catalogue: Catalogue) -> Item | None:
    return next((item for item in catalogue.items if item.code == case.item), None)


def _due(case: CaseSheet, event: CaseEvent) -> LastDay | None:
    """The limit after the event; provisional as far as the intake says so of the one now."""
    if event.due is None:
        return None
    return LastDay(event.due, provisional=case.due_provisional and event.due == case.due)


def _promised(case: CaseSheet) -> tuple[PromisedMaterial, ...]:
    return tuple(
        PromisedMaterial(
            material.name, material.standard, in_words(material.due) if material.due else ""
        )
        for material in case.missing
        if material.promised
    )


def _consequence(case: CaseSheet, catalogue: Catalogue) -> str:
    """What the item says follows when a promised material does not come."""
    item, names = _item(case, catalogue), {m.name for m in case.missing if m.promised}
    materials = item.materials if item is not None else ()
    said = (_(m.defer.consequence) for m in materials if m.defer is not None and m.name in names)
    return _("；").join(dict.fromkeys(said))


def _supplement(head: CaseHead, act: Act, case: CaseSheet, event: CaseEvent) -> Document:
    """What is missing still; all that was, once nothing is."""
    asked = [material for material in case.missing if not material.promised]
    missing = [material for material in asked if not material.supplied] or asked
    due = min((material.due for material in missing if material.due is not None), default=None)
    before = case.model_copy(update={"events": tuple(e for e in case.events if e.at < event.at)})
    return supplement_notice(
        head,
        act,
        missing=tuple(
            MissingMaterial(
                material.name, material.standard, material.reason or or_as_published("")
            )
            for material in missing
        ),
        deadline=in_words(due) if due is not None else "",
        accepted=accepted(before),
    )


def _progress(
    issuer: Issuer,
    catalogue: Catalogue,
    session: Session,
    person: Identity,
    case: CaseSheet,
    at: datetime,
) -> Document:
    events = sorted(case.events, key=lambda event: event.at)
    rows = tuple(
        Row(
            event_words(e.kind),
            minute(e.at),
            (said_by_office(e.words, session),) if e.words else (),
        )
        for e in events
    )
    progress = Progress(
        number_label=_("收件编号"),
        number=case.number,
        state=state_words(case),
        due=_("暂停计算，等您补齐材料") if case.clock_stopped else due_words(case),
        item=item_words(case, catalogue),
        department=department_words(case, catalogue),
        applicant=person.name,
        listed=(Rows(_("办理经过"), rows),) if rows else (),
    )
    return progress_slip(
        issuer=_(issuer.hall), terminal=_(issuer.terminal), progress=progress, at=at
    )
