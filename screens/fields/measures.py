"""How high each question stands on a page, before any widget is built: pixels.

The fields build themselves from the same figures.
"""

from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from math import ceil

from kiosk.forms.answers import Answer
from kiosk.forms.problem import Problem, Reason, words
from kiosk.forms.questions import Defer, Prefill, Question, QuestionKind
from kiosk.forms.review import shown
from kiosk.language import Language, _, spoken
from screens.theme import LARGE_TYPE, Theme, Type, look
from screens.widgets.words import line_pitch, text_height, text_width

LONGEST_CARD_ADDRESS = 35
"""Characters of an address on a resident ID card (GA 450: 70 bytes of UTF-16)."""

ROWS_AT_ONCE = 3
"""Rows of a group that a page shows together; more turn pages inside the group."""

TYPED = frozenset(
    {
        QuestionKind.TEXT,
        QuestionKind.NUMBER,
        QuestionKind.PHONE,
        QuestionKind.RESIDENT_ID,
        QuestionKind.CREDIT_CODE,
        QuestionKind.BANK_CARD,
        QuestionKind.DATE,
    }
)
"""Answered by typing into one box."""


def theme_for(large: bool) -> Theme:
    """The look in force, in this type size."""
    here = look()
    if here.large == large:
        return here
    factor = here.unit * (LARGE_TYPE if large else 1.0)
    return Theme(here.width, here.height, large, Type().scaled(factor), here.colours)


@dataclass(frozen=True)
class Measures:
    """The distances inside a field, for one theme."""

    theme: Theme

    @property
    def side(self) -> float:
        """In landscape the page's head stands to the left of the fields, this wide."""
        return self.theme.px(520)

    @property
    def width(self) -> float:
        """Of a field."""
        theme = self.theme
        if theme.landscape:
            return theme.body_width - self.side - self.theme.px(64)
        return theme.body_width

    @property
    def page(self) -> float:
        """Of everything between header and footer, inside its margins."""
        theme = self.theme
        return theme.height - theme.header - theme.footer_height - 2 * self.edge

    @property
    def edge(self) -> float:
        """Between a page and the header above or the footer below."""
        return self.theme.px(32)

    @property
    def label_size(self) -> float:
        return round(self.theme.type.least * 1.13)

    @property
    def label_row(self) -> float:
        """A row with room for the tag beside the label."""
        return round(self.theme.type.least * 1.8)

    @property
    def under_label(self) -> float:
        return self.theme.px(4)

    @property
    def box(self) -> float:
        return self.theme.px(124 if self.theme.large else 100)

    @property
    def gap(self) -> float:
        """Below a field, before the next."""
        return self.theme.px(18)

    @property
    def option_gap(self) -> float:
        return self.theme.px(16)

    @property
    def below_gap(self) -> float:
        return self.theme.px(6)

    @property
    def below_indent(self) -> float:
        """Width of the sign before a problem."""
        return self.theme.type.least * 1.5

    @property
    def capacity(self) -> float:
        """Height that all fields of one page may take together."""
        theme = self.theme
        if theme.landscape:
            return self.page
        lines = 2 if theme.large else 1
        head = theme.px(12 + 20 + 2 + 12) + 2 * line_pitch(theme.type.least)
        return self.page - head - lines * line_pitch(self.title_size)

    @property
    def title_size(self) -> float:
        return round(self.theme.type.title * 0.87)

    def label(self, question: Question) -> float:
        """A promise bears its label on its own button."""
        if question.kind is QuestionKind.PROMISE:
            return 0
        text = text_height(_(question.label), self.label_size, self.width)
        return max(text, self.label_row) + self.under_label

    def hint(self, question: Question) -> float:
        """What is typed has its hint below, where the eye is then; else it is read before."""
        if not question.hint:
            return 0
        return text_height(_(question.hint), self.theme.type.least, self.width) + self.below_gap

    def below(self, question: Question) -> float:
        """Room for the hint, or for the longest sentence that may take its place."""
        size = self.theme.type.least
        problem = longest_problem(spoken(), size, self.width - self.below_indent) + self.below_gap
        return max(self.hint(question), problem) if question.kind in TYPED else problem

    def above(self, question: Question) -> float:
        hint = 0 if question.kind in TYPED else self.hint(question)
        return self.label(question) + hint

    def field(self, question: Question, locked: Answer | None = None) -> int:
        """The whole field with the gap after it. `locked` is the answer of the card that locks it,
        which is not judged here; None where the citizen answers."""
        if locked is None:
            return ceil(self.body(question) + self._frame(question))
        said = [shown(question, locked)]
        if question.prefill is Prefill.ADDRESS:
            said.append("一" * LONGEST_CARD_ADDRESS)
        body = max(self.body(question), *map(self.locked, said))
        hint = self.hint(question) if question.kind in TYPED else 0
        return ceil(self.above(question) + body + hint + self.gap)

    def room(self, question: Question) -> float:
        """What a body may take at most; what needs more turns pages inside it."""
        return self.capacity - self._frame(question)

    def _frame(self, question: Question) -> float:
        return self.above(question) + self.below(question) + self.gap

    def body(self, question: Question) -> float:
        """What is touched, between the label and what stands below."""
        match question.kind:
            case (
                QuestionKind.TEXT
                | QuestionKind.NUMBER
                | QuestionKind.PHONE
                | QuestionKind.RESIDENT_ID
                | QuestionKind.CREDIT_CODE
                | QuestionKind.BANK_CARD
                | QuestionKind.DATE
            ):
                return self.box
            case QuestionKind.CHOICE | QuestionKind.CHOICES:
                grid = option_grid(self, tuple(_(o.label) for o in question.options))
                return min(grid.height, self.room(question))
            case QuestionKind.ADDRESS:
                return self.box if question.county else 2 * self.box + self.option_gap
            case QuestionKind.GROUP:
                rows = min(question.max_rows, ROWS_AT_ONCE) * (self.row + self.option_gap)
                return min(rows + self.theme.button, self.room(question))
            case QuestionKind.FILE:
                return self.ways(question).height + self.later(question)
            case QuestionKind.PROMISE:
                text = text_height(_(question.promise), self.theme.type.body, self.card_text)
                return text + 2 * self.card_pad + self.option_gap + self.option
            case QuestionKind.SIGNATURE:
                return self.theme.px(360)

    def ways(self, question: Question) -> "OptionGrid":
        """To hand in a file: all of them, for what a kiosk lacks is not known here."""
        ways = tuple(way_words(way) for way in Way)
        return option_grid(self, ways if question.defer is not None else ways[:-1])

    def later(self, question: Question) -> float:
        """What is promised with a file that is handed in later."""
        if question.defer is None:
            return 0
        words = later_words(question.defer)
        return self.below_gap + text_height(words, self.theme.type.least, self.width)

    def locked(self, words: str) -> float:
        """A box that shows what the card said, on as many lines as it needs."""
        size = self.theme.type.heading
        return max(self.box, text_height(words, size, self.locked_text) + self.theme.px(32))

    @property
    def locked_text(self) -> float:
        """Beside the lock."""
        px = self.theme.px
        return self.width - 2 * px(34) - self.theme.type.heading * 1.1 - px(16)

    @property
    def option(self) -> float:
        """An option of one line."""
        return max(self.theme.px(100), line_pitch(self.theme.type.body) + self.theme.px(36))

    @property
    def row(self) -> float:
        """A card of a group's row."""
        return self.option + self.theme.px(28)

    @property
    def card_pad(self) -> float:
        return self.theme.px(32)

    @property
    def card_text(self) -> float:
        return self.width - 2 * self.card_pad


