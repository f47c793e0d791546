"""Finding an item: what most people come for, the fields, their departments, their items."""

from collections.abc import Iterator
from functools import partial

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout
from kivy.uix.widget import Widget

from kiosk.catalogue.models import ApplicantKind, Item, Kind
from kiosk.catalogue.search.found import Category
from kiosk.journeys.collected import groups
from kiosk.journeys.item_words import applicant_words
from kiosk.journeys.steps import (
    ApplicantChosen,
    By,
    Collection,
    DepartmentChosen,
    Destination,
    FieldChosen,
    ItemChosen,
    LookFor,
    Sort,
    Step,
)
from kiosk.language import _
from screens.theme import look
from screens.view import View
from screens.widgets.buttons import Pressable, PushButton
from screens.widgets.pager import Pager, in_rows
from screens.widgets.search_field import SearchField
from screens.widgets.tiles import FieldTile, NameTile, RowTile, Tile
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
                self.title(_("办事指南"), _guide_words(self.attendant.here))
                self._guides()

    def _guides(self) -> None:
        """The ways to sort them, and what there is one way: in a low window beside each other."""
        here, gap = self.attendant.here, look().px(16)
        chosen = By.APPLICANT if here.applicant is not None else here.by
        ways = []
        for by, words in (
            (By.FIELD, _("按领域")),
            (By.DEPARTMENT, _("按部门")),
            (By.APPLICANT, _("按身份")),
            (By.LIFE_EVENT, _("按一件事")),
        ):
            ways.append(PushButton(words, "main" if by is chosen else "pill", pad=look().px(12)))
            ways[-1].bind(on_release=partial(_take, self, Sort(by)))
        room, wide = self.room(), look().body_width
        if look().landscape:
            bar = BoxLayout(orientation="vertical", spacing=gap, size_hint=(None, None),
                            size=(max(way.natural_width for way in ways), room),
                            pos_hint={"top": 1})
            wide -= bar.width + look().gap
            for way in ways:
                way.height = min(look().button, (room - 3 * gap) / 4)
                bar.add_widget(way)
            bar.add_widget(Widget())
            beside = BoxLayout(spacing=look().gap)
            beside.add_widget(bar)
            beside.add_widget(Pager(list(self._ways(here, wide)), room, gap))
            self.add_widget(beside)
            return
        bar = BoxLayout(size_hint_y=None, height=look().button, spacing=gap)
        for way in ways:
            bar.add_widget(way)
        self.add_widget(bar)
        rows = list(self._ways(here, wide))
        self.add_widget(Pager(rows, room - bar.height - look().gap, gap))

    def _ways(self, here: Destination, whole: float) -> Iterator[list[Widget]]:
        """Rows as wide as this."""
        catalogue = self.attendant.catalogue
        departments = [d for d in catalogue.departments if d.field is not None]
        match here.by:
            case By.FIELD:
                yield from self._fields_counted(here, whole)
            case By.DEPARTMENT:
                columns = (5 if look().landscape else 3) - look().large
                wide = _wide(whole, columns)
                tiles = [NameTile(_(d.name), wide) for d in departments]
                for tile, department in zip(tiles, departments, strict=True):
                    tile.bind(on_release=partial(_take, self, DepartmentChosen(department.key)))
                yield from in_rows(tiles, columns)
            case By.APPLICANT:
                tiles: list[Widget] = [
                    _tile(self, ApplicantChosen(kind), applicant_words(kind), icon, _wide(whole, 2))
                    for kind, icon in (
                        (ApplicantKind.PERSON, "user"),
                        (ApplicantKind.ORGANISATION, "building-store"),
                    )
                ]
                yield tiles
            case By.LIFE_EVENT:
                columns = look().columns
                for group in groups(Collection.LIFE_EVENTS, catalogue):
                    tiles = [
                        _item_row(self, item, _wide(whole, columns), parts_words(item))
                        for item in group.items
                    ]
                    yield from _titled(group.title, in_rows(tiles, columns), whole)

    def _fields_counted(self, here: Destination, whole: float) -> Iterator[list[Widget]]:
        """The fields have room for large tiles that say how much is behind them."""
        catalogue, kind, applicant = self.attendant.catalogue, here.kind, here.applicant
        columns = 3 + look().landscape * (1 if look().large else 2)
        wide = _wide(whole, columns)
        tiles = []
        for field in catalogue.fields_of(kind, applicant):
            departments = catalogue.departments_of(field.key, kind, applicant)
            count = sum(len(catalogue.items_of(d.key, kind, applicant)) for d in departments)
            words = _("{count} 项").format(count=count)
            step = FieldChosen(field.key)
            tiles.append(_tile(self, step, _(field.name), field.icon, wide, words))
        yield from in_rows(tiles, columns)

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
            tile.bind(on_release=partial(_choose, self, item.code))
            tiles.append(tile)
        return Pager(in_rows(tiles, 2), room, look().px(16))

    def _fields(self, width: float, columns: int) -> GridLayout:
        catalogue, kind = self.attendant.catalogue, self.attendant.here.kind
        spacing = look().px(16)
        wide = (width - spacing * (columns - 1)) / columns
        tiles = []
        for field in catalogue.fields_of(kind):
            tile = FieldTile(_(field.name), field.icon, wide)
            tile.bind(on_release=partial(_take, self, FieldChosen(field.key)))
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
                _item_row(self, item, look().column, _(catalogue.department(item.department).name))
                for item in items
            ]
            rows += _titled(_(title), in_rows(tiles, look().columns))
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
            tile.bind(on_release=partial(_take, self, DepartmentChosen(department.key)))
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
                _item_row(self, item, look().column, kind_words(item))
                for item in catalogue.items_of(department.key, here.kind, here.applicant)
            ]
            title = _(department.name) if len(departments) > 1 else ""
            rows += _titled(title, in_rows(tiles, look().columns))
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
                _item_row(self, item, look().column, self._about(item)) for item in group.items
            ]
            rows += _titled(group.title, in_rows(tiles, look().columns))
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
            rows.append(_item_row(self, item, look().column, f"{name} · {kind_words(item)}"))
        self.add_widget(Pager(in_rows(rows, look().columns), self.room(), look().px(16)))


