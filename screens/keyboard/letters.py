"""Ways of writing that need keys alone: letters, symbols, pads of digits."""

from kivy.uix.boxlayout import BoxLayout

from kiosk.language import _
from screens.keyboard.keys import Keys
from screens.keyboard.layouts import (
    CAPITALS,
    DIGIT_PAD,
    DIGITS,
    ID_PAD,
    NUMBER_PAD,
    PHONE_PAD,
    SMALL_LETTERS,
    SYMBOLS,
    Effect,
    Key,
    Layout,
)
from screens.keyboard.panel import Panel, Target
from screens.keyboard.sizes import strip_height
from screens.keyboard.ways import Board
from screens.theme import look
from screens.widgets.surfaces import Surface
from screens.widgets.words import Icon, Words


class KeysPanel(Panel):
    """One layout at a time, each built when it is first shown."""

    def __init__(self) -> None:
        super().__init__()
        self._built: dict[Layout, Keys] = {}
        self._shown: Keys | None = None

    def show(self, layout: Layout) -> None:
        keys = self._built.get(layout)
        if keys is None:
            keys = self._built[layout] = Keys(layout, self.press)
        if keys is not self._shown:
            if self._shown is not None:
                self.remove_widget(self._shown)
            self.add_widget(keys)
            self._shown = keys


class LettersPanel(KeysPanel):
    """Digits stand above the letters; in a line for Chinese, where that cannot be written, what
    there is to know of that. A code of letters and digits (GB 32100) has capitals alone."""

    def __init__(self, chinese: bool) -> None:
        super().__init__()
        self._chinese = chinese
        self._strip = BoxLayout(size_hint_y=None, height=strip_height(look()))
        self._digits = Keys(DIGITS, self.press)
        self.add_widget(self._strip)

    def begin(self, target: Target, board: Board) -> None:
        super().begin(target, board)
        chinese = board in (Board.CHINESE, Board.NAME)
        self._strip.clear_widgets()
        self._strip.add_widget(
            _no_chinese() if chinese and not self._chinese else self._digits
        )
        self._capitals = board is Board.CODE
        self._show()

    def press(self, key: Key) -> bool:
        if key.effect is Effect.SHIFT:
            self._capitals = not self._capitals
            self._show()
            return True
        return super().press(key)

    def _show(self) -> None:
        self.show(CAPITALS if self._capitals else SMALL_LETTERS)


def _no_chinese() -> Surface:
    px, colours = look().px, look().colours
    notice = Surface(
        fill=colours.warning_tint, border=colours.warning_line, corner=px(20),
        padding=(px(24), 0), spacing=px(16),
    )
    size = look().type.least
    notice.add_widget(
        Icon(icon="info-circle", font_size=size * 1.4, color=colours.warning,
             pos_hint={"center_y": 0.5})
    )
    notice.add_widget(
        Words(words=_("拼音现在用不了。要写汉字，请让导办员帮忙"), font_size=size,
              color=colours.warning, one_line=True, size_hint_y=1)
    )
    return notice


class SymbolsPanel(KeysPanel):
    def begin(self, target: Target, board: Board) -> None:
        super().begin(target, board)
        self.show(SYMBOLS)


class PadPanel(KeysPanel):
    """A pad has no row below it, and so its own key for the end of typing."""

    def begin(self, target: Target, board: Board) -> None:
        super().begin(target, board)
        match board:
            case Board.NUMBER:
                self.show(NUMBER_PAD)
            case Board.PHONE:
                self.show(PHONE_PAD)
            case Board.RESIDENT_ID:
                self.show(ID_PAD)
            case Board.DIGITS | Board.CODE | Board.CHINESE | Board.NAME:
                self.show(DIGIT_PAD)
