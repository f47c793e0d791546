"""Plays tours, step by step, on a thread of its own: the window's thread only draws."""

import time
from collections.abc import Callable
from pathlib import Path

from kiosk.devices import DeviceState
from screens.app import KioskApp
from screens.tour.actions import (
    Absent,
    Action,
    Camera,
    Card,
    Choose,
    Expect,
    External,
    Idle,
    Intake,
    IntakeState,
    Officer,
    Paper,
    Printer,
    PrinterState,
    Reader,
    Scan,
    Screenshot,
    Sign,
    Tap,
    Text,
    Type,
    Wait,
    Write,
)
from screens.tour.eyes import Sight
from screens.tour.finger import Finger
from screens.tour.hand import Hand
from screens.tour.problem import CannotDo
from screens.tour.script import Step, Tour
from screens.tour.stage import Stage, StageProblem
from screens.tour.ui_thread import WindowStuck, frames, on_ui, picture

_LOOK_EVERY = 0.05
_DEVICES_WITHIN = 6.0
"""Seconds at the beginning of a tour in which the devices come up."""
_IDLE_SHOWS_AFTER = 0.75
"""Seconds until the window has looked at the moved clock twice."""


class Player:
    """`say` gets a line for each step; pictures go into `out`, numbered through all tours."""

    def __init__(
        self, kiosk: KioskApp, finger: Finger, stage: Stage, out: Path, say: Callable[[str], None]
    ) -> None:
        self._kiosk = kiosk
        self._hand = Hand(finger)
        self._stage = stage
        self._out = out
        self._say = say
        self._pictures = 0

    def play(self, tour: Tour) -> bool:
        """Whether every step went as the tour says; ends at the first that did not."""
        self._say(f"{tour.title} ({tour.file})")
        try:
            self._begin()
        except (StageProblem, WindowStuck) as problem:
            self._say(f"✗ {problem}")
            return False
        for number, step in enumerate(tour.steps, start=1):
            try:
                self._do(step.action)
            except (CannotDo, StageProblem, WindowStuck) as problem:
                self._tell_failure(tour, number, step, problem)
                return False
            self._say(f"✓ {number} {step.words}")
        return True

    def _begin(self) -> None:
        self._stage.reset()
        on_ui(self._kiosk.start_over)
        until = time.monotonic() + _DEVICES_WITHIN
        while not on_ui(self._devices_up) and time.monotonic() < until:
            time.sleep(_LOOK_EVERY)
        frames(3)

    def _devices_up(self) -> bool:
        """As far as they will: a tour may begin with a device out of order."""
        attendant = self._kiosk.attendant
        return (
            attendant.reader.device is not DeviceState.STARTING
            and (attendant.printer.ready or not self._stage.has("printer"))
            and (attendant.intake.can_file or not self._stage.has("intake"))
        )

    def _do(self, action: Action) -> None:
        match action:
            case Tap(control):
                self._hand.tap(control)
            case Type(texts):
                for label, text in texts.items():
                    number = Text(self._stage.receipt_number()) if text.of_receipt else text
                    self._hand.type(label, number)
            case Write(text, strokes):
                self._hand.write(text, strokes)
            case Choose(options):
                for label, chosen in options.items():
                    self._hand.choose(label, chosen)
            case Sign():
                self._hand.sign()
            case Card(External()) | Printer(External()) | Intake(External()):
                self._say(f"  {type(action).__name__.lower()}: now it is for you to do")
            case Card(file, reader):
                self._stage.lay(file, reader)
            case Scan():
                self._stage.scan(action)
            case Paper(sheet):
                self._stage.put_under(sheet)
            case Camera(state):
                self._stage.turn_camera(state)
            case Reader(state):
                self._stage.turn_reader(state)
            case Printer(PrinterState() as state):
                self._stage.turn_printer(state)
            case Printer((failure, amount)):
                self._stage.let_printer_fail(failure, amount)
            case Intake(IntakeState() as state):
                self._stage.turn_intake(state)
            case Officer():
                self._stage.ask_officer(action)
            case Expect(text, within):
                self._expect(text, within)
            case Absent(text):
                if not on_ui(lambda: Sight().lacks(text)):
                    raise CannotDo(f"{text} stands on the screen")
            case Idle(seconds):
                on_ui(lambda: self._kiosk.clock.move(seconds))
                time.sleep(_IDLE_SHOWS_AFTER)
                frames(1)
            case Wait(seconds):
                time.sleep(seconds)
            case Screenshot(name):
                self._take_picture(name)

    def _expect(self, text: str, within: float) -> None:
        until = time.monotonic() + within
        while not on_ui(lambda: Sight().shows(text)):
            if time.monotonic() > until:
                raise CannotDo(f"{text} did not come within {within:g} s")
            time.sleep(_LOOK_EVERY)

    def _take_picture(self, name: str) -> Path:
        self._pictures += 1
        file = self._out / f"{self._pictures:02d}-{name}.png"
        # Fast rather than small: a tour takes many.
        picture().save(file, compress_level=1)
        return file

    def _tell_failure(self, tour: Tour, number: int, step: Step, problem: Exception) -> None:
        self._say(f"✗ {number} {step.words}: {problem} ({tour.file}:{step.line})")
        try:
            texts = on_ui(lambda: Sight().texts())
            file = self._take_picture(f"failed-at-step-{number}")
        except WindowStuck:
            self._say("  the window draws nothing more")
            return
        self._say(f"  on the screen: {' | '.join(text.replace(chr(10), ' ') for text in texts)}")
        self._say(f"  picture: {file}")
