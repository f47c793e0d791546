"""What all screens share. A screen is built from the visit when it is entered, built anew when
the language or the type size changes, and thrown away when it is left."""

from collections.abc import Callable
from dataclasses import dataclass

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.label import Label
from kivy.uix.textinput import TextInput
from kivy.uix.widget import Widget

from kiosk.journeys.attendant import Attendant
from screens.theme import look
from screens.widgets.buttons import Pressable
from screens.widgets.pager import Pager
from screens.widgets.surfaces import Tag
from screens.widgets.words import Words


@dataclass(frozen=True)
class Action:
    """The main action of a screen: lower right, filled."""

    words: str
    run: Callable[[], None]
    icon: str = ""
    icon_behind: str = ""
    enabled: bool = True


class View(BoxLayout):
    """Subclasses add their widgets in `compose` and bring them up to date in `refresh`."""

    can_go_back = True

    def __init__(self, attendant: Attendant, **kwargs) -> None:
        margin = look().margin
        super().__init__(
            orientation="vertical",
            padding=(margin, look().px(32), margin, look().px(32)),
            spacing=look().gap,
            **kwargs,
        )
        self.attendant = attendant
        self._used = 0.0
        self.action_changed: Callable[[], None] = lambda: None
        self.ask_help: Callable[[], None] = lambda: None
        self.compose()

    @property
    def session(self):
        return self.attendant.session

    def compose(self) -> None:
        """Build the widgets; the window's size is known from the theme."""
        raise TypeError("a screen composes itself")

    def refresh(self) -> None:
        """Something that the screen shows has changed."""

    def action(self) -> Action | None:
        """The button at the lower right, or None."""
        return None

    def stepped_back(self) -> bool:
        """Whether 返回 was a step inside this screen; else the visit goes back."""
        return False

    def leave(self) -> None:
        """Forget every word on this screen: it may hold personal data, and a widget may live on
        for a moment after its screen is left."""
        for widget in self.walk(restrict=True):
            _forget(widget)
            if isinstance(widget, Pager):
                for turned_away in widget.widgets():
                    _forget(turned_away)
        self.action_changed = lambda: None

    def heading(
        self, title: str, below: str = "", beside: Widget | None = None, low: bool = False
    ) -> None:
        """The page's title and the sentence under it, and what stands beside them. A `low` one
        takes smaller type rather than a second line."""
        block = BoxLayout(orientation="vertical", size_hint_y=None, spacing=look().px(8))
        wide = look().body_width
        if beside is not None:
            wide -= beside.width + look().gap
        block.add_widget(
            Words(words=title, heavy=True, font_size=look().type.title, width=wide, one_line=low)
        )
        if below:
            block.add_widget(
                Words(
                    words=below,
                    font_size=look().type.body,
                    color=look().colours.muted,
                    width=wide,
                )
            )
        block.height = sum(child.height for child in block.children) + look().px(8)
        if beside is None:
            self.add_widget(block)
        else:
            row = BoxLayout(
                size_hint_y=None, height=max(block.height, beside.height), spacing=look().gap
            )
            block.pos_hint = {"center_y": 0.5}
            row.add_widget(block)
            row.add_widget(beside)
            self.add_widget(row)
            block = row
        self._used += block.height + look().gap

    def room(self) -> float:
        """Pixels left for the rest of the page below its heading."""
        frame = look().header + look().footer_height + 2 * look().px(32)
        return look().height - frame - self._used


def _forget(widget: Widget) -> None:
    if isinstance(widget, Words | Pressable | Tag):
        widget.words = ""
    elif isinstance(widget, Label | TextInput):
        widget.text = ""
