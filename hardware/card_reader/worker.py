"""The kiosk's card readers, of whatever transport, as the one that the kiosk knows."""

import logging
import threading
import time
from collections.abc import Sequence

from hardware.card_reader.orders import Orders
from hardware.card_reader.pcsc_readers import PcscReaders
from hardware.card_reader.profiles import ReaderProfile, SerialProfile
from hardware.card_reader.reader import ReaderReport
from hardware.card_reader.serial_reader import SerialReader
from hardware.card_reader.status_board import StatusBoard
from kiosk.devices import Publish

_CHECK_S = 0.1
_STOP_S = 2.0
_log = logging.getLogger(__name__)


class CardReaderWorker:
    """A `kiosk.devices.CardReader` over all readers that the profiles fit.

    A visit is read for on all of them at once: the first identity is its answer, and the others
    stop. After `stop_reading` returned, nothing more is published for that visit.
    """

    def __init__(self, profiles: Sequence[ReaderProfile], publish: Publish) -> None:
        self._orders = Orders(publish)
        on_line = [profile for profile in profiles if isinstance(profile, SerialProfile)]
        over_pcsc = [profile for profile in profiles if not isinstance(profile, SerialProfile)]
        self._pcsc = [PcscReaders(over_pcsc, self._orders, self._changed)] if over_pcsc else []
        self._transports: Sequence[PcscReaders | SerialReader] = [
            *(SerialReader(profile, self._orders, self._changed) for profile in on_line),
            *self._pcsc,
        ]
        self._board = StatusBoard([one.reports for one in self._transports], publish)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._supervise, name="card-readers", daemon=True)

    def start(self) -> None:
        for transport in self._transports:
            transport.start()
        self._thread.start()

    def stop(self) -> None:
        """Ends the threads within 2 s; one that hangs in a call of a driver is left behind."""
        until = time.monotonic() + _STOP_S
        self._stopping.set()
        self._orders.withdraw()
        for transport in self._transports:
            transport.stop(until)
        if self._thread.is_alive():
            self._thread.join(max(0.0, until - time.monotonic()))

    def read_for(self, visit: str) -> None:
        self._orders.give(visit)
        for transport in self._transports:
            transport.serve()

    def stop_reading(self) -> None:
        self._orders.withdraw()

    def readers(self) -> tuple[ReaderReport, ...]:
        """Each reader for the diagnostics, with those that no profile fits."""
        return self._board.readers()

    def _supervise(self) -> None:
        while not self._stopping.wait(_CHECK_S):
            try:
                for pcsc in self._pcsc:
                    pcsc.check()
                self._board.refresh()
            except Exception as error:  # noqa: BLE001 (nothing may end this thread)
                _log.error("card readers: unexpected %s", type(error).__name__)

    def _changed(self) -> None:
        self._board.refresh()
