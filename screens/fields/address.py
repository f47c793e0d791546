"""An address: the divisions from province to village are picked, street and house are typed; or a
county alone."""

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.forms.answers import Address
from kiosk.language import _
from screens.fields.address_picker import AddressPicker
from screens.fields.field import Field
from screens.fields.opener import Opener
from screens.fields.typed import Line
from screens.keyboard.ways import Board

_NOTHING = Address("", (), "")
_HIDDEN = "****"


class AddressField(Field):
    def build(self) -> Widget:
        measures = self.measures
        column = BoxLayout(
            orientation="vertical",
            height=measures.body(self.question),
            spacing=measures.option_gap,
        )
        county = self.question.county
        invitation = _("选择省、市、县") if county else _("选择省、市、县、乡镇、村")
        self.picked = Opener("map-pin", invitation, self.width, measures.box)
        self.picked.name = self.label
        self.picked.bind(on_release=self._pick)
        column.add_widget(self.picked)
        self.line = None
        if county:
            self._show()
            return column
        self.line = Line(str, measures.box, placeholder=_("路名、门牌号等"))
        self.line.input.font_size = self.measures.theme.type.body
        self.line.input.bind(on_typed=self._keep, focus=self._focused)
        column.add_widget(self.line)
        self._show()
        return column

    @property
    def text_target(self) -> Widget | None:
        return self.line.input if self.line is not None else None

    def mark_wrong(self, wrong: bool) -> None:
        placed = bool(self._address.code) and self.line is not None
        self.picked.mark_wrong(wrong and not placed)
        if self.line is not None:
            self.line.mark_wrong(wrong and placed)

    @property
    def _address(self) -> Address:
        return self.draft if isinstance(self.draft, Address) else _NOTHING

    def _show(self) -> None:
        self.picked.show("".join(self._address.names))
        if self.line is None:
            return
        detail = self._address.detail
        hidden = self.question.private and detail and not self.line.input.focus
        self.line.input.text = _HIDDEN if hidden else detail

    def _pick(self, *_args) -> None:
        self.desk.keyboard.dismiss()
        self.desk.open_page(
            AddressPicker(self.question, self.desk, self._address.code, self._take)
        )

    def _take(self, code: str, names: tuple[str, ...]) -> None:
        self.write(Address(code, names, self._address.detail))

    def _keep(self, *_args) -> None:
        here = self._address
        self.write(Address(here.code, here.names, self.line.input.text))

    def _focused(self, _input, focus: bool) -> None:
        self._show()
        if focus:
            self.desk.keyboard.attach(self.line.input, Board.CHINESE)
        else:
            self.desk.keyboard.detach(self.line.input)
