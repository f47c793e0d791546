"""How it stands with the paper, and the button that prints once more."""

from collections.abc import Callable

from kivy.uix.boxlayout import BoxLayout

from kiosk.journeys.paper_told import PaperTold
from screens.theme import look
from screens.widgets.buttons import PushButton
from screens.widgets.surfaces import Surface, Tag
from screens.widgets.words import Icon, Words, text_height


def paper_card(
    told: PaperTold, wide: float, again: Callable[[], None], icon: str = "refresh"
) -> Surface:
    """A card of this width; `again` is called by its button, which has this icon."""
    px = look().px
    printer = Icon(icon="printer-off" if told.tone == "bad" else "printer", font_size=px(52),
                   pos_hint={"center_y": 0.5})
    behind: list[Surface] = []
    if told.again:
        button = PushButton(told.again, icon=icon, size_hint_x=None,
                            pos_hint={"center_y": 0.5})
        button.bind(on_release=lambda *_a: again())
        behind.append(button)
    elif told.tag:
        behind.append(Tag(told.tag, told.tone, pos_hint={"center_y": 0.5}))
    inner = wide - 2 * px(36) - sum(part.width + px(24) for part in (printer, *behind))
    height = text_height(told.title, look().type.body, inner, True)
    if told.words:
        height += text_height(told.words, look().type.least, inner) + px(6)
    card = Surface(size_hint_y=None, height=max(height + px(56), px(138)),
                   padding=(px(36), px(20)), spacing=px(24))
    card.add_widget(printer)
    column = BoxLayout(orientation="vertical", size_hint_y=None, height=height,
                       pos_hint={"center_y": 0.5}, spacing=px(6))
    column.add_widget(Words(words=told.title, heavy=True, width=inner))
    if told.words:
        column.add_widget(Words(words=told.words, font_size=look().type.least, width=inner))
    card.add_widget(column)
    for part in behind:
        card.add_widget(part)
    return card
