"""The sandbox as one program: everything that stands on the other side of the kiosk's wires."""

import errno
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from sandbox.card_readers import CardReaders
from sandbox.control import ControlPort, ControlProblem
from sandbox.document_camera import CameraState, VirtualDocumentCamera
from sandbox.intake.desk.officers import OFFICER_FILE
from sandbox.intake.local_intake import LocalIntake
from sandbox.officer import DeskProblem, Officer
from sandbox.pcsc import VirtualReaderMissing
from sandbox.printer import VirtualPrinter
from sandbox.printer.orders import obey as obey_printer
from sandbox.printer.symbols import texts_on
from sandbox.scanner import Scanner

Address = tuple[str, int]

_OF_SOMEONE_ELSE = (errno.EADDRINUSE, errno.EADDRNOTAVAIL)


class Part(StrEnum):
    CARD = "card"
    SERIAL_READER = "serial_reader"
    SCANNER = "scanner"
    PRINTER = "printer"
    DOCUMENT_CAMERA = "document_camera"
    INTAKE = "intake"


@dataclass(frozen=True)
class Plan:
    """What to run where. An address of None, on another machine or in use already is left to
    whoever serves it; so are the parts in `leave`. `control` 0 takes a free port.
    `enrolment_codes`, by kiosk, work at this intake again and again. `serial_reader` and `scanner`
    are the devices as which they are to be found; None: there is none."""

    folder: Path
    printer: Address | None
    intake: Address | None
    control: int
    leave: frozenset[Part] = frozenset()
    enrolment_codes: Mapping[str, str] = field(default_factory=dict)
    serial_reader: Path | None = None
    scanner: Path | None = None
    document_camera: Address | None = None


