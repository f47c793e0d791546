"""What has come of it: the number, the paper, and how it was."""

from kivy.uix.boxlayout import BoxLayout

from kiosk.catalogue.models import Handling
from kiosk.forms.grouping import in_fours
from kiosk.journeys.paper_told import PaperTold, paper_told
from kiosk.journeys.steps import Home
from kiosk.language import _
from kiosk.session import Filed
from screens.citizen.paper_card import paper_card
from screens.theme import look
from screens.view import Action, View
from screens.widgets.pager import Pager
from screens.widgets.qr import QrImage
from screens.widgets.rating import RatingCard
from screens.widgets.surfaces import Surface
from screens.widgets.words import Icon, Words, text_height


class DoneView(View):
    can_go_back = False

    def compose(self) -> None:
        self._filed: Filed | None = None
        self._told: PaperTold | None = None
        self._result = BoxLayout(orientation="vertical", spacing=look().gap)
        self._rating = RatingCard(self.attendant)
        if look().landscape:
            beside = BoxLayout(spacing=look().gap)
            self._result.size_hint_x, self._result.width = None, self._wide
            beside.add_widget(self._result)
            beside.add_widget(self._rating)
            self.add_widget(beside)
        else:
            self._result.size_hint_y = None
            self.add_widget(self._result)
            self.add_widget(self._rating)
        self.refresh()

    @property
    def _wide(self) -> float:
        if not look().landscape:
            return look().body_width
        return look().body_width * (0.6 if look().large else 0.5)

    def refresh(self) -> None:
        filed = self.session.filed
        told = paper_told(self.session.printed, self.attendant.printer.ready)
        if filed is not None and (filed, told) != (self._filed, self._told):
            self._filed, self._told = filed, told
            self._result.clear_widgets()
            number = self._number(filed, self._hint(filed, on_paper=told.tone != "bad"))
            card = paper_card(told, self._wide, self.attendant.print_paper)
            parts = [self._head(filed), number, card]
            if look().landscape:
                # Large type in a low window: what does not fit stands on the next page.
                rows = [[part] for part in parts]
                self._result.add_widget(Pager(rows, self.room(), look().gap))
            else:
                for part in parts:
                    self._result.add_widget(part)
                gaps = look().gap * (len(parts) - 1)
                self._result.height = sum(p.height for p in parts) + gaps
        self._rating.refresh()

    def action(self) -> Action | None:
        return Action(_("结束并清除信息"), lambda: self.attendant.take(Home()))

    def _head(self, filed: Filed) -> BoxLayout:
        px, colours = look().px, look().colours
        item = self.session.item
        if filed.arrived:
            title = _("更正已收到") if self.session.correcting is not None else _("已收件")
            icon, ink, tint = "check", colours.success, colours.success_tint
            immediate = item is not None and item.handling is Handling.IMMEDIATE
            below = _("即办件，窗口审核后办结") if immediate else _("承诺件，在承诺时限内办结")
            if filed.parts:
                below = _("{count} 件事已分送各部门，同时办理").format(count=len(filed.parts))
        else:
            title, icon = _("已保存，会自动提交"), "device-floppy"
            ink, tint = colours.warning, colours.warning_tint
            below = _("现在连不上受理平台。申请已加密保存在本机，会自动发送，不用再来一次。")
        name = _(item.name) if item is not None else ""
        side = px(110 if look().landscape else 132)
        inner = self._wide - side - px(32)
        cramped = look().landscape and look().large
        size = look().type.heading if cramped else look().type.title
        small = look().type.least * 1.07
        lines = f"{name} · {below}" if filed.arrived else below
        height = text_height(title, size, inner, True) + text_height(lines, small, inner) + px(4)
        row = BoxLayout(size_hint_y=None, height=max(side, height), spacing=px(32))
        disc = Surface(
            fill=tint, border=colours.clear, corner=side / 2, size_hint=(None, None),
            size=(side, side), pos_hint={"center_y": 0.5},
        )
        disc.add_widget(Icon(icon=icon, font_size=px(84), color=ink, size_hint=(1, 1)))
        row.add_widget(disc)
        column = BoxLayout(orientation="vertical", size_hint_y=None, height=height,
                           pos_hint={"center_y": 0.5}, spacing=px(4))
        column.add_widget(Words(words=title, heavy=True, font_size=size, width=inner))
        column.add_widget(Words(words=lines, font_size=small, color=colours.muted, width=inner))
        row.add_widget(column)
        return row

    def _hint(self, filed: Filed, on_paper: bool) -> str:
        """What to do with the number; and which other number the paper carries, where the
        intake's came only after it was printed."""
        printed = self.session.printed
        shown = filed.number or filed.reference
        if filed.arrived and printed is not None and printed.number != shown:
            return _("凭条上印的是本机编号 {number}").format(number=printed.number)
        if look().large:
            return ""
        return _("请拍下来，或拿好纸质凭条") if on_paper else _("请拍下来")

    def _number(self, filed: Filed, hint: str) -> Surface:
        px, colours = look().px, look().colours
        number = filed.number or filed.reference
        label = _("收件编号") if filed.number is not None else _("本机编号")
        if filed.parts:
            label = _("一件事编号")
        side = px(200 if look().landscape else 240 if look().large else 300)
        inner = self._wide - side - 3 * px(32)
        body, small = look().type.body, look().type.least
        lines = [
            Words(words=label, font_size=body, color=colours.muted, width=inner),
            Words(words=in_fours(number), heavy=True, font_size=px(52), width=inner,
                  one_line=True),
            Words(words=_("在“办件进度”里扫码或输入，可以查进度"), font_size=body, width=inner),
        ]
        if hint:
            lines.append(Words(words=hint, font_size=small, color=colours.muted, width=inner))
        high = sum(line.height for line in lines) + px(6) * (len(lines) - 1)
        card = Surface(size_hint_y=None, height=max(side, high) + px(56),
                       padding=(px(32), px(28)), spacing=px(32))
        card.add_widget(QrImage(number, side, pos_hint={"center_y": 0.5}))
        column = BoxLayout(orientation="vertical", spacing=px(6), size_hint_y=None, height=high,
                           pos_hint={"center_y": 0.5})
        for line in lines:
            column.add_widget(line)
        card.add_widget(column)
        return card
