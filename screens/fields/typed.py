"""Questions that are answered by typing one line."""

import re

from kivy.uix.widget import Widget

from kiosk.forms.grouping import grouped
from kiosk.forms.questions import Question, QuestionKind
from kiosk.forms.review import shown
from kiosk.forms.typed_text import compact
from kiosk.language import _
from screens.fields.field import Field
from screens.fields.line_input import LineInput
from screens.keyboard.ways import Board
from screens.theme import look
from screens.widgets.surfaces import Surface
from screens.widgets.words import Words, text_width

_MASKED = frozenset({QuestionKind.PHONE, QuestionKind.RESIDENT_ID, QuestionKind.BANK_CARD})


class Line(Surface):
    """The box around a line of text: its border says whether it is being typed into, and
    whether it is wrong."""

    def __init__(self, shape, high: float, placeholder: str = "", unit: str = "") -> None:
        px, colours = look().px, look().colours
        super().__init__(
            border=colours.field_line,
            border_width=3,
            corner=px(20),
            padding=(px(34), 0),
            spacing=px(16),
            size_hint_y=None,
            height=high,
        )
        self._wrong = False
        size = look().type.heading
        self.input = LineInput(
            shape, font_size=size, hint_text=placeholder, size_hint_y=1
        )
        self.input.fbind("line_height", self._centre)
        self.input.fbind("focus", self._paint_border)
        self._centre()
        self.add_widget(self.input)
        if unit:
            self.add_widget(
                Words(
                    words=unit,
                    font_size=look().type.body,
                    color=colours.muted,
                    one_line=True,
                    size_hint=(None, 1),
                    width=text_width(unit, look().type.body) + 1,
                )
            )

    def _centre(self, *_args) -> None:
        above = max(round((self.height - self.input.line_height) / 2), 0)
        self.input.padding = (0, above, 0, 0)

    def mark_wrong(self, wrong: bool) -> None:
        self._wrong = wrong
        self._paint_border()

    def on_touch_down(self, touch) -> bool:
        """The margin of the box belongs to the line as well."""
        if super().on_touch_down(touch):
            return True
        if not self.collide_point(*touch.pos):
            return False
        self.input.focus = True
        return True

    def _paint_border(self, *_args) -> None:
        colours = look().colours
        typing = self.input.focus
        self.border = (
            colours.danger if self._wrong else colours.primary if typing else colours.field_line
        )
        self.halo = colours.halo if typing else colours.clear


class TypedField(Field):
    """Shows its own text while it is typed into, and else what a bystander may read."""

    def build(self) -> Widget:
        question = self.question
        unit = _(question.unit) if question.unit and question.kind is QuestionKind.NUMBER else ""
        placeholder = _("年-月-日") if question.kind is QuestionKind.DATE else ""
        self.line = Line(self._shape, self.measures.box, placeholder, unit)
        self.line.input.name = self.label
        self.line.input.bind(on_typed=self._keep, focus=self._focused)
        self._rest()
        return self.line

    @property
    def text_target(self) -> Widget:
        return self.line.input

    def mark_wrong(self, wrong: bool) -> None:
        self.line.mark_wrong(wrong)

    @property
    def _typed(self) -> str:
        return self.draft if isinstance(self.draft, str) else ""

    def _shape(self, text: str) -> str:
        if self.question.kind is QuestionKind.DATE:
            return date_shape(text)
        return grouped(self.question.kind, text)

    def _keep(self, *_args) -> None:
        self.write(self.line.input.text)

    def _focused(self, _input, focus: bool) -> None:
        keyboard = self.desk.keyboard
        if focus:
            self.line.input.text = self._shape(self._typed)
            self.line.input.go_to_end()
            keyboard.attach(self.line.input, board_for(self.question))
        else:
            self._rest()
            keyboard.detach(self.line.input)

    def _rest(self) -> None:
        typed = self._typed
        masked = self.question.private or self.question.kind in _MASKED
        if masked and typed:
            self.line.input.text = shown(self.question, compact(typed))
        else:
            self.line.input.text = self._shape(typed)
        self.line.input.cursor = (0, 0)


def board_for(question: Question) -> Board:
    """The keys with which the answer is typed."""
    match question.kind:
        case QuestionKind.TEXT if question.names_person:
            return Board.NAME
        case QuestionKind.NUMBER:
            return Board.NUMBER
        case QuestionKind.BANK_CARD | QuestionKind.DATE:
            return Board.DIGITS
        case QuestionKind.PHONE:
            return Board.PHONE
        case QuestionKind.RESIDENT_ID:
            return Board.RESIDENT_ID
        case QuestionKind.CREDIT_CODE:
            return Board.CODE
        case (
            QuestionKind.TEXT
            | QuestionKind.CHOICE
            | QuestionKind.CHOICES
            | QuestionKind.ADDRESS
            | QuestionKind.GROUP
            | QuestionKind.FILE
            | QuestionKind.PROMISE
            | QuestionKind.SIGNATURE
        ):
            return Board.CHINESE


def date_shape(text: str) -> str:
    """Eight digits as 2026-11-24 while they are typed; more than eight stay to be seen."""
    digits = re.sub(r"[^0-9]", "", text)
    parts = (digits[:4], digits[4:6], digits[6:])
    return "-".join(part for part in parts if part)
