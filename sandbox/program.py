"""The sandbox as one program: everything that stands on the other side of the kiosk's wires."""

import errno
import signal
import sys
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from sandbox.cards.card_file import CardFileError
from sandbox.cards.slot import CardSlot
from sandbox.control import ControlPort, ControlProblem
from sandbox.intake.local_intake import LocalIntake
from sandbox.pcsc import VirtualReaderMissing, ensure_pcscd
from sandbox.printer import VirtualPrinter
from sandbox.printer.orders import obey as obey_printer

Address = tuple[str, int]

_OF_SOMEONE_ELSE = (errno.EADDRINUSE, errno.EADDRNOTAVAIL)


class Part(StrEnum):
    CARD = "card"
    PRINTER = "printer"
    INTAKE = "intake"


@dataclass(frozen=True)
class Plan:
    """What to run where. An address of None, on another machine or in use already is left to
    whoever serves it; so are the parts in `leave`. `control` 0 takes a free port.
    `enrolment_codes`, by kiosk, work at this intake again and again."""

    folder: Path
    printer: Address | None
    intake: Address | None
    control: int
    leave: frozenset[Part] = frozenset()
    enrolment_codes: Mapping[str, str] = field(default_factory=dict)


class Sandbox:
    """Runs from `start` to `stop`; what it says goes line by line to standard output."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._running = ExitStack()
        self._slot: CardSlot | None = None
        self._printer: VirtualPrinter | None = None
        self._intake: LocalIntake | None = None
        self._no_card = "the virtual card reader is left to someone else"

    def start(self) -> None:
        """OSError when the control port is in use."""
        plan = self._plan
        with ExitStack() as undo:
            undo.callback(self.stop)
            if Part.CARD not in plan.leave:
                self._start_cards()
            if Part.PRINTER not in plan.leave:
                self._start_printer(plan.printer)
            if Part.INTAKE not in plan.leave:
                self._start_intake(plan.intake)
            control = ControlPort(plan.control, self.obey)
            self._running.callback(control.stop)
            _say("control", f"127.0.0.1:{control.port}")
            undo.pop_all()

    def stop(self) -> None:
        self._running.close()

    def obey(self, order: dict[str, Any]) -> dict[str, Any]:
        match order:
            case {"order": "parts"}:
                return {"parts": self._parts()}
            case {"order": "card", "file": None}:
                self._the_slot().take_away()
            case {"order": "card", "file": str(file)}:
                self._lay(Path(file))
            case {"order": "printer", "state": str(state)}:
                obey_printer(self._the_printer(), state)
            case {"order": "printer", **amounts} if len(amounts) == 1:
                self._fail_printer(*amounts.popitem())
            case {"order": "intake", "state": str(state)}:
                self._the_intake().set_mode(state)
            case {"order": "receipts"}:
                return {"files": [str(file.resolve()) for file in self._the_printer().receipts]}
            case {"order": "export", "file": str(file)}:
                self._the_intake().export(Path(file))
            case _:
                raise ControlProblem("there is no such order")
        return {}

    def _parts(self) -> dict[str, str]:
        parts = {}
        if self._slot is not None:
            parts[Part.CARD.value] = "pcsc"
        if self._printer is not None:
            parts[Part.PRINTER.value] = f"{self._printer.host}:{self._printer.port}"
        if self._intake is not None and self._plan.intake is not None:
            parts[Part.INTAKE.value] = f"{self._plan.intake[0]}:{self._intake.port}"
        return parts

    def _start_cards(self) -> None:
        try:
            service = ensure_pcscd()
        except VirtualReaderMissing as error:
            self._no_card = str(error)
            _say("card", f"none: {error}")
            return
        self._running.callback(service.stop)
        self._slot = CardSlot()
        self._running.callback(self._slot.close)
        found = "started here" if service.started_here else "found running"
        _say("card", f"pcscd with the virtual reader, {found}; no card lies on it")

    def _start_printer(self, address: Address | None) -> None:
        if address is None:
            _say("printer", "none: the configuration has no printer on the network")
            return
        folder = self._plan.folder / "receipts"
        printer = VirtualPrinter(*address, folder)
        try:
            printer.start()
        except OSError as error:
            _say("printer", _left(address, error))
            return
        self._printer = printer
        self._running.callback(printer.stop)
        _say("printer", f"{printer.host}:{printer.port}, receipts in {folder}")

    def _start_intake(self, address: Address | None) -> None:
        if address is None:
            _say("intake", "none: the configuration's intake is not on this machine")
            return
        folder = self._plan.folder / "intake"
        intake = LocalIntake(*address, folder)
        try:
            intake.start()
        except OSError as error:
            intake.stop()
            _say("intake", _left(address, error))
            return
        self._intake = intake
        self._running.callback(intake.stop)
        for kiosk, code in self._plan.enrolment_codes.items():
            intake.set_standing_code(kiosk, code)
        _say("intake", f"{intake.url}, what it receives in {folder}")
        made = intake.add_sample_officer()
        _say("desk", f"{intake.desk_url}{f', who may sign in: {made}' if made else ''}")

    def _lay(self, file: Path) -> None:
        try:
            self._the_slot().lay(file)
        except CardFileError as error:
            raise ControlProblem(str(error)) from error

    def _fail_printer(self, how: str, amount: object) -> None:
        if not isinstance(amount, int | float):
            raise ControlProblem("an amount is a number")
        obey_printer(self._the_printer(), how, amount)

    def _the_slot(self) -> CardSlot:
        if self._slot is None:
            raise ControlProblem(self._no_card)
        return self._slot

    def _the_printer(self) -> VirtualPrinter:
        if self._printer is None:
            raise ControlProblem("the printer was not started by this sandbox")
        return self._printer

    def _the_intake(self) -> LocalIntake:
        if self._intake is None:
            raise ControlProblem("the intake was not started by this sandbox")
        return self._intake


def run(plan: Plan, attached: bool) -> int:
    """Run until SIGINT or SIGTERM, or, `attached`, until standard input ends; the exit status."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    if attached:
        threading.Thread(target=_until_input_ends, args=(ended,), daemon=True).start()
    sandbox = Sandbox(plan)
    try:
        sandbox.start()
    except OSError as error:
        sys.stderr.write(f"the sandbox cannot start: {error}\n")
        return 1
    ended.wait()
    sandbox.stop()
    return 0


def _until_input_ends(ended: threading.Event) -> None:
    sys.stdin.buffer.read()
    ended.set()


def _left(address: Address, error: OSError) -> str:
    if error.errno not in _OF_SOMEONE_ELSE:
        raise error
    return f"left to whoever serves {address[0]}:{address[1]}"


def _say(part: str, words: str) -> None:
    sys.stdout.write(f"{part:<9}{words}\n")
    sys.stdout.flush()
