"""Sending: what is happening, and what is safe, until the intake has answered."""

from kivy.uix.widget import Widget

from kiosk.errors import OutboxError, SealingKeyMissing
from kiosk.journeys.steps import TryAgain
from kiosk.language import _
from screens.theme import look
from screens.view import Action, View
from screens.widgets.steps import StepBar
from screens.widgets.surfaces import Notice


class SubmittingView(View):
    """No way back while the application is being kept: it must not be filed twice."""

    can_go_back = False

    def compose(self) -> None:
        self.add_widget(StepBar(4))
        self.heading(_("正在提交"), _("请稍候，不要离开。"))
        self._shown: tuple[str, str, str, str] | None = None
        self.refresh()

    def refresh(self) -> None:
        told = self._tell()
        if told == self._shown:
            return
        if self._shown is not None:
            for widget in self.children[:2]:
                self.remove_widget(widget)
        self._shown = told
        self.add_widget(Notice(*told, look().body_width))
        self.add_widget(Widget())
        self.action_changed()

    def _tell(self) -> tuple[str, str, str, str]:
        session = self.session
        if session.filing_error is not None:
            return _failed(session.filing_error)
        if session.filed is not None:
            return (
                _("已安全保存在本机"),
                _("正在发送给受理平台，等待收件编号…"),
                "good",
                "device-floppy",
            )
        return _("正在保存您的申请…"), _("加密后写入本机，然后发送。"), "info", "hourglass"

    def action(self) -> Action | None:
        if self.session.filing_error is None:
            return None
        return Action(_("再试一次"), lambda: self.attendant.take(TryAgain()), icon="refresh")


def _failed(error: OutboxError) -> tuple[str, str, str, str]:
    if isinstance(error, SealingKeyMissing):
        words = _("本机还没有连上过受理平台，不能收件。您填的内容还在，请再试一次，或请导办员帮忙。")
    else:
        words = _("本机存储出了问题，没有提交成功。您填的内容还在，请再试一次，或请导办员帮忙。")
    return _("没有提交成功"), words, "bad", "circle-x"
