"""The first page: the few things that most people come for, and the way to everything else."""

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout

from kiosk.catalogue.home import HomePage
from kiosk.catalogue.home import Tile as TileData
from kiosk.journeys.attendant import Attendant
from kiosk.journeys.steps import Browse, ItemChosen
from kiosk.language import _
from screens.theme import look
from screens.view import View
from screens.widgets.buttons import Pressable
from screens.widgets.tiles import MainTile, Tile


class HomeView(View):
    can_go_back = False

    def __init__(self, attendant: Attendant, home_page: HomePage) -> None:
        self._home_page = home_page
        super().__init__(attendant)

    def compose(self) -> None:
        px, gap, whole = look().px, look().gap, look().body_width
        self.heading(_("您好，今天想办什么？"), _("请点一下屏幕，选择要办的事"))
        room = self.room()
        if look().landscape:
            left = round(whole * 0.42)
            high, wide = (room - gap) / 2, left
            tile_width = (whole - left - 3 * gap) / 3
            tile_height = (room - 2 * gap) / 3
        else:
            high, wide = px(400 if look().large else 330), (whole - gap) / 2
            tile_width = (whole - 2 * gap) / 3
            tile_height = (room - high - 3 * gap) / 3
        main = BoxLayout(spacing=gap)
        for data in self._home_page.main:
            tile = MainTile(
                _(data.title), _(data.subtitle), data.icon, data.tone == "teal", wide, high
            )
            main.add_widget(self._lead(data, tile))
        tiles = GridLayout(cols=3, spacing=gap)
        for data in self._home_page.tiles:
            small = Tile(_(data.title), _(data.subtitle), data.icon, tile_width, tile_height)
            tiles.add_widget(self._lead(data, small))
        if look().landscape:
            main.orientation = "vertical"
            main.size_hint_x, main.width = None, left
            beside = BoxLayout(spacing=gap)
            beside.add_widget(main)
            beside.add_widget(tiles)
            self.add_widget(beside)
        else:
            main.size_hint_y, main.height = None, high
            self.add_widget(main)
            self.add_widget(tiles)

    def _lead(self, data: TileData, tile: Pressable) -> Pressable:
        tile.bind(on_release=lambda *_a: self._go(data))
        return tile

    def _go(self, data: TileData) -> None:
        if data.kind is not None:
            self.attendant.take(Browse(data.kind))
        elif data.item is not None:
            self.attendant.take(ItemChosen(data.item))
