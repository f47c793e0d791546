"""A window with buttons in every condition, and what a tour's hand and eyes make of it as JSON."""

import json
import sys
import threading
from pathlib import Path

from config.settings import Window
from screens.window import prepare

prepare(Window(width=800, height=900, fullscreen=False), Path(sys.argv[1]))

from kivy.app import App  # noqa: E402 (the window is prepared first)
from kivy.uix.floatlayout import FloatLayout  # noqa: E402
from kivy.uix.stencilview import StencilView  # noqa: E402
from kivy.uix.widget import Widget  # noqa: E402

from screens.overlays import IdleOverlay  # noqa: E402
from screens.tour.eyes import Sight  # noqa: E402
from screens.tour.finger import TouchFinger, XTestFinger  # noqa: E402
from screens.tour.hand import Hand  # noqa: E402
from screens.tour.problem import CannotDo  # noqa: E402
from screens.tour.ui_thread import frames, on_ui, picture  # noqa: E402
from screens.widgets.buttons import PushButton  # noqa: E402
from screens.widgets.surfaces import Plane  # noqa: E402
from screens.widgets.words import Words  # noqa: E402

PLACES = {
    "plain": (20, 800),
    "covered": (220, 800),
    "shaded": (420, 800),
    "transparent": (620, 800),
    "disabled": (20, 700),
    "not enabled": (220, 700),
    "in a hidden box": (420, 700),
    "far away": (-400, 700),
    "half outside": (-100, 600),
    "clipped": (220, 600),
    "flat": (420, 600),
    "beside a cover": (620, 600),
}


class Taker(Widget):
    """Paints nothing and takes every touch."""

    def on_touch_down(self, touch) -> bool:
        return self.collide_point(*touch.pos)


class Room(App):
    def build(self) -> FloatLayout:
        room = FloatLayout()
        self.pressed: list[str] = []
        self.buttons: dict[str, PushButton] = {}
        for words, place in PLACES.items():
            button = PushButton(
                words, size_hint=(None, None), size=(160, 80), pos=place, font_size=20, pad=4
            )
            button.bind(on_release=lambda _b, words=words: self.pressed.append(words))
            self.buttons[words] = button
            if words not in ("in a hidden box", "clipped"):
                room.add_widget(button)
        self.buttons["transparent"].opacity = 0
        self.buttons["disabled"].disabled = True
        self.buttons["not enabled"].enabled = False
        self.buttons["flat"].height = 0
        hidden = FloatLayout(opacity=0)
        hidden.add_widget(self.buttons["in a hidden box"])
        edge = StencilView(size_hint=(None, None), size=(60, 80), pos=(220, 600))
        edge.add_widget(self.buttons["clipped"])
        room.add_widget(hidden)
        room.add_widget(edge)
        room.add_widget(Plane(size_hint=(None, None), size=(160, 80), pos=(220, 800)))
        room.add_widget(Taker(size_hint=(None, None), size=(160, 80), pos=(420, 800)))
        room.add_widget(Plane(size_hint=(None, None), size=(70, 80), pos=(620, 600)))
        for left, part in ((20, "350428"), (150, "1952 0314"), (330, "0013")):
            room.add_widget(
                Words(words=part, size_hint=(None, None), width=120, pos=(left, 400), font_size=20)
            )
        room.add_widget(
            Words(words="behind", size_hint=(None, None), width=120, pos=(20, 300), font_size=20)
        )
        room.add_widget(Plane(size_hint=(None, None), size=(160, 80), pos=(10, 290)))
        self.room = room
        return room

    def on_start(self) -> None:
        threading.Thread(target=self._try, daemon=True).start()

    def _try(self) -> None:
        try:
            frames(10)
            json.dump(self._found(), sys.stdout)
        finally:
            on_ui(self.stop)

    def _found(self) -> dict[str, object]:
        finger = XTestFinger() if "xtest" in sys.argv else TouchFinger()
        hand = Hand(finger, appears_within=0.3)
        taps = {words: self._tap(hand, words) for words in (*PLACES, "able")}
        seen = {
            "number shown": on_ui(lambda: Sight().shows("3504281952 03140013")),
            "number absent": on_ui(lambda: Sight().lacks("350428195203140013")),
            "part shown": on_ui(lambda: Sight().shows("19520314")),
            "behind shown": on_ui(lambda: Sight().shows("behind")),
            "behind absent": on_ui(lambda: Sight().lacks("behind")),
            "transparent shown": on_ui(lambda: Sight().shows("transparent")),
            "transparent absent": on_ui(lambda: Sight().lacks("transparent")),
        }
        overlay = on_ui(lambda: IdleOverlay(lambda: None))
        on_ui(lambda: self.room.add_widget(overlay))
        frames(3)
        taps["plain, below an overlay"] = self._tap(hand, "plain")
        return {
            "taps": taps, "pressed": self.pressed, "seen": seen, "size": picture().size,
        }

    def _tap(self, hand: Hand, words: str) -> str:
        try:
            hand.tap(words)
        except CannotDo as reason:
            return str(reason)
        return ""


Room().run()
