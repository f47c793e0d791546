"""The PC/SC service with the virtual reader: the real pcscd and the real vpcd driver."""

import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from sandbox.cards.slot import VPCD_PORT

_SOCKET = Path("/run/pcscd/pcscd.comm")
_READER_CONF = Path("/etc/reader.conf.d/vpcd")
_LISTENING = "0A"
_UP_WITHIN_S = 5.0
_POLL_S = 0.02


class VirtualReaderMissing(Exception):
    """No PC/SC service with the virtual reader can be had; the message says what to install."""


class Readers(StrEnum):
    """Which readers the service has, as if they had been plugged in before it started.

    `elsewhere` are the same two under another name, as after they were plugged in anew.
    """

    HERE = "here"
    ELSEWHERE = "elsewhere"
    NONE = "none"


class Pcscd:
    """The service as it was found or started; only what was started here is ever ended."""

    def __init__(self, started: subprocess.Popen[bytes] | None, readers: Readers) -> None:
        self._started = started
        self._own = started is not None
        self._readers = readers

    @property
    def started_here(self) -> bool:
        return self._own

    def have(self, readers: Readers) -> None:
        """Start anew with these readers, unless it runs with them already.

        Raises VirtualReaderMissing when it does not come up, or was found running.
        """
        if self._readers is readers and (not self._own or self._started is not None):
            return
        self._must_be_own()
        self.stop()
        self._started = _start(readers)
        self._readers = readers

    def stop(self) -> None:
        if self._started is None:
            return
        self._started.terminate()
        try:
            self._started.wait(timeout=3)
        except subprocess.TimeoutExpired:
            self._started.kill()
            self._started.wait()
        self._started = None

    def kill(self) -> None:
        """Die without a word, as in a crash. Raises VirtualReaderMissing when it was found."""
        self._must_be_own()
        if self._started is not None:
            self._started.kill()
            self._started.wait()
            self._started = None

    def _must_be_own(self) -> None:
        if not self._own:
            raise VirtualReaderMissing("pcscd was running before and is left as it is")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def ensure_pcscd(readers: Readers = Readers.HERE) -> Pcscd:
    """Use the pcscd that answers, which has its own readers, or start one; and wait until a
    virtual card can connect.

    Raises VirtualReaderMissing when pcscd or vpcd is not installed or does not come up within 5 s.
    """
    if _answers():
        if not _wait_until(_up):
            raise VirtualReaderMissing(
                "pcscd runs without the virtual reader: install vsmartcard-vpcd, restart pcscd"
            )
        return Pcscd(None, Readers.HERE)
    return Pcscd(_start(readers), readers)


def _start(readers: Readers) -> subprocess.Popen[bytes]:
    program = shutil.which("pcscd") or shutil.which("pcscd", path="/usr/sbin:/sbin")
    if program is None or not _READER_CONF.exists():
        missing = "pcscd" if program is None else "vpcd"
        raise VirtualReaderMissing(f"{missing} is not installed: apt install pcscd vsmartcard-vpcd")
    # One that is ending gives its ports free after its socket; a second one beside it would come up
    # without readers.
    if not _wait_until(lambda: not _listening()):
        raise VirtualReaderMissing("another pcscd holds the virtual reader's port")
    with tempfile.TemporaryFile() as said, tempfile.NamedTemporaryFile("w") as conf:
        conf.write(_conf(readers))
        conf.flush()
        # Not pcscd's own log of APDUs: that needs --apdu, and a card's bytes are personal data.
        process = subprocess.Popen(
            [program, "--foreground", "--config", conf.name], stdout=said, stderr=subprocess.STDOUT
        )
        there = _answers if readers is Readers.NONE else _up
        if not _wait_until(there, process):
            ended = process.poll() is not None
            Pcscd(process, readers).stop()
            reason = _last_line(said) if ended else "no reader: apt install vsmartcard-vpcd"
            raise VirtualReaderMissing(f"pcscd did not come up with the virtual reader: {reason}")
    return process


def _conf(readers: Readers) -> str:
    match readers:
        case Readers.HERE:
            return _READER_CONF.read_text()
        case Readers.ELSEWHERE:
            return _READER_CONF.read_text().replace('"Virtual PCD"', '"Virtual PCD 01"')
        case Readers.NONE:
            return ""


def _answers() -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(_SOCKET))
        except OSError:
            return False
    return True


def _wait_until(holds: Callable[[], bool], process: subprocess.Popen[bytes] | None = None) -> bool:
    """Whether it holds within 5 s, and before the process ends."""
    deadline = time.monotonic() + _UP_WITHIN_S
    pause = threading.Event()
    while time.monotonic() < deadline:
        if process is not None and process.poll() is not None:
            return False
        if holds():
            return True
        pause.wait(_POLL_S)
    return False


def _up() -> bool:
    return _listening() and _answers()


def _listening() -> bool:
    """Asked of the kernel's table: a trial connection would be taken for a card."""
    port = f":{VPCD_PORT:04X}"
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        if not table.exists():
            continue
        for line in table.read_text().splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            if state == _LISTENING and local.endswith(port):
                return True
    return False


def _last_line(said: IO[bytes]) -> str:
    said.seek(0)
    lines = said.read().decode(errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "no word from it")
