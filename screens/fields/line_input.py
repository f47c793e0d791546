"""The one line into which text is typed by our keyboard."""

from collections.abc import Callable

from kivy.cache import Cache
from kivy.clock import Clock
from kivy.graphics.texture import Texture
from kivy.uix.textinput import TextInput

from kiosk.faces import has_rare
from screens.fields.rare_line import rare_texture
from screens.glyphs import REGULAR
from screens.theme import look

LONGEST = 200
"""Characters; beyond, typing does nothing, so that a leaning elbow fills no memory."""


class LineInput(TextInput):
    """Nothing can be selected, copied or pasted: the next citizen gets nothing of this one's. A
    `password` is never drawn, and stands in none of Kivy's stores.

    `shape` puts the typed text into its groups. `on_typed` is fired when the citizen changed the
    text, not when the program did.
    """

    __events__ = ("on_typed",)

    def __init__(self, shape: Callable[[str], str], **kwargs) -> None:
        colours = look().colours
        self._shape = shape
        self._follow_cursor = Clock.create_trigger(self._bring_cursor_in, -1)
        super().__init__(
            multiline=False,
            write_tab=False,
            unfocus_on_touch=False,
            use_bubble=False,
            use_handles=False,
            allow_copy=False,
            do_wrap=False,
            font_name=REGULAR,
            foreground_color=colours.ink,
            hint_text_color=colours.muted,
            cursor_color=colours.primary,
            cursor_width=look().px(4),
            selection_color=colours.clear,
            background_normal="",
            background_active="",
            background_color=colours.clear,
            **kwargs,
        )

    def on_typed(self) -> None:
        """The citizen changed the text."""

    def insert_text(self, substring: str, from_undo: bool = False) -> None:
        room = LONGEST - len(self.text)
        super().insert_text(substring.replace("\n", " ")[:room], from_undo)
        self._typed()

    def do_backspace(self, from_undo: bool = False, mode: str = "bkspc") -> None:
        """A gap between groups goes together with the character before it."""
        index = self.cursor_index()
        if index and self._shape(self.text[: index - 1] + self.text[index:]) == self.text:
            super().do_backspace(from_undo, mode)
        super().do_backspace(from_undo, mode)
        self._typed()

    def clear(self) -> None:
        self.text = ""
        self._typed()

    def go_to_end(self) -> None:
        """Where typing goes on, and where 退格 takes away what was typed last."""
        self.cursor = self.get_cursor_from_index(len(self.text))

    def forget(self) -> None:
        """Leave nothing of the text in this widget and in Kivy's own stores."""
        self.focus = False
        self.text = ""
        self.reset_undo()
        Cache.remove("textinput.label")
        Cache.remove("textinput.width")

    def _typed(self) -> None:
        self.reset_undo()
        shaped = self._shape(self.text)
        if shaped != self.text:
            before = _bare(self.text[: self.cursor_index()])
            self.text = shaped
            self.cursor = self.get_cursor_from_index(_place_after(shaped, before))
        self.dispatch("on_typed")

    def on_touch_down(self, touch) -> bool:
        """A touch places the cursor; the first one leaves it at the end, where typing goes on."""
        if self.disabled or not self.collide_point(*touch.pos):
            return False
        if self.focus:
            self.cursor = self.get_cursor_from_xy(*touch.pos)
        else:
            self.focus = True
        return True

    def on_touch_move(self, touch) -> bool:
        return False

    def on_touch_up(self, touch) -> bool:
        return False

    def _get_text_width(self, text: str, tab_width: int, label) -> float:
        if self.password:
            # Kivy keeps the text beside the width; so it keeps marks.
            text = self.password_mask * len(text)
        return super()._get_text_width(text, tab_width, label)

    def _create_line_label(self, text: str, hint: bool = False) -> Texture:
        """Kivy knows one face for a line; characters that it lacks would be boxes, as wide as they
        are, so that the cursor stands right in any case."""
        if self.password or hint or not has_rare(text):
            return super()._create_line_label(text, hint)
        return rare_texture(text, self.font_size)

    def _ensure_clipboard(self) -> None:
        """There is no clipboard; looking for one would start programs."""

    def _adjust_viewport(self, column: int, row: int) -> None:
        # Kivy's own trigger is one for all text inputs, and holds the last of them forever.
        self._follow_cursor()

    def _bring_cursor_in(self, _dt: float) -> None:
        TextInput._adjust_viewport.__wrapped__(self, *self.cursor)

    def select_all(self) -> None:
        """Nothing is selected here."""

    def select_text(self, start: int, end: int) -> None:
        """Nothing is selected here."""

    def copy(self, data: str = "") -> None:
        """Nothing is copied here."""

    def cut(self) -> None:
        """Nothing is cut here."""

    def paste(self) -> None:
        """Nothing is pasted here."""

    def _handle_shortcut(self, key: int) -> None:
        """No shortcut of a keyboard selects, copies, pastes or takes back."""

    def _key_down(self, key, repeat: bool = False) -> None:
        if not (key[2] or "").startswith("shift"):
            super()._key_down(key, repeat)


def _bare(text: str) -> int:
    return sum(char.isalnum() for char in text)


def _place_after(text: str, characters: int) -> int:
    """The index behind this many letters and digits, the gaps between them not counted."""
    place = 0
    while characters and place < len(text):
        characters -= text[place].isalnum()
        place += 1
    return place
