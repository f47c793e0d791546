"""A QR code on the screen, drawn from its modules without a file."""

import qrcode
from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture
from kivy.uix.widget import Widget

QUIET = 4
"""Modules of quiet zone on each side (ISO/IEC 18004)."""
ROOM_AT_M = 412
"""Bytes of version 15 at level M. A longer text on a screen, which nothing dirties, is corrected
less rather than drawn finer."""


class QrImage(Widget):
    """Shows `content`, sharp at any size."""

    def __init__(self, content: str, side: float, **kwargs) -> None:
        super().__init__(size_hint=(None, None), size=(side, side), **kwargs)
        long = len(content.encode()) > ROOM_AT_M
        level = qrcode.constants.ERROR_CORRECT_L if long else qrcode.constants.ERROR_CORRECT_M
        code = qrcode.QRCode(error_correction=level, border=QUIET)
        code.add_data(content)
        code.make(fit=True)
        modules = code.get_matrix()
        count = len(modules)
        texture = Texture.create(size=(count, count), colorfmt="luminance")
        texture.mag_filter = "nearest"
        rows = b"".join(
            bytes(0 if dark else 255 for dark in row) for row in reversed(modules)
        )
        texture.blit_buffer(rows, colorfmt="luminance", bufferfmt="ubyte")
        with self.canvas:
            Color(1, 1, 1, 1)
            self._box = Rectangle(texture=texture, pos=self.pos, size=self.size)
        self.fbind("pos", self._place)

    def _place(self, *_args) -> None:
        self._box.pos = (round(self.x), round(self.y))
