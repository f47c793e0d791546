"""What has to be said before the form begins: what would be missing at the end, and what the
card is read for (个人信息保护法 17)."""

from kivy.uix.widget import Widget

from kiosk.faults import Fault, code_words, fault_of, printer_fault, reader_fault
from kiosk.journeys.routes import blockers
from kiosk.journeys.steps import Blocker, GoOn
from kiosk.language import _
from screens.theme import look
from screens.view import Action, View
from screens.widgets.pager import Pager, in_rows
from screens.widgets.surfaces import Notice, Surface
from screens.widgets.words import Icon, Words, text_height


class BeforeView(View):
    """Shown only when something is not as it should be; up to date while it is shown."""

    def compose(self) -> None:
        self._shown: tuple[tuple[Blocker, Fault | None], ...] = ()
        self.heading(_("办理前请先看一下"))
        self._list = Widget()
        self.refresh()

    def refresh(self) -> None:
        blocking = blockers(self.session, self.attendant.world())
        found = tuple((blocker, self._fault(blocker)) for blocker in blocking)
        if found == self._shown and self._list.parent is not None:
            return
        self._shown = found
        while self.children and self.children[0] is not self.children[-1]:
            self.remove_widget(self.children[0])
        wide = look().body_width
        for blocker, fault in found:
            self.add_widget(Notice(*_words(blocker, fault), wide, code_words(fault)))
        if not found:
            words = _("都好了，可以开始办理。")
            self.add_widget(Notice(_("设备已恢复正常"), words, "good", "circle-check", wide))
        self._list = Widget()
        self.add_widget(self._list)
        self.action_changed()

    def action(self) -> Action | None:
        if any(blocker.stops for blocker, _fault in self._shown):
            return None
        return Action(_("继续办理"), lambda: self.attendant.take(GoOn()), icon_behind="arrow-right")

    def _fault(self, blocker: Blocker) -> Fault | None:
        """By which staff find what to do; None while the device only starts."""
        match blocker:
            case (
                Blocker.NO_INTAKE_YET
                | Blocker.NOT_ENROLLED
                | Blocker.DISK_FULL
                | Blocker.OUTBOX_FAULT
            ):
                block = self.attendant.intake.block
                return fault_of(block) if block is not None else None
            case Blocker.READER_OUT_OF_ORDER:
                return reader_fault(self.attendant.reader)
            case Blocker.NO_PAPER_RECEIPT:
                return printer_fault(self.attendant.printer)


def _words(blocker: Blocker, fault: Fault | None) -> tuple[str, str, str, str]:
    match blocker:
        case Blocker.NO_INTAKE_YET:
            return (
                _("本机现在不能收件"),
                _("还没有连上受理平台，暂时无法保存您的申请。请稍后再试，或请导办员带您到窗口办理。"),
                "bad",
                "cloud-off",
            )
        case Blocker.NOT_ENROLLED:
            return (
                _("本机还没有开通收件"),
                _("这台终端还没有在受理平台登记。请换一台终端，或请导办员带您到窗口办理。"),
                "bad",
                "cloud-off",
            )
        case Blocker.DISK_FULL:
            return (
                _("本机存储空间不足，暂不收件"),
                _("已经提交的申请都安全，会照常发送。请换一台终端，或请导办员带您到窗口办理。"),
                "bad",
                "alert-triangle",
            )
        case Blocker.OUTBOX_FAULT:
            return (
                _("本机现在不能收件"),
                _("本机存储出了问题，暂时无法保存您的申请。请换一台终端，或请导办员带您到窗口办理。"),
                "bad",
                "alert-triangle",
            )
        case Blocker.READER_OUT_OF_ORDER:
            return (
                _("读卡器现在不能用"),
                _("本机暂时读不了身份证。请换一台终端，或请导办员帮忙。"),
                "bad",
                "alert-triangle",
            )
        case Blocker.NO_PAPER_RECEIPT:
            return (
                _("现在打不了纸质凭条"),
                _("{fault}您仍可继续，办完后屏幕上会显示二维码，用手机拍下来就是凭证。").format(
                    fault=_(fault.words) if fault is not None else _("打印机还没有准备好。")
                ),
                "warning",
                "printer-off",
            )


class PrivacyView(View):
    """One short page before the first card is read."""

    def compose(self) -> None:
        self.heading(_("读证件前，请先知道"), _("您可以不同意，到窗口办理同样的事。"))
        boxes = [
            _reason(
                "id",
                _("读什么"),
                _(
                    "证件上的姓名、性别、民族或国籍、出生日期、住址、证件号码、签发机关和有效期。"
                    "不读指纹，不保存照片。"
                ),
            ),
            _reason(
                "file-text", _("为什么"), _("核对是您本人，并替您填好申请表，省得手写。")
            ),
            _reason(
                "building-bank",
                _("交给谁"),
                _("只随您提交的申请加密交给受理平台和承办部门。您不提交，就谁也不给。"),
            ),
            _reason(
                "trash",
                _("什么时候清除"),
                _(
                    "办完、回到首页或长时间没人操作，本机上的信息立即清除。"
                    "网络不通时，已提交的申请加密保存到送达为止，本机也打不开。"
                ),
            ),
        ]
        self.add_widget(Pager(in_rows(boxes, look().columns), self.room(), look().gap))

    def action(self) -> Action | None:
        return Action(
            _("同意，去刷证"), lambda: self.attendant.take(GoOn()), icon_behind="arrow-right"
        )


def _reason(icon: str, title: str, words: str) -> Surface:
    px, size, small = look().px, look().type.body, look().type.least
    inner = look().column - 2 * px(32) - px(64) - px(24)
    height = text_height(title, size, inner, True) + text_height(words, small, inner) + px(56)
    box = Surface(size_hint_y=None, height=height, padding=(px(32), px(24)), spacing=px(24))
    box.add_widget(Icon(icon=icon, font_size=px(60), pos_hint={"center_y": 0.5}))
    column = Surface(orientation="vertical", fill=look().colours.clear,
                     border=look().colours.clear, spacing=px(6))
    column.add_widget(Words(words=title, heavy=True, font_size=size, width=inner))
    column.add_widget(Words(words=words, font_size=small, width=inner))
    box.add_widget(column)
    return box