class Way(Enum):
    """How a material reaches the office."""

    PHOTOGRAPH = auto()
    CHOOSE = auto()
    BRING = auto()
    LATER = auto()


def way_words(way: Way) -> str:
    match way:
        case Way.PHOTOGRAPH:
            return _("用摄像头拍")
        case Way.CHOOSE:
            return _("选择文件")
        case Way.BRING:
            return _("带原件到窗口")
        case Way.LATER:
            return _("先办理，以后补交")


def later_words(defer: Defer) -> str:
    """What is promised with it."""
    return _("以后补交（容缺）：{days} 个工作日内，{consequence}（示例数据）").format(
        days=defer.days, consequence=_(defer.consequence)
    )


@dataclass(frozen=True)
class OptionGrid:
    """Options side by side: `wide` and `high` are those of one option, `gap` between rows."""

    columns: int
    rows: int
    wide: float
    high: float
    gap: float

    @property
    def height(self) -> float:
        return self.rows * (self.high + self.gap) - self.gap


def option_grid(measures: Measures, labels: tuple[str, ...]) -> OptionGrid:
    """As many columns as every label fits into on one line, three at most; long ones break."""
    theme = measures.theme
    gap, size = measures.option_gap, theme.type.body
    beside = theme.gap
    longest = max(text_width(label, size) for label in labels)
    around = option_padding(theme)
    for columns in (2,) if len(labels) == 4 else (3, 2):
        wide = (measures.width - (columns - 1) * beside) / columns
        if len(labels) >= columns and longest + around <= wide:
            return OptionGrid(columns, ceil(len(labels) / columns), wide, measures.option, gap)
    text = max(text_height(label, size, measures.width - around) for label in labels)
    high = max(measures.option, text + theme.px(36))
    return OptionGrid(1, len(labels), measures.width, high, gap)


def option_padding(theme: Theme) -> float:
    """What an option's mark and margins take of its width."""
    return theme.type.body * 1.3 + theme.px(28 * 2 + 14) + 2


@lru_cache(maxsize=32)
def longest_problem(language: Language, size: float, width: float) -> float:
    """Height of the longest sentence that can stand below a field."""
    sentences = (words(Problem(reason, limit=60, found=60, unit="项")) for reason in Reason)
    return max(text_height(sentence, size, width) for sentence in sentences)
