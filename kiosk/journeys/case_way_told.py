"""The way of a case: what happened to it, when, and what comes next."""

from kiosk.documents.days import in_words, minute
from kiosk.intake.contract import CaseStage
from kiosk.intake.contract.dossier import CaseEvent, CaseSheet, EventKind
from kiosk.journeys.own_case import said_by_office
from kiosk.journeys.pages import Moment, Timeline
from kiosk.language import _
from kiosk.session import Session

_WAY = (
    (EventKind.ACCEPTED, EventKind.ACCEPTED_WITH_PROMISE),
    (EventKind.REVIEWING,),
    (EventKind.DECIDING,),
    (EventKind.FINISHED,),
    (EventKind.DELIVERED,),
)


def way_told(case: CaseSheet, session: Session) -> Timeline:
    """In the order of time; behind it the steps that are still to come."""
    events = sorted(case.events, key=lambda event: event.at)
    happened = tuple(
        Moment(event_words(event.kind), _below(event, session), minute(event.at))
        for event in events
    )
    return Timeline(happened + tuple(Moment(words, reached=False) for words in _to_come(case)))


def event_words(kind: EventKind) -> str:
    match kind:
        case EventKind.RECEIVED:
            return _("已收件")
        case EventKind.CORRECTED:
            return _("您更正了申请")
        case EventKind.ACCEPTED:
            return _("已受理")
        case EventKind.ACCEPTED_WITH_PROMISE:
            return _("容缺受理")
        case EventKind.RETURNED:
            return _("告知补材料")
        case EventKind.SUPPLIED:
            return _("您补交了材料")
        case EventKind.REVIEWING:
            return _("开始审核")
        case EventKind.DECIDING:
            return _("开始审批")
        case EventKind.EXTENDED:
            return _("延长期限")
        case EventKind.FINISHED:
            return _("已办结")
        case EventKind.DELIVERED:
            return _("已送达")
        case EventKind.REFUSED:
            return _("不予受理")
        case EventKind.WITHDRAWN:
            return _("您撤回了申请")


def _below(event: CaseEvent, session: Session) -> str:
    words = said_by_office(event.words, session)
    if event.due is None:
        return words
    due = _("期限 {day}").format(day=in_words(event.due))
    return _("{words}（{due}）").format(words=words, due=due) if words else due


def _to_come(case: CaseSheet) -> tuple[str, ...]:
    if case.stage in (CaseStage.REFUSED, CaseStage.WITHDRAWN):
        return ()
    kinds = {event.kind for event in case.events}
    passed = max((n + 1 for n, step in enumerate(_WAY) if kinds & {*step}), default=0)
    names = (_("受理"), _("审核"), _("审批"), _("办结"), _("送达"))
    return names[passed:]
