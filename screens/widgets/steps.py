"""The five steps of a filing as a bar: done and current ones filled."""

from kivy.uix.boxlayout import BoxLayout

from screens.theme import look
from screens.widgets.surfaces import Surface

STEPS = 5
"""Card, questions, check, sending, done."""


class StepBar(BoxLayout):
    def __init__(self, step: int, **kwargs) -> None:
        px, colours = look().px, look().colours
        super().__init__(size_hint_y=None, height=px(12), spacing=px(12), **kwargs)
        for number in range(1, STEPS + 1):
            self.add_widget(
                Surface(
                    fill=colours.primary if number <= step else colours.line,
                    border=colours.clear,
                    corner=px(6),
                )
            )
