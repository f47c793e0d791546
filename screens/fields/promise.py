"""A promise: its text, and a button by which it is given."""

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.language import _
from screens.fields.field import Field
from screens.fields.options import Option
from screens.theme import look
from screens.widgets.surfaces import Surface
from screens.widgets.words import Words


class PromiseField(Field):
    def build(self) -> Widget:
        measures = self.measures
        column = BoxLayout(orientation="vertical", spacing=measures.option_gap)
        text = Words(
            words=_(self.question.promise), font_size=look().type.body,
            width=measures.card_text,
        )
        card = Surface(
            padding=measures.card_pad, size_hint_y=None, height=text.height + 2 * measures.card_pad
        )
        card.add_widget(text)
        self.tick = Option(
            self.label, self.width, measures.option, several=True, chosen=self.draft is True
        )
        self.tick.bind(on_release=self._promise)
        column.add_widget(card)
        column.add_widget(self.tick)
        column.height = card.height + measures.option_gap + self.tick.height
        return column

    def _promise(self, *_args) -> None:
        self.desk.keyboard.dismiss()
        self.tick.chosen = not self.tick.chosen
        self.write(self.tick.chosen)
