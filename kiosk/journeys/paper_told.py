"""What the citizen is told of the paper: coming, here, not here; and whether once more helps."""

from dataclasses import dataclass

from kiosk.devices import PrintOutcome
from kiosk.faults import code_words, fault_of
from kiosk.language import _
from kiosk.session import Printed


@dataclass(frozen=True)
class PaperTold:
    """`again` labels the button that prints once more; empty where there is none."""

    title: str
    words: str = ""
    tag: str = ""
    tone: str = "info"
    again: str = ""


def paper_told(printed: Printed | None, printer_ready: bool) -> PaperTold:
    """What the citizen is told of the receipt."""
    if printed is None or printed.outcome is None:
        return PaperTold(_("正在打印收件凭证…"))
    again = again_words(printed, printer_ready)
    match printed.outcome:
        case PrintOutcome.CONFIRMED:
            title = _("补打的凭条已打印") if printed.second else _("凭条已打印")
            return PaperTold(title, tag=_("请取走凭条"), tone="good")
        case PrintOutcome.UNCONFIRMED:
            words = _("打印机没有回复，请看出纸口。没有凭条，就拍下上面的二维码。")
            if again:
                return PaperTold(_("凭条已送去打印"), words, tone="warning", again=again)
            return PaperTold(_("凭条已送去打印"), words, _("请看出纸口"), "warning")
        case PrintOutcome.FAILED:
            title = _("凭条没有打完") if printed.begun else _("凭条没有打印")
            if again:
                words = _("打印机已经恢复，可以再打一张。上面的二维码也是凭证。")
            else:
                words = _no_paper(printed)
            return PaperTold(title, words, tone="bad", again=again)


def copy_told(printed: Printed | None, printer_ready: bool, button: str = "") -> PaperTold:
    """What the citizen is told of a copy of the page, which nobody needs: `printed` None: not asked
    for yet; `button` is what stands on its button then."""
    if printed is None:
        if printer_ready:
            return PaperTold(_("可以打印一份带走"), again=button or _("打印"))
        return PaperTold(_("现在不能打印"), _("请用手机拍下这一页。"), tone="bad")
    again = again_words(printed, printer_ready)
    match printed.outcome:
        case None:
            return PaperTold(_("正在打印…"))
        case PrintOutcome.CONFIRMED:
            return PaperTold(_("已经打印"), tag=_("请取走"), tone="good")
        case PrintOutcome.UNCONFIRMED:
            words = _("打印机没有回复，请看出纸口。没有打印出来，就用手机拍下这一页。")
            return PaperTold(_("已送去打印"), words, tone="warning", again=again)
        case PrintOutcome.FAILED:
            title = _("没有打完") if printed.begun else _("没有打印")
            status = printed.status
            words = _("请用手机拍下这一页。")
            if status is not None and status.fault is not None and not again:
                fault = fault_of(status.fault)
                words = f"{_(fault.words)}{words}{code_words(fault)}"
            return PaperTold(title, words, tone="bad", again=again)


def again_words(printed: Printed, printer_ready: bool) -> str:
    """The label of the button that prints once more, empty where it would not help."""
    if not (printer_ready and printed.may_be_repeated):
        return ""
    return _("补打凭条") if printed.begun or printed.second else _("再打一次")


def _no_paper(printed: Printed) -> str:
    """Why, and what is a receipt all the same."""
    status = printed.status
    if status is None or status.fault is None:
        return _("请用手机拍下上面的二维码，它就是凭证。")
    fault = fault_of(status.fault)
    return _("{fault}请用手机拍下上面的二维码，它就是凭证。故障代码 {code}").format(
        fault=_(fault.words), code=fault.code
    )
