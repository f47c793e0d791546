"""Finding an item: what most people come for, the fields, their departments, their items."""

from functools import partial

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout
from kivy.uix.widget import Widget

from kiosk.catalogue.models import Item, Kind
from kiosk.catalogue.search.found import Category
from kiosk.journeys.collected import groups
from kiosk.journeys.steps import Collection, DepartmentChosen, FieldChosen, ItemChosen, LookFor
from kiosk.language import _
from screens.citizen.guides import show_guides, sorted_words
from screens.citizen.item_rows import item_row, kind_words, parts_words, take, titled
from screens.theme import look
from screens.view import View
from screens.widgets.pager import Pager, in_rows
from screens.widgets.search_field import SearchField
from screens.widgets.tiles import FieldTile, NameTile, RowTile
from screens.widgets.words import Words


class BrowsingView(View):
    """Whoever does not find it by looking can type at any time."""

    def title(self, words: str, below: str = "") -> None:
        wide, high = round(look().body_width * 0.42), look().px(96)
        field = SearchField(_("搜事项"), wide, high)
        field.bind(on_release=lambda *_a: self.attendant.take(LookFor()))
        self.heading(words, below, beside=field)


class FindView(BrowsingView):
    """The most wanted items and the fields; the few look-ups all at once."""

    def compose(self) -> None:
        match self.attendant.here.kind:
            case Kind.FILE:
                self.title(_("我要办事"))
                self._wanted_beside_fields()
            case Kind.LOOK_UP:
                self.title(_("证照与记录"), _("刷身份证查看，可以打印凭条"))
                self._all_items()
            case _:
                self.title(_("办事指南"), sorted_words(self.attendant.here))
                show_guides(self)

    def _wanted_beside_fields(self) -> None:
        whole, gap = look().body_width, look().gap
        head = look().type.heading * look().type.line_height + look().px(16)
        if look().landscape:
            left = round(whole * 0.44)
            fields = self._fields(whole - left - gap, 3)
            beside = BoxLayout(spacing=gap)
            beside.add_widget(self._block(_("常办"), self._wanted(left, self.room() - head), left))
            beside.add_widget(self._block(_("按领域找"), fields, whole - left - gap))
            self.add_widget(beside)
            return
        fields = self._fields(whole, 3)
        room = self.room() - fields.height - 2 * head - 2 * gap
        self.add_widget(self._block(_("常办"), self._wanted(whole, room), whole))
        lower = self._block(_("按领域找"), fields, whole)
        lower.size_hint_y, lower.height = None, fields.height + head
        self.add_widget(lower)

    def _block(self, title: str, content: Widget, width: float) -> BoxLayout:
        block = BoxLayout(orientation="vertical", spacing=look().px(16), size_hint_x=None,
                          width=width)
        block.add_widget(
            Words(words=title, heavy=True, font_size=look().type.heading, width=width)
        )
        block.add_widget(content)
        if content.size_hint_y is None and look().landscape:
            block.add_widget(Widget())
        return block

    def _wanted(self, width: float, room: float) -> Pager:
        wide = (width - look().gap) / 2
        tiles = []
        for item in self.attendant.catalogue.frequent:
            tile = NameTile(_(item.name), wide)
            tile.bind(on_release=partial(take, self, ItemChosen(item.code)))
            tiles.append(tile)
        return Pager(in_rows(tiles, 2), room, look().px(16))

    def _fields(self, width: float, columns: int) -> GridLayout:
        catalogue, kind = self.attendant.catalogue, self.attendant.here.kind
        spacing = look().px(16)
        wide = (width - spacing * (columns - 1)) / columns
        tiles = []
        for field in catalogue.fields_of(kind):
            tile = FieldTile(_(field.name), field.icon, wide)
            tile.bind(on_release=partial(take, self, FieldChosen(field.key)))
            tiles.append(tile)
        tallest = max(tile.height for tile in tiles)
        grid = GridLayout(cols=columns, spacing=spacing, size_hint_y=None)
        for tile in tiles:
            tile.height = tallest
            grid.add_widget(tile)
        lines = -(-len(tiles) // columns)
        grid.height = lines * tallest + (lines - 1) * spacing
        return grid

    def _all_items(self) -> None:
        catalogue = self.attendant.catalogue
        rows = []
        for title, items in catalogue.look_ups():
            tiles = [
                item_row(self, item, look().column, _(catalogue.department(item.department).name))
                for item in items
            ]
            rows += titled(_(title), in_rows(tiles, look().columns))
        self.add_widget(Pager(rows, self.room(), look().px(16)))


class DepartmentsView(BrowsingView):
    """The departments of a field that has many."""

    def compose(self) -> None:
        here, catalogue = self.attendant.here, self.attendant.catalogue
        field = next(f for f in catalogue.fields if f.key == here.field)
        self.title(_(field.name), _("请选择部门"))
        columns = 3 if look().landscape else 2
        wide = (look().body_width - look().gap * (columns - 1)) / columns
        tiles = []
        for department in catalogue.departments_of(here.field, here.kind, here.applicant):
            count = len(catalogue.items_of(department.key, here.kind, here.applicant))
            tile = RowTile(_(department.name), _("{count} 项").format(count=count), "", wide)
            tile.bind(on_release=partial(take, self, DepartmentChosen(department.key)))
            tiles.append(tile)
        self.add_widget(Pager(in_rows(tiles, columns), self.room(), look().px(16)))


class ItemsView(BrowsingView):
    """The items of a field or of one department, each under its department's name."""

    def compose(self) -> None:
        here, catalogue = self.attendant.here, self.attendant.catalogue
        if here.life_event is not None:
            self._list_life_event(here.life_event)
            return
        if here.collection is not None:
            self._list_collection(here.collection)
            return
        if here.department is not None:
            departments = (catalogue.department(here.department),)
            title = _(departments[0].name)
        else:
            departments = catalogue.departments_of(here.field, here.kind, here.applicant)
            title = _(next(f.name for f in catalogue.fields if f.key == here.field))
        self.title(title, _("请选择事项"))
        rows = []
        for department in departments:
            tiles = [
                item_row(self, item, look().column, kind_words(item))
                for item in catalogue.items_of(department.key, here.kind, here.applicant)
            ]
            title = _(department.name) if len(departments) > 1 else ""
            rows += titled(title, in_rows(tiles, look().columns))
        self.add_widget(Pager(rows, self.room(), look().px(16)))

    def _list_collection(self, collection: Collection) -> None:
        match collection:
            case Collection.LIFE_EVENTS:
                self.title(_("一件事一次办"), _("一张表，几件事一起办"))
            case Collection.ELSEWHERE:
                self.title(_("跨省通办"), _("别处的事，在这里交"))
            case Collection.VOICES:
                self.title(_("办不成事"), _("说了有编号，办得怎样可以查"))
        rows = []
        for group in groups(collection, self.attendant.catalogue):
            tiles = [
                item_row(self, item, look().column, self._about(item)) for item in group.items
            ]
            rows += titled(group.title, in_rows(tiles, look().columns))
        self.add_widget(Pager(rows, self.room(), look().px(16)))

    def _about(self, item: Item) -> str:
        """What it is about, and who does it where that is not said."""
        if item.parts:
            return parts_words(item)
        if item.guide.summary:
            return _(item.guide.summary)
        name = _(self.attendant.catalogue.department(item.department).name)
        return f"{name} · {kind_words(item)}"

    def _list_life_event(self, event: Category) -> None:
        catalogue = self.attendant.catalogue
        self.title(_(event.name), _("请选择事项"))
        rows = []
        for item in map(catalogue.item, event.items):
            name = _(catalogue.department(item.department).name)
            rows.append(item_row(self, item, look().column, f"{name} · {kind_words(item)}"))
        self.add_widget(Pager(in_rows(rows, look().columns), self.room(), look().px(16)))
