"""How the result of a case reaches the citizen."""

from kiosk.intake.contract.dossier import CaseSheet
from kiosk.journeys.own_case import said_by_office
from kiosk.journeys.pages import Code, Lines, Part
from kiosk.language import _
from kiosk.session import Session


def collection_parts(case: CaseSheet, session: Session) -> tuple[Part, ...]:
    there = case.collection
    if there is None:
        return ()
    ways = tuple(said_by_office(way, session) for way in collection_ways(case))
    by_post = there.by_post and not there.posted and not there.collected
    offer = (_("要寄给您的，请点“请寄给我”"),) if by_post else ()
    lines = (Lines(_("怎么领取"), (*ways, *offer)),) if ways or offer else ()
    if there.electronic is None:
        return lines
    return (*lines, Code(there.electronic, _("用手机扫码领取电子件")))


def collection_ways(case: CaseSheet) -> tuple[str, ...]:
    """Each in a sentence without its full stop; none where nothing is known of it."""
    there = case.collection
    if there is None:
        return ()
    if there.collected:
        return (_("结果已经领取"),)
    ways = []
    if there.posted:
        ways.append(_("您已经申请邮寄，结果会寄到您填的地址"))
    elif there.window:
        ways.append(_("带身份证到窗口领取：{window}").format(window=there.window))
    if there.electronic is not None:
        ways.append(_("电子件可以在自助终端上用手机扫码领取"))
    return tuple(ways)
