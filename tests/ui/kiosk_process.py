"""A kiosk in a process of its own, with a sandbox beside it, as in a hall."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.settings import NetworkPrinter, Settings

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Place:
    """Where one kiosk works: its configuration, and the folder in which it keeps everything."""

    config: Path
    storage: Path


def place(folder: Path, width: int = 1080, height: int = 1920, reader: bool = True) -> Place:
    """A configuration as shipped, for ports of its own on this machine and a window's size;
    without `reader` it knows none of the readers that there may be."""
    printer, intake = free_port(), free_port()
    storage = folder / "storage"
    text = (ROOT / "config" / "kiosk.toml").read_text("utf-8")
    for old, new in (
        ("fullscreen = true", "fullscreen = false"),
        ("width = 1080", f"width = {width}"),
        ("height = 1920", f"height = {height}"),
        ("port = 9100", f"port = {printer}"),
        ("127.0.0.1:8480", f"127.0.0.1:{intake}"),
        ("127.0.0.1:8492", f"127.0.0.1:{free_port()}"),
        ('folder = "var"', f'folder = "{storage}"'),
        ('"var/scanner"', f'"{folder / "scanner"}"'),
    ):
        assert old in text
        text = text.replace(old, new)
    if not reader:
        shutil.copytree(ROOT / "config" / "readers", folder / "readers")
        for profile in (folder / "readers").glob("*.toml"):
            words = profile.read_text("utf-8")
            profile.write_text(words.replace('reader = "*"', 'reader = "none"'), "utf-8")
        text = text.replace('profiles = "readers"', f'profiles = "{folder / "readers"}"')
    config = folder / "kiosk.toml"
    config.write_text(text, "utf-8")
    return Place(config, storage)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def addresses(settings: Settings, *without: str) -> dict[str, str]:
    """Where a sandbox serves what this configuration names, by part."""
    assert isinstance(settings.printer, NetworkPrinter)
    assert settings.document_camera is not None and settings.document_camera.here is not None
    served = {
        "card": "pcsc",
        "printer": f"{settings.printer.host}:{settings.printer.port}",
        "document_camera": settings.document_camera.here,
        "intake": f"{settings.intake.url.host}:{settings.intake.url.port}",
    }
    return {part: address for part, address in served.items() if part not in without}


@dataclass(frozen=True)
class World:
    """A running sandbox. All its processes, pcscd with them if it was not there before, are one
    group."""

    group: int
    control: int


@contextmanager
def sandbox(kiosk: Place, folder: Path, *leave: str) -> Iterator[World]:
    """Everything outside the kiosk, without the parts to `leave`."""
    command = [sys.executable, "main.py", "sandbox", "--config", str(kiosk.config)]
    command += ["--folder", str(folder), "--control", "0", "--attached"]
    command += [word for part in leave for word in ("--leave", part)]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        said = iter(process.stdout.readline, "")
        control = next(int(f[1]) for s in said if (f := re.match(r"control.*:(\d+)", s)))
        yield World(process.pid, control)
    finally:
        os.killpg(process.pid, signal.SIGCONT)
        process.communicate(timeout=20)


@dataclass(frozen=True)
class Ended:
    """What a program printed: its last line on stdout is JSON."""

    seen: Any
    said: str
    complained: str
    status: int


def run(play: str, *arguments: object, temporary: Path, within: float = 200.0) -> Ended:
    """Run a kiosk with a play inside to its end; its temporary files go to `temporary`."""
    temporary.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.inside", play, *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, timeout=within,
        env={**os.environ, "TMPDIR": str(temporary)},
    )  # fmt: skip
    *said, last = done.stdout.splitlines() or [""]
    seen = json.loads(last) if last.startswith(("{", "[")) else None
    return Ended(seen, "\n".join(said), done.stderr, done.returncode)
