"""The answer to a look-up: masked as the intake gave it, and a slip if one wants it."""

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.devices import PrintOutcome
from kiosk.journeys.paper_told import again_words
from kiosk.journeys.steps import Home, TryAgain
from kiosk.language import _
from screens.theme import look
from screens.view import Action, View
from screens.widgets.buttons import PushButton
from screens.widgets.pager import Pager
from screens.widgets.surfaces import Notice, ValueRow
from screens.widgets.words import Words


class LookUpView(View):
    def compose(self) -> None:
        item = self.session.item
        self.heading(_(item.name) if item is not None else "", _("查询结果仅供参考"))
        self._body = BoxLayout(orientation="vertical", spacing=look().gap)
        self.add_widget(self._body)
        self._shown: object = None
        self.refresh()

    def refresh(self) -> None:
        session = self.session
        ready = self.attendant.printer.ready
        state = (session.look_up_rows, session.look_up_error, session.printed, ready)
        if state == self._shown:
            return
        self._shown = state
        self._body.clear_widgets()
        wide = look().body_width
        if session.look_up_error is not None:
            self._body.add_widget(
                Notice(
                    _("没有查到结果"),
                    _("查询平台没有回应。请再试一次，或到窗口查询。"),
                    "warning",
                    "cloud-off",
                    wide,
                )
            )
            self._body.add_widget(Widget())
        elif session.look_up_rows is None:
            self._body.add_widget(Notice(_("正在查询…"), "", "info", "hourglass", wide))
            self._body.add_widget(Widget())
        else:
            bar = look().button + look().gap
            rows = [[ValueRow(label, value, wide)] for label, value in session.look_up_rows]
            self._body.add_widget(Pager(rows, self.room() - bar, look().px(12)))
            self._body.add_widget(self._print_row())
        self.action_changed()

    def _print_row(self) -> BoxLayout:
        printed = self.session.printed
        row = BoxLayout(size_hint_y=None, height=look().button, spacing=look().gap)
        words = ""
        if printed is not None:
            match printed.outcome:
                case None:
                    words = _("正在打印…")
                case PrintOutcome.CONFIRMED:
                    words = _("凭条已打印，请取走")
                case PrintOutcome.UNCONFIRMED:
                    words = _("已送去打印，请看出纸口")
                case PrintOutcome.FAILED if printed.begun:
                    words = _("没有打完，请再试或到窗口打印")
                case PrintOutcome.FAILED:
                    words = _("打印机现在不能用，没有打印")
        row.add_widget(Words(words=words, font_size=look().type.least, size_hint_y=1))
        label = again_words(printed, self.attendant.printer.ready) if printed else _("打印凭条")
        if label:
            button = PushButton(label, icon="printer", size_hint_x=None, width=look().px(380))
            button.bind(on_release=lambda *_a: self.attendant.print_paper())
            row.add_widget(button)
        return row

    def action(self) -> Action | None:
        if self.session.look_up_error is not None:
            return Action(_("再试一次"), lambda: self.attendant.take(TryAgain()), icon="refresh")
        return Action(_("结束并清除信息"), lambda: self.attendant.take(Home()))
