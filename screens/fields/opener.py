"""A box that shows what was chosen and opens the page on which it is chosen."""

from kivy.properties import StringProperty
from kivy.uix.widget import Widget

from screens.theme import look
from screens.widgets.buttons import Pressable
from screens.widgets.words import Icon, Words


class Opener(Pressable):
    """`words` is what stands on it: the choice, or `invitation` where nothing is chosen yet."""

    words = StringProperty("")

    def __init__(self, icon: str, invitation: str, wide: float, high: float) -> None:
        px, colours = look().px, look().colours
        self._invitation = invitation
        super().__init__(
            words=invitation,
            border=colours.field_line,
            border_width=3,
            corner=px(20),
            padding=(px(34), 0),
            spacing=px(16),
            size_hint=(None, None),
            size=(wide, high),
        )
        size = look().type.body
        marks = 2 * (size * 1.2 + px(16)) + 2 * px(34)
        self.add_widget(Icon(icon=icon, font_size=size * 1.1, pos_hint={"center_y": 0.5}))
        self._words = Words(
            words=invitation, font_size=size, width=wide - marks, size_hint_x=None,
            pos_hint={"center_y": 0.5},
        )
        self.add_widget(self._words)
        self.add_widget(Widget())
        self.add_widget(
            Icon(icon="chevron-right", font_size=size, color=colours.muted,
                 pos_hint={"center_y": 0.5})
        )

    def show(self, chosen: str) -> None:
        """Small type where a long choice would need more than two lines."""
        colours, types = look().colours, look().type
        self.words = chosen or self._invitation
        self._words.color = colours.ink if chosen else colours.muted
        self._words.font_size = types.body
        self._words.words = self.words
        if self._words.natural_height > self.height:
            self._words.font_size = types.least

    def mark_wrong(self, wrong: bool) -> None:
        colours = look().colours
        self.border = colours.danger if wrong else colours.field_line
