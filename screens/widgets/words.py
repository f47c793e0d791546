"""Text on the screen: one label for everything, breaking lines by the rules of Chinese."""

from functools import lru_cache

from kivy.core.text import Label as CoreLabel
from kivy.core.text import LabelBase
from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.label import Label
from kivy.utils import escape_markup

from kiosk.faces import Face, Run, drawable, has_rare, runs
from kiosk.line_breaking import Measure, balanced_lines, break_lines
from screens.glyphs import BOLD, FONTS, ICONS, REGULAR, glyph
from screens.theme import look

for _face in (Face.RARE_1, Face.RARE_2):
    LabelBase.register(_face.value, str(FONTS / _face.file(bold=False)))


class _Widths(dict[str, float]):
    """The width of each character in pixels, measured when it is first asked for."""

    def __init__(self, size: float, bold: bool) -> None:
        super().__init__()
        self._size, self._bold = size, bold

    def __missing__(self, char: str) -> float:
        width = 0.0
        for face, part in runs(drawable(char)):
            width += ruler(face, self._size, self._bold).get_extents(part)[0]
        self[char] = width
        return width

    def of(self, text: str) -> float:
        return sum(map(self.__getitem__, text))


@lru_cache(maxsize=64)
def ruler(face: Face, size: float, bold: bool) -> CoreLabel:
    """Measures what this face draws."""
    return CoreLabel(font_name=_font_name(face, bold), font_size=size)


@lru_cache(maxsize=64)
def _measure(size: float, bold: bool) -> Measure:
    return _Widths(size, bold).of


def _font_name(face: Face, bold: bool) -> str:
    if face is Face.MAIN:
        return BOLD if bold else REGULAR
    return face.value


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Pixels that one line of this text takes."""
    return _measure(size, bold)(text)


def lines_of(text: str, size: float, width: float, bold: bool = False) -> list[str]:
    return break_lines(text, width, _measure(size, bold))


def text_height(text: str, size: float, width: float, bold: bool = False) -> float:
    """Pixels that the text takes when it is broken into lines of `width`."""
    return len(lines_of(text, size, width, bold)) * line_pitch(size)


def line_pitch(size: float) -> float:
    # A half up, as Kivy's own line is: by one too little, long paragraphs would stand out.
    return int(size * look().type.line_height + 0.5)


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
        split = balanced_lines if self.balanced else break_lines
        measure = _measure(self.font_size, self.heavy)
        broken = split(self.words, max(self.width, 1), measure)
        self._write("\n".join(broken))
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
        self._write(self.words)
        self.text_size = (max(self.width, needed), None)
        self.natural_height = line_pitch(full)
        if self.size_hint_y is None:
            self.height = self.natural_height

    def _write(self, text: str) -> None:
        text = drawable(text)
        self.markup = has_rare(text)
        self.text = "".join(map(marked_up, runs(text))) if self.markup else text

    def texture_update(self, *largs) -> None:
        super().texture_update(*largs)
        if not self.markup or self.texture is None:
            return
        # Kivy counts a part of a line's height again for every piece of markup in it, and leaves
        # that below the text: the words would stand too high.
        line = ruler(Face.MAIN, self.font_size, self.heavy).get_extents("")[1]
        below = self.text.count("\n") * int(line * self.line_height)
        width, height = self.texture.size
        if line + below < height:
            kept = self.texture.get_region(0, height - line - below, width, line + below)
            self.texture, self.texture_size = kept, list(kept.size)


def marked_up(run: Run) -> str:
    """The run as Kivy's markup draws it in its face."""
    face, part = run
    words = escape_markup(part)
    return words if face is Face.MAIN else f"[font={face.value}]{words}[/font]"


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
