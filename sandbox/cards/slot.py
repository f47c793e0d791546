"""A virtual card that connects to the virtual PC/SC reader (vpcd) as a TCP client.

Each message has a 2-byte big-endian length. A message of 1 byte from the reader is a control: 0
power off, 1 power on, 2 reset, 4 send the ATR; a longer one is an APDU to answer.
"""

import contextlib
import logging
import math
import socket
import threading
import time
from pathlib import Path

from sandbox.cards.card_file import Faults, load_card
from sandbox.cards.chip import Chip, chip_of

VPCD_PORT = 35963
"""Of the first reader; the second one's is the next."""

_POWER_OFF = 0
_POWER_ON = 1
_RESET = 2
_SEND_ATR = 4
_RECONNECT_S = 0.1

_EMPTY_FOR_S = 0.5
"""Between two cards, as with a hand: pcscd looks every 0.4 s and can miss a faster swap."""

_log = logging.getLogger(__name__)


class CardSlot:
    """One place on the reader: a card lies there or it does not.

    A laid card stays laid when the reader's program dies, and connects again when it is back.
    """

    def __init__(self, host: str = "127.0.0.1", port: int = VPCD_PORT) -> None:
        self._address = (host, port)
        self._lock = threading.Lock()
        self._card: _LaidCard | None = None
        self._empty_since = -math.inf

    def lay(self, file: Path) -> None:
        """Lay the card of this file; one that lay there is taken away first.

        Raises CardFileError.
        """
        described = load_card(file)
        with self._lock:
            self._end()
            pause = self._empty_since + _EMPTY_FOR_S - time.monotonic()
            self._card = _LaidCard(self._address, chip_of(described), described.faults, pause)
            self._card.start()

    def take_away(self) -> None:
        with self._lock:
            self._end()

    def close(self) -> None:
        self.take_away()

    @property
    def occupied(self) -> bool:
        """A card lies there; one that left by its own fault does not."""
        card = self._card
        return card is not None and card.is_alive()

    def _end(self) -> None:
        if self._card is not None:
            self._card.leave()
            self._empty_since = self._card.left_at
            self._card = None


class _LaidCard(threading.Thread):
    """One laying of one card, until it leaves."""

    def __init__(self, address: tuple[str, int], chip: Chip, faults: Faults, pause: float) -> None:
        """`pause` in seconds before it touches the reader."""
        super().__init__(name="virtual-card", daemon=True)
        self._address = address
        self._chip = chip
        self._faults = faults
        self._left = threading.Event()
        self.left_at = math.inf
        self._pause = pause
        self._apdus = 0
        self._powered = False
        self._asleep = False
        self._lock = threading.Lock()
        self._link: socket.socket | None = None

    def leave(self) -> None:
        self._go()
        with self._lock:
            if self._link is not None:
                # Wakes the thread that waits in recv; it closes the socket itself. The reader may
                # have closed its end already.
                with contextlib.suppress(OSError):
                    self._link.shutdown(socket.SHUT_RDWR)
        self.join(timeout=2)

    def _go(self) -> None:
        if not self._left.is_set():
            self.left_at = time.monotonic()
            self._left.set()

    def run(self) -> None:
        self._left.wait(self._pause)
        while not self._left.is_set():
            try:
                with socket.create_connection(self._address, timeout=2) as link:
                    self._hold(link)
            except OSError as error:
                _log.debug("virtual reader: %s", error)
            self._left.wait(_RECONNECT_S)

    def _hold(self, link: socket.socket) -> None:
        link.settimeout(None)
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self._lock:
            if self._left.is_set():
                return
            self._link = link
        self._chip.reset()
        try:
            while (message := _receive(link)) is not None:
                answer = self._answer(message)
                if self._left.is_set():
                    return
                if answer is not None:
                    link.sendall(len(answer).to_bytes(2, "big") + answer)
        finally:
            with self._lock:
                self._link = None

    def _answer(self, message: bytes) -> bytes | None:
        """None where the reader expects no answer or gets none."""
        if len(message) == 1:
            return self._obey(message[0])
        self._apdus += 1
        if self._apdus == self._faults.leave_at_apdu:
            self._go()
            return None
        if self._faults.mute is not None:
            return None
        # Interrupted when the card is taken away meanwhile.
        self._left.wait(self._faults.delay_ms / 1000)
        return self._chip.answer(message)

    def _obey(self, control: int) -> bytes | None:
        if control in (_POWER_OFF, _POWER_ON, _RESET):
            self._chip.reset()
        if control == _POWER_ON:
            self._powered = True
        if control != _SEND_ATR or self._faults.mute == "reset" or self._asleep:
            return None
        # The reader also asks for the ATR to see whether a card lies there.
        self._asleep = self._powered and self._faults.mute == "connect"
        return self._chip.atr


def _receive(link: socket.socket) -> bytes | None:
    """One message, or None when the reader closed the connection."""
    length = _receive_exactly(link, 2)
    return None if length is None else _receive_exactly(link, int.from_bytes(length, "big"))


def _receive_exactly(link: socket.socket, size: int) -> bytes | None:
    data = b""
    while len(data) < size:
        # Linux drops quick acknowledgement after a while; without it each APDU takes 40 ms.
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        part = link.recv(size - len(data))
        if not part:
            return None
        data += part
    return data
