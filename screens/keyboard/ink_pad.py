"""The surface on which characters are written with a finger."""

from collections.abc import Callable

from kivy.clock import Clock
from kivy.graphics import Color, Ellipse, InstructionGroup, Line

from kiosk.text_entry.handwriting.strokes import Point, Strokes
from screens.theme import look
from screens.widgets.surfaces import Surface
from screens.widgets.words import Words

PAUSE = 0.3
"""Seconds that a finger rests before what it wrote so far is read."""

INK = 26 / 600
"""Of the pad's height: as the recogniser is shown it."""

MOST_POINTS = 2000
"""More than ten characters have; what a sleeve draws beyond that is not kept."""


class InkPad(Surface):
    """`written` is called when a stroke began, when the finger rests and when it was lifted; `said`
    stands on the pad while it is empty. Points are pixels from the pad's lower left corner."""

    def __init__(self, written: Callable[[], None], **kwargs) -> None:
        super().__init__(corner=look().px(20), **kwargs)
        self.name = "ink-pad"
        self.enabled = True
        self._written = written
        self._strokes: list[list[Point]] = []
        self._lines: list[InstructionGroup] = []
        self._finger: int | None = None
        self._rests = Clock.create_trigger(lambda _dt: self._written(), PAUSE)
        self._said = Words(size_hint=(1, 1), halign="center", color=look().colours.muted)
        self.padding = look().px(24)
        self.add_widget(self._said)

    @property
    def strokes(self) -> Strokes:
        return tuple(tuple(stroke) for stroke in self._strokes)

    @property
    def writing(self) -> bool:
        """A finger is on the pad."""
        return self._finger is not None

    def say(self, words: str) -> None:
        self._said.words = words

    def undo(self) -> None:
        """Take the last stroke away."""
        if self._strokes:
            self._strokes.pop()
            self.canvas.after.remove(self._lines.pop())
        self._show_said()

    def clear_ink(self) -> None:
        """A finger that is still down writes nothing more."""
        self._rests.cancel()
        self._finger = None
        self._strokes.clear()
        for line in self._lines:
            self.canvas.after.remove(line)
        self._lines.clear()
        self._show_said()

    def on_touch_down(self, touch) -> bool:
        if not self.collide_point(*touch.pos):
            return False
        if self.enabled and self._finger is None and self._room():
            self._finger = touch.uid
            touch.grab(self)
            self._strokes.append([self._point(touch)])
            self._lines.append(InstructionGroup())
            self.canvas.after.add(self._lines[-1])
            self._draw()
            self._show_said()
            self._rests()
        return True

    def on_touch_move(self, touch) -> bool:
        if touch.grab_current is not self or touch.uid != self._finger:
            return False
        point = self._point(touch)
        if point != self._strokes[-1][-1] and self._room():
            self._strokes[-1].append(point)
            self._draw()
            self._rests.cancel()
            self._rests()
        return True

    def on_touch_up(self, touch) -> bool:
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        if touch.uid == self._finger:
            self._finger = None
            self._rests.cancel()
            self._written()
        return True

    def _room(self) -> bool:
        return sum(map(len, self._strokes)) < MOST_POINTS

    def _point(self, touch) -> Point:
        """Ink stays inside the pad, whole with its width."""
        edge = self._ink_width() / 2
        x = min(max(touch.x, self.x + edge), self.right - edge)
        y = min(max(touch.y, self.y + edge), self.top - edge)
        return x - self.x, y - self.y

    def _ink_width(self) -> float:
        return self.height * INK

    def _draw(self) -> None:
        """The stroke that is being written."""
        wide = self._ink_width()
        points = [(self.x + x, self.y + y) for x, y in self._strokes[-1]]
        ink = self._lines[-1]
        ink.clear()
        ink.add(Color(rgba=look().colours.ink))
        if len(points) == 1:
            x, y = points[0]
            ink.add(Ellipse(pos=(x - wide / 2, y - wide / 2), size=(wide, wide)))
        else:
            flat = [part for point in points for part in point]
            ink.add(Line(points=flat, width=wide / 2, cap="round", joint="round"))

    def _show_said(self) -> None:
        self._said.opacity = 0 if self._strokes else 1
