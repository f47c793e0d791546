"""Tiles and rows that lead somewhere."""

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from screens.theme import look
from screens.widgets.buttons import Pressable
from screens.widgets.words import Icon, Words, line_pitch, text_height


class MainTile(Pressable):
    """One of the two large coloured tiles of the home page."""

    def __init__(self, title: str, subtitle: str, icon: str, teal: bool, **kwargs) -> None:
        px, colours = look().px, look().colours
        super().__init__(
            orientation="vertical",
            rest=colours.teal if teal else colours.primary,
            pressed=colours.teal_pressed if teal else colours.pressed,
            border=colours.clear,
            corner=px(32),
            padding=(px(44), px(40), px(44), px(36)),
            spacing=px(4),
            **kwargs,
        )
        self.words = title
        white = colours.surface
        cramped = look().landscape and look().large
        self.add_widget(Icon(icon=icon, font_size=px(70 if cramped else 92), color=white))
        self.add_widget(Widget())
        self.add_widget(Words(words=title, heavy=True, font_size=look().type.title, color=white))
        if not cramped:
            self.add_widget(Words(words=subtitle, font_size=look().type.least, color=white))


class Tile(Pressable):
    """A white tile with an icon, a title and a line below."""

    def __init__(self, title: str, subtitle: str, icon: str, **kwargs) -> None:
        px, colours = look().px, look().colours
        low = look().landscape
        super().__init__(
            orientation="vertical",
            corner=px(28),
            padding=(px(32), px(14), px(20), px(12)) if low else (px(32), px(28), px(20), px(24)),
            spacing=px(2),
            **kwargs,
        )
        self.words = title
        self.add_widget(Icon(icon=icon, font_size=px(50 if low else 60)))
        self.add_widget(Widget())
        self.add_widget(Words(words=title, heavy=True, font_size=look().type.heading * 0.95))
        if not (low and look().large):
            self.add_widget(
                Words(words=subtitle, font_size=look().type.least, color=colours.muted)
            )


class RowTile(Pressable):
    """A full-width row: icon, title, a line below, and an arrow. Its height follows its words."""

    def __init__(self, title: str, subtitle: str = "", icon: str = "", width: float = 0) -> None:
        px, colours = look().px, look().colours
        inner = width - px(32) * 2 - px(60) - (px(60) + px(24) if icon else 0)
        height = text_height(title, look().type.body, inner, True) + px(48)
        if subtitle:
            height += text_height(subtitle, look().type.least, inner)
        super().__init__(
            size_hint_y=None,
            height=max(height, look().button),
            padding=(px(32), px(20)),
            spacing=px(24),
        )
        self.words = title
        if icon:
            self.add_widget(Icon(icon=icon, font_size=px(56), pos_hint={"center_y": 0.5}))
        lines = BoxLayout(orientation="vertical", size_hint_y=None, pos_hint={"center_y": 0.5})
        lines.add_widget(Words(words=title, heavy=True, font_size=look().type.body, width=inner))
        if subtitle:
            lines.add_widget(
                Words(words=subtitle, font_size=look().type.least, color=colours.muted, width=inner)
            )
        lines.fbind("minimum_height", lines.setter("height"))
        self.add_widget(lines)
        self.add_widget(
            Icon(icon="chevron-right", font_size=px(44), color=colours.muted,
                 pos_hint={"center_y": 0.5})
        )


class FieldTile(Pressable):
    """A low tile: an icon and a name on up to two lines."""

    def __init__(self, title: str, icon: str, width: float) -> None:
        px, size = look().px, look().type.least * 1.07
        inner = width - px(20) * 2 - px(52) - px(12)
        super().__init__(
            size_hint_y=None,
            height=max(text_height(title, size, inner, True) + px(20), px(104)),
            padding=(px(20), px(8)),
            spacing=px(12),
        )
        self.words = title
        self.add_widget(Icon(icon=icon, font_size=px(48), pos_hint={"center_y": 0.5}))
        self.add_widget(
            Words(words=title, heavy=True, font_size=size, width=inner, balanced=True,
                  pos_hint={"center_y": 0.5})
        )


class NameTile(Pressable):
    """An item's name alone, on up to two lines, all of one height."""

    def __init__(self, title: str, width: float) -> None:
        px, size = look().px, look().type.least * 1.07
        inner = width - 2 * px(24)
        super().__init__(size_hint_y=None, height=2 * line_pitch(size) + px(28),
                         padding=(px(24), px(10)))
        self.words = title
        self.add_widget(
            Words(words=title, font_size=size, width=inner, balanced=True,
                  pos_hint={"center_y": 0.5})
        )
