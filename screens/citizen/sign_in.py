"""Lay the card on the reader: where, what the reader is doing, and what to do if it fails."""

import math

from kivy.graphics import Color, InstructionGroup, Line, SmoothRoundedRectangle
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.faults import code_words
from kiosk.journeys.card_told import CardTold, card_told, documents_taken
from kiosk.language import _
from screens.theme import look
from screens.view import View
from screens.widgets.steps import StepBar
from screens.widgets.surfaces import Notice, Surface, tones
from screens.widgets.words import Icon, Words


class SignInView(View):
    def compose(self) -> None:
        self.add_widget(StepBar(1))
        self._used += look().px(12) + look().gap
        cramped = look().landscape and look().large
        below = _("读到后会自动进入下一步。只读取姓名、证号等登记信息，办完即清除。")
        self.heading(_("请把身份证放到读卡区"), "" if cramped else below)
        self._box = Surface(orientation="horizontal" if look().landscape else "vertical",
                            padding=look().px(32), spacing=look().px(36))
        self.add_widget(self._box)
        self._others = BoxLayout(orientation="vertical", size_hint_y=None, spacing=look().px(8))
        self.add_widget(self._others)
        self._shown: tuple[CardTold, bool] | None = None
        self.refresh()

    def refresh(self) -> None:
        takes_codes = self.attendant.takes_codes
        told = card_told(self.session, self.attendant.reader, takes_codes)
        if (told, takes_codes) == self._shown:
            return
        self._shown = told, takes_codes
        self._others.clear_widgets()
        self._others.add_widget(_way("id", documents_taken(self.session.item)))
        if takes_codes and not told.ways:
            self._others.add_widget(_way("qrcode", _("没带证件？打开手机上的身份码，对准扫码口")))
        rows = self._others.children
        self._others.height = sum(row.height for row in rows) + look().px(8) * (len(rows) - 1)
        self._fill(told)

    def _fill(self, told: CardTold) -> None:
        """The picture, an arrow to what is told, and that. Where room is scarce the picture is
        smaller, and in portrait the arrow goes first."""
        px, wide = look().px, look().landscape
        gap, arrow = px(36), px(88)
        inside = look().body_width - 2 * px(32)
        high = self.room() - look().gap - self._others.height - 2 * px(32)
        if wide:
            place = min(px(210 if look().large else 330), high)
            notice = _notice(told, inside - place * _CardPlace.SHAPE - arrow - 4 * gap)
            has_arrow = True
        else:
            notice = _notice(told, inside)
            left = high - notice.height - 3 * gap
            has_arrow = left >= px(250) + arrow + gap
            place = min(px(330), left - (arrow + gap if has_arrow else 0))
        middle = {"center_y": 0.5} if wide else {"center_x": 0.5}
        notice.pos_hint = middle
        self._box.clear_widgets()
        self._box.add_widget(Widget())
        self._box.add_widget(_CardPlace(place, told.tone, self.session.reading, middle))
        if has_arrow:
            icon = "arrow-right" if wide else "arrow-down"
            ink = tones()[told.tone][0]
            self._box.add_widget(Icon(icon=icon, font_size=px(80), color=ink, pos_hint=middle))
        self._box.add_widget(notice)
        self._box.add_widget(Widget())


def _notice(told: CardTold, room: float) -> Notice:
    words = "\n".join(filter(None, (told.words, told.ways)))
    return Notice(told.title, words, told.tone, told.icon, room, code_words(told.fault))


def _way(icon: str, words: str) -> BoxLayout:
    """A quiet line below the picture."""
    size, colours = look().type.least, look().colours
    beside = size * 1.43 + look().px(12)
    line = Words(words=words, font_size=size, color=colours.muted,
                 width=look().body_width - beside)
    row = BoxLayout(size_hint_y=None, height=line.height, spacing=look().px(12))
    row.add_widget(Icon(icon=icon, font_size=size * 1.3, color=colours.muted,
                        pos_hint={"top": 1}))
    row.add_widget(line)
    return row


class _CardPlace(Widget):
    """The picture of where the card goes, `high` pixels: an outline with a card in it, dashed until
    one is read, in the colours of what is told."""

    SHAPE = 1.58
    """Width by height of a card (ISO/IEC 7810 ID-1)."""

    def __init__(self, high: float, tone: str, reading: bool, pos_hint: dict[str, float]) -> None:
        super().__init__(
            size_hint=(None, None), size=(round(high * self.SHAPE), high), pos_hint=pos_hint
        )
        self._ink, tint = tones()[tone]
        self._reading = reading
        self._corner = high * 0.11
        with self.canvas:
            Color(rgba=tint)
            self._box = SmoothRoundedRectangle(radius=[self._corner])
            self._edge = InstructionGroup()
        self._icon = Icon(icon="id", font_size=high * 0.58, color=self._ink)
        self.add_widget(self._icon)
        self.fbind("pos", self._draw)
        self.fbind("size", self._draw)

    def _draw(self, *_args) -> None:
        self._box.pos, self._box.size = self.pos, self.size
        self._icon.center = self.center
        self._edge.clear()
        self._edge.add(Color(rgba=self._ink))
        edge = _outline(self.x, self.y, self.width, self.height, self._corner)
        if self._reading:
            points = [axis for point in edge for axis in point]
            self._edge.add(Line(points=points, width=look().px(3), close=True))
            return
        on, off = 4, 3
        for start in range(0, len(edge) - on, on + off):
            points = [axis for point in edge[start : start + on] for axis in point]
            self._edge.add(Line(points=points, width=look().px(2), cap="none"))


def _outline(
    x: float, y: float, width: float, height: float, radius: float, step: float = 4
) -> list[tuple[float, float]]:
    """Points about `step` px apart along a rounded rectangle."""
    points: list[tuple[float, float]] = []
    corners = (
        (x + radius, y + radius, math.pi),
        (x + width - radius, y + radius, 1.5 * math.pi),
        (x + width - radius, y + height - radius, 0.0),
        (x + radius, y + height - radius, 0.5 * math.pi),
    )
    arc = max(round(radius * math.pi / 2 / step), 1)
    for number, (cx, cy, start) in enumerate(corners):
        bend = [start + math.pi / 2 * part / arc for part in range(arc + 1)]
        points += [(cx + radius * math.cos(a), cy + radius * math.sin(a)) for a in bend]
        next_x, next_y, next_start = corners[(number + 1) % 4]
        goal = (next_x + radius * math.cos(next_start), next_y + radius * math.sin(next_start))
        last = points[-1]
        pieces = max(round(math.dist(last, goal) / step), 1)
        points += [
            (last[0] + (goal[0] - last[0]) * k / pieces, last[1] + (goal[1] - last[1]) * k / pieces)
            for k in range(1, pieces)
        ]
    return points
