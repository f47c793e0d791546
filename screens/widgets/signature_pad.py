"""A surface that is written on with a finger."""

from kivy.graphics import Color, Ellipse, InstructionGroup, Line

from kiosk.intake.application import Strokes
from screens.theme import look
from screens.widgets.surfaces import Surface


class SignaturePad(Surface):
    """`strokes` are points of 0…1 of the pad's width and height from its upper left corner.
    `on_signed` is fired with every point, so that a screen built anew shows the same ink."""

    __events__ = ("on_signed",)

    def __init__(self, strokes: Strokes, **kwargs) -> None:
        super().__init__(**kwargs)
        self.name = "signature"
        self._strokes: list[list[tuple[float, float]]] = [list(stroke) for stroke in strokes]
        self._writing = None
        self._ink = InstructionGroup()
        self.canvas.add(self._ink)
        self.fbind("size", self._draw_all)
        self.fbind("pos", self._draw_all)

    @property
    def strokes(self) -> Strokes:
        return tuple(tuple(stroke) for stroke in self._strokes)

    def on_signed(self) -> None:
        """The ink changed."""

    def clear(self) -> None:
        """Take the ink away, to sign anew."""
        self._strokes = []
        self._ink.clear()
        self.dispatch("on_signed")

    def forget(self) -> None:
        """Drop the ink when the screen is left."""
        self._strokes = []
        self._ink.clear()

    def on_touch_down(self, touch) -> bool:
        if not self.collide_point(*touch.pos):
            return False
        if self._writing is not None:
            return True
        self._writing = touch.uid
        touch.grab(self)
        self._strokes.append([self._point(touch)])
        self._draw_all()
        self.dispatch("on_signed")
        return True

    def on_touch_move(self, touch) -> bool:
        if touch.grab_current is not self:
            return False
        point = self._point(touch)
        if point != self._strokes[-1][-1]:
            self._strokes[-1].append(point)
            self._draw_all()
            self.dispatch("on_signed")
        return True

    def on_touch_up(self, touch) -> bool:
        if touch.grab_current is not self:
            return False
        touch.ungrab(self)
        self._writing = None
        return True

    def _point(self, touch) -> tuple[float, float]:
        """Ink stays inside the pad, whole with its width."""
        edge = self._width() / 2
        x = min(max(touch.x, self.x + edge), self.right - edge)
        y = min(max(touch.y, self.y + edge), self.top - edge)
        return ((x - self.x) / self.width, (self.top - y) / self.height)

    def _width(self) -> float:
        return look().px(8)

    def _draw_all(self, *_args) -> None:
        self._ink.clear()
        self._ink.add(Color(rgba=look().colours.ink))
        wide = self._width()
        for stroke in self._strokes:
            points = [(self.x + x * self.width, self.top - y * self.height) for x, y in stroke]
            if len(points) == 1:
                x, y = points[0]
                self._ink.add(Ellipse(pos=(x - wide / 2, y - wide / 2), size=(wide, wide)))
            else:
                flat = [part for point in points for part in point]
                self._ink.add(Line(points=flat, width=wide / 2, cap="round", joint="round"))
