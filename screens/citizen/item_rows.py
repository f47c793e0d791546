"""Rows of items as the lists of items show them, and what is said in them."""

from functools import partial

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.catalogue.models import Item, Kind
from kiosk.journeys.steps import ItemChosen, Step
from kiosk.language import _
from screens.theme import look
from screens.view import View
from screens.widgets.tiles import RowTile
from screens.widgets.words import Words


def titled(title: str, rows: list[list[Widget]], width: float = 0) -> list[list[Widget]]:
    """The first of them under the title, if there is one; `width` is theirs, or the body's."""
    if not title or not rows:
        return rows
    return [[under(title, rows[0], width or look().body_width)], *rows[1:]]


def under(title: str, row: list[Widget], width: float) -> BoxLayout:
    """A row of this width below its title, so that the two stay on one page."""
    size = look().type.least
    words = Words(words=title, font_size=size, color=look().colours.muted,
                  width=width)
    line = BoxLayout(size_hint_y=None, height=max(w.height for w in row), spacing=look().gap)
    for widget in row:
        line.add_widget(widget)
    block = BoxLayout(orientation="vertical", size_hint_y=None,
                      height=words.height + look().px(8) + line.height, spacing=look().px(8))
    block.add_widget(words)
    block.add_widget(line)
    return block


def parts_words(item: Item) -> str:
    return _("{count} 个事项一次办").format(count=len(item.parts))


def take(view: View, step: Step, *_args: object) -> None:
    view.attendant.take(step)


def item_row(view: View, item: Item, width: float, below: str) -> RowTile:
    row = RowTile(_(item.name), below, "", width)
    row.bind(on_release=partial(take, view, ItemChosen(item.code)))
    return row


def kind_words(item: Item) -> str:
    """What can be done with the item here, in a few words."""
    match item.kind:
        case Kind.FILE:
            return _("可在本机办理")
        case Kind.LOOK_UP:
            return _("可在本机查询")
        case Kind.GUIDE:
            return _("到窗口办理，这里看指南")
