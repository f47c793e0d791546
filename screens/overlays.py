"""What lies over a screen: still there?, and help."""

from collections.abc import Callable

from kivy.graphics import Color, Rectangle
from kivy.uix.anchorlayout import AnchorLayout

from kiosk.language import _
from screens.theme import look
from screens.widgets.buttons import PushButton
from screens.widgets.surfaces import Surface
from screens.widgets.words import Icon, Words, text_height

_WIDEST = 888
"""Seconds that take the most room: the card is built for them, and they change afterwards."""


class Overlay(AnchorLayout):
    """A card in the middle over a shaded screen; no touch goes through."""

    def __init__(self, icon: str, title: str, words: str, button: str,
                 close: Callable[[], None]) -> None:
        px = look().px
        super().__init__(anchor_x="center", anchor_y="center")
        with self.canvas.before:
            Color(rgba=look().colours.shade)
            self._shade = Rectangle()
        self.fbind("size", self._cover)
        self.fbind("pos", self._cover)
        wide = min(look().body_width, px(920))
        inner = wide - 2 * px(56)
        size, body = look().type.title, look().type.body
        height = px(56) * 2 + px(120) + look().button + px(28) * 3
        height += text_height(title, size, inner, True) + text_height(words, body, inner)
        card = Surface(orientation="vertical", size_hint=(None, None), size=(wide, height),
                       padding=px(56), spacing=px(28), border=look().colours.clear)
        card.add_widget(Icon(icon=icon, font_size=px(108), pos_hint={"center_x": 0.5}))
        self._title = Words(words=title, heavy=True, font_size=size, width=inner, halign="center")
        card.add_widget(self._title)
        self._words = Words(words=words, font_size=body, width=inner, halign="center")
        card.add_widget(self._words)
        go = PushButton(button, "main")
        go.bind(on_release=lambda *_a: close())
        card.add_widget(go)
        self.add_widget(card)

    def _cover(self, *_args) -> None:
        self._shade.pos, self._shade.size = self.pos, self.size

    def on_touch_down(self, touch) -> bool:
        super().on_touch_down(touch)
        return True


class IdleOverlay(Overlay):
    """The seconds left and one tap to go on (WCAG 2.2.1)."""

    def __init__(self, close: Callable[[], None]) -> None:
        super().__init__(
            "clock",
            _("您还在吗？"),
            self._tell(_WIDEST),
            _("继续办理"),
            close,
        )

    @staticmethod
    def _tell(seconds: int) -> str:
        return _("{seconds} 秒后将清除您的信息，回到首页。").format(seconds=seconds)

    def show_seconds(self, seconds: float) -> None:
        self._words.words = self._tell(int(seconds))


class HelpOverlay(Overlay):
    def __init__(self, phone: str | None, close: Callable[[], None]) -> None:
        words = _("请向旁边的导办员招手，或到咨询导办台。您填的内容会保留。")
        asked = _("咨询电话：{phone}").format(phone=phone or _("以窗口公布为准"))
        super().__init__(
            "heart-handshake", _("请导办员帮忙"), f"{words}\n{asked}", _("知道了"), close
        )
