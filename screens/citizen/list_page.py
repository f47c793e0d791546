"""A list that leads on by choosing: cases, windows, days, times."""

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.journeys.pages import Choice, ListPage, Told
from kiosk.language import _
from screens.theme import look
from screens.view import Action, View
from screens.widgets.pager import Pager, bar_height, in_rows
from screens.widgets.surfaces import Notice
from screens.widgets.tiles import RowTile
from screens.widgets.words import text_width

FEW = 6
"""Up to so many short choices stand below each other; more stand side by side."""


class ListView(View):
    def compose(self) -> None:
        self._shown: ListPage | None = None
        self._pager: Pager | None = None
        self.refresh()

    def refresh(self) -> None:
        page = self.attendant.page()
        if page == self._shown:
            return
        before, self._shown = self._shown, page
        if before is None or (page.title, page.below) != (before.title, before.below):
            self.clear_widgets()
            self._used = 0.0
            self._pager = None
            self.heading(page.title, page.below, low=look().landscape)
            self._body = BoxLayout()
            self.add_widget(self._body)
        if before is None or (page.told, page.choices) != (before.told, before.choices):
            turned = self._pager.page if self._pager is not None else 0
            self._pager = Pager(self._rows(page), self.room(), look().px(16), turned)
            self._body.clear_widgets()
            self._body.add_widget(self._pager)
        if before is None or page.main != before.main:
            self.action_changed()

    def action(self) -> Action | None:
        main = self._shown.main if self._shown is not None else None
        if main is None:
            return None
        return Action(main.words, lambda: self.attendant.take(main.step), icon=main.icon)

    def leave(self) -> None:
        self._shown = None
        super().leave()

    def _rows(self, page: ListPage) -> list[list[Widget]]:
        columns = _columns(page.choices)
        tiles = self._tiles(page, columns)
        if any(tile.height > self.room() - bar_height() - look().px(16) for tile in tiles):
            columns = 1
            tiles = self._tiles(page, columns)
        wide = _wide(columns)
        if columns <= look().columns:
            rows = in_rows([*(told_notice(told, wide) for told in page.told), *tiles], columns)
        else:
            whole = look().body_width
            rows = [[told_notice(told, whole)] for told in page.told] + in_rows(tiles, columns)
        for row in rows:
            high = max(widget.height for widget in row)
            for widget in row:
                if isinstance(widget, RowTile):
                    widget.height = high
        return rows

    def _tiles(self, page: ListPage, columns: int) -> list[Widget]:
        return [self._tile(choice, _wide(columns)) for choice in page.choices]

    def _tile(self, choice: Choice, wide: float) -> RowTile:
        tile = RowTile(choice.words, choice.below, choice.icon, wide, choice.tag,
                       choice.tag_tone.value, choice.enabled)
        tile.bind(on_release=lambda *_a: self.attendant.take(choice.step))
        return tile


def told_notice(told: Told, wide: float) -> Notice:
    code = _("故障代码 {code}").format(code=told.code) if told.code else ""
    return Notice(told.title, told.words, told.tone.value, told.icon, wide, code)


def _columns(choices: tuple[Choice, ...]) -> int:
    """Side by side as many as hold their words on one line, but a few below each other."""
    least = look().columns
    if len(choices) <= FEW or any(choice.icon for choice in choices):
        return least
    type_ = look().type
    widest = max(
        max(text_width(choice.words, type_.body, True), text_width(choice.below, type_.least))
        + (text_width(choice.tag, type_.least) + look().px(60) if choice.tag else 0)
        for choice in choices
    )
    frame = look().px(32) * 2 + look().px(24) + look().px(50) + 4
    return next((n for n in range(2 * least, least, -1) if widest + frame <= _wide(n)), least)


def _wide(columns: int) -> float:
    return (look().body_width - look().gap * (columns - 1)) // columns
