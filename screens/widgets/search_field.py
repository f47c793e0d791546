"""The search as one sees it before it is open: a field that leads to it."""

from kivy.uix.widget import Widget

from kiosk.language import _
from screens.theme import look
from screens.widgets.buttons import Pressable
from screens.widgets.words import Icon, Words, text_width

SEARCH_HEIGHT = 118
"""Pixels at 1080 × 1920, as drawn in the design."""


def invitation() -> str:
    """What stands in the empty field."""
    return _("搜事项，如“社保卡”或拼音 sbk")


class SearchField(Pressable):
    """Looks like the line that it leads to."""

    def __init__(self, width: float, height: float) -> None:
        px, colours = look().px, look().colours
        super().__init__(
            border=colours.field_line,
            border_width=3,
            corner=height / 2,
            padding=(px(42), 0),
            spacing=px(24),
            size_hint=(None, None),
            size=(width, height),
            pos_hint={"center_y": 0.5},
        )
        self.name = self.words = invitation()
        size = look().type.body
        self.add_widget(
            Icon(icon="search", font_size=size * 1.25, color=colours.muted,
                 pos_hint={"center_y": 0.5})
        )
        room = width - 2 * px(42) - size * 1.4 - px(24)
        self.add_widget(
            Words(words=self.words, font_size=size, color=colours.muted, one_line=True,
                  size_hint=(None, 1), width=min(text_width(self.words, size) + 5, room))
        )
        self.add_widget(Widget())
