"""One progress view for all cases of a life event."""

from kiosk.documents.days import minute
from kiosk.forms.grouping import in_fours
from kiosk.intake.contract.dossier import CaseSheet
from kiosk.journeys.my_cases_told import bundle_of, bundle_words
from kiosk.journeys.not_answered import case_unknown, finish
from kiosk.journeys.own_case import (
    DECIDED,
    ENDED,
    due_words,
    item_words,
    missing_in,
    state_words,
)
from kiosk.journeys.pages import Button, Moment, Paper, SheetPage, Timeline, Told, Tone, Value
from kiosk.journeys.routes import World
from kiosk.journeys.steps import Destination, Open, Subject
from kiosk.language import _
from kiosk.session import Session


def bundle_told(session: Session, here: Destination, world: World) -> SheetPage:
    """`here.key` is the reference that the cases have in common."""
    cases = bundle_of(session, here.key, world.catalogue)
    if not cases:
        return case_unknown(session, _("一件事"))
    return SheetPage(
        bundle_words(cases, world.catalogue),
        _("各件同时办理，一起看进度。"),
        parts=(
            _told(cases),
            Value(_("一件事编号"), here.key),
            Value(_("申请时间"), minute(cases[0].applied_at)),
            Timeline(
                tuple(
                    Moment(
                        f"{number}. {item_words(case, world.catalogue)}",
                        _below(case),
                        in_fours(case.number),
                        case.stage in ENDED,
                    )
                    for number, case in enumerate(cases, start=1)
                )
            ),
            Paper(),
        ),
        buttons=tuple(
            Button(_("看第 {number} 件").format(number=number), Open(Subject.CASE, case.number))
            for number, case in enumerate(cases, start=1)
        ),
        main=finish(),
    )


def _told(cases: list[CaseSheet]) -> Told:
    waiting_for = [case for case in cases if missing_in(case)]
    done = sum(case.stage in DECIDED for case in cases)
    words = _("一共 {count} 件，已经办结 {done} 件。").format(count=len(cases), done=done)
    if waiting_for:
        return Told(
            _("有 {count} 件要补材料").format(count=len(waiting_for)), words, Tone.WARNING, "files"
        )
    if done == len(cases):
        return Told(_("全部办结"), words, Tone.GOOD, "circle-check")
    return Told(_("正在办理"), words, Tone.INFO, "hourglass")


def _below(case: CaseSheet) -> str:
    due = due_words(case)
    if case.stage in ENDED or case.clock_stopped or not due:
        return state_words(case)
    return _("{state}，期限 {due}").format(state=state_words(case), due=due)
