"""How far the case of a scanned receipt has come; nothing here says whose it is, or about what."""

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.documents.days import in_words
from kiosk.journeys.case_told import case_told, stages
from kiosk.journeys.steps import Home, TryAgain
from kiosk.language import _
from kiosk.session import CaseAsked
from screens.citizen.done import grouped_number
from screens.theme import look
from screens.view import Action, View
from screens.widgets.pager import Pager
from screens.widgets.surfaces import Notice, Surface, ValueRow
from screens.widgets.words import Icon, Words


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
        if case.stage is not None and (way := stages(case.stage)):
            rows.append(_way(way, wide))
        self._told.clear_widgets()
        self._told.add_widget(Pager([[row] for row in rows], self.room(), look().gap))
        self.action_changed()

    def action(self) -> Action | None:
        if self._shown is not None and case_told(self._shown).again:
            return Action(_("再试一次"), lambda: self.attendant.take(TryAgain()), icon="refresh")
        return Action(_("结束并清除信息"), lambda: self.attendant.take(Home()))


def _way(way: tuple[tuple[str, bool], ...], width: float) -> Surface:
    """The stages below each other; those that the case has reached are ticked, its own is bold."""
    px, colours, size = look().px, look().colours, look().type.body
    high, pad = size * 2, px(28)
    box = Surface(orientation="vertical", size_hint_y=None, height=high * len(way) + 2 * pad,
                  padding=(px(32), pad))
    last = sum(reached for _name, reached in way) - 1
    for number, (name, reached) in enumerate(way):
        line = BoxLayout(spacing=px(20))
        line.add_widget(
            Icon(icon="circle-check" if reached else "circle", font_size=size * 1.3,
                 color=colours.success if reached else colours.muted, pos_hint={"center_y": 0.5})
        )
        line.add_widget(
            Words(words=name, font_size=size, heavy=number == last, one_line=True, size_hint_y=1,
                  color=colours.ink if reached else colours.muted,
                  width=width - 2 * px(32) - size * 1.3 - px(20))
        )
        box.add_widget(line)
    return box
