"""A scanner's worker at the near end of a serial line, a virtual scanner at the far end."""

import logging
import queue
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.settings import SerialScanner
from hardware.scanner.worker import ScannerWorker
from kiosk.devices import DeviceState
from kiosk.events import ScannerChanged
from sandbox.scanner import Scanner

NUMBER = "3504282611240037"
TOKEN = "SANDBOX-MZT:" + "aB3_-xyz" * 4
WITHIN = 5.0
ONLINE, GONE = ScannerChanged(DeviceState.ONLINE), ScannerChanged(DeviceState.NO_DEVICE)


class Heard:
    """What a worker told, in order: texts of codes, and its state."""

    def __init__(self, device: Path) -> None:
        self._told: queue.Queue[object] = queue.Queue()
        self.worker = ScannerWorker(
            SerialScanner(connection="serial", device=device), self._told.put, self._told.put
        )
        self.worker.start()

    def next(self) -> object:
        return self._told.get(timeout=WITHIN)

    @property
    def nothing_more(self) -> bool:
        return self._told.empty()


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[Scanner]:
    scanner = Scanner(tmp_path / "scanner")
    scanner.plug_in()
    yield scanner
    scanner.pull_out()


@pytest.fixture
def heard(scanner: Scanner) -> Iterator[Heard]:
    heard = Heard(scanner.path)
    yield heard
    heard.worker.stop()
    assert not heard.worker._thread.is_alive()


@pytest.mark.parametrize("piece", [None, 1, 7])
def test_codes_come_in_order(scanner: Scanner, heard: Heard, piece: int | None) -> None:
    """Whole, once each, in whatever pieces the line brings them."""
    assert ONLINE == heard.next()
    for code in (NUMBER, TOKEN, NUMBER):
        scanner.scan(code, piece)
    assert [NUMBER, TOKEN, NUMBER] == [heard.next() for _ in range(3)]


def test_noise_and_silence_end_what_was_begun(scanner: Scanner, heard: Heard) -> None:
    """Bytes without an end are forgotten in the silence that follows, and the next code is right;
    a code far too long is no reason to stop."""
    assert ONLINE == heard.next()
    scanner.send(b"\x00\xff\x9f42")
    scanner.send(b"7" * 3000 + b"\r")
    assert 512 < len(str(heard.next()))
    scanner.send(b"\x00\xff\x9f42")
    # Silence is what is sent here, four times as long as the worker waits.
    time.sleep(1.0)
    scanner.scan(NUMBER)
    assert NUMBER == heard.next()
    assert heard.nothing_more


def test_a_scanner_comes_and_goes(scanner: Scanner, heard: Heard) -> None:
    """Pulled out in the middle of a code it is told as gone; plugged in again it reads on, and the
    half code is no part of the next."""
    assert ONLINE == heard.next()
    for _ in range(2):
        scanner.send(b"35042826")
        scanner.pull_out()
        assert GONE == heard.next()
        scanner.plug_in()
        assert ONLINE == heard.next()
        scanner.scan(NUMBER)
        assert NUMBER == heard.next()


def test_a_scanner_may_be_missing_at_first(tmp_path: Path) -> None:
    """Its worker waits for it, and takes nothing of what was scanned before it was there."""
    scanner = Scanner(tmp_path / "late")
    heard = Heard(scanner.path)
    assert GONE == heard.next()
    scanner.plug_in()
    assert ONLINE == heard.next()
    scanner.scan(NUMBER)
    assert NUMBER == heard.next()
    heard.worker.stop()
    scanner.pull_out()


def test_what_fails_says_nothing_of_the_code(
    scanner: Scanner, caplog: pytest.LogCaptureFixture
) -> None:
    """An error while a code is handed on is told by its type alone, and the next code comes."""
    taken: queue.Queue[Any] = queue.Queue()

    def take(text: str) -> None:
        taken.put(text)
        if text == TOKEN:
            raise ValueError(text)

    settings = SerialScanner(connection="serial", device=scanner.path)
    worker = ScannerWorker(settings, take, taken.put)
    with caplog.at_level(logging.DEBUG):
        worker.start()
        assert ONLINE == taken.get(timeout=WITHIN)
        scanner.scan(TOKEN)
        assert TOKEN == taken.get(timeout=WITHIN)
        assert DeviceState.HARDWARE_ERROR is taken.get(timeout=WITHIN).device
        assert ONLINE == taken.get(timeout=WITHIN)
        scanner.scan(NUMBER)
        assert NUMBER == taken.get(timeout=WITHIN)
        worker.stop()
    assert "scanner: unexpected ValueError" in caplog.text
    assert TOKEN not in caplog.text
