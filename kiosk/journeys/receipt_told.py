"""What whoever has a receipt, or its number, is told of the case: how far it has come, and nothing
of whose it is."""

from kiosk.documents.days import in_words
from kiosk.forms.grouping import in_fours
from kiosk.intake.contract import CaseStage
from kiosk.journeys.case_told import case_told, stages
from kiosk.journeys.not_answered import again, finish
from kiosk.journeys.pages import Button, Moment, Part, SheetPage, Timeline, Told, Tone, Value
from kiosk.journeys.steps import Open, Subject
from kiosk.language import _
from kiosk.session import CaseAsked, Session

RATED_FROM = (CaseStage.FINISHED, CaseStage.DELIVERED, CaseStage.REFUSED)
"""Stages at which the service has ended, and can be rated."""


def receipt_told(session: Session) -> SheetPage:
    """ValueError where no case was asked for."""
    case = session.case
    if case is None:
        raise ValueError("no case was asked for")
    told = case_told(case)
    return SheetPage(
        _("办理进度"),
        _("只显示办到哪一步，不显示申请人的信息。"),
        (Told(told.title, told.words, Tone(told.tone), told.icon), *_known(case)),
        buttons=() if case.stage is None else tuple(_more(case, session)),
        main=again() if told.again else finish(),
    )


def _known(case: CaseAsked) -> list[Part]:
    number = case.number or case.asked
    label = _("收件编号") if number.isdecimal() else _("本机编号")
    if case.parts > 1:
        label = _("一件事编号")
    parts: list[Part] = [Value(label, in_fours(number))]
    if case.due is not None:
        parts.append(Value(_("办结期限"), in_words(case.due)))
    if case.parts > 1:
        parts.append(Value(_("一件事"), _("共 {count} 件，同时办理").format(count=case.parts)))
    if case.stage is not None and (way := stages(case.stage)):
        parts.append(Timeline(tuple(Moment(name, reached=reached) for name, reached in way)))
    return parts


def _more(case: CaseAsked, session: Session) -> list[Button]:
    buttons = [Button(_("刷身份证看全部"), Open(Subject.MY_CASES), "id")]
    unrated = not case.rated and case.number not in session.rated_services
    if case.stage in RATED_FROM and unrated:
        buttons.append(Button(_("评价这次服务"), Open(Subject.RATE), "star"))
    return buttons

