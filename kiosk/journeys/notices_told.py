"""The notices of a case, to be read on the screen before they are printed."""

from collections.abc import Iterator

from kiosk.documents.document import Document, Row
from kiosk.forms.grouping import in_fours
from kiosk.intake.contract.dossier import CaseEvent, CaseSheet, EventKind
from kiosk.journeys.case_papers import notice_of
from kiosk.journeys.issuer import Issuer
from kiosk.journeys.not_answered import case_unknown, finish
from kiosk.journeys.own_case import last
from kiosk.journeys.pages import Button, Lines, Paper, Part, SheetPage, Value
from kiosk.journeys.routes import World
from kiosk.journeys.steps import Open, Subject
from kiosk.language import _
from kiosk.session import Session


def notice_buttons(case: CaseSheet) -> tuple[Button, ...]:
    """The newest of each kind, the newest first."""
    newest = sorted(
        (event for kind in EventKind if (event := last(case, kind)) is not None),
        key=lambda event: event.at,
        reverse=True,
    )
    return tuple(
        Button(words, Open(Subject.CASE, f"{case.number}/{event.kind}"), "file-certificate")
        for event in newest
        if (words := notice_words(event.kind))
    )


def noticed(case: CaseSheet, kind: str) -> CaseEvent | None:
    """The newest event of this kind; None where there is none, or no such kind."""
    return next((e for each in EventKind if each == kind and (e := last(case, each))), None)


def notice_told(session: Session, case: CaseSheet, kind: str, world: World) -> SheetPage:
    event = noticed(case, kind)
    title = notice_words(event.kind) if event is not None else ""
    nobody = Issuer("", "")
    document = (
        notice_of(nobody, world.catalogue, session.identity, case, event)
        if event is not None and session.identity is not None
        else None
    )
    if document is None:
        return case_unknown(session, title or _("办理进度"))
    return SheetPage(title, parts=(Paper(), *_parts(document)), main=finish())


def notice_words(kind: EventKind) -> str:
    """What the notice is called; empty where the authority sends none."""
    match kind:
        case EventKind.ACCEPTED:
            return _("受理通知书")
        case EventKind.ACCEPTED_WITH_PROMISE:
            return _("容缺受理通知书")
        case EventKind.RETURNED:
            return _("补齐补正通知单")
        case EventKind.EXTENDED:
            return _("延期告知书")
        case EventKind.FINISHED:
            return _("办结通知")
        case EventKind.REFUSED:
            return _("不予受理通知书")
        case (
            EventKind.RECEIVED
            | EventKind.CORRECTED
            | EventKind.SUPPLIED
            | EventKind.REVIEWING
            | EventKind.DECIDING
            | EventKind.DELIVERED
            | EventKind.WITHDRAWN
        ):
            return ""


def _parts(document: Document) -> Iterator[Part]:
    yield Value(document.number_label, in_fours(document.number))
    for field in document.fields:
        yield Value(field.label, field.value)
    for listed in document.rows:
        lines = tuple(line for row in listed.rows for line in _lines(row))
        yield Lines(listed.heading, lines, listed.numbered and len(lines) == len(listed.rows))
    yield Lines(_("说明"), document.notices)


def _lines(row: Row) -> tuple[str, ...]:
    return (row.text, *row.below)
