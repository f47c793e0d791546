"""From process start to a home page that answers a touch, and memory once all is loaded: the
kiosk beside Debian's Chromium in kiosk mode with the same page, in turn, on one virtual screen.

Both are watched from outside, in the same way: the pixel of the first tile tells that the page is
there; a touch by XTEST and the tile's pressed colour tell that it answers.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from Xlib import X, display
from Xlib.ext import xtest

from tests.benchmarks.home_page import ROOT, write_home_page

TILE = (480, 560)
"""A point of the first large tile without text or icon, in pixels from the upper left."""
REST, PRESSED = (0x15, 0x57, 0xC0), (0x0D, 0x3F, 0x91)
HEADING = (48, 230, 600, 2)
"""Two rows of pixels through the heading's words: x, y, width, height."""
INK = bytes((0x3D, 0x21, 0x14))
"""The colour of the words, as the X server gives it: blue, green, red."""
ROUNDS = 5
SETTLE = 4.0
"""Seconds after the touch until everything that loads after the first frame is there."""
PATIENCE = 60.0
"""Seconds after which a start has failed."""
GOAL_TIME, GOAL_MEMORY = 0.8, 0.5


@dataclass(frozen=True)
class Start:
    """Seconds to the first frame and to the answered touch; memory as PSS in MB."""

    shown: float
    touchable: float
    memory: float


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "home.html"
        write_home_page(page)
        settings = Path(folder) / "kiosk.toml"
        shipped = (ROOT / "config" / "kiosk.toml").read_text("utf-8")
        settings.write_text(shipped.replace('folder = "var"', f'folder = "{folder}/var"'), "utf-8")
        kiosk = [sys.executable, str(ROOT / "main.py"), "run", "--config", str(settings)]
        browser = [
            "chromium", "--kiosk", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-quic", "--allow-file-access-from-files", "--window-size=1080,1920",
            "--window-position=0,0", f"--user-data-dir={folder}/chromium", page.as_uri(),
        ]
        watch(kiosk), watch(browser)  # warm: caches, byte code, the browser's profile
        ours, theirs = [], []
        for _round in range(ROUNDS):
            ours.append(watch(kiosk))
            theirs.append(watch(browser))
    return _report(ours, theirs)


def watch(command: Sequence[str]) -> Start:
    """Start the command on a fresh virtual screen, wait, touch, wait, weigh, end it."""
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1080x1920x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert screen.stdout is not None
    name = f":{int(screen.stdout.readline())}"
    eye = display.Display(name)
    began = time.monotonic()
    process = subprocess.Popen(
        command,
        env=os.environ | {"DISPLAY": name},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        shown = max(_until(eye, REST, began), _until_words(eye, began))
        touchable = _touch_until_answered(eye, began)
        time.sleep(SETTLE)
        return Start(shown, touchable, _memory(process.pid))
    finally:
        os.killpg(process.pid, 9)
        process.wait()
        eye.close()
        screen.terminate()
        screen.wait()


def _touch_until_answered(eye: display.Display, began: float) -> float:
    """A finger that presses again every 0.1 s until the tile shows it."""
    while True:
        for kind, detail in ((X.MotionNotify, 0), (X.ButtonPress, 1)):
            xtest.fake_input(eye, kind, detail, x=TILE[0], y=TILE[1])
        eye.sync()
        try:
            return _until(eye, PRESSED, began, time.monotonic() + 0.1)
        except TimeoutError:
            if time.monotonic() - began > PATIENCE:
                raise
            xtest.fake_input(eye, X.ButtonRelease, 1)


def _until_words(eye: display.Display, began: float) -> float:
    """Seconds since `began` when the words of the heading are there: a browser paints its boxes
    before its letters."""
    root = eye.screen().root
    while time.monotonic() - began < PATIENCE:
        pixels = root.get_image(*HEADING, X.ZPixmap, 0xFFFFFFFF).data
        if INK in (pixels[at : at + 3] for at in range(0, len(pixels), 4)):
            return time.monotonic() - began
        time.sleep(0.002)
    raise TimeoutError("no words")


def _until(
    eye: display.Display, colour: tuple[int, int, int], began: float, end: float | None = None
) -> float:
    """Seconds since `began` when the pixel has this colour."""
    root = eye.screen().root
    while time.monotonic() < (began + PATIENCE if end is None else end):
        blue, green, red, _pad = root.get_image(*TILE, 1, 1, X.ZPixmap, 0xFFFFFFFF).data
        if (red, green, blue) == colour:
            return time.monotonic() - began
        time.sleep(0.002)
    raise TimeoutError(f"no pixel of colour {colour}")


def _memory(session: int) -> float:
    """PSS in MB of all processes of the session."""
    total = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            if int(fields[3]) != session:
                continue
            for line in (entry / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        except OSError:
            continue
    return total / 1024


def _report(ours: list[Start], theirs: list[Start]) -> int:
    print(f"{'':24}{'kiosk':>10}{'Chromium':>10}{'ratio':>8}{'goal':>8}")
    good = True
    for words, pick, unit, goal in (
        ("first frame", lambda s: s.shown, "s", None),
        ("touch answered", lambda s: s.touchable, "s", GOAL_TIME),
        ("memory (PSS)", lambda s: s.memory, "MB", GOAL_MEMORY),
    ):
        a, b = (statistics.median(map(pick, starts)) for starts in (ours, theirs))
        ratio = a / b
        good = good and (goal is None or ratio <= goal)
        aim = "" if goal is None else f"≤ {goal}"
        print(f"{words:20}{unit:4}{a:10.2f}{b:10.2f}{ratio:8.2f}{aim:>8}")
    print(f"medians of {ROUNDS} starts each, in turn, both warm")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