class Sandbox:
    """Runs from `start` to `stop`; what it says goes line by line to standard output."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._running = ExitStack()
        self._cards = CardReaders()
        self._scanner: Scanner | None = None
        self._printer: VirtualPrinter | None = None
        self._camera: VirtualDocumentCamera | None = None
        self._intake: LocalIntake | None = None
        self._officer: Officer | None = None

    def start(self) -> None:
        """OSError when the control port is in use."""
        plan = self._plan
        with ExitStack() as undo:
            undo.callback(self.stop)
            self._running.callback(self._cards.stop)
            if Part.CARD not in plan.leave:
                self._start_pcscd()
            if Part.SERIAL_READER not in plan.leave:
                self._start_line("serial", plan.serial_reader, self._cards.start_serial)
            if Part.SCANNER not in plan.leave:
                self._start_line("scanner", plan.scanner, self._start_scanner)
            if Part.PRINTER not in plan.leave:
                self._start_printer(plan.printer)
            if Part.DOCUMENT_CAMERA not in plan.leave:
                self._start_camera(plan.document_camera)
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
            case {"order": "card", "file": None, "reader": reader}:
                self._cards.take_away(reader)
            case {"order": "card", "file": None}:
                self._cards.take_all_away()
            case {"order": "card", "file": str(file), **where}:
                self._cards.lay(Path(file), where.get("reader", 1))
            case {"order": "reader", "state": str(state)}:
                self._cards.turn_pcscd(state)
            case {"order": "serial_reader", "state": str(state)}:
                self._cards.turn_serial(state)
            case {"order": "serial_reader", **amounts} if len(amounts) == 1:
                self._cards.turn_serial(*_amount(amounts))
            case {"order": "scan", "text": str(text), "piece": int(piece)}:
                self._the_scanner().scan(text, piece)
            case {"order": "scan", "text": str(text)}:
                self._the_scanner().scan(text)
            case {"order": "scan", "receipt": "last"}:
                self._the_scanner().scan(self._receipt_number())
            case {"order": "scan", "identity": str(name)}:
                self._scan_identity(name)
            case {"order": "scanner", "state": str(state)}:
                self._the_scanner().obey(state)
            case {"order": "printer", "state": str(state)}:
                obey_printer(self._the_printer(), state)
            case {"order": "printer", **amounts} if len(amounts) == 1:
                obey_printer(self._the_printer(), *_amount(amounts))
            case {"order": "paper", "file": None}:
                self._the_camera().lay(None)
            case {"order": "paper", "file": str(file)}:
                self._the_camera().lay(Path(file))
            case {"order": "document_camera", "state": str(state)}:
                self._the_camera().turn(CameraState(state))
            case {"order": "officer", "page": str(page), **rest}:
                return {"words": self._ask_officer(page, rest)}
            case {"order": "intake", "people": "new"}:
                self._the_intake().forget_people()
            case {"order": "intake", "state": str(state)}:
                self._the_intake().set_mode(state)
            case {"order": "receipts"}:
                return {"files": [str(file.resolve()) for file in self._the_printer().receipts]}
            case {"order": "receipt_number"}:
                return {"number": self._receipt_number()}
            case {"order": "export", "file": str(file)}:
                self._the_intake().export(Path(file))
            case _:
                raise ControlProblem("there is no such order")
        return {}

    def _parts(self) -> dict[str, str]:
        parts = {}
        if self._cards.pcscd is not None:
            parts[Part.CARD.value] = "pcsc"
        if self._cards.serial is not None:
            parts[Part.SERIAL_READER.value] = str(self._cards.serial.path)
        if self._scanner is not None:
            parts[Part.SCANNER.value] = str(self._scanner.path)
        if self._printer is not None:
            parts[Part.PRINTER.value] = f"{self._printer.host}:{self._printer.port}"
        if self._camera is not None:
            parts[Part.DOCUMENT_CAMERA.value] = f"{self._camera.host}:{self._camera.port}"
        if self._intake is not None and self._plan.intake is not None:
            parts[Part.INTAKE.value] = f"{self._plan.intake[0]}:{self._intake.port}"
        return parts

    def _start_pcscd(self) -> None:
        try:
            self._cards.start_pcscd()
        except VirtualReaderMissing as error:
            _say("card", f"none: {error}")
            return
        assert self._cards.pcscd is not None
        found = "started here" if self._cards.pcscd.started_here else "found running"
        _say("card", f"pcscd with the virtual reader, {found}; no card lies on it")

    def _start_line(self, part: str, device: Path | None, start: Callable[[Path], None]) -> None:
        if device is None:
            return
        try:
            start(device)
        except OSError as error:
            _say(part, f"none: {error}")
        else:
            _say(part, str(device))

    def _start_scanner(self, device: Path) -> None:
        scanner = Scanner(device)
        scanner.plug_in()
        self._running.callback(scanner.pull_out)
        self._scanner = scanner

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

    def _start_camera(self, address: Address | None) -> None:
        if address is None:
            return
        camera = VirtualDocumentCamera(*address)
        try:
            camera.start()
        except OSError as error:
            _say("camera", _left(address, error))
            return
        self._camera = camera
        self._running.callback(camera.stop)
        _say("camera", f"http://{camera.host}:{camera.port}/, an empty table")

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

    def _ask_officer(self, page: str, order: dict[str, Any]) -> str:
        if self._officer is None:
            intake, file = self._the_intake(), self._plan.folder / "intake" / OFFICER_FILE
            if not file.is_file():
                raise ControlProblem("nobody knows how to sign in at the desk here")
            self._officer = Officer(intake.desk_url, file)
        try:
            if "press" in order:
                return self._officer.press(page, str(order["press"]), order.get("fill", {}))
            return self._officer.read(page)
        except (DeskProblem, OSError) as error:
            raise ControlProblem(str(error)) from error

    def _receipt_number(self) -> str:
        receipts = self._the_printer().receipts
        codes = texts_on(receipts[-1]) if receipts else []
        if not codes:
            raise ControlProblem("there is no receipt with a code on it")
        return codes[0]

    def _scan_identity(self, name: str) -> None:
        try:
            token = self._the_intake().issue_token(name)
        except KeyError:
            raise ControlProblem("there is no sample person of this name") from None
        self._the_scanner().scan(token)

    def _the_scanner(self) -> Scanner:
        if self._scanner is None:
            raise ControlProblem("the scanner was not started by this sandbox")
        return self._scanner

    def _the_printer(self) -> VirtualPrinter:
        if self._printer is None:
            raise ControlProblem("the printer was not started by this sandbox")
        return self._printer

    def _the_camera(self) -> VirtualDocumentCamera:
        if self._camera is None:
            raise ControlProblem("the document camera was not started by this sandbox")
        return self._camera

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


def _amount(order: dict[str, Any]) -> tuple[str, float]:
    ((word, amount),) = order.items()
    if not isinstance(amount, int | float):
        raise ControlProblem("an amount is a number")
    return word, amount


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
