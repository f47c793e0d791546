"""A sheet that tells something: how a case stands, a booking, what came of an act."""

from collections.abc import Iterator
from itertools import groupby

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.journeys.pages import (
    Button,
    Choices,
    Code,
    Lines,
    Paper,
    Part,
    Rate,
    SheetPage,
    Timeline,
    Told,
    Value,
)
from kiosk.journeys.paper_told import PaperTold, copy_told
from kiosk.journeys.steps import Print
from screens.citizen.item_rows import under
from screens.citizen.list_page import told_notice
from screens.citizen.paper_card import paper_card
from screens.theme import look
from screens.view import Action, View
from screens.widgets.buttons import PushButton
from screens.widgets.cards import (
    code_card,
    in_columns,
    lines_cards,
    on_one_page,
    timeline_cards,
    value_cards,
)
from screens.widgets.pager import Pager, bar_height
from screens.widgets.rating import RatingCard
from screens.widgets.tiles import RowTile

Group = tuple[Part, ...]
"""Values that follow each other are one card."""


_MANY = 0.4
"""Of a page: buttons that take more of it stand below the last part instead of on every page."""


class SheetView(View):
    def compose(self) -> None:
        self._shown: tuple[SheetPage, PaperTold | None] | None = None
        self._pager: Pager | None = None
        self._asked_for = False
        # Cards by what they say: those that say the same afterwards stay.
        self._drawn: dict[object, list[Widget]] = {}
        self._rating = RatingCard(self.attendant, look().columns + 1)
        self.refresh()

    def refresh(self) -> None:
        page = self.attendant.page()
        self._rating.refresh()
        paper = next((self._paper(p) for p in page.parts if isinstance(p, Paper)), None)
        if (page, paper) == self._shown:
            return
        before = self._shown[0] if self._shown is not None else None
        self._shown = page, paper
        if before is None or _frame(page) != _frame(before):
            self._compose_frame(page)
        self._show_parts(page, paper)
        if before is None or page.main != before.main:
            self.action_changed()

    def action(self) -> Action | None:
        main = self._shown[0].main if self._shown is not None else None
        if main is None:
            return None
        ahead = main.icon == "arrow-right"
        return Action(main.words, lambda: self.attendant.take(main.step),
                      icon="" if ahead else main.icon, icon_behind=main.icon if ahead else "")

    def leave(self) -> None:
        self._shown = None
        self._drawn.clear()
        super().leave()

    def _paper(self, part: Paper) -> PaperTold:
        """Of what was printed in this visit only that counts which was asked for here."""
        printed = self.session.printed
        elsewhere = printed is not None and printed.outcome is not None and not self._asked_for
        ready = self.attendant.printer.ready
        return copy_told(None if elsewhere else printed, ready, part.button)

    def _print(self) -> None:
        self._asked_for = True
        self.attendant.print_paper()
        self.refresh()

    def _compose_frame(self, page: SheetPage) -> None:
        self.clear_widgets()
        self._used = 0.0
        self._pager = None
        self.heading(page.title, page.below, low=look().landscape)
        self._body = BoxLayout()
        self._wide = look().body_width
        self._last: list[PushButton] = []
        buttons = [self._button(button) for button in page.buttons]
        if look().landscape and buttons:
            self._stand_beside(buttons)
            return
        self.add_widget(self._body)
        rows = list(_rows(buttons))
        if sum(row.height for row in rows) > _MANY * self.room():
            self._last = buttons
            return
        for row in rows:
            self.add_widget(row)
            self._used += row.height + look().gap

    def _stand_beside(self, buttons: list[PushButton]) -> None:
        """In a low window the buttons are a column of their own, if it has room for them."""
        gap = look().gap
        wide = max(button.natural_width for button in buttons)
        high = sum(button.height for button in buttons) + look().px(16) * (len(buttons) - 1)
        if wide > look().px(480) or high > self.room():
            self._last = buttons
            self.add_widget(self._body)
            return
        self._wide -= wide + gap
        column = BoxLayout(orientation="vertical", spacing=look().px(16), size_hint=(None, None),
                           size=(wide, high), pos_hint={"y": 0})
        for button in buttons:
            column.add_widget(button)
        beside = BoxLayout(spacing=gap)
        beside.add_widget(self._body)
        beside.add_widget(column)
        self.add_widget(beside)

    def _show_parts(self, page: SheetPage, paper: PaperTold | None) -> None:
        """Cards whose words are the same stay. The bar that turns pages takes room only where one
        page is too little."""
        room, gap, before = self.room(), look().gap, self._drawn
        least = room - bar_height() - look().px(16)
        cards = self._flow(page, paper, before, room)
        if not on_one_page(cards, self._columns, room):
            cards = self._flow(page, paper, before, least)
        for card in cards:
            if card.parent is not None:
                card.parent.remove_widget(card)
        rows = in_columns(cards, self._columns, self._column, room, least)
        turned = self._pager.page if self._pager is not None else 0
        self._pager = Pager(rows, room, gap, turned)
        self._body.clear_widgets()
        self._body.add_widget(self._pager)

    def _flow(
        self,
        page: SheetPage,
        paper: PaperTold | None,
        before: dict[object, list[Widget]],
        room: float,
    ) -> list[Widget]:
        """The cards one after the other, for columns so high."""
        left, cards = room, []
        self._drawn = {}
        for number, group in enumerate(_groups(page.parts)):
            state = paper if isinstance(group[0], Paper) else None
            key = (number, group, left, room, self._wide, state)
            drawn = before.get(key) or list(self._cards(group, left, room, paper))
            self._drawn[key] = drawn
            for card in drawn:
                if card.height > left:
                    left = room
                left -= card.height + look().gap
                cards.append(card)
        return cards + self._last

    def _cards(
        self, group: Group, left: float, room: float, paper: PaperTold | None
    ) -> Iterator[Widget]:
        wide = self._column
        match group[0]:
            case Value():
                values = [part for part in group if isinstance(part, Value)]
                yield from value_cards(values, wide, left, room)
            case Told() as told:
                yield told_notice(told, wide)
            case Lines() as lines:
                yield from lines_cards(lines, wide, left, room)
            case Timeline() as timeline:
                yield from timeline_cards(timeline, wide, left, room)
            case Code() as code:
                yield code_card(code, wide, room)
            case Choices() as choices:
                yield from self._choices(choices)
            case Paper() if paper is not None:
                icon = "refresh" if self._asked_for else "printer"
                yield paper_card(paper, wide, self._print, icon)
            case Rate():
                self._rating.size_hint_y, self._rating.height = None, self._rating.needs(wide)
                yield self._rating

    @property
    def _columns(self) -> int:
        """Beside buttons large type has room for one."""
        narrow = look().large and self._wide < look().body_width
        return 1 if narrow else look().columns

    @property
    def _column(self) -> float:
        return (self._wide - look().gap * (self._columns - 1)) // self._columns

    def _choices(self, choices: Choices) -> Iterator[Widget]:
        """The title stays with the first of them."""
        wide = self._column
        for number, choice in enumerate(choices.choices):
            tile = RowTile(choice.words, choice.below, choice.icon, wide)
            tile.bind(on_release=lambda *_a, step=choice.step: self.attendant.take(step))
            yield under(choices.title, [tile], wide) if number == 0 else tile

    def _button(self, button: Button) -> PushButton:
        made = PushButton(button.words, icon=button.icon)
        prints = isinstance(button.step, Print)
        made.bind(
            on_release=lambda *_a: self._print() if prints else self.attendant.take(button.step)
        )
        return made


def _groups(parts: tuple[Part, ...]) -> Iterator[Group]:
    for values, group in groupby(parts, lambda part: isinstance(part, Value)):
        if values:
            yield tuple(group)
        else:
            yield from ((part,) for part in group)


def _rows(buttons: list[PushButton]) -> Iterator[BoxLayout]:
    """Up to three beside each other, as long as the words of all fit."""
    gap, whole = look().gap, look().body_width
    number = next(
        (n for n in (3, 2) if all(b.natural_width <= (whole - gap * (n - 1)) / n for b in buttons)),
        1,
    )
    for at in range(0, len(buttons), number):
        row = BoxLayout(size_hint_y=None, height=look().button, spacing=gap)
        for button in buttons[at : at + number]:
            row.add_widget(button)
        yield row


def _frame(page: SheetPage) -> tuple[str, str, tuple[Button, ...]]:
    return page.title, page.below, page.buttons
