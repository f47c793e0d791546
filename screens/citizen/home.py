"""The first page: the few things that most people come for, and the way to everything else."""

from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout

from kiosk.catalogue.home import HomePage
from kiosk.catalogue.home import Tile as TileData
from kiosk.journeys.attendant import Attendant
from kiosk.journeys.steps import LookFor
from kiosk.language import _
from screens.theme import look
from screens.view import View
from screens.widgets.buttons import Pressable
from screens.widgets.search_field import SEARCH_HEIGHT, SearchField, invitation
from screens.widgets.tiles import MainTile, Tile
from screens.widgets.words import text_width


class HomeView(View):
    can_go_back = False

    def __init__(self, attendant: Attendant, home_page: HomePage) -> None:
        self._home_page = home_page
        super().__init__(attendant)

    def compose(self) -> None:
        px, gap, whole = look().px, look().gap, look().body_width
        self._greet()
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

    def _greet(self) -> None:
        """And the search: below the greeting, or where the window is wide beside it."""
        high, wide = look().px(SEARCH_HEIGHT), look().body_width
        if look().landscape:
            wide = round(wide * 0.5)
        field = SearchField(
            invitation(), wide, high, lambda: self.attendant.take(LookFor(by_hand=True))
        )
        field.bind(on_release=lambda *_a: self.attendant.take(LookFor()))
        greeting, below = _("您好，今天想办什么？"), _("请点一下屏幕，选择要办的事")
        if look().landscape:
            room = look().body_width - wide - look().gap
            long = text_width(greeting, look().type.title, True) > room
            self.heading(greeting, "" if long else below, beside=field)
        else:
            self.heading(greeting, below)
            self.add_widget(field)
            self._used += high + look().gap

    def _lead(self, data: TileData, tile: Pressable) -> Pressable:
        tile.bind(on_release=lambda *_a: self.attendant.take(data.step))
        return tile
