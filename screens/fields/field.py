"""What every question on a page has: its label, its hint, and what is wrong with its answer."""

from collections.abc import Callable
from dataclasses import dataclass

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.forms.problem import words
from kiosk.forms.questions import Question
from kiosk.language import _
from screens.fields.measures import TYPED, Measures
from screens.fields.sheet import Sheet
from screens.fields.sources import Sources
from screens.fields.sub_page import SubPage
from screens.keyboard.keyboard import Keyboard
from screens.theme import look
from screens.widgets.surfaces import Tag
from screens.widgets.words import Icon, Words, text_width


@dataclass(frozen=True)
class Desk:
    """What fields work with: their answers, the keyboard, where addresses and files come from,
    how a field opens a page of its own, and how that page makes fields."""

    sheet: Sheet
    keyboard: Keyboard
    sources: Sources
    open_page: Callable[[SubPage], None]
    make: Callable[[Question, "Desk"], "Field"]


class Field(BoxLayout):
    """Subclasses give `body`. `text_target` is what to tap before typing, None where nothing is
    typed. `on_answer` is fired when the citizen changed the answer."""

    label = StringProperty("")
    __events__ = ("on_answer",)

    def __init__(self, question: Question, desk: Desk, tag: str = "", **kwargs) -> None:
        self.measures = Measures(look())
        kwargs.setdefault("width", self.measures.width)
        super().__init__(orientation="vertical", size_hint=(None, None), **kwargs)
        self.question = question
        self.desk = desk
        self.label = _(question.label)
        self._above = BoxLayout(orientation="vertical", size_hint_y=None)
        self._below = BoxLayout(orientation="vertical", size_hint_y=None)
        self.add_widget(self._above)
        self.body = self.build()
        self.body.size_hint_y = None
        self.body.fbind("height", self._fit)
        self.add_widget(self.body)
        self.add_widget(self._below)
        self._write_above(tag)
        self.show_problem()

    @property
    def text_target(self) -> Widget | None:
        return None

    @property
    def line_end(self) -> float:
        """Pixels from the top to the end of what is touched or typed into."""
        return self._above.height + self.body.height

    def build(self) -> Widget:
        """The widget that is touched, of fixed height."""
        raise TypeError("a field builds its body")

    def mark_wrong(self, wrong: bool) -> None:
        """Show on the body, besides the words below, that the answer cannot stand."""

    def on_answer(self) -> None:
        """The answer changed."""

    def write(self, draft) -> None:
        """Keep what the citizen entered; what was wrong with the last answer is said no more."""
        self.desk.sheet.write(self.question, draft)
        self.show_problem()
        self.dispatch("on_answer")

    @property
    def draft(self):
        return self.desk.sheet.draft(self.question)

    def show_problem(self) -> None:
        """Bring the words below up to date."""
        rejected = self.desk.sheet.problem(self.question)
        self._below.clear_widgets()
        if rejected is not None:
            self._say(self._below, words(rejected.problem), wrong=True)
        elif self.question.kind in TYPED and self.question.hint:
            self._say(self._below, _(self.question.hint))
        self.mark_wrong(rejected is not None)
        self._fit()

    def _write_above(self, tag: str) -> None:
        measures = self.measures
        if measures.label(self.question):
            row = BoxLayout(size_hint_y=None, spacing=look().px(10))
            beside = Tag(tag, "good", pos_hint={"center_y": 0.5}) if tag else None
            wide = self.width - (beside.width + look().px(10) if beside else 0)
            natural = text_width(self.label, measures.label_size) + 5
            label = Words(
                words=self.label,
                font_size=measures.label_size,
                width=min(natural, wide),
                size_hint_x=None,
                pos_hint={"center_y": 0.5},
            )
            row.height = max(label.height, measures.label_row)
            row.add_widget(label)
            if beside is not None:
                row.add_widget(beside)
            row.add_widget(Widget())
            self._above.add_widget(row)
            self._above.add_widget(Widget(size_hint_y=None, height=measures.under_label))
        if self.question.hint and self.question.kind not in TYPED:
            self._say(self._above, _(self.question.hint), gap_after=True)

    def _say(
        self, place: BoxLayout, sentence: str, wrong: bool = False, gap_after: bool = False
    ) -> None:
        size, colours = look().type.least, look().colours
        indent = self.measures.below_indent if wrong else 0
        text = Words(
            words=sentence,
            font_size=size,
            color=colours.danger if wrong else colours.muted,
            width=self.width - indent,
            size_hint_x=None,
        )
        row = BoxLayout(size_hint_y=None, height=text.height)
        if wrong:
            mark = Icon(icon="alert-triangle", font_size=size * 1.1, color=colours.danger,
                        size_hint_x=None, pos_hint={"top": 1})
            mark.width = indent
            row.add_widget(mark)
        row.add_widget(text)
        gap = Widget(size_hint_y=None, height=self.measures.below_gap)
        place.add_widget(row if gap_after else gap)
        place.add_widget(gap if gap_after else row)

    def _fit(self, *_args) -> None:
        for part in (self._above, self._below):
            part.height = sum(child.height for child in part.children)
        self.height = self._above.height + self.body.height + self._below.height
