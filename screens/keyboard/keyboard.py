"""The on-screen keyboard: docks below the screen, types into one field at a time."""

from kivy.clock import Clock
from kivy.uix.boxlayout import BoxLayout

from kiosk.language import spoken
from kiosk.text_entry.engines import Engines
from screens.keyboard.keys import Keys
from screens.keyboard.layouts import Effect, Key, last_row
from screens.keyboard.panel import Panel, Target
from screens.keyboard.panels import panel_for
from screens.keyboard.sizes import (
    board_width,
    edge,
    gaps,
    key_height,
    keyboard_height,
    pad_width,
    panel_height,
)
from screens.keyboard.ways import Board, Way, first_way, ways_of
from screens.theme import look
from screens.widgets.surfaces import Plane


class Keyboard:
    """Opens in `dock` when a field is attached, and closes when none is.

    Between two fields the keyboard stays, and is as high for each of them, so that the screen does
    not jump. `by_hand`: lines for Chinese begin with handwriting, as they do once it was chosen,
    until pinyin is.
    """

    def __init__(self, dock: BoxLayout, engines: Engines, by_hand: bool = False) -> None:
        self._dock = dock
        self._engines = engines
        self._by_hand = by_hand
        self._target: Target | None = None
        self._board = Board.CHINESE
        self._way: Way | None = None
        self._panels: dict[Way, Panel] = {}
        self._settle = Clock.create_trigger(self._close_if_idle, -1)

    @property
    def target(self) -> Target | None:
        return self._target

    def attach(self, target: Target, board: Board) -> None:
        """Type into this field from now on."""
        self._end(None)
        self._target = target
        self._board = board
        self._write(first_way(board, self._ways(), spoken(), self._by_hand))

    def detach(self, target: Target) -> None:
        """The field is no longer typed into; closes the keyboard unless another takes over."""
        if self._target is target:
            self._end(None)
            self._target = None
            self._settle()

    def dismiss(self) -> None:
        """End typing: the field loses its focus and the keyboard closes."""
        self._end(None)
        if self._target is not None:
            self._target.focus = False
        self._target = None
        self._close_if_idle()

    def forget(self) -> None:
        """Drop keys and target when the screen is left, and all that was written with them."""
        self.dismiss()
        for panel in self._panels.values():
            panel.forget()
        self._panels.clear()

    def _ways(self) -> tuple[Way, ...]:
        engines = self._engines
        return ways_of(
            self._board,
            pinyin=engines.pinyin is not None,
            handwriting=engines.handwriting is not None,
            radicals=engines.rare is not None,
        )

    def _write(self, way: Way) -> None:
        """By this way from now on."""
        self._way = way
        panel = self._panels.get(way)
        if panel is None:
            panel = self._panels[way] = panel_for(way, self._engines)
            panel.done = self.dismiss
        panel.begin(self._target, self._board)
        if panel.parent is not None:
            panel.parent.remove_widget(panel)
        theme = look()
        ways = self._ways()
        wide = board_width(theme) if len(ways) > 1 else pad_width(theme)
        plane = KeyboardPlane(
            fill=theme.colours.keyboard,
            orientation="vertical",
            spacing=gaps(theme)[1],
            padding=((theme.width - wide) / 2, edge(theme)),
        )
        if len(ways) > 1:
            panel.size_hint_y, panel.height = None, panel_height(theme)
            plane.add_widget(panel)
            row = Keys(last_row(ways, way), self._press)
            row.size_hint_y, row.height = None, key_height(theme)
            plane.add_widget(row)
        else:
            panel.size_hint_y = 1
            plane.add_widget(panel)
        self._dock.clear_widgets()
        self._dock.add_widget(plane)
        self._dock.height = keyboard_height(theme)

    def _press(self, key: Key) -> bool:
        if self._target is None:
            return False
        match key.effect:
            case Effect.WAY:
                if key.way in (Way.PINYIN, Way.HANDWRITING):
                    self._by_hand = key.way is Way.HANDWRITING
                self._end(key.way)
                self._write(key.way)
            case Effect.DONE:
                self.dismiss()
            case _:
                return self._panels[self._way].press(key)
        return True

    def _end(self, to: Way | None) -> None:
        """Nothing stays half-composed."""
        if self._way is not None:
            self._panels[self._way].end(to)

    def _close_if_idle(self, *_args) -> None:
        if self._target is None and self._way is not None:
            self._way = None
            self._dock.clear_widgets()
            self._dock.height = 0


class KeyboardPlane(Plane):
    """The keyboard's ground: a touch between two keys goes no further."""

    def on_touch_down(self, touch) -> bool:
        return super().on_touch_down(touch) or self.collide_point(*touch.pos)
