"""Finding an item by typing: what fits stands there with each letter."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.catalogue.models import Item, Kind
from kiosk.catalogue.search.found import Category, Found, Match, Part
from kiosk.journeys.steps import CategoryChosen, ItemChosen
from kiosk.language import Language, _, spoken
from screens.citizen.overheard_pinyin import OverheardPinyin
from screens.fields.search_line import SearchLine
from screens.keyboard.keyboard import Keyboard
from screens.theme import look
from screens.view import Action, View
from screens.widgets.found_pane import BETWEEN, Finding, FoundPane
from screens.widgets.search_field import invitation
from screens.widgets.words import Words

MOST = 20
"""Items that are offered; who finds nothing among them types on."""

_BEFORE_CATEGORIES = 3
_MOST_CATEGORIES = 2
"""Named beside items: after the likeliest three items, so that they stand on the first page."""


class SearchView(View):
    """A look at the catalogue takes about a millisecond, so it is taken on the UI thread."""

    def compose(self) -> None:
        theme = look()
        self.padding = self.spacing = 0
        self._nothing_found = False
        self._dock = BoxLayout(size_hint_y=None, height=0)
        engines = self.attendant.ports.engines
        if engines.pinyin is not None:
            pinyin = OverheardPinyin(engines.pinyin, self._hear, self._give_up)
            engines = replace(engines, pinyin=pinyin)
        self._keyboard = Keyboard(self._dock, engines, self.attendant.here.by_hand)
        self._line = SearchLine(
            self._keyboard,
            theme.px(92 if theme.landscape else 124 if theme.large else 100),
            _("搜事项") if theme.landscape else invitation(),
            self.session.sought,
        )
        self._line.bind(on_sought=self._look)
        self._caption = Words(
            font_size=theme.type.least, color=theme.colours.muted, one_line=True
        )
        self._pane = self._lay_out()
        self.add_widget(self._dock)
        self._look()
        if not self.session.sought:
            self._line.input.focus = True

    def action(self) -> Action | None:
        if self._nothing_found:
            return Action(_("请导办员帮忙"), self.ask_help, icon="heart-handshake")
        return None

    def leave(self) -> None:
        self._line.forget()
        self._keyboard.forget()
        self._pane.forget()
        super().leave()

    def _lay_out(self) -> FoundPane:
        """The line above what was found; beside it where the keyboard leaves little height."""
        theme = look()
        width = theme.body_width
        body = BoxLayout(spacing=theme.px(20))
        self.add_widget(body)
        if not theme.landscape:
            body.orientation = "vertical"
            body.padding = (theme.margin, theme.px(24))
            self._caption.width = width
            pane = FoundPane()
            for widget in (self._line, self._caption, pane):
                body.add_widget(widget)
            return pane
        body.padding = (theme.margin, theme.px(6 if theme.large else 12))
        wide = round(width * 0.3)
        side = BoxLayout(
            orientation="vertical", size_hint_x=None, width=wide,
            spacing=theme.px(8 if theme.large else 6),
        )
        self._caption.width = wide
        turning = BoxLayout(size_hint_y=None, height=theme.px(96))
        pane = FoundPane(turning)
        for widget in (self._line, self._caption, turning, Widget()):
            side.add_widget(widget)
        body.add_widget(side)
        body.add_widget(pane)
        return pane

    def _hear(self, composing: str) -> None:
        self._line.hear(composing)

    def _give_up(self, letters: str) -> None:
        self._line.give_up(letters)

    # Finding

    def _look(self, *_args) -> None:
        typed = self._line.typed
        self.attendant.seek(typed)
        found = self.attendant.search.find(typed, MOST)
        if not found.items and not found.categories:
            self._show(_("常办"), list(map(self._wanted, self.attendant.catalogue.frequent)))
        elif not found.items:
            words = _("没有找到，可以看看这些：")
            self._show(words, list(map(self._category, found.categories)), nothing_found=True)
        else:
            count = len(found.items)
            words = _("最相关的 {count} 项") if count == MOST else _("找到 {count} 项")
            self._show(words.format(count=count), list(self._findings(found)))

    def _findings(self, found: Found) -> Iterator[Finding]:
        catalogue = self.attendant.catalogue
        items = [self._item(catalogue.item(hit.code), hit.match) for hit in found.items]
        yield from items[:_BEFORE_CATEGORIES]
        yield from map(self._category, found.categories[:_MOST_CATEGORIES])
        yield from items[_BEFORE_CATEGORIES:]

    def _wanted(self, item: Item) -> Finding:
        return Finding(_(item.name), self._about(item), partial(self._choose, item.code))

    def _item(self, item: Item, match: Match) -> Finding:
        finding = self._wanted(item)
        met = (match.start, match.stop)
        if match.words == finding.name:
            return replace(finding, name_met=met)
        if match.part not in (Part.ALIAS, Part.LIFE_EVENT):
            return finding
        if match.words.isascii() and met == (0, 0) and spoken() is Language.CHINESE:
            # English words that the letters only resemble.
            return finding
        return replace(finding, about=f"{match.words}{BETWEEN}{finding.about}", about_met=met)

    def _category(self, category: Category) -> Finding:
        return Finding(
            _(category.name),
            _("{count} 项").format(count=len(category.items)),
            lambda: self.attendant.take(CategoryChosen(category)),
            icon="layout-grid",
        )

    def _about(self, item: Item) -> str:
        department = self.attendant.catalogue.department(item.department)
        return f"{_(department.name)}{BETWEEN}{_where(item)}"

    def _choose(self, code: str) -> None:
        self.attendant.take(ItemChosen(code))

    # Showing

    def _show(self, caption: str, findings: list[Finding], nothing_found: bool = False) -> None:
        self._caption.words = caption
        if nothing_found != self._nothing_found:
            self._nothing_found = nothing_found
            self.action_changed()
        self._pane.show(findings)


def _where(item: Item) -> str:
    match item.kind:
        case Kind.FILE:
            return _("可在本机办理")
        case Kind.LOOK_UP:
            return _("可在本机查询")
        case Kind.GUIDE:
            return _("到窗口办理")
