"""Kivy made fit for a kiosk; must run before anything else of Kivy is imported."""

import ctypes
import os
import sys
from pathlib import Path

from config.settings import Window


def prepare(window: Window, folder: Path) -> None:
    """Fix every setting of Kivy that an environment variable or a file could change.

    `folder` is where Kivy may keep its own files (it writes none with these settings).
    """
    for name in [n for n in os.environ if n.startswith(("KIVY_", "KCFG_"))]:
        del os.environ[name]
    os.environ.update(
        KIVY_NO_ARGS="1",
        KIVY_NO_CONFIG="1",
        KIVY_NO_ENV_CONFIG="1",
        KIVY_NO_FILELOG="1",
        KIVY_NO_CONSOLELOG="1",
        KIVY_HOME=str(folder),
        KIVY_METRICS_DENSITY="1",
        KIVY_METRICS_FONTSCALE="1",
        KIVY_DPI="96",
        KIVY_WINDOW="sdl2",
        KIVY_TEXT="sdl2",
        KIVY_IMAGE="sdl2",
        KIVY_AUDIO="",
        KIVY_CLIPBOARD="dummy",
        KIVY_SPELLING="",
        # A touch that gives the window its focus is a touch like any other.
        SDL_MOUSE_FOCUS_CLICKTHROUGH="1",
        # A finger is reported as a finger, and not as a mouse as well.
        SDL_TOUCH_MOUSE_EVENTS="0",
        KIVY_CAMERA="",
        KIVY_VIDEO="",
    )
    folder.mkdir(parents=True, exist_ok=True)
    # SDL asks a window manager for the whole screen; where there is none, the window has to be
    # made as large as the screen to begin with.
    size = (_screen() if window.fullscreen else None) or (window.width, window.height)
    from kivy.config import Config

    # Kivy turns stderr into its own log, which is off: errors must be seen by whoever watches.
    sys.stderr = sys.__stderr__
    for section, option, value in (
        ("kivy", "exit_on_escape", "0"),
        ("kivy", "keyboard_mode", "system"),
        ("kivy", "log_level", "warning"),
        ("graphics", "width", str(size[0])),
        ("graphics", "height", str(size[1])),
        ("graphics", "fullscreen", "auto" if window.fullscreen else "0"),
        ("graphics", "borderless", "1"),
        ("graphics", "resizable", "0"),
        ("graphics", "allow_screensaver", "0"),
        ("graphics", "show_cursor", "0"),
        ("graphics", "multisamples", "0"),
        ("graphics", "maxfps", "60"),
        ("graphics", "verify_gl_main_thread", "0"),
    ):
        Config.set(section, option, value)
    # SDL reports fingers by itself; Kivy's other providers would report them again.
    Config.remove_section("input")
    Config.add_section("input")
    Config.set("input", "mouse", "mouse,disable_multitouch")
    Config.remove_section("modules")
    Config.add_section("modules")


def _screen() -> tuple[int, int] | None:
    """Width and height of the X screen in pixels; None where there is no X (then the compositor
    sizes the window)."""
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return None
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = x11.XOpenDisplay(None)
    if not display:
        return None
    handle = ctypes.c_void_p(display)
    number = x11.XDefaultScreen(handle)
    size = (x11.XDisplayWidth(handle, number), x11.XDisplayHeight(handle, number))
    x11.XCloseDisplay(handle)
    return size
