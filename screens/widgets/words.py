"""Text on the screen: one label for everything, breaking lines by the rules of Chinese."""

from functools import lru_cache

from kivy.core.text import Label as CoreLabel
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.label import Label

from kiosk.line_breaking import break_lines
from screens.glyphs import BOLD, ICONS, REGULAR, glyph
from screens.theme import look


@lru_cache(maxsize=64)
def _ruler(size: float, bold: bool) -> CoreLabel:
    return CoreLabel(font_name=BOLD if bold else REGULAR, font_size=size)


@lru_cache(maxsize=8192)
def _char_width(char: str, size: float, bold: bool) -> float:
    return float(_ruler(size, bold).get_extents(char)[0])


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Pixels that one line of this text takes."""
    return sum(_char_width(char, size, bold) for char in text)


def lines_of(text: str, size: float, width: float, bold: bool = False) -> tuple[str, ...]:
    return break_lines(text, width, lambda char: _char_width(char, size, bold))


def text_height(text: str, size: float, width: float, bold: bool = False) -> float:
    """Pixels that the text takes when it is broken into lines of `width`."""
    return len(lines_of(text, size, width, bold)) * line_pitch(size)


def balanced_width(text: str, size: float, width: float, bold: bool = False) -> float:
    """The least width that needs no more lines: no line with a single character at the end."""
    count = len(lines_of(text, size, width, bold))
    narrow = width
    while narrow > size and len(lines_of(text, size, narrow - size / 2, bold)) == count:
        narrow -= size / 2
    return narrow


def line_pitch(size: float) -> float:
    return round(size * look().type.line_height)


class Words(Label):
    """Set `words`, `font_size`, `weight` and the width: the height follows from them."""

    words = StringProperty("")
    heavy = BooleanProperty(False)
    one_line = BooleanProperty(False)
    balanced = BooleanProperty(False)
    natural_height = NumericProperty(0)

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("font_name", BOLD if kwargs.get("heavy") else REGULAR)
        kwargs.setdefault("font_size", look().type.body)
        kwargs.setdefault("color", look().colours.ink)
        if "size_hint" not in kwargs:
            kwargs.setdefault("size_hint_y", None)
        kwargs.setdefault("halign", "left")
        kwargs.setdefault("valign", "middle")
        kwargs.setdefault("font_blended", True)
        self._full_size = 0.0
        super().__init__(**kwargs)
        trigger = self._lay_out
        self.fbind("words", trigger)
        self.fbind("width", trigger)
        self.fbind("font_size", trigger)
        self.fbind("heavy", self._choose_face)
        self._lay_out()

    def _choose_face(self, *_args) -> None:
        self.font_name = BOLD if self.heavy else REGULAR
        self._lay_out()

    def _lay_out(self, *_args) -> None:
        if self.one_line:
            self._fit_one_line()
            return
        width = max(self.width, 1)
        if self.balanced:
            width = balanced_width(self.words, self.font_size, width, self.heavy)
        broken = lines_of(self.words, self.font_size, width, self.heavy)
        self.text = "\n".join(broken)
        # Kivy's own line of this font is 1.448 of its size high.
        self.line_height = look().type.line_height / 1.448
        self.natural_height = len(broken) * line_pitch(self.font_size)
        self.text_size = (self.width, None)
        if self.size_hint_y is None:
            self.height = self.natural_height

    def _fit_one_line(self) -> None:
        """One line that is made smaller rather than cut off."""
        full = self._full_size or self.font_size
        self._full_size = full
        needed = text_width(self.words, full, self.heavy) + 4
        size = full
        if self.width > 1 and needed > self.width:
            size = max(full * self.width / needed, 1)
            needed = self.width
        if size != self.font_size:
            self.font_size = size
        self.text = self.words
        self.text_size = (max(self.width, needed), None)
        self.natural_height = line_pitch(full)
        if self.size_hint_y is None:
            self.height = self.natural_height


class Icon(Label):
    """One glyph of the icon font; a word always stands beside it."""

    icon = StringProperty("")

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("font_name", ICONS)
        kwargs.setdefault("color", look().colours.primary)
        kwargs.setdefault("size_hint", (None, None))
        super().__init__(**kwargs)
        self.fbind("icon", self._draw)
        self.fbind("font_size", self._draw)
        self._draw()

    def _draw(self, *_args) -> None:
        self.text = glyph(self.icon) if self.icon else ""
        if self.size_hint_x is None:
            self.width = self.font_size * 1.1
        if self.size_hint_y is None:
            self.height = self.font_size * 1.1
