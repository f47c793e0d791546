"""A repeated group: a card for each row, and a page on which one row is filled in."""

from functools import partial

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.forms.asked import asked_fields
from kiosk.forms.questions import Question, QuestionKind
from kiosk.forms.review import shown
from kiosk.language import _
from kiosk.masking import masked_name
from screens.fields.field import Desk, Field
from screens.fields.options import turning
from screens.fields.row_editor import RowEditor
from screens.fields.sheet import RowSheet, rows_of
from screens.theme import look
from screens.widgets.buttons import PushButton
from screens.widgets.surfaces import Surface
from screens.widgets.words import Icon, Words


class GroupField(Field):
    def build(self) -> Widget:
        self._deleting: int | None = None
        self._list = BoxLayout(orientation="vertical")
        self._fill()
        return self._list

    def mark_wrong(self, wrong: bool) -> None:
        self._fill()

    def _fill(self) -> None:
        measures, question = self.measures, self.question
        rows = rows_of(question, self.desk.sheet)
        gap = measures.option_gap
        room = measures.body(question) - look().button
        self._list.clear_widgets()
        height = 0.0
        if rows:
            cards: list[list[Widget]] = [[self._card(index)] for index in range(len(rows))]
            cards_column = turning(cards, gap, room - gap)
            self._list.add_widget(cards_column)
            self._list.add_widget(Widget(size_hint_y=None, height=gap))
            height += cards_column.height + gap
        if len(rows) < question.max_rows:
            words = _("添加一{unit}").format(unit=_(question.unit or "项"))
            add = PushButton(words, icon="plus", ink=look().colours.primary,
                         border=look().colours.field_line)
            add.bind(on_release=self._add)
            self._list.add_widget(add)
            height += add.height
        self._list.height = height

    def _card(self, index: int) -> Surface:
        px, colours = look().px, look().colours
        sheet = RowSheet(self.question, index, self.desk.sheet)
        wrong = any(sheet.problem(part) is not None for part in sheet.asked())
        card = Surface(
            size_hint_y=None,
            height=self.measures.row,
            padding=(px(32), 0, px(16), 0),
            spacing=px(16),
            border=colours.danger if wrong else colours.line,
        )
        asking = self._deleting == index
        if wrong and not asking:
            card.add_widget(
                Icon(icon="alert-triangle", font_size=look().type.body, color=colours.danger,
                     pos_hint={"center_y": 0.5})
            )
        words = _("确定删除吗？") if asking else row_title(self.question, index, self.desk)
        card.add_widget(Words(words=words, one_line=True, size_hint_y=1))
        delete, keep = _("删除"), _("保留")
        if asking:
            choices = ((delete, "trash", "danger", self._delete), (keep, "", "plain", self._keep))
        else:
            choices = (
                (_("修改"), "pencil", "plain", self._edit),
                (delete, "trash", "plain", self._ask),
            )
        for label, icon, style, run in choices:
            button = PushButton(label, style, icon=icon, size_hint_x=None, pad=px(22),
                            height=px(96), pos_hint={"center_y": 0.5},
                            font_size=self.measures.label_size)
            button.bind(on_release=partial(run, index))
            card.add_widget(button)
        return card

    def _edit(self, index: int, *_args) -> None:
        self.desk.keyboard.dismiss()
        self._deleting = None
        self.desk.open_page(RowEditor(self.question, index, self.desk))

    def _add(self, *_args) -> None:
        self._edit(len(rows_of(self.question, self.desk.sheet)))

    def _ask(self, index: int, *_args) -> None:
        self._deleting = index
        self._fill()

    def _keep(self, _index: int, *_args) -> None:
        self._deleting = None
        self._fill()

    def _delete(self, index: int, *_args) -> None:
        rows = rows_of(self.question, self.desk.sheet)
        self._deleting = None
        self.write(rows[:index] + rows[index + 1 :])


def row_title(group: Question, index: int, desk: Desk) -> str:
    """第 1 人 · 张*: enough to tell the rows apart, and no more for a bystander."""
    number = _("第 {number} {unit}").format(number=index + 1, unit=_(group.unit or "项"))
    row = rows_of(group, desk.sheet)[index]
    for part in asked_fields(group, row):
        text = row.get(part.id)
        if isinstance(text, str) and text and part.kind is QuestionKind.TEXT and not part.private:
            return f"{number} · {masked_name(text)}"
        if isinstance(text, str) and text and part.kind is QuestionKind.CHOICE:
            return f"{number} · {shown(part, text)}"
    return number
