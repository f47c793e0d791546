"""What the card said: shown, and not to be changed here."""

from kivy.uix.widget import Widget

from kiosk.forms.review import shown
from screens.fields.field import Field
from screens.theme import look
from screens.widgets.surfaces import Surface
from screens.widgets.words import Icon, Words, text_height


class LockedField(Field):
    def build(self) -> Widget:
        px, colours, size = look().px, look().colours, look().type.heading
        answer = shown(self.question, self.draft)
        inside = self.width - self.measures.width + self.measures.locked_text
        high = max(self.measures.box, text_height(answer, size, inside) + px(32))
        box = Surface(
            fill=colours.locked,
            border=colours.line,
            border_width=3,
            corner=px(20),
            padding=(px(34), 0),
            spacing=px(16),
            height=high,
        )
        box.add_widget(
            Icon(icon="lock", font_size=size, color=colours.muted, pos_hint={"center_y": 0.5})
        )
        box.add_widget(
            Words(words=answer, font_size=size, size_hint=(1, None), pos_hint={"center_y": 0.5},
                  width=inside)
        )
        return box
