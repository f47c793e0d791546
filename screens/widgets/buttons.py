"""Everything a finger can press. Wrapped once here, so that a new Kivy changes one file."""

from kivy.properties import BooleanProperty, ColorProperty, StringProperty
from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.widget import Widget

from screens.theme import look
from screens.widgets.surfaces import Surface
from screens.widgets.words import Icon, Words, text_width


class Pressable(ButtonBehavior, Surface):
    """A surface that answers a touch; it shows its press in the next frame.

    `name` is what a tour may call it by where it has no words of its own.
    """

    enabled = BooleanProperty(True)
    name = StringProperty("")
    words = StringProperty("")
    rest = ColorProperty((1, 1, 1, 1))
    pressed = ColorProperty((0.9, 0.93, 0.98, 1))

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("rest", look().colours.surface)
        kwargs.setdefault("pressed", look().colours.tint)
        kwargs["fill"] = kwargs["rest"]
        kwargs.setdefault("min_state_time", 0)
        kwargs.setdefault("always_release", False)
        super().__init__(**kwargs)
        self.fbind("state", self._show)
        self.fbind("rest", self._show)

    def _show(self, *_args) -> None:
        self.fill = self.pressed if self.state == "down" else self.rest

    def on_touch_down(self, touch) -> bool:
        if not self.enabled or self.disabled:
            return self.collide_point(*touch.pos)
        return super().on_touch_down(touch)


class PushButton(Pressable):
    """Words with an icon before or behind them, centred. `look` is main, plain or pill."""

    ink = ColorProperty((0, 0, 0, 1))

    def __init__(
        self, words: str, style: str = "plain", icon: str = "", icon_behind: str = "", **kwargs
    ) -> None:
        colours, px = look().colours, look().px
        self._size = kwargs.pop("font_size", look().type.body)
        self._icon_size = round(self._size * 1.05)
        match style:
            case "main":
                kwargs.update(
                    rest=colours.primary, pressed=colours.pressed, border=colours.clear
                )
                ink = colours.surface
            case "pill":
                kwargs.update(rest=colours.tint, pressed=colours.halo, border=colours.clear)
                kwargs.setdefault("corner", px(48))
                ink = colours.pressed
            case "danger":
                kwargs.update(rest=colours.surface, border=colours.danger)
                ink = colours.danger
            case _:
                kwargs.setdefault("border_width", 3)
                ink = kwargs.pop("ink", colours.ink)
        kwargs.setdefault("size_hint_y", None)
        kwargs.setdefault("height", look().button)
        spacing = px(14)
        pad = kwargs.pop("pad", px(28))
        wide = text_width(words, self._size) + 2 * pad
        wide += sum(self._icon_size * 1.1 + spacing for i in (icon, icon_behind) if i)
        self.natural_width = wide
        if kwargs.get("size_hint_x", 1) is None:
            kwargs.setdefault("width", wide)
        super().__init__(words=words, ink=ink, spacing=spacing, **kwargs)
        self.add_widget(Widget())
        self._label: Words | None = None
        if icon:
            self._add_icon(icon)
        if words:
            self._label = Words(
                words=words,
                font_size=self._size,
                color=ink,
                one_line=True,
                size_hint=(None, 1),
                width=text_width(words, self._size) + 5,
            )
            self.add_widget(self._label)
        if icon_behind:
            self._add_icon(icon_behind)
        self.add_widget(Widget())
        self._beside = wide - 2 * pad - text_width(words, self._size) + 2 * px(16)
        self.fbind("width", self._fit)
        self.fbind("enabled", self._fade)
        self._fade()

    def _add_icon(self, icon: str) -> None:
        self.add_widget(
            Icon(icon=icon, font_size=self._icon_size, color=self.ink, pos_hint={"center_y": 0.5})
        )

    def _fit(self, *_args) -> None:
        """Longer words, in English for instance, are set smaller rather than cut off."""
        if self._label is not None:
            natural = text_width(self.words, self._size) + 5
            self._label.width = max(min(natural, self.width - self._beside), 1)

    def show(self, words: str) -> None:
        """Other words in the same place."""
        if self._label is not None:
            self._label.words = words

    def _fade(self, *_args) -> None:
        self.opacity = 1.0 if self.enabled else 0.45


class StackedButton(Pressable):
    """An icon above its word: narrow, for large type."""

    def __init__(self, words: str, icon: str, **kwargs) -> None:
        px, size = look().px, look().type.body * 0.9
        self.natural_width = text_width(words, size) + 2 * px(22)
        super().__init__(orientation="vertical", border_width=3, size_hint=(None, None),
                         height=look().button, **kwargs)
        self.words = words
        self.add_widget(Widget())
        self.add_widget(
            Icon(icon=icon, font_size=px(44), color=look().colours.ink,
                 pos_hint={"center_x": 0.5})
        )
        self.add_widget(
            Words(words=words, font_size=size, one_line=True, size_hint_x=None,
                  width=text_width(words, size) + 5, pos_hint={"center_x": 0.5})
        )
        self.add_widget(Widget())
