"""Writing Chinese by pinyin: letters are composed in the bar, the choice goes into the line."""

from kiosk.language import _
from kiosk.text_entry.pinyin.pinyin import Composing, Mode, Pinyin
from screens.keyboard.bar import CandidateBar
from screens.keyboard.keys import Keys
from screens.keyboard.layouts import PINYIN_LETTERS, QUICK, QUICK_IN_NAMES, Effect, Key
from screens.keyboard.panel import Panel, Target
from screens.keyboard.sizes import strip_height
from screens.keyboard.ways import Board, Way
from screens.theme import look


class PinyinPanel(Panel):
    """Space takes the first candidate, 退格 the last letter. Whoever goes on without having chosen:

    - to symbols: the first candidate is taken, as by the space, for a mark follows a word; not in
      a name, each character of which somebody has to choose;
    - to letters: the letters are taken as they are, for they were meant as letters;
    - elsewhere, or is done: the letters are dropped. An answer must never hold pinyin that the
      citizen took for Chinese, nor characters that nobody chose; those chosen before stay.
    """

    def __init__(self, pinyin: Pinyin) -> None:
        super().__init__()
        self._pinyin = pinyin
        self._bar = CandidateBar(
            self._choose, self._turn, self.press,
            size_hint_y=None, height=strip_height(look()),
        )
        self.add_widget(self._bar)
        self.add_widget(Keys(PINYIN_LETTERS, self.press))

    def begin(self, target: Target, board: Board) -> None:
        super().begin(target, board)
        self._pinyin.clear()
        if board is Board.NAME:
            self._bar.rest(_("先打姓的拼音，再一个字一个字选"), QUICK_IN_NAMES)
        else:
            self._bar.rest(_("打拼音，再点选汉字"), QUICK)

    def press(self, key: Key) -> bool:
        composing = self._pinyin.state()
        match key.effect:
            case Effect.COMPOSE:
                self._type(key.text, composing)
            case Effect.SPACE if composing.composing:
                if composing.candidates:
                    self._choose(0)
            case Effect.BACKSPACE if composing.composing:
                left = self._pinyin.erase()
                self._bar.show(left)
                return bool(left.composing)
            case _:
                return super().press(key)
        return True

    def end(self, to: Way | None = None) -> None:
        composing = self._pinyin.state()
        if self.target is not None and composing.composing:
            match to:
                case Way.SYMBOLS if self.board is not Board.NAME:
                    self._take_first()
                case Way.LETTERS:
                    self._insert(composing.composing.replace(" ", "").replace("ü", "v"))
                case _:
                    self._insert(_chosen(composing))
        self._bar.show(self._pinyin.clear())
        super().end(to)

    def forget(self) -> None:
        super().forget()
        self._pinyin.forget()
        self._bar.forget()

    def _type(self, letter: str, composing: Composing) -> None:
        if not composing.composing:
            self._choose_mode()
            if letter == "'":
                return
        self._bar.show(self._pinyin.type(letter))

    def _choose_mode(self) -> None:
        """A name begins with a surname, wherever else the cursor is with a given name."""
        mode = Mode.WORDS
        if self.board is Board.NAME and self.target is not None:
            before = self.target.text[: self.target.cursor_index()]
            mode = Mode.GIVEN_NAME if before.strip() else Mode.SURNAME
        if mode is not self._pinyin.mode:
            self._pinyin.mode = mode

    def _choose(self, number: int) -> None:
        self._after(self._pinyin.choose(number))

    def _turn(self, pages: int) -> None:
        self._bar.show(self._pinyin.turn(pages))

    def _take_first(self) -> None:
        """Until no letters are left: the first candidate may be a part of what is composed."""
        while self._pinyin.state().candidates:
            self._after(self._pinyin.choose(0))
        self._insert(_chosen(self._pinyin.state()))

    def _after(self, composing: Composing) -> None:
        self._insert(composing.committed)
        self._bar.show(composing)

    def _insert(self, text: str) -> None:
        if text and self.target is not None:
            self.target.insert_text(text)


def _chosen(composing: Composing) -> str:
    """The characters that stand chosen before the letters."""
    letters = next(
        (at for at, char in enumerate(composing.composing) if char.isascii() or char == "ü"),
        len(composing.composing),
    )
    return composing.composing[:letters]
