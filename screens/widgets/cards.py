"""The cards that a page of reading consists of. Each is given its width, and none is higher than
`room`, a page: what has no room in one stands in a second card. `left` is what is left of the page
that it begins on."""

from collections.abc import Iterator, Sequence

from kivy.graphics import Color, Rectangle
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.journeys.pages import Code, Lines, Moment, Timeline, Value
from kiosk.language import _
from screens.theme import look
from screens.widgets.qr import QrImage
from screens.widgets.surfaces import Hairline, Surface, Tag
from screens.widgets.words import Icon, Words, line_pitch, lines_of, text_height, text_width

_LITTLE = 0.4
"""Of a page: what has no room in less goes to the next page, whole where it can."""
_HIGH = 0.75
"""Of a column beside another: what is higher is torn apart."""
LONG_CODE = 120
"""A QR code of more bytes than this is drawn larger, or a telephone would not read it."""
WHOLE_TEXT = 400
"""One of more bytes than this stands above its words, as large as it can."""


def lines_cards(
    lines: Lines, wide: float, left: float, room: float
) -> Iterator[Surface]:
    """The title stands again over what had no room below it."""
    px, size = look().px, look().type.least * 1.07
    pad, spacing = px(32), px(6)
    inner = wide - 2 * pad
    tag = Tag(_("示例数据，以窗口公布为准"), "warning") if lines.sample else None
    head = round(look().type.heading * 1.5)
    if tag is not None and text_width(lines.title, look().type.body, True) > inner - tag.width:
        head += tag.height
    frame = 2 * px(24) + head
    paragraphs = [
        f"{number}. {line}" if lines.numbered else line
        for number, line in enumerate(lines.lines, start=1)
    ]
    pieces = [piece for line in paragraphs for piece in _pieces(line, size, inner, room - frame)]
    heights = [text_height(piece, size, inner) + spacing for piece in pieces]
    for first, last in _torn(heights, frame, left, room):
        title = lines.title if first == 0 else _("{title}（续）").format(title=lines.title)
        box = Surface(orientation="vertical", size_hint_y=None, padding=(pad, px(24)),
                      spacing=spacing, height=head + sum(heights[first:last]) + 2 * px(24))
        box.add_widget(_head(title, tag if first == 0 else None, head, inner))
        for piece in pieces[first:last]:
            box.add_widget(Words(words=piece, font_size=size, width=inner))
        yield box


def _head(title: str, tag: Tag | None, high: float, inner: float) -> BoxLayout:
    """The title with its tag beside it, or below where it is long."""
    size = look().type.body
    words = Words(words=title, heavy=True, font_size=size, one_line=True)
    beside = tag is None or text_width(title, size, True) <= inner - tag.width
    head = BoxLayout(size_hint_y=None, height=high, spacing=look().px(16 if beside else 0),
                     orientation="horizontal" if beside else "vertical")
    if beside:
        words.size_hint_y = 1
        head.add_widget(words)
    else:
        head.add_widget(words)
    if tag is not None:
        tag.pos_hint = {"center_y": 0.5} if beside else {}
        head.add_widget(tag)
    return head


