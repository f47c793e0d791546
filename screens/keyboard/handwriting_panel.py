"""Writing Chinese with a finger: what is written is read at once, the choice goes into the line."""

from kivy.uix.boxlayout import BoxLayout

from kiosk.events import HandwritingEvent, HandwritingLost, HandwritingOpened, HandwritingRead
from kiosk.language import _
from kiosk.text_entry.handwriting.handwriting import Handwriting
from kiosk.text_entry.pinyin.pinyin import Composing
from screens.keyboard.bar import CandidateBar
from screens.keyboard.ink_pad import InkPad
from screens.keyboard.keys import Keys
from screens.keyboard.layouts import COLUMNS, HANDWRITING_KEYS, QUICK, QUICK_IN_NAMES, Effect, Key
from screens.keyboard.panel import Panel, Target
from screens.keyboard.sizes import ROOM, gaps, strip_height
from screens.keyboard.ways import Board, Way
from screens.theme import look

_ROOM_BEHIND = 17
"""Half keys of the pages behind the first, where an arrow leads back as well."""


class HandwritingPanel(Panel):
    """Space takes the first candidate, 退格 what is written before what stands in the line. Whoever
    goes on without having chosen has written nothing, but to symbols: a mark follows a word, and
    the first candidate is taken as by the space; not in a name, which somebody has to choose."""

    def __init__(self, handwriting: Handwriting) -> None:
        super().__init__()
        self._handwriting = handwriting
        self._candidates: tuple[str, ...] = ()
        self._page = 0
        self._bar = CandidateBar(
            self._choose, self._turn, self.press,
            size_hint_y=None, height=strip_height(look()),
        )
        self._pad = InkPad(self._read)
        keys = Keys(HANDWRITING_KEYS, self.press, size_hint_x=HANDWRITING_KEYS.columns / COLUMNS)
        below = BoxLayout(spacing=gaps(look())[0])
        below.add_widget(self._pad)
        below.add_widget(keys)
        self.add_widget(self._bar)
        self.add_widget(below)

    def begin(self, target: Target, board: Board) -> None:
        super().begin(target, board)
        self._bar.rest(
            _("写完点选汉字"), QUICK_IN_NAMES if board is Board.NAME else QUICK
        )
        self._pad.enabled = True
        self._pad.say(_("用手指在这里写，可以连写几个字"))
        self._handwriting.written = self._hear
        self._handwriting.open()

    def press(self, key: Key) -> bool:
        written = bool(self._pad.strokes)
        match key.effect:
            case Effect.UNDO:
                self._undo()
            case Effect.REWRITE:
                self._clear()
            case Effect.SPACE if written:
                if self._candidates:
                    self._choose(0)
            case Effect.BACKSPACE if written:
                self._clear()
                return False
            case _:
                return super().press(key)
        return True

    def end(self, to: Way | None = None) -> None:
        if to is Way.SYMBOLS and self.board is not Board.NAME and self._candidates:
            self._choose(0)
        self._clear()
        super().end(to)

    def forget(self) -> None:
        super().forget()
        self._bar.forget()
        self._handwriting.written = lambda event: None
        self._handwriting.close()

    def _read(self) -> None:
        self._handwriting.recognise(self._pad.strokes, self._pad.height)

    def _hear(self, event: HandwritingEvent) -> None:
        match event:
            case HandwritingRead(_, candidates):
                self._show(candidates)
            case HandwritingLost():
                self._clear()
                self._pad.enabled = False
                self._pad.say(_("手写现在用不了，请用别的方法写，或者请导办员帮忙"))
            case HandwritingOpened():
                # What was written before is read by itself.
                pass

    def _show(self, candidates: tuple[str, ...]) -> None:
        self._candidates, self._page = candidates, 0
        self._draw()

    def _draw(self) -> None:
        pages = pages_of(self._candidates)
        if not pages:
            self._bar.show(Composing())
            return
        self._bar.show(
            Composing(
                _("点选写的字"), pages[self._page], self._page, self._page + 1 < len(pages)
            )
        )

    def _turn(self, pages: int) -> None:
        self._page += pages
        self._draw()

    def _choose(self, number: int) -> None:
        """Of those on the page that is shown."""
        text = pages_of(self._candidates)[self._page][number]
        self._clear()
        if self.target is not None:
            self.target.insert_text(text)

    def _undo(self) -> None:
        self._pad.undo()
        if self._pad.strokes:
            self._read()
        else:
            self._clear()

    def _clear(self) -> None:
        self._pad.clear_ink()
        self._handwriting.drop()
        self._show(())


def pages_of(candidates: tuple[str, ...]) -> list[tuple[str, ...]]:
    """As many as fit into the bar's row: one of n characters takes n + 1 half keys."""
    pages: list[tuple[str, ...]] = []
    page: list[str] = []
    room = ROOM
    for candidate in candidates:
        room -= len(candidate) + 1
        if page and room < 0:
            pages.append(tuple(page))
            page, room = [], _ROOM_BEHIND - len(candidate) - 1
        page.append(candidate)
    return [*pages, tuple(page)] if page else pages
