"""The sandbox as one program: it serves, takes changes while it runs, and leaves what is taken."""

import json
import re
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pytest
import requests

from kiosk.intake.contract import HEALTH
from sandbox.control import ControlProblem, give_order

ROOT = Path(__file__).parents[2]
STATUS = b"\x10\x04\x04"
"""DLE EOT 4: the paper."""
FIND = bytes.fromhex("aaaaaa96690003200122")
"""Asks a reader's security module for a card."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
def config(tmp_path: Path) -> tuple[Path, int, int]:
    """Settings with free ports for printer and intake, and scanner and camera of its own."""
    printer, intake = free_port(), free_port()
    shipped = (ROOT / "config" / "kiosk.toml").read_text(encoding="utf-8")
    file = tmp_path / "kiosk.toml"
    file.write_text(
        shipped.replace("port = 9100", f"port = {printer}").replace("8480", str(intake))
        .replace("8492", str(free_port())).replace("var/scanner", str(tmp_path / "scanner")),
        encoding="utf-8",
    )
    return file, printer, intake


@contextmanager
def sandbox(config: Path, folder: Path, *more: str) -> Iterator[tuple[int, list[str]]]:
    """Without the card reader, of which a machine has one; its control port and what it said."""
    process = subprocess.Popen(
        [sys.executable, "main.py", "sandbox", "--config", str(config), "--folder", str(folder),
         "--control", "0", "--leave", "card", "--attached", *more],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )
    assert process.stdout is not None and process.stdin is not None
    said = []
    for line in process.stdout:
        said.append(line.rstrip())
        if line.startswith("control"):
            break
    found = re.search(r":(\d+)$", said[-1])
    assert found is not None
    try:
        yield int(found[1]), said
    finally:
        process.stdin.close()
        assert 0 == process.wait(10)
        process.stdout.close()


def frame_of(camera: str) -> bytes:
    """What it sends first, long enough to tell two pictures apart."""
    with requests.get(f"http://{camera}/", stream=True, timeout=5) as answer:
        assert "image/jpeg" in answer.raw.read(100).decode("ascii", "replace")
        return answer.raw.read(100_000)


def paper(port: int) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=2) as wire:
        wire.sendall(STATUS)
        return wire.recv(1)


def test_parts_change_while_they_run(config: tuple[Path, int, int], tmp_path: Path) -> None:
    """The printer's and the intake's state are changed through the control port, and seen on
    their wires at once."""
    file, printer, intake = config
    health = f"http://127.0.0.1:{intake}{HEALTH}"
    with sandbox(file, tmp_path / "data") as (control, _said):
        parts = {
            "scanner": str(tmp_path / "scanner"),
            "printer": f"127.0.0.1:{printer}",
            "intake": f"127.0.0.1:{intake}",
        }
        served = give_order(control, {"order": "parts"})["parts"]
        camera = served.pop("document_camera")
        assert parts == served
        assert b"\x12" == paper(printer)
        give_order(control, {"order": "printer", "state": "paper_out"})
        assert b"\x7e" == paper(printer)
        assert 200 == requests.get(health, timeout=5).status_code
        give_order(control, {"order": "intake", "state": "down"})
        with pytest.raises(requests.ConnectionError):
            requests.get(health, timeout=5)
        give_order(control, {"order": "intake", "state": "up"})
        assert 200 == requests.get(health, timeout=5).status_code
        table = frame_of(camera)
        sheet = ROOT / "tests" / "papers" / "household-register.png"
        give_order(control, {"order": "paper", "file": str(sheet)})
        assert table != frame_of(camera)
        give_order(control, {"order": "document_camera", "state": "gone"})
        with pytest.raises(requests.ConnectionError):
            frame_of(camera)


def test_changes_from_the_command_line(config: tuple[Path, int, int], tmp_path: Path) -> None:
    """`sandbox printer`, `intake`, `paper` and `export` change the one that runs."""
    file, printer, _intake = config
    record = tmp_path / "record.json"
    with sandbox(file, tmp_path / "data") as (control, _said):
        changes = (["printer", "paper_left", "40"], ["printer", "near_end"], ["intake", "slow"],
                   ["paper", "none"])
        for change in (*changes, ["export", str(record)]):
            subprocess.run(
                [sys.executable, "main.py", "sandbox", "--control", str(control), *change],
                check=True, timeout=30, cwd=ROOT,
            )
        assert b"\x1e" == paper(printer)
    assert [] == json.loads(record.read_text(encoding="utf-8"))["applications"]


def test_lines_speak_as_they_are_ordered(config: tuple[Path, int, int], tmp_path: Path) -> None:
    """Under the names that were given, which go before the configuration's, a scanner says what
    was scanned, and a reader finds the card that was laid on it until all are taken away."""
    scanner, reader = tmp_path / "another scanner", tmp_path / "reader"
    lines = ("--scanner", str(scanner), "--serial-reader", str(reader))
    with sandbox(config[0], tmp_path / "data", *lines) as (control, _said):
        parts = give_order(control, {"order": "parts"})["parts"]
        assert (str(scanner), str(reader)) == (parts["scanner"], parts["serial_reader"])
        with scanner.open("rb", buffering=0) as line:
            give_order(control, {"order": "scan", "text": "闽政通", "piece": 2})
            assert "闽政通\r\n".encode() == heard(line, 11)
            with pytest.raises(ControlProblem, match="no receipt"):
                give_order(control, {"order": "scan", "receipt": "last"})
            give_order(control, {"order": "scanner", "state": "pulled_out"})
            assert not scanner.exists()
        with reader.open("r+b", buffering=0) as line:
            line.write(FIND)
            assert 0x80 == heard(line, 11)[9]
            card = str(ROOT / "tests" / "cards" / "lin-kaho.yaml")
            give_order(control, {"order": "card", "file": card, "reader": "serial"})
            line.write(FIND)
            assert 0x9F == heard(line, 15)[9]
            give_order(control, {"order": "card", "file": None})
            line.write(FIND)
            assert 0x80 == heard(line, 11)[9]


def test_the_newest_receipt_is_scanned(config: tuple[Path, int, int], tmp_path: Path) -> None:
    """The scanner reads the code off the paper, as it was printed; so does who types it."""
    file, printer, _intake = config
    scanner = tmp_path / "scanner"
    with sandbox(file, tmp_path / "data") as (control, _said):
        for code in (b"JL-1", b"JL-2"):
            with socket.create_connection(("127.0.0.1", printer), timeout=2) as wire:
                wire.sendall(printed(code))
        until = time.monotonic() + 10
        while len(give_order(control, {"order": "receipts"})["files"]) < 2:
            assert time.monotonic() < until
        with scanner.open("rb", buffering=0) as line:
            give_order(control, {"order": "scan", "receipt": "last"})
            assert b"JL-2\r\n" == heard(line, 6)
        assert "JL-2" == give_order(control, {"order": "receipt_number"})["number"]


def printed(code: bytes) -> bytes:
    """A job that prints a QR code of 6 dots a module, and cuts."""
    size = b"\x1d(k\x03\x00\x31\x43\x06"
    stored = b"\x1d(k" + (len(code) + 3).to_bytes(2, "little") + b"\x31\x50\x30" + code
    return b"\x1b@" + size + stored + b"\x1d(k\x03\x00\x31\x51\x30" + b"\n\n\x1dVA\x00"


def heard(line: IO[bytes], size: int) -> bytes:
    """So many bytes of a line, or fewer when they do not come within 5 s."""
    data = b""
    while len(data) < size and select.select([line], [], [], 5)[0]:
        data += line.read(size - len(data))
    return data


def test_what_is_served_already_is_left(config: tuple[Path, int, int], tmp_path: Path) -> None:
    """A printer that someone else serves is not touched, and its state not changed."""
    file, printer, _intake = config
    with (
        socket.create_server(("127.0.0.1", printer)),
        sandbox(file, tmp_path / "data") as (control, said),
    ):
        assert f"printer  left to whoever serves 127.0.0.1:{printer}" in said
        with pytest.raises(ControlProblem, match="printer was not started by this sandbox"):
            give_order(control, {"order": "printer", "state": "ok"})


def test_wrong_orders(config: tuple[Path, int, int], tmp_path: Path) -> None:
    """An order that cannot be followed is answered by why, and the sandbox goes on."""
    orders: tuple[Any, ...] = (
        {"order": "printer", "state": "on_fire"},
        {"order": "printer", "on_fire": 1},
        {"order": "printer", "late": None},
        {"order": "printer"},
        {"order": "intake", "state": "away"},
        {"order": "card", "file": None},
        {"order": "card", "file": "card.yaml", "reader": 2},
        {"order": "reader", "state": "none"},
        {"order": "serial_reader", "noise": 3},
        {"order": "scan", "receipt": "last"},
        {"order": "scan", "identity": "没有这个人"},
        {"order": "scanner", "state": "away"},
        {"order": "paper", "file": "nothing.png"},
        {"order": "paper", "file": "README.md"},
        {"order": "document_camera", "state": "away"},
        {"order": "dance"},
        {"printer": "ok"},
        [],
    )
    with sandbox(config[0], tmp_path / "data") as (control, _said):
        for order in orders:
            with pytest.raises(ControlProblem):
                give_order(control, order)
        assert give_order(control, {"order": "receipts"}) == {"files": []}


def test_control_port_in_use(config: tuple[Path, int, int], tmp_path: Path) -> None:
    """A second sandbox says in one line that it cannot start, and leaves nothing running."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = subprocess.run(
            [sys.executable, "main.py", "sandbox", "--config", str(config[0]), "--folder",
             str(tmp_path / "data"), "--leave", "card", "--control",
             str(taken.getsockname()[1])],
            capture_output=True, text=True, timeout=30, check=False, cwd=ROOT,
        )
    assert (1, 1) == (done.returncode, len(done.stderr.splitlines()))
    assert done.stderr.startswith("the sandbox cannot start: ")
