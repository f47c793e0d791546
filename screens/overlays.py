"""What lies over a screen: still there?, and help."""

from collections.abc import Callable, Sequence
from datetime import datetime

from kivy.graphics import Color, Rectangle
from kivy.uix.anchorlayout import AnchorLayout
from kivy.uix.boxlayout import BoxLayout

from kiosk.journeys.attendant import Attendant
from kiosk.journeys.help_told import HelpTold, Offer, help_told
from kiosk.journeys.steps import ItemChosen
from kiosk.language import _
from screens.theme import look
from screens.widgets.buttons import PushButton
from screens.widgets.surfaces import Surface
from screens.widgets.words import Icon, Words, text_height

ASSISTANCE = "905"
"""帮办代办申请, as the catalogue numbers it."""
_WIDEST = 888
"""Seconds that take the most room: the card is built for them, and they change afterwards."""


class Overlay(AnchorLayout):
    """A card in the middle over a shaded screen; no touch goes through."""

    def __init__(self, close: Callable[[], None]) -> None:
        super().__init__(anchor_x="center", anchor_y="center")
        self._close = close
        with self.canvas.before:
            Color(rgba=look().colours.shade)
            self._shade = Rectangle()
        self.fbind("size", self._cover)
        self.fbind("pos", self._cover)

    def show(
        self, icon: str, title: str, words: str, button: str, others: Sequence[PushButton] = ()
    ) -> Words:
        """A new card with `button`, which closes, and `others` above it; the words are given back
        to be changed."""
        px = look().px
        wide = min(look().body_width, px(920))
        inner = wide - 2 * px(56)
        size, body = look().type.title, look().type.body
        height = px(56) * 2 + px(120) + (look().button + px(28)) * (2 if others else 1) + px(28) * 2
        height += text_height(title, size, inner, True) + text_height(words, body, inner)
        card = Surface(orientation="vertical", size_hint=(None, None), size=(wide, height),
                       padding=px(56), spacing=px(28), border=look().colours.clear)
        card.add_widget(Icon(icon=icon, font_size=px(108), pos_hint={"center_x": 0.5}))
        card.add_widget(
            Words(words=title, heavy=True, font_size=size, width=inner, halign="center")
        )
        told = Words(words=words, font_size=body, width=inner, halign="center")
        card.add_widget(told)
        if others:
            row = BoxLayout(size_hint_y=None, height=look().button, spacing=look().gap)
            for other in others:
                other.size_hint_x = other.natural_width
                row.add_widget(other)
            card.add_widget(row)
        go = PushButton(button, "main")
        go.bind(on_release=lambda *_a: self._close())
        card.add_widget(go)
        self.clear_widgets()
        self.add_widget(card)
        return told

    def _cover(self, *_args) -> None:
        self._shade.pos, self._shade.size = self.pos, self.size

    def on_touch_down(self, touch) -> bool:
        super().on_touch_down(touch)
        return True


class IdleOverlay(Overlay):
    """The seconds left and one tap to go on (WCAG 2.2.1)."""

    def __init__(self, close: Callable[[], None]) -> None:
        super().__init__(close)
        self._told = self.show("clock", _("您还在吗？"), self._tell(_WIDEST), _("继续办理"))

    @staticmethod
    def _tell(seconds: int) -> str:
        return _("{seconds} 秒后将清除您的信息，回到首页。").format(seconds=seconds)

    def show_seconds(self, seconds: float) -> None:
        self._told.words = self._tell(int(seconds))


class HelpOverlay(Overlay):
    """A guide is called as this opens; it closes without ending the call."""

    def __init__(self, attendant: Attendant, phone: str | None, close: Callable[[], None]) -> None:
        super().__init__(close)
        self._attendant = attendant
        self._phone = phone
        self._shown: HelpTold | None = None
        attendant.call_guide()
        self.refresh()

    def refresh(self) -> None:
        """How it stands now; time passes too."""
        told = help_told(self._attendant.helping, datetime.now().astimezone(), self._phone)
        if told == self._shown:
            return
        self._shown = told
        others = [self._offer(told.offer)]
        if self._takes_assistance:
            others.append(self._button(_("申请帮办代办"), "file-text", self._ask_assistance))
        self.show("heart-handshake", told.title, told.words, _("知道了"), others)

    def _offer(self, offer: Offer) -> PushButton:
        match offer:
            case Offer.CALL:
                return self._button(_("请导办员过来"), "user", self._attendant.call_guide)
            case Offer.CALL_AGAIN:
                return self._button(_("再叫一次"), "refresh", self._attendant.call_guide)
            case Offer.END:
                return self._button(_("不用了"), "x", self._end)

    def _button(self, words: str, icon: str, run: Callable[[], None]) -> PushButton:
        button = PushButton(words, icon=icon)
        button.bind(on_release=lambda *_a: run())
        return button

    @property
    def _takes_assistance(self) -> bool:
        """Where asking for it does not break into something that is being filled in."""
        return self._attendant.takes(ItemChosen(ASSISTANCE))

    def _ask_assistance(self) -> None:
        self._close()
        self._attendant.take(ItemChosen(ASSISTANCE))

    def _end(self) -> None:
        self._attendant.end_help()
        self._close()
