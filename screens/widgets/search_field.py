"""The search as one sees it before it is open: a field that leads to it."""

from collections.abc import Callable

from kivy.uix.widget import Widget

from kiosk.language import _
from screens.theme import look
from screens.widgets.buttons import Pressable, PushButton
from screens.widgets.words import Icon, Words, text_width

SEARCH_HEIGHT = 118
"""Pixels at 1080 × 1920, as drawn in the design."""


def invitation() -> str:
    """What stands in the empty field."""
    return _("搜事项，如“社保卡”或拼音 sbk")


class SearchField(Pressable):
    """Looks like the line that it leads to; `words` stand on it, or fewer where they have no room.
    `by_hand` leads there to write with a finger."""

    def __init__(
        self, words: str, width: float, height: float, by_hand: Callable[[], None] | None = None
    ) -> None:
        colours, pad, edge = look().colours, round(height * 0.36), look().px(11)
        super().__init__(
            border=colours.field_line,
            border_width=3,
            corner=height / 2,
            padding=(pad, 0, edge, 0),
            spacing=pad / 2,
            size_hint=(None, None),
            size=(width, height),
            pos_hint={"center_y": 0.5},
        )
        self.name = "search"
        size = look().type.body
        self.add_widget(
            Icon(icon="search", font_size=size * 1.25, color=colours.muted,
                 pos_hint={"center_y": 0.5})
        )
        room = width - 2 * pad - size * 1.4 - pad / 2
        button = None
        if by_hand is not None:
            high = height - 2 * edge
            button = PushButton(
                _("手写"), "main", icon="writing", height=high, corner=high / 2,
                size_hint_x=None, pos_hint={"center_y": 0.5},
            )
            button.bind(on_release=lambda *_a: by_hand())
            room -= button.width
            if text_width(words, size) > room:
                words = _("搜事项")
        self.words = words
        self.add_widget(
            Words(words=words, font_size=size, color=colours.muted, one_line=True,
                  size_hint=(None, 1), width=min(text_width(words, size) + 5, room))
        )
        self.add_widget(Widget())
        if button is not None:
            self.add_widget(button)
