"""What whoever asked for a guide is told: how long it takes, who comes, or that nobody could be
called."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.intake.contract.help_calls import HelpCall, HelpStage
from kiosk.journeys.helping import Helping
from kiosk.language import _


class Offer(StrEnum):
    """What else can be done about it."""

    CALL = "call"
    CALL_AGAIN = "call_again"
    END = "end"


@dataclass(frozen=True)
class HelpTold:
    """`short` stands on the button that opens this again, empty where nobody was called."""

    title: str
    words: str
    short: str = ""
    offer: Offer = Offer.CALL


def help_told(helping: Helping, now: datetime, phone: str | None) -> HelpTold:
    """`now` with its time zone; `phone` is the hall's own."""
    call, stays = helping.call, _("您填的内容会保留。")
    if call is not None:
        match call.stage:
            case HelpStage.COMING:
                guide = call.guide or _("导办员")
                title = _("{guide}正在过来").format(guide=guide)
                words = "\n".join((_("请在这里等一下。"), stays, _since(call, now)))
                return HelpTold(title, words, _("正过来"), Offer.END)
            case HelpStage.WAITING:
                words = "\n".join((_ahead(call), stays, _since(call, now)))
                return HelpTold(_("已经叫了导办员"), words, _("已呼叫"), Offer.END)
            case HelpStage.ENDED:
                pass
    if helping.calling:
        return HelpTold(_("正在呼叫导办员…"), stays, _("呼叫中"), Offer.END)
    at_desk = _("请向旁边的导办员招手，或到咨询导办台。您填的内容会保留。")
    asked = _("咨询电话：{phone}").format(phone=phone or _("以窗口公布为准"))
    if helping.error is not None:
        return HelpTold(_("现在呼叫不了导办员"), f"{at_desk}\n{asked}", "", Offer.CALL_AGAIN)
    return HelpTold(_("请导办员帮忙"), f"{at_desk}\n{asked}")


def _ahead(call: HelpCall) -> str:
    if call.ahead == 0 and call.minutes is None:
        return _("下一个就是您。")
    if call.minutes is None:
        return _("前面还有 {ahead} 人。").format(ahead=call.ahead)
    if call.ahead == 0:
        return _("下一个就是您，大约 {minutes} 分钟。").format(minutes=call.minutes)
    return _("前面还有 {ahead} 人，大约 {minutes} 分钟。").format(
        ahead=call.ahead, minutes=call.minutes
    )


def _since(call: HelpCall, now: datetime) -> str:
    """By whole minutes; the hall's clock may be ahead of this one."""
    minutes = max(now - call.called_at, timedelta()) // timedelta(minutes=1)
    return _("已经等了 {minutes} 分钟").format(minutes=minutes) if minutes else _("刚刚呼叫")
