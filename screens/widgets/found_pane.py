"""What a search found, as rows of which a page is shown at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from screens.theme import look
from screens.widgets.buttons import Pressable
from screens.widgets.met_words import MetWords
from screens.widgets.pager import PageBar
from screens.widgets.words import Icon, line_pitch, text_height, text_width

Span = tuple[int, int]
"""The characters from the first to before the second number."""


BETWEEN = " · "
"""Stands between the parts of `about`, the one that matters most first."""


@dataclass(frozen=True)
class Finding:
    """`name` and below it `about`, each with the part that was looked for; `choose` goes there."""

    name: str
    about: str
    choose: Callable[[], None]
    name_met: Span = (0, 0)
    about_met: Span = (0, 0)
    icon: str = ""


class FoundRow(Pressable):
    """One finding. Rows are used again with each letter, for a new one takes too long."""

    def __init__(self) -> None:
        theme = look()
        px, colours = theme.px, theme.colours
        super().__init__(
            size_hint=(None, None), padding=(px(32), 0, px(24), 0), spacing=px(20),
            corner=px(20),
        )
        self._choose: Callable[[], None] = lambda: None
        self._icon = Icon(font_size=px(52), pos_hint={"center_y": 0.5})
        self._name = MetWords(heavy=True, font_size=theme.type.body, size_hint=(None, None))
        self._about = MetWords(
            font_size=theme.type.least, color=colours.muted, size_hint=(None, None), one_line=True
        )
        # Ideographs stand a little low in their line.
        self._lines = BoxLayout(
            orientation="vertical", size_hint_y=None, pos_hint={"center_y": 0.52}
        )
        self._lines.add_widget(self._name)
        self._lines.add_widget(self._about)
        self.add_widget(self._icon)
        self.add_widget(self._lines)
        if not theme.landscape:
            self.add_widget(
                Icon(icon="chevron-right", font_size=px(44), color=colours.muted,
                     pos_hint={"center_y": 0.5})
            )

    def show(self, finding: Finding, place: tuple[float, float], size: tuple[float, float]) -> None:
        self._choose = finding.choose
        self.words = finding.name
        self.size, self.pos = size, place
        inner = _inner(size[0], bool(finding.icon))
        type_ = look().type
        self._name.font_size = _name_box(finding.name, inner, type_.body, type_.least)[0]
        for words, text, met in (
            (self._name, finding.name, finding.name_met),
            (self._about, _that_fits(finding.about, inner), finding.about_met),
        ):
            words.width = inner
            words.show(text, met)
            words.height = words.natural_height
        self._lines.height = self._name.height + self._about.height
        if self._icon.icon != finding.icon:
            self._icon.icon = finding.icon
            if finding.icon and self._icon.parent is None:
                self.add_widget(self._icon, index=len(self.children))
        if not finding.icon and self._icon.parent is not None:
            self.remove_widget(self._icon)

    def on_release(self) -> None:
        self._choose()

    def forget(self) -> None:
        self._choose = lambda: None
        self.words = ""
        self._name.show("", (0, 0))
        self._about.show("", (0, 0))


class FoundPane(Widget):
    """Rows of `columns` findings each; of a list's columns where that is 0. Where there are several
    pages a bar turns them: below the rows, or `beside` them wherever that box stands."""

    def __init__(self, beside: BoxLayout | None = None, columns: int = 0, **kwargs) -> None:
        super().__init__(**kwargs)
        self._columns = columns or look().columns
        self._beside = beside
        self._bar = PageBar(self.turn, low=beside.height if beside is not None else 0)
        self._findings: tuple[Finding, ...] = ()
        self._pages: list[list[list[Finding]]] = [[]]
        self._page = 0
        self._rows: list[FoundRow] = []
        self.fbind("size", self._spread)
        self.fbind("pos", self._draw)

    def show(self, findings: Sequence[Finding]) -> None:
        """From the first page on."""
        self._findings = tuple(findings)
        self._page = 0
        self._spread()

    def turn(self, by: int) -> None:
        self._page = max(0, min(self._page + by, len(self._pages) - 1))
        self._draw()

    def forget(self) -> None:
        self._findings, self._pages, self._page = (), [[]], 0
        for row in self._rows:
            row.forget()

    @property
    def _wide(self) -> float:
        return (self.width - (self._columns - 1) * _gap()) / self._columns

    def _spread(self, *_args) -> None:
        self._pages = self._spread_over(self.height)
        if len(self._pages) > 1 and self._beside is None:
            self._pages = self._spread_over(self.height - self._bar.height - _gap())
        self._page = min(self._page, len(self._pages) - 1)
        self._draw()

    def _spread_over(self, room: float) -> list[list[list[Finding]]]:
        pages: list[list[list[Finding]]] = [[]]
        used = 0.0
        for start in range(0, len(self._findings), self._columns):
            row = list(self._findings[start : start + self._columns])
            high = self._height(row)
            if pages[-1] and used + high > room:
                pages.append([])
                used = 0.0
            pages[-1].append(row)
            used += high + _gap()
        return pages

    def _height(self, row: list[Finding]) -> float:
        type_ = look().type
        names = [
            _name_box(f.name, _inner(self._wide, bool(f.icon)), type_.body, type_.least)[1]
            for f in row
        ]
        return _margins() + max(names) + line_pitch(type_.least)

    def _draw(self, *_args) -> None:
        wide, top, number = self._wide, self.top, 0
        for line in self._pages[self._page]:
            high = self._height(line)
            for column, finding in enumerate(line):
                row = self._row(number)
                left = self.x + column * (wide + _gap())
                row.show(finding, (round(left), round(top - high)), (round(wide), round(high)))
                number += 1
            top -= high + _gap()
        for row in self._rows[number:]:
            if row.parent is not None:
                self.remove_widget(row)
                row.forget()
        self._place_bar()

    def _place_bar(self) -> None:
        place = self if self._beside is None else self._beside
        if len(self._pages) == 1:
            place.remove_widget(self._bar)
            return
        if self._bar.parent is None:
            place.add_widget(self._bar)
        if self._beside is None:
            self._bar.width, self._bar.pos = self.width, self.pos
        self._bar.show(self._page, len(self._pages))

    def _row(self, number: int) -> FoundRow:
        if number == len(self._rows):
            self._rows.append(FoundRow())
        row = self._rows[number]
        if row.parent is None:
            self.add_widget(row)
        return row


def _gap() -> float:
    theme = look()
    return theme.px(8 if theme.landscape and theme.large else 12)


def _margins() -> float:
    """Above and below a row's words: so much that no room is left above the keyboard in which one
    row more could stand."""
    theme = look()
    if theme.landscape:
        return theme.px(6 if theme.large else 24)
    return theme.px(36 if theme.large else 18)


@lru_cache(maxsize=1024)
def _name_box(name: str, inner: float, size: float, smaller: float) -> tuple[float, float]:
    """Type size and height of a name of the catalogue: smaller where it would need three lines."""
    high = text_height(name, size, inner, True)
    if high <= 2 * line_pitch(size):
        return size, high
    return smaller, text_height(name, smaller, inner, True)


def _that_fits(about: str, inner: float) -> str:
    """Without its last parts rather than in smaller type."""
    while text_width(about, look().type.least) > inner and BETWEEN in about:
        about = about.rpartition(BETWEEN)[0]
    return about


def _inner(wide: float, icon: bool) -> float:
    """Width of a row's words."""
    px = look().px
    taken = px(32) + px(24)
    if not look().landscape:
        taken += px(44) * 1.1 + px(20)
    if icon:
        taken += px(52) * 1.1 + px(20)
    return round(wide - taken)
