"""How a page of a form is laid out: its head above the fields, or beside them in landscape."""

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from screens.fields.measures import Measures
from screens.fields.viewport import Viewport
from screens.theme import look
from screens.widgets.steps import StepBar
from screens.widgets.words import Words, lines_of


class Frame(BoxLayout):
    """`place` names the item and the page of how many, `title` what the page asks; `step` of the
    five of an application, None for what is none."""

    def __init__(self, step: int | None, place: tuple[str, str], title: str) -> None:
        super().__init__()
        theme, measures = look(), Measures(look())
        edge, margin = measures.edge, theme.margin
        self.column = BoxLayout(orientation="vertical", padding=(margin, edge, margin, edge))
        wide = measures.side if theme.landscape else theme.body_width
        head = BoxLayout(orientation="vertical", size_hint_y=None, spacing=theme.px(2))
        if step is not None:
            head.add_widget(StepBar(step))
            head.add_widget(Widget(size_hint_y=None, height=theme.px(16)))
        head.add_widget(
            Words(
                words=_within(place, theme.type.least, wide, theme.landscape),
                font_size=theme.type.least,
                color=theme.colours.muted,
                width=wide,
            )
        )
        head.add_widget(
            Words(words=title, heavy=True, font_size=measures.title_size, width=wide)
        )
        head.height = sum(child.height for child in head.children) + 3 * head.spacing
        if theme.landscape:
            side = BoxLayout(
                orientation="vertical",
                size_hint_x=None,
                width=margin + measures.side,
                padding=(margin, edge, 0, 0),
            )
            side.add_widget(head)
            side.add_widget(Widget())
            self.add_widget(side)
            self.column.padding = (theme.px(64), edge, margin, edge)
        else:
            self.column.add_widget(head)
            self.column.add_widget(Widget(size_hint_y=None, height=theme.px(12)))
        self.viewport = Viewport(self.column)
        self.add_widget(self.viewport)


class FieldRow(BoxLayout):
    """One field, or two short ones side by side, as high as the higher one and the gap below."""

    def follow(self, spare: float = 0) -> None:
        """`spare` widens the gap, in pixels, on a page that has room."""
        self._gap = Measures(look()).gap + spare
        for field in self.children:
            field.pos_hint = {"top": 1}
            field.fbind("height", self._fit)
        self._fit()

    def _fit(self, *_args) -> None:
        self.padding = (0, 0, 0, self._gap)
        self.height = max((field.height for field in self.children), default=0) + self._gap


def _within(place: tuple[str, str], size: float, wide: float, beside: bool) -> str:
    """The name of the item and the page, on one line or on two; a long name is cut so that it
    takes no more."""
    name, page = place
    mark = ("\n" if beside else " · ") if page else ""
    while len(name) > 8 and len(lines_of(f"{name}{mark}{page}", size, wide)) > 2:
        name = name.removesuffix("…")[:-1] + "…"
    return f"{name}{mark}{page}"
