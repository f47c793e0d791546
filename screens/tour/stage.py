"""The other side of the kiosk's wires while tours are played: a sandbox that runs already, or
one that is started for the parts that nobody serves."""

import json
import re
import socket
import subprocess
from collections.abc import Iterator, Sequence, Set
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

from screens.tour.actions import (
    CameraState,
    IntakeState,
    Officer,
    PrinterFailure,
    PrinterState,
    ReaderState,
    Scan,
)

_ANSWER_WITHIN = 20.0
_ENDS_WITHIN = 10.0


class StageProblem(Exception):
    """The sandbox cannot do what a tour asks; the message says why."""


class Stage:
    """Orders reach a part through the sandbox that runs it: one on `control`, or an own one,
    started by `command`. `addresses` are those of the configuration, by part, as host:port; a
    part in `leave` is never started."""

    def __init__(self, command: Sequence[str], control: int, addresses: dict[str, str]) -> None:
        self._command = command
        self._control = control
        self._addresses = addresses
        self._ports: dict[str, int] = {}
        self._printed_before = 0

    @contextmanager
    def open(self, leave: Set[str], folder: Path) -> Iterator[None]:
        """Have everything running that is not left to whoever runs the tours; what is started
        here keeps its data in `folder` and ends with the block.

        StageProblem when the sandbox does not come up.
        """
        for part, address in _parts_at(self._control).items():
            if self._addresses.get(part) == address and part not in leave:
                self._ports[part] = self._control
        needed = set(self._addresses) - set(self._ports) - set(leave)
        with ExitStack() as running:
            if needed:
                running.enter_context(self._own_sandbox(needed, folder))
            if self.has("printer"):
                self._printed_before = len(self._receipts())
            yield

    def has(self, part: str) -> bool:
        """Whether its state can be changed here."""
        return part in self._ports

    def reset(self) -> None:
        """No card, every device and the intake in order: how each tour begins."""
        if self.has("card"):
            self.turn_reader(ReaderState.HERE)
        for part in ("card", "serial_reader"):
            if self.has(part):
                self._order(part, order="card", file=None)
        if self.has("printer"):
            self.turn_printer(PrinterState.OK)
        if self.has("document_camera"):
            self.put_under(None)
            self.turn_camera(CameraState.OK)
        if self.has("intake"):
            self.turn_intake(IntakeState.UP)
            self._order("intake", order="intake", people="new")

    def lay(self, card: Path | None, reader: int | str | None) -> None:
        part = "serial_reader" if reader == "serial" else "card"
        where = {} if reader is None else {"reader": reader}
        self._order(part, order="card", file=str(card) if card else None, **where)

    def scan(self, shown: Scan) -> None:
        what = {"receipt": "last"}
        if shown.text is not None:
            what = {"text": shown.text}
        elif shown.person is not None:
            what = {"identity": shown.person}
        self._order("scanner", order="scan", **what)

    def turn_reader(self, state: ReaderState) -> None:
        self._order("card", order="reader", state=state.value)

    def turn_printer(self, state: PrinterState) -> None:
        self._order("printer", order="printer", state=state.value)

    def let_printer_fail(self, failure: PrinterFailure, amount: float) -> None:
        self._order("printer", order="printer", **{failure.value: amount})

    def put_under(self, paper: Path | None) -> None:
        """Under the document camera."""
        self._order("document_camera", order="paper", file=str(paper) if paper else None)

    def turn_camera(self, state: CameraState) -> None:
        self._order("document_camera", order="document_camera", state=state.value)

    def turn_intake(self, state: IntakeState) -> None:
        self._order("intake", order="intake", state=state.value)

    def ask_officer(self, asked: Officer) -> None:
        """StageProblem where the page that comes does not say what is expected."""
        order: dict[str, object] = {"order": "officer", "page": asked.page}
        if asked.press is not None:
            order |= {"press": asked.press, "fill": dict(asked.fill)}
        words = str(self._order("intake", **order).get("words", ""))
        if "".join(asked.reads.split()) not in "".join(words.split()):
            raise StageProblem(f"the officer does not read {asked.reads!r} but: {words[:400]}")

    def receipt_number(self) -> str:
        """In the code on the last receipt. StageProblem where there is none."""
        return str(self._order("printer", order="receipt_number")["number"])

    def receipts(self) -> list[Path]:
        """The pictures of what was printed since the beginning; the raw bytes lie beside them."""
        return self._receipts()[self._printed_before :] if self.has("printer") else []

    def export(self, file: Path) -> bool:
        """Write the intake's record; False when the intake is someone else's."""
        if not self.has("intake"):
            return False
        self._order("intake", order="export", file=str(file.resolve()))
        return True

    @contextmanager
    def _own_sandbox(self, needed: Set[str], folder: Path) -> Iterator[None]:
        command = [*self._command, "--attached", "--control", "0", "--folder", str(folder)]
        for part in sorted(set(self._addresses) - needed):
            command += ["--leave", part]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert process.stdin is not None and process.stdout is not None
        try:
            control = _announced(process.stdout)
            self._ports |= dict.fromkeys(_parts_at(control), control)
            yield
        finally:
            # The sandbox ends when its input does, whatever becomes of this process.
            process.stdin.close()
            try:
                process.wait(timeout=_ENDS_WITHIN)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()

    def _receipts(self) -> list[Path]:
        return [Path(file) for file in self._order("printer", order="receipts")["files"]]

    def _order(self, part: str, **order: object) -> dict[str, Any]:
        if part not in self._ports:
            address = self._addresses.get(part)
            raise StageProblem(
                f"the {part} at {address} is run by someone else"
                if address
                else f"the configuration's {part} is no part of a sandbox"
            )
        answer = _ask(self._ports[part], order)
        if not answer.get("done"):
            raise StageProblem(str(answer.get("problem")))
        return answer


def _announced(said: IO[bytes]) -> int:
    """The control port, which a sandbox says last when it starts."""
    for line in said:
        if found := re.match(rb"control\s+127\.0\.0\.1:(\d+)", line):
            return int(found[1])
    raise StageProblem("the sandbox did not start")


def _parts_at(port: int) -> dict[str, str]:
    try:
        answer = _ask(port, {"order": "parts"})
    except StageProblem:
        return {}
    return dict(answer.get("parts", {}))


def _ask(port: int, order: dict[str, object]) -> dict[str, Any]:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as link:
            link.settimeout(_ANSWER_WITHIN)
            link.sendall(json.dumps(order).encode() + b"\n")
            answer = json.loads(link.makefile("rb").readline())
    except (OSError, ValueError) as error:
        raise StageProblem(f"the sandbox on port {port} does not answer: {error}") from error
    if not isinstance(answer, dict):
        raise StageProblem(f"what listens on port {port} is no sandbox")
    return answer
