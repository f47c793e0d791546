"""A play for `inside`: the memory of the kiosk and of the processes it started while citizens
write, in MB of proportional memory (PSS)."""

import gc
from collections.abc import Callable
from pathlib import Path

from kiosk.journeys.steps import Home, Place
from screens.app import KioskApp
from screens.keyboard.ways import Way
from screens.tour.finger import TouchFinger
from screens.tour.hand import Hand
from screens.tour.ui_thread import frames, on_ui
from tests.handwriting.writing import samples
from tests.ui.citizen import WITHIN_FRAMES, reach

SEARCH = "搜事项，如“社保卡”或拼音 sbk"
LETTERS = "baitan"
BY_HAND = samples("common")[:2]


def play(app: KioskApp, *ways: str) -> list[float]:
    """At rest, and for each visit while it is written in this way and after it."""
    _until(lambda: app.attendant.ports.engines.rare is not None)
    hand = Hand(TouchFinger())
    weights = [_weight()]
    for way in map(Way, ways):
        hand.tap(SEARCH)
        if way is Way.LETTERS:
            hand.tap(way.words)
        if way is Way.HANDWRITING:
            for sample in BY_HAND:
                hand.write(sample.character, sample.strokes)
        else:
            for letter in LETTERS:
                hand.tap(letter)
        weights.append(_weight())
        on_ui(lambda: app.attendant.take(Home()))
        reach(app, Place.HOME)
        _until(lambda: not _children())
        weights.append(_weight())
    return weights


def _until(holds: Callable[[], bool]) -> None:
    for _ in range(WITHIN_FRAMES):
        if holds():
            return
        frames(1)
    raise AssertionError("it did not come about in time")


def _children() -> list[Path]:
    own = Path("/proc/self/task").glob("*/children")
    return [Path("/proc", pid) for file in own for pid in file.read_text("ascii").split()]


def _weight() -> float:
    frames(60)
    on_ui(gc.collect)
    lines = [
        line
        for process in (Path("/proc/self"), *_children())
        for line in (process / "smaps_rollup").read_text("ascii").splitlines()
    ]
    kib = [int(line.split()[1]) for line in lines if line.startswith(("Pss:", "SwapPss:"))]
    return sum(kib) / 1024