def _wide(whole: float, columns: int) -> float:
    return (whole - look().gap * (columns - 1)) / columns


def _titled(title: str, rows: list[list[Widget]], width: float = 0) -> list[list[Widget]]:
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


def _tile(
    view: View, step: Step, title: str, icon: str, wide: float, below: str = ""
) -> Pressable:
    """A large one, or a low one where large type has no room for it."""
    if look().landscape and look().large:
        tile: Pressable = FieldTile(title, icon, wide)
    else:
        high = look().px(230 if look().landscape else 300)
        tile = Tile(title, below, icon, wide, high)
        tile.size_hint_y, tile.height = None, high
    tile.bind(on_release=partial(_take, view, step))
    return tile


def _guide_words(here: Destination) -> str:
    """What is to be chosen, and of whom the guides are."""
    if here.applicant is not None:
        return _("{applicant}可以办的，选一个领域").format(
            applicant=applicant_words(here.applicant)
        )
    match here.by:
        case By.FIELD:
            return _("选一个领域，看带什么、要多久")
        case By.DEPARTMENT:
            return _("选一个部门，看它办哪些事")
        case By.APPLICANT:
            return _("为谁办事？")
        case By.LIFE_EVENT:
            return _("选一件事，看要一起办哪些事项")


def parts_words(item: Item) -> str:
    return _("{count} 个事项一次办").format(count=len(item.parts))


def _take(view: View, step: Step, *_args: object) -> None:
    view.attendant.take(step)


def _item_row(view: View, item: Item, width: float, below: str) -> RowTile:
    row = RowTile(_(item.name), below, "", width)
    row.bind(on_release=partial(_choose, view, item.code))
    return row


def _choose(view: View, code: str, *_args: object) -> None:
    view.attendant.take(ItemChosen(code))


def kind_words(item: Item) -> str:
    """What can be done with the item here, in a few words."""
    match item.kind:
        case Kind.FILE:
            return _("可在本机办理")
        case Kind.LOOK_UP:
            return _("可在本机查询")
        case Kind.GUIDE:
            return _("到窗口办理，这里看指南")
