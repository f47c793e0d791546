"""Sending: what is happening, and what is safe, until the intake has answered."""

from kivy.uix.widget import Widget

from kiosk.errors import (
    ApplicationTooLarge,
    DeviceKeyMissing,
    DiskFull,
    OutboxError,
    SealingKeyMissing,
)
from kiosk.faults import code_words, fault_of
from kiosk.journeys.steps import TryAgain
from kiosk.language import _
from screens.theme import look
from screens.view import Action, View
from screens.widgets.steps import StepBar
from screens.widgets.surfaces import Surface, tones
from screens.widgets.words import Icon, Words


class SubmittingView(View):
    """No way back while the application is being kept: it must not be filed twice."""

    can_go_back = False

    def compose(self) -> None:
        self.add_widget(StepBar(4))
        self.heading(_("正在提交"), _("请稍候，不要离开。"))
        self._card = Surface(orientation="vertical", padding=look().px(48), spacing=look().px(36))
        self.add_widget(self._card)
        self._shown: tuple[str, str, str, str] | None = None
        self.refresh()

    def refresh(self) -> None:
        told = self._tell()
        if told == self._shown:
            return
        self._shown = told
        self._card.clear_widgets()
        title, words, tone, icon = told
        self._card.add_widget(Widget())
        ink = tones()[tone][0]
        self._card.add_widget(
            Icon(icon=icon, font_size=look().px(150), color=ink, pos_hint={"center_x": 0.5})
        )
        inner = look().body_width - 2 * look().px(48)
        for text, size, heavy in ((title, look().type.heading, True),
                                  (words, look().type.body, False)):
            self._card.add_widget(
                Words(words=text, font_size=size, heavy=heavy, halign="center", width=inner)
            )
        error = self.session.filing_error
        if error is not None:
            self._card.add_widget(
                Words(words=code_words(fault_of(error)), font_size=look().px(26), halign="center",
                      color=look().colours.muted, width=inner)
            )
        self._card.add_widget(Widget())
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
    match error:
        case SealingKeyMissing() | DeviceKeyMissing():
            words = _(
                "本机还没有连上过受理平台，不能收件。"
                "您填的内容还在，请再试一次，或请导办员帮忙。"
            )
        case DiskFull():
            words = _(
                "本机存储空间不足，没有提交成功。"
                "您填的内容还在，请导办员帮忙，或到窗口办理。"
            )
        case ApplicationTooLarge():
            words = _(
                "附上的文件太大，没有提交成功。"
                "您填的内容还在，请导办员帮忙，或到窗口办理。"
            )
        case _:
            words = _(
                "本机存储出了问题，没有提交成功。您填的内容还在，请再试一次，或请导办员帮忙。"
            )
    return _("没有提交成功"), words, "bad", "circle-x"
