"""Big buttons of which one or several are chosen."""

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.forms.questions import QuestionKind
from kiosk.language import _
from screens.fields.field import Field
from screens.fields.measures import OptionGrid, option_grid
from screens.theme import look
from screens.widgets.buttons import Pressable
from screens.widgets.pager import Pager
from screens.widgets.words import Icon, Words


class Option(Pressable):
    """`words` on it; the mark before them says whether it is chosen, besides the colour."""

    words = StringProperty("")
    chosen = BooleanProperty(False)

    def __init__(self, words: str, wide: float, high: float, several: bool, chosen: bool) -> None:
        px, size = look().px, look().type.body
        super().__init__(
            words=words,
            chosen=chosen,
            corner=px(20),
            padding=(px(28), 0),
            spacing=px(14),
            size_hint=(None, None),
            size=(wide, high),
        )
        self._several = several
        self._mark = Icon(font_size=size * 1.18, pos_hint={"center_y": 0.5})
        self.add_widget(self._mark)
        self._label = Words(
            words=words,
            font_size=size,
            width=wide - self._mark.width - 2 * px(28) - px(14),
            size_hint_x=1,
            pos_hint={"center_y": 0.5},
        )
        self.add_widget(self._label)
        self.fbind("chosen", self._dress)
        self._dress()

    def say(self, words: str) -> None:
        self.words = words
        self._label.words = words

    def _dress(self, *_args) -> None:
        colours = look().colours
        if self._several:
            self._mark.icon = "square-check" if self.chosen else "square"
        else:
            self._mark.icon = "circle-check" if self.chosen else "circle"
        self._mark.color = colours.primary if self.chosen else colours.field_line
        self.rest = colours.tint if self.chosen else colours.surface
        self.border = colours.primary if self.chosen else colours.field_line
        self.border_width = 4 if self.chosen else 3


def option_rows(options: list[Option], grid: OptionGrid) -> list[list[Widget]]:
    """The options in rows of the grid; an incomplete row is filled up with nothing."""
    rows: list[list[Widget]] = []
    for start in range(0, len(options), grid.columns):
        row: list[Widget] = list(options[start : start + grid.columns])
        while len(row) < grid.columns:
            row.append(Widget(size_hint=(None, None), size=(grid.wide, grid.high)))
        rows.append(row)
    return rows


def turning(rows: list[list[Widget]], gap: float, room: float) -> BoxLayout:
    """The rows below each other, `room` high; on pages where they do not all fit."""
    if sum(row[0].height + gap for row in rows) - gap > room:
        return Pager(rows, room - gap, gap, size_hint_y=None, height=room)
    column = BoxLayout(orientation="vertical", spacing=gap, size_hint_y=None)
    for row in rows:
        line = BoxLayout(size_hint_y=None, height=row[0].height, spacing=look().gap)
        for widget in row:
            line.add_widget(widget)
        column.add_widget(line)
    column.height = sum(row[0].height + gap for row in rows) - gap
    return column


class ChoiceField(Field):
    """One of the options, or several of them."""

    def build(self) -> Widget:
        question = self.question
        labels = tuple(_(option.label) for option in question.options)
        grid = option_grid(self.measures, labels)
        chosen = self._chosen
        self._several = question.kind is QuestionKind.CHOICES
        self.options: dict[str, Option] = {}
        for option, label in zip(question.options, labels, strict=True):
            button = Option(label, grid.wide, grid.high, self._several, option.key in chosen)
            button.key = option.key
            button.bind(on_release=self._choose)
            self.options[option.key] = button
        return turning(option_rows(list(self.options.values()), grid), grid.gap,
                       self.measures.body(question))

    @property
    def _chosen(self) -> tuple[str, ...]:
        match self.draft:
            case str() as key if key:
                return (key,)
            case tuple() as keys:
                return tuple(key for key in keys if isinstance(key, str))
            case _:
                return ()

    def _choose(self, pressed: Option) -> None:
        self.desk.keyboard.dismiss()
        if self._several:
            pressed.chosen = not pressed.chosen
            self.write(tuple(key for key, option in self.options.items() if option.chosen))
            return
        for option in self.options.values():
            option.chosen = option is pressed
        self.write(pressed.key)


