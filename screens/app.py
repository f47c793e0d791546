"""The kiosk's window: builds the first page, opens everything behind it, and shows what the
attendant says."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kivy.app import App
from kivy.base import ExceptionManager
from kivy.clock import Clock as FrameClock
from kivy.core.window import Window

from config.settings import Settings
from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.home import HomePage
from kiosk.clock import Clock
from kiosk.idle import Idle, IdleLimits
from kiosk.journeys.attendant import Attendant
from kiosk.journeys.filling import PageSize
from kiosk.journeys.issuer import Issuer
from kiosk.journeys.ports import Ports
from kiosk.journeys.steps import HOME
from kiosk.language import speak
from screens.bridge import Bridge
from screens.faults import StartOver
from screens.navigation import view_for
from screens.overlays import HelpOverlay, IdleOverlay, Overlay
from screens.shell import Shell
from screens.theme import dress, look
from screens.wedge import Wedge

if TYPE_CHECKING:
    from kiosk.catalogue.search.search import Search

TICK = 0.25
"""Seconds between looks at the idle clock."""


@dataclass(frozen=True)
class Parts:
    """What stands behind the first page; built on a worker thread after the first frame.
    `take_typed` gets what a scanner types, where there is one that does."""

    catalogue: Catalogue
    search: "Search"
    ports: Ports
    stop: Callable[[], None]
    take_typed: Callable[[str], None] | None = None


@dataclass(frozen=True)
class _Opened:
    parts: Parts
    page_size: Callable[[bool], PageSize]


@dataclass(frozen=True)
class _NotOpened:
    error: Exception


class KioskApp(App):
    """`open_parts` loads the catalogue and starts the devices; it gets the function by which they
    publish their events and may take its time. `on_ready` is called once all is open."""

    def __init__(
        self,
        settings: Settings,
        home_page: HomePage,
        open_parts: Callable[[Callable[[object], None]], Parts],
        on_ready: Callable[["KioskApp"], None] | None = None,
    ) -> None:
        super().__init__()
        self.settings = settings
        self.clock = Clock()
        self.ready = threading.Event()
        self._home_page = home_page
        self._open_parts = open_parts
        self._on_ready = on_ready
        self._bridge = Bridge()
        self._parts: Parts | None = None
        self._overlay: Overlay | None = None
        limits = settings.session
        self.attendant = Attendant(
            Issuer(settings.hall.name, settings.hall.terminal),
            self.clock,
            IdleLimits(limits.warn_after, limits.wipe_after, limits.large_type_factor),
        )

    def build(self) -> Shell:
        ExceptionManager.add_handler(
            StartOver(self.ready.is_set, lambda: self.attendant.here == HOME, self.start_over)
        )
        self.shell = Shell(self.settings.hall, self._ask_help)
        self.attendant.moved = self._move
        self.attendant.changed = self._change
        self._bridge.listen(self._hear)
        self._move()
        self._wedge = Wedge(Window)
        Window.bind(on_touch_down=self._touched, on_touch_move=self._touched)
        Window.bind(on_resize=self._resized)
        FrameClock.schedule_interval(self._tick, TICK)
        return self.shell

    def on_start(self) -> None:
        Window.bind(on_flip=self._first_frame)

    def on_stop(self) -> None:
        if self._parts is not None:
            self._parts.stop()

    def open_settings(self, *_args: object) -> bool:
        """Kivy's settings panel is not for citizens."""
        return False

    def start_over(self) -> None:
        """A fresh home page, as for the next citizen."""
        self.attendant.end_visit()

    # Opening

    def _first_frame(self, *_args: object) -> None:
        # Called just before the flip: one turn later the page is on the screen, and whatever it
        # does not need may load.
        Window.unbind(on_flip=self._first_frame)
        FrameClock.schedule_once(self._open, 0)

    def _open(self, _dt: float) -> None:
        threading.Thread(target=self._load, name="opening", daemon=True).start()

    def _load(self) -> None:
        try:
            self._bridge.post(self._opened())
        except Exception as error:  # noqa: BLE001 (raised again on the UI thread, which it ends)
            self._bridge.post(_NotOpened(error))

    def _opened(self) -> _Opened:
        from kiosk.faces import load as load_faces
        from kiosk.faults import known_faults
        from kiosk.language import load_english
        from screens.citizen.form import page_size
        from screens.citizen.rooms import ROOMS
        from screens.glyphs import ASSETS, read_ahead

        # Before the devices, which tell faults as soon as they work.
        known_faults()
        parts = self._open_parts(self._bridge.post)
        load_english(ASSETS / "locale")
        load_faces()
        read_ahead()
        assert ROOMS
        return _Opened(parts, page_size)

    def _hear(self, event: object) -> None:
        match event:
            case _Opened(parts, page_size):
                self._parts = parts
                if parts.take_typed is not None:
                    self._wedge.take = parts.take_typed
                self.ready.set()
                self.attendant.open(parts.catalogue, parts.search, parts.ports, page_size)
                if self._on_ready is not None:
                    self._on_ready(self)
            case _NotOpened(error):
                raise error
            case _:
                self.attendant.hear(event)

    # Showing

    def _move(self) -> None:
        session = self.attendant.session
        speak(session.language)
        dress(Window.width, Window.height, session.large_type)
        self._close_overlay()
        Window.clearcolor = look().colours.canvas
        self.shell.show(self.attendant, view_for(self.attendant, self._home_page))
        self._show_idle()

    def _resized(self, *_args: object) -> None:
        if (Window.width, Window.height) != (look().width, look().height):
            self._move()

    def _change(self) -> None:
        if self.shell.view is not None:
            self.shell.view.refresh()
        self.shell.refresh(self.attendant)
        self._show_help()
        self._show_idle()

    def _tick(self, _dt: float) -> None:
        self.attendant.tick()
        self._show_help()
        self._show_idle()

    def _show_idle(self) -> None:
        state, left = self.attendant.idle()
        if self.shell.header is not None:
            self.shell.header.show_time(left)
        if state is Idle.WARNING:
            if not isinstance(self._overlay, IdleOverlay):
                self._lay_over(IdleOverlay(self._go_on))
            self._overlay.show_seconds(left)
        elif isinstance(self._overlay, IdleOverlay):
            self._close_overlay()

    def _touched(self, *_args: object) -> None:
        # Over the warning only its own button counts, so that nobody goes on unawares.
        if not isinstance(self._overlay, IdleOverlay):
            self.attendant.touched()

    def _go_on(self) -> None:
        self.attendant.touched()
        self._close_overlay()

    def _ask_help(self) -> None:
        phone = self.settings.hall.phone
        self._lay_over(HelpOverlay(self.attendant, phone, self._close_overlay))

    def _show_help(self) -> None:
        if isinstance(self._overlay, HelpOverlay):
            self._overlay.refresh()

    def _lay_over(self, overlay: Overlay) -> None:
        self._close_overlay()
        self._overlay = overlay
        self.shell.add_widget(overlay)

    def _close_overlay(self) -> None:
        if self._overlay is not None:
            self.shell.remove_widget(self._overlay)
            self._overlay = None
