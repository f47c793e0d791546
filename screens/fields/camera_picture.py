"""What the document camera sees, or saw."""

from kivy.graphics import Color, Line, Rectangle
from kivy.graphics.texture import Texture

from kiosk.events import CameraSeen
from screens.theme import look
from screens.widgets.surfaces import Surface
from screens.widgets.words import Words

_INSET = 0.06
"""Of the picture's shorter side, between its edge and the marks in which the paper is to lie."""
_MARK = 0.12


class CameraPicture(Surface):
    """Dark, with `words` in it, until a picture is there. The picture is as large as the box
    allows; `guided` draws marks at its corners."""

    def __init__(self, words: str, guided: bool, **kwargs) -> None:
        colours = look().colours
        super().__init__(fill=colours.ink, border=colours.clear, size_hint_y=None, **kwargs)
        self._guided = guided
        self._words = Words(
            words=words, color=colours.surface, halign="center", size_hint_y=1,
            width=self.width, pos_hint={"center_y": 0.5},
        )
        self.add_widget(self._words)
        self._texture: Texture | None = None
        with self.canvas.after:
            self._light = Color(1, 1, 1, 0)
            self._box = Rectangle()
            self._marks = [
                Line(width=max(look().px(3), 1), cap="square", joint="miter") for _ in range(4)
            ]
        self.fbind("pos", self._lay)
        self.fbind("size", self._lay)

    def show(self, seen: CameraSeen) -> None:
        """Copied to where the pictures of the screen are; nothing is kept here."""
        size = (seen.width, seen.height)
        if self._texture is None or self._texture.size != size:
            self._texture = Texture.create(size=size, colorfmt="rgb")
            self._texture.flip_vertical()
            self._box.texture = self._texture
            self._light.a = 1
            self._words.words = ""
            self._lay()
        self._texture.blit_buffer(seen.pixels, colorfmt="rgb", bufferfmt="ubyte")
        self.canvas.ask_update()

    def forget(self) -> None:
        self._light.a = 0
        self._texture = self._box.texture = None

    def _lay(self, *_args) -> None:
        if self._texture is None:
            return
        wide, high = self._texture.size
        scale = min(self.width / wide, self.height / high)
        wide, high = wide * scale, high * scale
        left, bottom = self.center_x - wide / 2, self.center_y - high / 2
        self._box.pos, self._box.size = (left, bottom), (wide, high)
        if not self._guided:
            return
        inset, mark = _INSET * min(wide, high), _MARK * min(wide, high)
        corners = [(x, y) for x in (0, 1) for y in (0, 1)]
        for line, (x, y) in zip(self._marks, corners, strict=True):
            right, up = 1 - 2 * x, 1 - 2 * y
            at_x, at_y = left + x * wide + right * inset, bottom + y * high + up * inset
            line.points = (at_x + right * mark, at_y, at_x, at_y, at_x, at_y + up * mark)
