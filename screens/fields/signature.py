"""A signature that a form asks for besides the one at its end."""

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.forms.answers import Signature
from kiosk.language import _
from screens.fields.field import Field
from screens.theme import look
from screens.widgets.buttons import PushButton
from screens.widgets.signature_pad import SignaturePad


class SignatureField(Field):
    def build(self) -> Widget:
        column = BoxLayout(height=self.measures.body(self.question), spacing=look().px(16))
        drawn = self.draft
        self.pad = SignaturePad(drawn.strokes if isinstance(drawn, Signature) else ())
        self.pad.bind(on_signed=self._keep)
        again = PushButton(_("重签"), icon="eraser", size_hint_x=None, pos_hint={"top": 1})
        again.bind(on_release=self._again)
        column.add_widget(self.pad)
        column.add_widget(again)
        return column

    def mark_wrong(self, wrong: bool) -> None:
        colours = look().colours
        self.pad.border = colours.danger if wrong else colours.line

    def _keep(self, *_args) -> None:
        self.desk.keyboard.dismiss()
        self.write(Signature(self.pad.strokes))

    def _again(self, *_args) -> None:
        self.pad.clear()
