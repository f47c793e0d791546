"""One page of the form, or the page that one of its fields opened."""

from dataclasses import replace

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.forms.paging import Page, page_of
from kiosk.forms.questions import Prefill, Question, QuestionKind
from kiosk.forms.review import shown
from kiosk.journeys.card_told import source
from kiosk.journeys.filling import PageSize, filled_about, form_here, locked_answer
from kiosk.journeys.steps import PageAnswered, Place
from kiosk.language import _
from screens.citizen.overheard_pinyin import OverheardPinyin
from screens.fields.factory import field_for
from screens.fields.field import Desk, Field
from screens.fields.frame import FieldRow, Frame
from screens.fields.line_input import LineInput
from screens.fields.measures import Measures, theme_for
from screens.fields.opener import Opener
from screens.fields.sheet import VisitSheet
from screens.fields.sources import Sources
from screens.fields.sub_page import SubPage
from screens.keyboard.keyboard import Keyboard
from screens.theme import look
from screens.view import Action, View
from screens.widgets.signature_pad import SignaturePad
from screens.widgets.words import text_width

STEP = 2
"""Of the five: card, questions, check, sending, done."""

_SHORT = frozenset({Prefill.SEX, Prefill.NATION})
_DECIDING = frozenset({QuestionKind.CHOICE, QuestionKind.CHOICES, QuestionKind.PROMISE})


def page_size(large: bool) -> PageSize:
    """How much of a form fits on one page of this window, the keyboard closed."""
    measures = Measures(theme_for(large))
    return PageSize(capacity=int(measures.capacity), height=measures.field)


