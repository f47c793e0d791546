"""A play for `inside`: a tour during which the UI thread is watched."""

import gc
import re
from pathlib import Path
from typing import Any

from screens.app import KioskApp
from screens.tour.finger import TouchFinger
from screens.tour.player import Player
from screens.tour.script import load_tour
from screens.tour.stage import Stage
from screens.tour.ui_thread import on_ui
from tests.ui.blocks import Blocks
from tests.ui.kiosk_process import addresses
from tests.ui.ui_thread_watch import UiThreadWatch

ARMED = {
    "tap 开始查询": ("status change",),
    "card tests/cards/lin-yulan.yaml": ("transmit",),
    "expect text: 参保状态, within: 20": ("resolve", "connect"),
    "tap 打印凭条": ("send to the printer", "receive from the printer"),
    "card tests/cards/zhang-yan.yaml": ("freeze",),
    "tap 现在的联系地址": ("read a file",),
    "tap 提交申请": ("commit", "send to the intake", "receive from the intake"),
}
"""What is made to wait during which step."""


blocks: Blocks | None = None


def prepare(_file: str, _folder: str, _control: str, world: str, how: str) -> None:
    """Before the outbox is opened, whose connection stays."""
    global blocks
    blocks = Blocks(int(world)) if how == "blocked" else None


def play(app: KioskApp, file: str, folder: str, control: str, _world: str, _how: str) -> Any:
    """`how` is plain or blocked; `world` the process group of the sandbox."""
    tour = load_tour(Path(file))
    steps = [step.words for step in tour.steps]
    assert set(ARMED) <= set(steps), set(ARMED) - set(steps)
    watch = UiThreadWatch()
    told: list[str] = []
    armed: list[str] = []

    def say(line: str) -> None:
        told.append(line)
        done = re.match(r"✓ (\d+) ", line)
        number = int(done[1]) if done else 0
        if number >= len(steps):
            return
        # What is waited for belongs to the step before it: there it happens without a block.
        if not steps[number].startswith("expect"):
            watch.step = f"{number + 1} {steps[number]}"
        if blocks is not None and steps[number] in ARMED:
            armed.append(watch.step)
            blocks.arm(*ARMED[steps[number]])

    stage = Stage([], int(control), addresses(app.settings))
    with stage.open(set(), Path(folder)):
        player = Player(app, TouchFinger(), stage, Path(folder), say)
        # A collection of garbage takes 0.2 s and may fall into any step: no wait for a call.
        gc.disable()
        on_ui(watch.begin)
        player.play(tour)
    return {
        "told": told,
        "calls": watch.calls,
        "gaps": watch.gaps,
        "armed": armed,
        "fired": blocks.fired if blocks is not None else {},
    }
