"""The page on which one row of a group is filled in."""

from dataclasses import replace
from datetime import date

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.forms.paging import pages
from kiosk.forms.questions import Question, QuestionKind, Section
from kiosk.language import _
from screens.fields.field import Desk, Field
from screens.fields.frame import FieldRow
from screens.fields.measures import Measures
from screens.fields.sheet import RowSheet
from screens.fields.sub_page import SubPage
from screens.theme import look
from screens.view import Action


class RowEditor(SubPage):
    """Fields that do not fit on one page follow on the next."""

    def __init__(self, group: Question, index: int, desk: Desk) -> None:
        super().__init__()
        self.title = _(group.label)
        self._group = group
        self._sheet = RowSheet(group, index, desk.sheet)
        self._desk = replace(desk, sheet=self._sheet)
        self._number = index + 1
        self._first = self._sheet.asked()[0].id
        self._fields: dict[str, Field] = {}
        self._column: BoxLayout | None = None

    @property
    def below(self) -> str:
        return _("第 {number} {unit}").format(
            number=self._number, unit=_(self._group.unit or "项")
        )

    def fill(self, column: BoxLayout) -> None:
        self._column = column
        shown = self._shown()
        for key in [key for key in self._fields if key not in {q.id for q in shown}]:
            del self._fields[key]
        for question in shown:
            field = self._fields.get(question.id)
            if field is None:
                field = self._fields[question.id] = self._desk.make(question, self._desk)
                if question.kind in (QuestionKind.CHOICE, QuestionKind.CHOICES):
                    field.bind(on_answer=self._answered)
                if field.text_target is not None:
                    field.text_target.bind(focus=self._follow_typing)
            if field.parent is not None:
                field.parent.remove_widget(field)
            row = FieldRow(size_hint_y=None)
            row.add_widget(field)
            row.follow()
            column.add_widget(row)

    def action(self) -> Action:
        last = self._page() + 1 == len(self._pages())
        words = _("保存") if last else _("下一步")
        return Action(words, self._go_on, icon_behind="check" if last else "arrow-right")

    def back(self) -> None:
        page = self._page()
        if page == 0:
            self.close()
        else:
            self._turn_to(page - 1)

    def forget(self) -> None:
        self._fields.clear()
        self._column = None

    def _pages(self) -> tuple[tuple[str, ...], ...]:
        measures = Measures(look())
        asked = self._sheet.asked()
        section = Section(id=self._group.id, title=self._group.label, questions=asked)
        made = pages(((section, asked),), int(measures.capacity), measures.field)
        return tuple(page.questions for page in made)

    def _page(self) -> int:
        return next(
            (index for index, page in enumerate(self._pages()) if self._first in page), 0
        )

    def _shown(self) -> tuple[Question, ...]:
        page = self._pages()[self._page()]
        return tuple(question for question in self._sheet.asked() if question.id in page)

    def _turn_to(self, page: int) -> None:
        self._first = self._pages()[page][0]
        self._fields.clear()
        self.redraw()

    def _answered(self, *_args) -> None:
        if self._column is not None and {q.id for q in self._shown()} != set(self._fields):
            for row in [child for child in self._column.children if isinstance(child, FieldRow)]:
                row.clear_widgets()
                self._column.remove_widget(row)
            self.fill(self._column)

    def _follow_typing(self, target: Widget, focus: bool) -> None:
        if focus:
            field = next(f for f in self._fields.values() if f.text_target is target)
            self.reveal(field.parent, field)

    def _go_on(self) -> None:
        self._desk.keyboard.dismiss()
        if not self._sheet.judge(self._shown(), date.today()):
            for field in self._fields.values():
                field.show_problem()
            wrong = next(q for q in self._shown() if self._sheet.problem(q) is not None)
            self.reveal(self._fields[wrong.id].parent)
            return
        page = self._page()
        if page + 1 < len(self._pages()):
            self._turn_to(page + 1)
        else:
            self.close()
