"""Tiles and rows that lead somewhere."""

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from screens.theme import look
from screens.widgets.buttons import Pressable
from screens.widgets.surfaces import Tag
from screens.widgets.words import Icon, Words, line_pitch, text_height, text_width

_ROOMY = 0.42
"""Of a row's width: less is too little for its words."""


class MainTile(Pressable):
    """One of the two large coloured tiles of the home page; the line below its title stands only
    where the tile has room for it."""

    def __init__(
        self, title: str, subtitle: str, icon: str, teal: bool, width: float, height: float
    ) -> None:
        px, colours = look().px, look().colours
        pad_x, pad_y = px(40), px(34)
        super().__init__(
            orientation="vertical",
            rest=colours.teal if teal else colours.primary,
            pressed=colours.teal_pressed if teal else colours.pressed,
            border=colours.clear,
            corner=px(32),
            padding=(pad_x, pad_y),
            spacing=px(4),
        )
        self.words = title
        size = px(92 if height > px(300) else 66)
        inner = width - 2 * pad_x
        room = height - 2 * pad_y - size * 1.1 - px(12)
        self.add_widget(Icon(icon=icon, font_size=size, color=colours.surface))
        self.add_widget(Widget())
        for words in _titled(title, subtitle, look().type.title, inner, room):
            words.color = colours.surface
            self.add_widget(words)


class Tile(Pressable):
    """A white tile with an icon, a title and a line below, as far as they fit; where not even the
    title does, it stands beside the icon."""

    def __init__(self, title: str, subtitle: str, icon: str, width: float, height: float) -> None:
        px = look().px
        low = height < px(220)
        pad_y = px(14 if low else 26)
        super().__init__(
            orientation="vertical",
            corner=px(28),
            padding=(px(32), pad_y, px(20), pad_y),
            spacing=px(2),
        )
        self.words = title
        size = px(50 if low else 60)
        inner = width - px(52)
        room = height - 2 * pad_y - size * 1.1 - px(6)
        titled = _titled(title, subtitle, look().type.heading * 0.95, inner, room)
        if titled[0].natural_height <= room:
            self.add_widget(Icon(icon=icon, font_size=size))
            self.add_widget(Widget())
            for words in titled:
                self.add_widget(words)
            return
        self.orientation = "horizontal"
        self.padding, self.spacing = (px(20), px(6)), px(12)
        beside = width - 2 * px(20) - px(12) - size * 1.1
        self.add_widget(Icon(icon=icon, font_size=size, pos_hint={"center_y": 0.5}))
        title_alone = _titled(title, "", _size_within(title, beside, height), beside, 0)[0]
        title_alone.pos_hint = {"center_y": 0.5}
        self.add_widget(title_alone)


def _size_within(title: str, inner: float, high: float) -> float:
    """The largest type in which the title is no higher, the least at the least."""
    size = look().type.heading * 0.95
    while size > look().type.least and text_height(title, size, inner, True) > high:
        size *= 0.9
    return size


def _titled(
    title: str, subtitle: str, size: float, inner: float, room: float
) -> list[Words]:
    """The title, smaller where a word of it is wider than the tile, and the line below it where
    both have room."""
    longest = max(text_width(word, size, True) for word in title.split(" "))
    if longest > inner:
        size *= inner / longest * 0.98
    small = look().type.least
    needed = text_height(title, size, inner, True) + text_height(subtitle, small, inner)
    words = [Words(words=title, heavy=True, font_size=size, width=inner)]
    if needed <= room:
        words.append(
            Words(words=subtitle, font_size=small, color=look().colours.muted, width=inner)
        )
    return words


class RowTile(Pressable):
    """A full-width row: icon, title, a line below, and an arrow. Its height follows its words.
    `tag` stands at the right end, or below where it would cost the title a line, or leave the
    words little room. One that is not `enabled` looks it, and has no arrow."""

    def __init__(
        self,
        title: str,
        subtitle: str = "",
        icon: str = "",
        width: float = 0,
        tag: str = "",
        tone: str = "plain",
        enabled: bool = True,
    ) -> None:
        px, colours, gap = look().px, look().colours, look().px(24)
        size, small = look().type.body, look().type.least
        inner = width - px(32) * 2 - gap - px(50) - (px(62) + gap if icon else 0)
        mark = Tag(tag, tone, pos_hint={"center_y": 0.5}) if tag else None
        beside = (
            mark is not None
            and (left := inner - mark.width - gap) > _ROOMY * width
            and text_height(title, size, left, True) == text_height(title, size, inner, True)
        )
        if mark is not None and beside:
            inner -= mark.width + gap
        height = text_height(title, size, inner, True) + px(48)
        if subtitle:
            height += text_height(subtitle, small, inner)
        if mark is not None and not beside:
            height += mark.height + px(8)
        super().__init__(
            size_hint_y=None,
            height=max(height, look().button),
            padding=(px(32), px(20)),
            spacing=gap,
            enabled=enabled,
            rest=colours.surface if enabled else colours.locked,
        )
        self.words = title
        ink = colours.ink if enabled else colours.muted
        if icon:
            self.add_widget(Icon(icon=icon, font_size=px(56), pos_hint={"center_y": 0.5},
                                 color=colours.primary if enabled else colours.muted))
        lines = BoxLayout(orientation="vertical", size_hint_y=None, pos_hint={"center_y": 0.5})
        lines.add_widget(Words(words=title, heavy=True, font_size=size, width=inner, color=ink))
        if subtitle:
            lines.add_widget(
                Words(words=subtitle, font_size=small, color=colours.muted, width=inner)
            )
        if mark is not None and not beside:
            lines.add_widget(Widget(size_hint_y=None, height=px(8)))
            lines.add_widget(mark)
        lines.fbind("minimum_height", lines.setter("height"))
        self.add_widget(lines)
        if mark is not None and beside:
            self.add_widget(mark)
        if enabled:
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
        inner, high = width - 2 * px(24), 2 * line_pitch(size)
        while text_height(title, size, inner) > high:
            size *= 0.95
        super().__init__(size_hint_y=None, height=high + px(28), padding=(px(24), px(10)))
        self.words = title
        self.add_widget(
            Words(words=title, font_size=size, width=inner, balanced=True,
                  pos_hint={"center_y": 0.5})
        )
