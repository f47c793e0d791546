"""A line into which one types what one looks for."""

from kivy.clock import Clock

from screens.fields.typed import Line
from screens.keyboard.keyboard import Keyboard
from screens.keyboard.ways import Board
from screens.theme import look
from screens.widgets.buttons import Pressable
from screens.widgets.words import Icon


class SearchLine(Line):
    """`on_sought` is fired once a frame when `typed` changed.

    Letters that are only composed count as typed: a few are mostly enough, and nobody has to choose
    characters. When typing ends they stay in the line. `hear` and `give_up` are what the keyboard's
    pinyin tells.
    """

    __events__ = ("on_sought",)

    def __init__(self, keyboard: Keyboard, high: float, invitation: str, typed: str = "") -> None:
        theme = look()
        super().__init__(str, high, placeholder=invitation)
        self._keyboard = keyboard
        self._invitation = invitation
        self._composing = ""
        self._given_up = ""
        self._left = False
        self._later = Clock.create_trigger(self._tell, -1)
        self.input.name = "search-line"
        self.corner = high / 2
        line = self.input
        line.font_size = theme.type.body
        line.text = typed
        line.go_to_end()
        line.bind(on_typed=self._typed, focus=self._focused)
        self.add_widget(
            Icon(icon="search", font_size=theme.type.body * 1.25, color=theme.colours.muted,
                 pos_hint={"center_y": 0.5}),
            index=len(self.children),
        )
        self._clear = Pressable(
            name="clear-search", size_hint=(None, None), size=(high * 0.8, high * 0.8),
            corner=high * 0.4, border=theme.colours.clear, pos_hint={"center_y": 0.5},
        )
        self._clear.add_widget(
            Icon(icon="x", font_size=theme.px(48), color=theme.colours.ink, size_hint=(1, 1))
        )
        self._clear.bind(on_release=self.begin_anew)
        self._show_state()

    @property
    def typed(self) -> str:
        return self.input.text + self._composing

    def on_sought(self) -> None:
        """What is typed has changed."""

    def hear(self, composing: str) -> None:
        if self._left:
            return
        self._composing = composing
        self._given_up = ""
        self._later()

    def give_up(self, letters: str) -> None:
        if not self._left:
            self._given_up = letters

    def begin_anew(self, *_args) -> None:
        self._keyboard.dismiss()
        self.input.clear()
        self.input.focus = True

    def forget(self) -> None:
        self._left = True
        self._later.cancel()
        self.input.forget()
        self.input.hint_text = ""
        self._composing = self._given_up = ""

    def _typed(self, *_args) -> None:
        self._given_up = ""
        self._later()

    def _focused(self, _input, focus: bool) -> None:
        if self._left:
            return
        if focus:
            self._keyboard.attach(self.input, Board.CHINESE)
            return
        # Either typing has ended, which gave the letters up, or it ends here.
        kept = self._given_up
        self._keyboard.detach(self.input)
        kept = kept or self._given_up
        if kept and not self.input.text.endswith(kept):
            self.input.text += kept
            self.input.go_to_end()
        self._given_up = ""
        self._later()

    def _tell(self, *_args) -> None:
        self._show_state()
        self.dispatch("on_sought")

    def _show_state(self) -> None:
        """Letters of which nothing is chosen stand in the empty line, as if they were typed."""
        colours, line = look().colours, self.input
        alone = bool(self._composing) and not line.text
        line.hint_text = self._composing or self._invitation
        line.hint_text_color = colours.ink if alone else colours.muted
        line.cursor_color = colours.clear if alone else colours.primary
        if self.typed and self._clear.parent is None:
            self.add_widget(self._clear)
        elif not self.typed and self._clear.parent is not None:
            self.remove_widget(self._clear)
