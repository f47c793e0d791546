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
    if there.collected:
        return (Lines(_("领取"), (_("结果已经领取。"),)),)
    ways = []
    if there.posted:
        ways.append(_("您已经申请邮寄，结果会寄到您填的地址。"))
    elif there.window:
        window = said_by_office(there.window, session)
        ways.append(_("带身份证到{window}领取。").format(window=window))
    if there.by_post and not there.posted:
        ways.append(_("也可以寄给您，请点“请寄给我”。"))
    if there.electronic is not None:
        ways.append(_("电子件可以用手机扫下面的二维码领取。"))
    lines = (Lines(_("怎么领取"), tuple(ways)),) if ways else ()
    if there.electronic is None:
        return lines
    return (*lines, Code(there.electronic, _("用手机扫码领取电子件")))