def _pieces(line: str, size: float, inner: float, space: float) -> list[str]:
    """A paragraph that is higher than a page in parts of whole lines."""
    if text_height(line, size, inner) <= space:
        return [line]
    broken = lines_of(line, size, inner)
    each = max(int(space // line_pitch(size)), 1)
    return ["\n".join(broken[at : at + each]) for at in range(0, len(broken), each)]


def value_cards(
    values: Sequence[Value], wide: float, left: float, room: float
) -> Iterator[Surface]:
    """Labels and what they say, a line below each other."""
    px, size = look().px, look().type.body
    pad, gap = px(32), px(16)
    label = round(wide * (0.36 if look().large else 0.3))
    inner = wide - 2 * pad - label - gap
    heights = [
        max(text_height(v.value, size, inner), text_height(v.label, size, label)) + px(36)
        for v in values
    ]
    for first, last in _torn([high + 2 for high in heights], 2 * px(8), left, room):
        box = Surface(orientation="vertical", size_hint_y=None, padding=(pad, px(8)),
                      height=sum(heights[first:last]) + 2 * (last - first - 1) + 2 * px(8))
        for number in range(first, last):
            if number > first:
                box.add_widget(Hairline())
            line = BoxLayout(size_hint_y=None, height=heights[number], spacing=gap)
            line.add_widget(
                Words(words=values[number].label, font_size=size, color=look().colours.muted,
                      size_hint_x=None, width=label, pos_hint={"center_y": 0.5})
            )
            line.add_widget(
                Words(words=values[number].value, font_size=size, width=inner,
                      pos_hint={"center_y": 0.5})
            )
            box.add_widget(line)
        yield box


def timeline_cards(
    timeline: Timeline, wide: float, left: float, room: float
) -> Iterator[Surface]:
    """The moments below each other, joined by a line; those that were reached are ticked, the last
    of these is bold."""
    moments = timeline.moments
    inner = wide - 2 * look().px(32)
    last_reached = max((n for n, moment in enumerate(moments) if moment.reached), default=-1)
    rows = [
        _MomentRow(moment, inner, heavy=number == last_reached,
                   above=number > 0, below=number + 1 < len(moments))
        for number, moment in enumerate(moments)
    ]
    pad = look().px(20)
    for first, last in _torn([row.height for row in rows], 2 * pad, left, room):
        box = Surface(orientation="vertical", size_hint_y=None, padding=(look().px(32), pad),
                      height=sum(row.height for row in rows[first:last]) + 2 * pad)
        for row in rows[first:last]:
            box.add_widget(row)
        yield box


class _MomentRow(BoxLayout):
    """Its time stands at the right of its words where both have room, else below them."""

    def __init__(
        self, moment: Moment, width: float, heavy: bool, above: bool, below: bool
    ) -> None:
        px, colours = look().px, look().colours
        size, small = look().type.body, look().type.least
        self._side = size * 1.43
        gap = px(20)
        inner = width - self._side - gap
        when = text_width(moment.when, small) + 4 if moment.when else 0
        beside = when and text_width(moment.words, size, True) + when + gap <= inner
        wide = inner - when - gap if beside else inner
        ink = colours.ink if moment.reached else colours.muted
        name = Words(words=moment.words, font_size=size, heavy=heavy, color=ink, width=wide)
        head = BoxLayout(size_hint_y=None, height=name.height, spacing=gap)
        head.add_widget(name)
        lines: list[Widget] = [head]
        if when:
            time = Words(words=moment.when, font_size=small, color=colours.muted, width=when,
                         halign="right" if beside else "left", pos_hint={"center_y": 0.5})
            if beside:
                time.size_hint_x = None
                head.add_widget(time)
            else:
                lines.append(time)
        if moment.below:
            lines.append(Words(words=moment.below, font_size=small, color=ink, width=inner))
        self._first = line_pitch(size)
        self._pad = px(14)
        super().__init__(size_hint_y=None, spacing=gap, padding=(0, self._pad),
                         height=sum(line.height for line in lines) + 2 * self._pad)
        self._above, self._below = above, below
        self.add_widget(
            Icon(icon="circle-check" if moment.reached else "circle", font_size=size * 1.3,
                 color=colours.success if moment.reached else colours.field_line,
                 size=(self._side, self._first), pos_hint={"top": 1})
        )
        column = BoxLayout(orientation="vertical")
        for line in lines:
            column.add_widget(line)
        self.add_widget(column)
        with self.canvas.before:
            Color(rgba=colours.success if moment.reached else colours.line)
            self._to_above, self._to_below = Rectangle(), Rectangle()
        self.fbind("pos", self._join)
        self.fbind("size", self._join)

    def _join(self, *_args) -> None:
        """The line from tick to tick, left out where the tick is."""
        wide = look().px(4)
        x = round(self.x + (self._side - wide) / 2)
        middle, half = self.top - self._pad - self._first / 2, self._side / 2
        self._to_above.pos = (x, middle + half)
        self._to_above.size = (wide, self.top - middle - half if self._above else 0)
        self._to_below.pos = (x, self.y)
        self._to_below.size = (wide, middle - half - self.y if self._below else 0)


def code_card(code: Code, wide: float, room: float) -> Surface:
    """The code, and beside it what it is for; a very long one above it."""
    px, pad = look().px, look().px(32)
    long = len(code.content.encode())
    whole = long > WHOLE_TEXT
    above = whole and not look().landscape
    side = px(820 if whole else 420 if long > LONG_CODE else 300)
    side = min(side, room - 2 * px(28), wide * (0.9 if above else 0.6 if whole else 0.45))
    inner = wide - 2 * pad if above else wide - side - 3 * pad
    lines = []
    if code.large:
        lines.append(Words(words=code.large, heavy=True, font_size=px(56), width=inner,
                           one_line=True))
    large = sum(line.height + px(8) for line in lines)
    size = look().type.body
    if large + text_height(code.caption, size, inner) > room - 2 * px(28):
        size = look().type.least
    lines.append(Words(words=code.caption, font_size=size, width=inner))
    high = sum(line.height for line in lines) + px(8) * (len(lines) - 1)
    if above:
        side = min(side, room - 2 * px(28) - pad - high)
    inside = side + pad + high if above else max(side, high)
    card = Surface(orientation="vertical" if above else "horizontal", size_hint_y=None,
                   height=inside + 2 * px(28), padding=(pad, px(28)), spacing=pad)
    middle = {"center_x": 0.5} if above else {"center_y": 0.5}
    card.add_widget(QrImage(code.content, side, pos_hint=middle))
    column = BoxLayout(orientation="vertical", spacing=px(8), size_hint_y=None, height=high,
                       pos_hint=middle)
    for line in lines:
        column.add_widget(line)
    card.add_widget(column)
    return card


def on_one_page(cards: Sequence[Widget], number: int, room: float) -> bool:
    """Whether so many columns of this height hold them."""
    gap = look().gap
    return len(_spread([card.height + gap for card in cards], room + gap)) <= number


def in_columns(
    cards: Sequence[Widget], number: int, wide: float, room: float, less: float
) -> list[list[Widget]]:
    """Rows of `number` columns, a row a page, each column filled from top to bottom before the
    next: as even as can be where all have room on one page, else `less` high."""
    gap = look().gap
    heights = [card.height + gap for card in cards]
    parts = _spread(heights, less + gap)
    if on_one_page(cards, number, room):
        parts = next(
            found
            for high in sorted(_sums(heights))
            if len(found := _spread(heights, high)) <= number
        )
    columns: list[Widget] = []
    for first, last in parts:
        column = BoxLayout(orientation="vertical", spacing=gap, size_hint=(None, None), width=wide,
                           height=sum(heights[first:last]) - gap)
        for card in cards[first:last]:
            column.add_widget(card)
        columns.append(column)
    while len(columns) % number:
        columns.append(Widget(size_hint=(None, None), size=(wide, 0)))
    return [columns[at : at + number] for at in range(0, len(columns), number)]


def _torn(
    heights: Sequence[float], frame: float, left: float, room: float
) -> list[tuple[int, int]]:
    """What stands in each card of a frame that takes so much of its height."""
    whole = frame + sum(heights)
    if whole <= left:
        return [(0, len(heights))]
    little = left < _LITTLE * room or (look().landscape and whole <= _HIGH * room)
    if frame + sum(heights[:2]) > left or (whole <= room and little):
        return _spread(heights, room - frame)
    first = _spread(heights, left - frame)[0][1]
    rest = _spread(heights[first:], room - frame)
    return [(0, first), *((a + first, b + first) for a, b in rest)]


def _sums(heights: Sequence[float]) -> set[float]:
    """Of every run of neighbours: the heights that a column can have."""
    return {0.0} | {
        sum(heights[first:last])
        for first in range(len(heights))
        for last in range(first + 1, len(heights) + 1)
    }


def _spread(heights: Sequence[float], room: float) -> list[tuple[int, int]]:
    """From the first to before the last, as many as fit; one at the least."""
    found: list[tuple[int, int]] = []
    first, used = 0, 0.0
    for number, high in enumerate(heights):
        if number > first and used + high > room + 0.5:
            found.append((first, number))
            first, used = number, 0.0
        used += high
    return [*found, (first, len(heights))] if heights else found
