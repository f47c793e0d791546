"""好差评 later: by receipt, by number, or among the citizen's own cases."""

from kiosk.forms.grouping import in_fours
from kiosk.journeys.case_told import case_told
from kiosk.journeys.not_answered import again, finish
from kiosk.journeys.own_case import case_by, item_words
from kiosk.journeys.pages import Button, Part, Rate, SheetPage, Told, Tone, Value
from kiosk.journeys.routes import World
from kiosk.journeys.steps import Destination, Open, Subject, TypeNumber
from kiosk.language import _
from kiosk.session import CaseAsked, Session


def rate_told(session: Session, here: Destination, world: World) -> SheetPage:
    """`here.key` is the number of an own case, or empty: then of what was scanned or typed."""
    if here.key:
        case = case_by(session, here.key)
        rated = case is not None and case.rated
        about = (Value(_("办理事项"), item_words(case, world.catalogue)),) if case else ()
        return _rate(session, here.key, rated=rated, about=about)
    asked = session.case
    if asked is None:
        return _ways(world)
    if asked.stage is None or asked.number is None:
        return _not_known(asked)
    return _rate(session, asked.number, rated=asked.rated, about=())


def _rate(session: Session, number: str, *, rated: bool, about: tuple[Value, ...]) -> SheetPage:
    values: tuple[Part, ...] = (*about, Value(_("收件编号"), in_fours(number)))
    if rated and number not in session.rated_services:
        told = Told(_("这次服务已经评价过"), _("每件事只能评价一次，谢谢您。"), Tone.INFO, "star")
        return SheetPage(_("服务评价"), parts=(told, *values), main=finish())
    below = _("您的评价会如实记录，差评有人回访。")
    return SheetPage(_("服务评价"), below, parts=(*values, Rate()), main=finish())


def _not_known(asked: CaseAsked) -> SheetPage:
    told = case_told(asked)
    part = Told(told.title, told.words, Tone(told.tone), told.icon)
    return SheetPage(_("服务评价"), parts=(part,), main=again() if told.again else None)


def _ways(world: World) -> SheetPage:
    words = (
        _("请把凭条上的二维码对准扫码口，或者选下面的一种方式。")
        if world.scanner_working
        else _("请选下面的一种方式。")
    )
    return SheetPage(
        _("服务评价"),
        parts=(Told(_("要评价哪一次服务？"), words, Tone.INFO, "star"),),
        buttons=(
            Button(_("刷身份证"), Open(Subject.TO_RATE), "id"),
            Button(_("输入编号"), TypeNumber(Subject.RATE), "pencil"),
        ),
    )
