"""The PC/SC service with the virtual reader: the real pcscd and the real vpcd driver."""

import shutil
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from sandbox.cards.slot import VPCD_PORT

_SOCKET = Path("/run/pcscd/pcscd.comm")
_LISTENING = "0A"
_UP_WITHIN_S = 5.0
_POLL_S = 0.02


class VirtualReaderMissing(Exception):
    """No PC/SC service with the virtual reader can be had; the message says what to install."""


class Pcscd:
    """The service as it was found or started; `stop` ends only what was started here."""

    def __init__(self, started: subprocess.Popen[bytes] | None) -> None:
        self._started = started

    @property
    def started_here(self) -> bool:
        return self._started is not None

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
        """Die without a word, as in a crash."""
        if self._started is not None:
            self._started.kill()
            self._started.wait()
            self._started = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def ensure_pcscd() -> Pcscd:
    """Use the pcscd that answers or start one, and wait until a virtual card can connect.

    Raises VirtualReaderMissing when pcscd or vpcd is not installed or does not come up within 5 s.
    """
    if _answers():
        if not _wait_until_listening(None):
            raise VirtualReaderMissing(
                "pcscd runs without the virtual reader: install vsmartcard-vpcd, restart pcscd"
            )
        return Pcscd(None)
    program = shutil.which("pcscd") or shutil.which("pcscd", path="/usr/sbin:/sbin")
    if program is None:
        raise VirtualReaderMissing("pcscd is not installed: apt install pcscd vsmartcard-vpcd")
    with tempfile.TemporaryFile() as said:
        # Not pcscd's own log of APDUs: that needs --apdu, and a card's bytes are personal data.
        process = subprocess.Popen([program, "--foreground"], stdout=said, stderr=subprocess.STDOUT)
        service = Pcscd(process)
        if not _wait_until_listening(process):
            ended = process.poll() is not None
            service.stop()
            reason = _last_line(said) if ended else "no reader: apt install vsmartcard-vpcd"
            raise VirtualReaderMissing(f"pcscd did not come up with the virtual reader: {reason}")
    return service


def _answers() -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(_SOCKET))
        except OSError:
            return False
    return True


def _wait_until_listening(process: subprocess.Popen[bytes] | None) -> bool:
    deadline = time.monotonic() + _UP_WITHIN_S
    pause = threading.Event()
    while time.monotonic() < deadline:
        if process is not None and process.poll() is not None:
            return False
        if _listening() and _answers():
            return True
        pause.wait(_POLL_S)
    return False


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
