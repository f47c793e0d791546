"""The sandbox as one program: it serves, takes changes while it runs, and leaves what is taken."""

import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from kiosk.intake.contract import HEALTH
from sandbox.control import ControlProblem, give_order

ROOT = Path(__file__).parents[2]
STATUS = b"\x10\x04\x04"
"""DLE EOT 4: the paper."""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
def config(tmp_path: Path) -> tuple[Path, int, int]:
    """Settings with free ports for printer and intake."""
    printer, intake = free_port(), free_port()
    shipped = (ROOT / "config" / "kiosk.toml").read_text(encoding="utf-8")
    file = tmp_path / "kiosk.toml"
    file.write_text(
        shipped.replace("port = 9100", f"port = {printer}").replace("8480", str(intake)),
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
        parts = {"printer": f"127.0.0.1:{printer}", "intake": f"127.0.0.1:{intake}"}
        assert parts == give_order(control, {"order": "parts"})["parts"]
        assert b"\x12" == paper(printer)
        give_order(control, {"order": "printer", "state": "paper_out"})
        assert b"\x7e" == paper(printer)
        assert 200 == requests.get(health, timeout=5).status_code
        give_order(control, {"order": "intake", "state": "down"})
        with pytest.raises(requests.ConnectionError):
            requests.get(health, timeout=5)
        give_order(control, {"order": "intake", "state": "up"})
        assert 200 == requests.get(health, timeout=5).status_code


def test_changes_from_the_command_line(config: tuple[Path, int, int], tmp_path: Path) -> None:
    """`sandbox printer`, `sandbox intake` and `sandbox export` change the one that runs."""
    file, printer, _intake = config
    record = tmp_path / "record.json"
    with sandbox(file, tmp_path / "data") as (control, _said):
        changes = (["printer", "paper_left", "40"], ["printer", "near_end"], ["intake", "slow"])
        for change in (*changes, ["export", str(record)]):
            subprocess.run(
                [sys.executable, "main.py", "sandbox", "--control", str(control), *change],
                check=True, timeout=30, cwd=ROOT,
            )
        assert b"\x1e" == paper(printer)
    assert [] == json.loads(record.read_text(encoding="utf-8"))["applications"]


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


@pytest.mark.parametrize(
    "order",
    [
        {"order": "printer", "state": "on_fire"},
        {"order": "printer", "on_fire": 1},
        {"order": "printer", "late": None},
        {"order": "printer"},
        {"order": "intake", "state": "away"},
        {"order": "card", "file": None},
        {"order": "dance"},
        {"printer": "ok"},
        [],
    ],
)
def test_wrong_orders(config: tuple[Path, int, int], tmp_path: Path, order: Any) -> None:
    """An order that cannot be followed is answered by why, and the sandbox goes on."""
    with sandbox(config[0], tmp_path / "data") as (control, _said):
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
