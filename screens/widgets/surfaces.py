"""Cards, strips and tags: the quiet parts of a page."""

from kivy.graphics import Color, Rectangle, SmoothRoundedRectangle
from kivy.properties import ColorProperty, NumericProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from screens.theme import look
from screens.widgets.words import Icon, Words, line_pitch, text_height, text_width


class Surface(BoxLayout):
    """A rounded box: a border drawn as a larger box below a smaller one, both antialiased
    without multisampling."""

    fill = ColorProperty((1, 1, 1, 1))
    border = ColorProperty((0, 0, 0, 0))
    border_width = NumericProperty(2)
    halo = ColorProperty((0, 0, 0, 0))
    corner = NumericProperty(0)

    def __init__(self, **kwargs) -> None:
        colours = look().colours
        kwargs.setdefault("fill", colours.surface)
        kwargs.setdefault("border", colours.line)
        kwargs.setdefault("corner", look().radius)
        super().__init__(**kwargs)
        with self.canvas.before:
            self._halo_colour = Color(rgba=self.halo)
            self._halo_box = SmoothRoundedRectangle()
            self._border_colour = Color(rgba=self.border)
            self._border_box = SmoothRoundedRectangle()
            self._fill_colour = Color(rgba=self.fill)
            self._fill_box = SmoothRoundedRectangle()
        for name in ("pos", "size", "corner", "border_width"):
            self.fbind(name, self._place)
        self.fbind("fill", self._paint)
        self.fbind("border", self._paint)
        self.fbind("halo", self._paint)
        self._place()

    def _paint(self, *_args) -> None:
        self._halo_colour.rgba = self.halo
        self._border_colour.rgba = self.border
        self._fill_colour.rgba = self.fill

    def _place(self, *_args) -> None:
        line = self.border_width if self.border[3] else 0
        outer = look().px(6)
        for box, inset, corner in (
            (self._halo_box, -outer, self.corner + outer),
            (self._border_box, 0, self.corner),
            (self._fill_box, line, max(self.corner - line, 1)),
        ):
            box.pos = (self.x + inset, self.y + inset)
            box.size = (max(self.width - 2 * inset, 0), max(self.height - 2 * inset, 0))
            box.radius = [min(corner, box.size[0] / 2, box.size[1] / 2) or 1]


class Plane(BoxLayout):
    """A plain rectangle of one colour behind its children, with an optional hairline."""

    fill = ColorProperty((1, 1, 1, 1))
    top_line = ColorProperty((0, 0, 0, 0))
    bottom_line = ColorProperty((0, 0, 0, 0))

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        with self.canvas.before:
            Color(rgba=self.fill)
            self._box = Rectangle()
            Color(rgba=self.top_line)
            self._top = Rectangle()
            Color(rgba=self.bottom_line)
            self._bottom = Rectangle()
        self.fbind("pos", self._place)
        self.fbind("size", self._place)
        self._place()

    def _place(self, *_args) -> None:
        self._box.pos, self._box.size = self.pos, self.size
        self._top.pos, self._top.size = (self.x, self.top - 2), (self.width, 2)
        self._bottom.pos, self._bottom.size = self.pos, (self.width, 2)


class Hairline(Widget):
    """A line of 2 px between rows."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("size_hint_y", None)
        kwargs.setdefault("height", 2)
        super().__init__(**kwargs)
        with self.canvas:
            Color(rgba=look().colours.line)
            self._box = Rectangle(pos=self.pos, size=self.size)
        self.fbind("pos", self._place)
        self.fbind("size", self._place)

    def _place(self, *_args) -> None:
        self._box.pos, self._box.size = self.pos, self.size


class Tag(Surface):
    """A short word on a tint: 来自身份证, 示例数据. `tone` is one of TONES."""

    words = StringProperty("")

    def __init__(self, words: str, tone: str = "info", icon: str = "", **kwargs) -> None:
        ink, tint = tones()[tone]
        size = look().type.least
        pad = look().px(18)
        wide = text_width(words, size) + 2 * pad + (size * 1.3 if icon else 0)
        super().__init__(
            fill=tint,
            border=look().colours.clear,
            corner=look().px(10),
            size_hint=(None, None),
            size=(wide, round(size * 1.8)),
            padding=(pad, 0),
            words=words,
            **kwargs,
        )
        if icon:
            self.add_widget(
                Icon(icon=icon, font_size=size, color=ink, pos_hint={"center_y": 0.5})
            )
        self.add_widget(
            Words(words=words, font_size=size, color=ink, one_line=True, size_hint_y=1)
        )


class Notice(Surface):
    """A paragraph that must be read, with a title and an icon, in one of the tones. `width` is
    the most it takes; a title alone takes what it needs. The height follows from the words.
    `aside` stands muted below them, for staff."""

    def __init__(
        self, title: str, words: str, tone: str, icon: str, width: float, aside: str = ""
    ) -> None:
        ink, tint = tones()[tone]
        px, size, small = look().px, look().type.body, look().type.least
        pad = px(32)
        beside = 2 * pad + size * 1.43 + px(16)
        if not words:
            width = min(width, text_width(title, size, True) + beside + 4)
        # Layouts round: a pixel to spare, so that the words never need a line more.
        inner = width - beside - 1
        height = text_height(title, size, inner, True)
        if words:
            height += text_height(words, small, inner) + px(8)
        if aside:
            height += line_pitch(px(26)) + px(8)
        super().__init__(
            fill=tint,
            border=look().colours.warning_line if tone == "warning" else look().colours.clear,
            size_hint=(None, None),
            size=(width, height + 2 * px(28)),
            padding=(pad, px(28)),
            spacing=px(16),
        )
        self.add_widget(
            Icon(icon=icon, font_size=size * 1.3, color=ink, pos_hint={"top": 1})
        )
        column = BoxLayout(orientation="vertical", spacing=px(8))
        column.add_widget(
            Words(words=title, heavy=True, font_size=size, color=ink, width=inner)
        )
        if words:
            column.add_widget(Words(words=words, font_size=small, width=inner))
        if aside:
            muted = look().colours.muted
            column.add_widget(
                Words(words=aside, font_size=px(26), color=muted, width=inner, one_line=True)
            )
        self.add_widget(column)


def tones() -> dict[str, tuple]:
    """Ink and tint of each tone; never the only sign of what is meant: a word says it too."""
    colours = look().colours
    return {
        "plain": (colours.muted, colours.locked),
        "info": (colours.pressed, colours.tint),
        "good": (colours.success, colours.success_tint),
        "warning": (colours.warning, colours.warning_tint),
        "bad": (colours.danger, colours.danger_tint),
    }
