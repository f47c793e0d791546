"""The worker of a 2D scanner on a serial line: hands on what was scanned, and nothing else."""

import logging
import termios
import threading
from collections.abc import Callable

import serial

from config.settings import SerialScanner
from hardware.scanner.lines import Lines
from kiosk.devices import DeviceState, Publish
from kiosk.events import ScannerChanged

_SILENCE_S = 0.25
"""A scanner sends a code without pause: what has no end after so long was noise. It is also the
longest wait for the order to stop."""
_AGAIN_AFTER_S = 0.5
_STOP_S = 2.0
_log = logging.getLogger(__name__)


class ScannerWorker:
    """Owns the line, on a thread of its own. `take` gets the text of each code that is scanned,
    wanted or not; it is kept nowhere here."""

    def __init__(
        self, scanner: SerialScanner, take: Callable[[str], None], publish: Publish
    ) -> None:
        self._scanner = scanner
        self._take = take
        self._publish = publish
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="scanner", daemon=True)
        self._state: DeviceState | None = None

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread within 2 s."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(_STOP_S)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with self._open() as line:
                    self._read(line)
            except (OSError, termios.error):
                self._change(DeviceState.NO_DEVICE)
            except Exception as error:  # noqa: BLE001 (nothing may end this thread)
                # Its type alone: its words may hold what was scanned.
                _log.error("scanner: unexpected %s", type(error).__name__)
                self._change(DeviceState.HARDWARE_ERROR)
            self._stopping.wait(_AGAIN_AFTER_S)

    def _open(self) -> serial.Serial:
        """Nobody else may read from it meanwhile, who would take parts of the codes."""
        device, baud = str(self._scanner.device), self._scanner.baud
        return serial.Serial(device, baud, timeout=_SILENCE_S, exclusive=True)

    def _read(self, line: serial.Serial) -> None:
        # What was scanned while nobody listened is not for whoever comes next.
        line.reset_input_buffer()
        self._change(DeviceState.ONLINE)
        lines = Lines()
        while not self._stopping.is_set():
            first = line.read(1)
            if not first:
                lines.forget()
                continue
            for text in lines.take(first + line.read(line.in_waiting)):
                self._take(text)

    def _change(self, state: DeviceState) -> None:
        if state is not self._state:
            self._state = state
            self._publish(ScannerChanged(state))
