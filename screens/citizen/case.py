"""How far the case of a scanned receipt has come; nothing here says whose it is, or about what."""

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.documents.days import in_words
from kiosk.journeys.case_told import case_told
from kiosk.journeys.steps import Home, TryAgain
from kiosk.language import _
from kiosk.session import CaseAsked
from screens.citizen.done import grouped_number
from screens.theme import look
from screens.view import Action, View
from screens.widgets.pager import Pager
from screens.widgets.surfaces import Notice, ValueRow


class CaseView(View):
    def compose(self) -> None:
        self._shown: CaseAsked | None = None
        self.heading(_("办理进度"), _("只显示办到哪一步，不显示申请人的信息。"))
        self._told = BoxLayout()
        self.add_widget(self._told)
        self.refresh()

    def refresh(self) -> None:
        case = self.session.case
        if case is None or case == self._shown:
            return
        self._shown = case
        told, wide = case_told(case), look().body_width
        number = case.number or case.asked
        label = _("收件编号") if number.isdecimal() else _("本机编号")
        rows: list[Widget] = [
            Notice(told.title, told.words, told.tone, told.icon, wide),
            ValueRow(label, grouped_number(number), wide),
        ]
        if case.due is not None:
            rows.append(ValueRow(_("办结期限"), in_words(case.due), wide))
        self._told.clear_widgets()
        self._told.add_widget(Pager([[row] for row in rows], self.room(), look().gap))
        self.action_changed()

    def action(self) -> Action | None:
        if self._shown is not None and case_told(self._shown).again:
            return Action(_("再试一次"), lambda: self.attendant.take(TryAgain()), icon="refresh")
        return Action(_("结束并清除信息"), lambda: self.attendant.take(Home()))