class FormView(View):
    """Everything typed goes into the visit at once. A choice on which other questions hang shows
    and hides them at once; what stood in a hidden field comes back with it."""

    def compose(self) -> None:
        self.padding = 0
        self.spacing = 0
        self.dock = BoxLayout(size_hint_y=None, height=0)
        ports = self.attendant.ports
        engines = ports.engines
        if engines.pinyin is not None:
            pinyin = OverheardPinyin(engines.pinyin, self._hear, self._give_up)
            engines = replace(engines, pinyin=pinyin)
        self.keyboard = Keyboard(self.dock, engines)
        self._sub_page: SubPage | None = None
        self._fields: dict[str, Field] = {}
        self._page = self._page_now()
        self._desk = Desk(
            sheet=VisitSheet(self.attendant),
            keyboard=self.keyboard,
            sources=Sources(
                files=ports.files,
                camera=ports.camera and ports.camera.for_visit(self.session.visit),
            ),
            open_page=self._open,
            make=field_for,
        )
        self._frame: Frame | None = None
        self.add_widget(self.dock)
        self._draw()

    def action(self) -> Action:
        if self._sub_page is not None:
            return self._sub_page.action()
        if self.attendant.here.editing:
            return Action(_("保存并返回核对"), self._go_on, icon_behind="check")
        return Action(_("下一步"), self._go_on, icon_behind="arrow-right")

    def stepped_back(self) -> bool:
        if self._sub_page is None:
            return False
        self.keyboard.dismiss()
        self._sub_page.back()
        return True

    def leave(self) -> None:
        self.keyboard.forget()
        self._forget_sub_page()
        for widget in self.walk(restrict=True):
            match widget:
                case LineInput() | SignaturePad():
                    widget.forget()
                case Opener():
                    widget.words = ""
                case _:
                    pass
        super().leave()
        self._fields.clear()

    # The page

    def _page_now(self) -> Page:
        pages = self.attendant.pages()
        here = self.attendant.here.question
        return pages[page_of(pages, here) if here is not None else 0]

    def _questions(self) -> tuple[Question, ...]:
        form = form_here(self.session, self.attendant.here)
        return tuple(q for q in form.questions if q.id in self._page.questions)

    def _draw(self) -> None:
        """Build what stands between header and keyboard."""
        if self._frame is not None:
            self.remove_widget(self._frame)
        self._fields.clear()
        if self._sub_page is not None:
            place = (self._about, self._sub_page.below)
            self._frame = Frame(self._step, place, self._sub_page.title)
            self._sub_page.fill(self._frame.column)
        else:
            self._frame = Frame(self._step, self._place_words(), self._title())
            self._fill()
        self.add_widget(self._frame, index=1)
        self.action_changed()

    def _place_words(self) -> tuple[str, str]:
        pages = self.attendant.pages()
        where = _("第 {page} 页，共 {pages} 页").format(
            page=pages.index(self._page) + 1, pages=len(pages)
        )
        return self._about, where

    @property
    def _about(self) -> str:
        return filled_about(self.session, self.attendant.here)

    @property
    def _step(self) -> int | None:
        """Only an application goes through the five steps."""
        return STEP if self.attendant.here.place is Place.FORM else None

    def _title(self) -> str:
        title = _(self._page.title)
        if self._page.parts == 1:
            return title
        return _("{title}（{part}/{parts}）").format(
            title=title, part=self._page.part, parts=self._page.parts
        )

    def _fill(self) -> None:
        """Put the page's fields into the column; those that were there stay what they are."""
        column, measures = self._frame.column, Measures(look())
        questions = self._questions()
        asked = {question.id for question in questions}
        for row in [child for child in column.children if isinstance(child, FieldRow)]:
            row.clear_widgets()
            column.remove_widget(row)
        for key in [key for key in self._fields if key not in asked]:
            del self._fields[key]
        spare = measures.capacity - sum(
            measures.field(question, locked_answer(self.session, question))
            for question in questions
        )
        spare = min(max(spare / max(len(questions), 1), 0), measures.gap)
        waiting = list(questions)
        identity = self.session.identity
        tag = source(identity) if identity is not None else ""
        while waiting:
            question = waiting.pop(0)
            locked = self._desk.sheet.locked(question) and question.prefill is not None
            row = FieldRow(orientation="horizontal", size_hint_y=None, spacing=measures.theme.gap)
            wide = round(measures.width * 0.67)
            beside = measures.width - wide - measures.theme.gap
            if locked and waiting and self._fits(waiting[0], beside):
                row.add_widget(self._field(question, tag, width=wide))
                row.add_widget(self._field(waiting.pop(0), "", width=beside))
            else:
                row.add_widget(self._field(question, tag if locked else ""))
            if locked:
                tag = ""
            row.follow(spare)
            column.add_widget(row)

    def _fits(self, question: Question, width: float) -> bool:
        """Whether what the card says to it stands on one line of so narrow a field."""
        answer = locked_answer(self.session, question)
        if question.prefill not in _SHORT or answer is None:
            return False
        measures = Measures(look())
        room = measures.locked_text - (measures.width - width)
        return text_width(shown(question, answer), look().type.heading) <= room

    def _field(self, question: Question, tag: str, **kwargs) -> Field:
        field = self._fields.get(question.id)
        if field is None:
            field = self._fields[question.id] = field_for(question, self._desk, tag, **kwargs)
            if question.kind in _DECIDING:
                field.bind(on_answer=self._decided)
            target = field.text_target
            if target is not None:
                target.bind(focus=self._follow_typing)
        return field

    def _decided(self, *_args) -> None:
        """A condition may hold now, or no longer."""
        first = self._page.questions[0]
        pages = self.attendant.pages()
        page = pages[page_of(pages, first)]
        if page == self._page:
            return
        self._page = page
        if self.attendant.here.question not in page.questions:
            # The question by which this page was found is not asked any more.
            self.attendant.here = replace(self.attendant.here, question=first)
        self._fill()

    def _follow_typing(self, target: Widget, focus: bool) -> None:
        if focus:
            field = next(f for f in self._fields.values() if f.text_target is target)
            self._frame.viewport.reveal(field.parent, field)

    def _go_on(self) -> None:
        self.keyboard.dismiss()
        questions = self._questions()
        if self.attendant.answer_page(questions):
            self.attendant.take(PageAnswered())
            return
        for field in self._fields.values():
            field.show_problem()
        wrong = next(q for q in questions if self._desk.sheet.problem(q) is not None)
        self._frame.viewport.reveal(self._fields[wrong.id].parent)

    # A page that a field opens

    def _open(self, sub_page: SubPage) -> None:
        self.keyboard.dismiss()
        self._sub_page = sub_page
        sub_page.redraw = self._draw
        sub_page.close = self._close
        sub_page.reveal = self._reveal
        self._draw()

    def _close(self) -> None:
        self.keyboard.dismiss()
        self._forget_sub_page()
        self._page = self._page_now()
        self._draw()

    def _hear(self, composing: str) -> None:
        if self._sub_page is not None:
            self._sub_page.hear(composing)

    def _give_up(self, letters: str) -> None:
        if self._sub_page is not None:
            self._sub_page.give_up(letters)

    def _reveal(self, row: FieldRow, typed: Field | None = None) -> None:
        self._frame.viewport.reveal(row, typed)

    def _forget_sub_page(self) -> None:
        if self._sub_page is not None:
            self._sub_page.forget()
            self._sub_page = None
