"""Finding an item: what most people come for, the fields, their departments, their items."""

from kivy.uix.gridlayout import GridLayout

from kiosk.catalogue.models import Item, Kind
from kiosk.journeys.steps import DepartmentChosen, FieldChosen, ItemChosen
from kiosk.language import _
from screens.theme import look
from screens.view import View
from screens.widgets.pager import Pager
from screens.widgets.tiles import RowTile, Tile
from screens.widgets.words import Words, text_height


class FindView(View):
    """The fields as tiles, and for filing the twelve most wanted items above them."""

    def compose(self) -> None:
        kind = self.attendant.here.kind
        match kind:
            case Kind.FILE:
                self.heading(_("我要办事"))
                self._frequent()
                self._subheading(_("按领域找"))
            case Kind.LOOK_UP:
                self.heading(_("查询打印"), _("选一个领域，看能查什么"))
            case _:
                self.heading(_("办事指南"), _("选一个领域，看带什么、要多久"))
        self._fields(kind)

    def _subheading(self, words: str) -> None:
        self.add_widget(
            Words(words=words, heavy=True, font_size=look().type.heading, width=look().body_width)
        )

    def _frequent(self) -> None:
        columns = 3 if look().landscape else 2
        wide = (look().body_width - look().gap * (columns - 1)) / columns
        rows, row = [], []
        for item in self.attendant.catalogue.frequent():
            row.append(_item_row(self, item, wide))
            if len(row) == columns:
                rows.append(row)
                row = []
        if row:
            rows.append(row)
        room = look().px(300) if look().landscape else look().px(840)
        self.add_widget(Pager(rows, room, look().px(16), size_hint_y=None, height=room))

    def _fields(self, kind: Kind | None) -> None:
        tiles = GridLayout(cols=5 if look().landscape else 3, spacing=look().gap)
        for field in self.attendant.catalogue.fields_of(kind):
            departments = self.attendant.catalogue.departments_of(field.key, kind)
            count = sum(
                len(self.attendant.catalogue.items_of(d.key, kind)) for d in departments
            )
            tile = Tile(_(field.name), _("{count} 项").format(count=count), field.icon)
            tile.bind(
                on_release=lambda _w, key=field.key: self.attendant.take(FieldChosen(key))
            )
            tiles.add_widget(tile)
        self.add_widget(tiles)


class DepartmentsView(View):
    """The departments of a field that has many."""

    def compose(self) -> None:
        here, catalogue = self.attendant.here, self.attendant.catalogue
        field = next(f for f in catalogue.fields if f.key == here.field)
        self.heading(_(field.name), _("请选择部门"))
        columns = 3 if look().landscape else 2
        wide = (look().body_width - look().gap * (columns - 1)) / columns
        rows, row = [], []
        for department in catalogue.departments_of(here.field, here.kind):
            count = len(catalogue.items_of(department.key, here.kind))
            tile = RowTile(_(department.name), _("{count} 项").format(count=count), "", wide)
            tile.bind(
                on_release=lambda _w, key=department.key: self.attendant.take(
                    DepartmentChosen(key)
                )
            )
            row.append(tile)
            if len(row) == columns:
                rows.append(row)
                row = []
        if row:
            rows.append(row)
        self.add_widget(Pager(rows, self.room(), look().px(16)))


class ItemsView(View):
    """The items of a field or of one department, each under its department's name."""

    def compose(self) -> None:
        here, catalogue = self.attendant.here, self.attendant.catalogue
        if here.department is not None:
            departments = (catalogue.department(here.department),)
            title = _(departments[0].name)
        else:
            departments = catalogue.departments_of(here.field, here.kind)
            title = _(next(f.name for f in catalogue.fields if f.key == here.field))
        self.heading(title, _("请选择事项"))
        rows = []
        for department in departments:
            if len(departments) > 1:
                name = _(department.name)
                size, wide = look().type.least, look().body_width
                rows.append([
                    Words(words=name, font_size=size, color=look().colours.muted, width=wide,
                          height=text_height(name, size, wide))
                ])
            for item in catalogue.items_of(department.key, here.kind):
                rows.append([_item_row(self, item, look().body_width, below=True)])
        self.add_widget(Pager(rows, self.room(), look().px(16)))


def _item_row(view: View, item: Item, width: float, below: bool = False) -> RowTile:
    subtitle = kind_words(item) if below else ""
    row = RowTile(_(item.name), subtitle, "", width)
    row.bind(on_release=lambda _w, code=item.code: view.attendant.take(ItemChosen(code)))
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
