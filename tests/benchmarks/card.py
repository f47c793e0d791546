"""From laying a card to the identity in the session, beside a bare pyscard loop that sends the same
commands: by turns in one run, at the same moments of pcscd's own look, which comes every 0.4 s."""

import queue
import secrets
import statistics
import sys
import threading
import time
from collections.abc import Sequence

from smartcard import scard

from hardware.card_reader.profiles import load_profiles
from hardware.card_reader.worker import CardReaderWorker
from kiosk.clock import Clock
from kiosk.devices import DeviceState, MediaState
from kiosk.events import IntakeChanged, PrinterChanged, ReaderChanged
from kiosk.idle import IdleLimits
from kiosk.journeys.attendant import Attendant
from kiosk.journeys.filling import PageSize
from kiosk.journeys.issuer import Issuer
from kiosk.journeys.ports import Ports
from kiosk.journeys.steps import GoOn, Home, ItemChosen, Place, Start
from sandbox.cards.slot import CardSlot
from sandbox.pcsc import ensure_pcscd
from tests.unit.visits import CATALOGUE, READY, SEARCH, Orders
from tests.virtual_cards import CARDS, PROFILES

CARD = CARDS / "zhang-yan.yaml"
ITEM = "139"
READER = "Virtual PCD 00 00"
LOOK_S = 0.4
MOMENTS = 60
PAGES = 6
RATIO, OVERHEAD_S = 1.2, 0.030


class Kiosk:
    """The worker and the attendant, whose one thread is this one, as the window's is."""

    def __init__(self) -> None:
        self._events: queue.Queue[object] = queue.Queue()
        self._worker = CardReaderWorker(load_profiles(PROFILES), self._publish)
        self._empty = threading.Event()
        self._empty_at = 0.0
        self._attendant = Attendant(Issuer("", ""), Clock(), IdleLimits(120, 180, 2))
        desk = Orders()
        self._attendant.open(
            CATALOGUE,
            SEARCH,
            Ports(self._worker, desk, desk),
            lambda _large: PageSize(capacity=1000, height=lambda _question, _locked: 250),
        )
        self._attendant.hear(PrinterChanged(READY))
        self._attendant.hear(IntakeChanged(reachable=True, block=None, waiting=0))
        self._worker.start()
        while self._attendant.reader.device is not DeviceState.ONLINE:
            self._attendant.hear(self._events.get(timeout=5))

    def wait_for_a_card(self) -> None:
        while not self._events.empty():
            self._attendant.hear(self._events.get())
        for step in (ItemChosen(ITEM), Start(), GoOn()):
            self._attendant.take(step)
        assert Place.SIGN_IN is self._attendant.here.place

    def read(self) -> None:
        while self._attendant.session.identity is None:
            self._attendant.hear(self._events.get(timeout=5))

    def rest(self) -> None:
        self._attendant.take(Home())

    def told_empty(self) -> float:
        """When it was told that the card is gone."""
        assert self._empty.wait(5)
        return self._empty_at

    def _publish(self, event: object) -> None:
        if isinstance(event, ReaderChanged):
            if event.status.media is MediaState.PRESENT:
                self._empty.clear()
            else:
                self._empty_at = time.perf_counter()
                self._empty.set()
        self._events.put(event)

    def close(self) -> None:
        self._worker.stop()


class Bare:
    """The least that reads the same six pages with pyscard."""

    def __init__(self) -> None:
        _, self._context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)

    def wait_for_a_card(self) -> None:
        pass

    def until_empty(self) -> None:
        self._until(scard.SCARD_STATE_EMPTY)

    def read(self) -> None:
        self._until(scard.SCARD_STATE_PRESENT)
        protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        result, card, _ = scard.SCardConnect(
            self._context, READER, scard.SCARD_SHARE_EXCLUSIVE, protocols
        )
        assert scard.SCARD_S_SUCCESS == result
        for page in range(PAGES):
            command = [0xFF, 0xB0, page, 0x00, 0x00]
            _, answer = scard.SCardTransmit(card, scard.SCARD_PCI_T1, command)
            assert [0x90, 0x00] == answer[-2:]
        scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)

    def rest(self) -> None:
        pass

    def close(self) -> None:
        scard.SCardReleaseContext(self._context)

    def _until(self, wanted: int) -> None:
        state = scard.SCARD_STATE_UNAWARE
        while not state & wanted:
            known = [(READER, state & ~scard.SCARD_STATE_CHANGED)]
            _, seen = scard.SCardGetStatusChange(self._context, 5000, known)
            state = seen[0][1]


def main() -> int:
    took: dict[str, list[float]] = {"kiosk": [], "bare": [], "told": []}
    moments = [LOOK_S * (index + 0.5) / MOMENTS for index in range(MOMENTS)]
    with ensure_pcscd():
        slot, bare, kiosk = CardSlot(), Bare(), Kiosk()
        try:
            one_round(slot, kiosk, bare, 0)
            slot.take_away()
            for moment in sorted(moments, key=lambda _: secrets.randbits(32)):
                turns = [("kiosk", kiosk), ("bare", bare)]
                for name, reading in turns if secrets.randbits(1) else reversed(turns):
                    took[name].append(one_round(slot, reading, bare, moment))
                    slot.take_away()
                    bare.until_empty()
                    seen = time.perf_counter()
                    took["told"].append(kiosk.told_empty() - seen)
        finally:
            kiosk.close()
            bare.close()
            slot.close()
    return report(took)


def one_round(slot: CardSlot, reading: Kiosk | Bare, bare: Bare, moment: float) -> float:
    """Seconds from laying the card until its person is known; laid `moment` after one of pcscd's
    looks, which begin when it saw the card before go."""
    bare.until_empty()
    seen_empty = time.monotonic()
    reading.wait_for_a_card()
    threading.Event().wait(seen_empty + 2 * LOOK_S + moment - time.monotonic())
    begun = time.perf_counter()
    slot.lay(CARD)
    reading.read()
    seconds = time.perf_counter() - begun
    reading.rest()
    return seconds


def report(took: dict[str, list[float]]) -> int:
    print(f"{'card laid → identity, in ms':44}{'median':>8}{'p95':>8}")
    for name, words in (("kiosk", "in the kiosk's session"), ("bare", "bare pyscard loop")):
        print(f"{words:44}{1000 * statistics.median(took[name]):8.1f}{1000 * p95(took[name]):8.1f}")
    print(
        f"{'pcscd sees a card go → the kiosk is told':44}"
        f"{1000 * statistics.median(took['told']):8.1f}{1000 * p95(took['told']):8.1f}"
    )
    ratio = statistics.median(took["kiosk"]) / statistics.median(took["bare"])
    overhead = p95(took["kiosk"]) - p95(took["bare"])
    print(f"ratio of medians {ratio:.2f}, goal ≤ {RATIO}")
    print(f"more at the 95th percentile {1000 * overhead:.1f} ms, goal ≤ {1000 * OVERHEAD_S:.0f}")
    print(f"{MOMENTS} moments of pcscd's look, each for both, the two in turn")
    return 0 if ratio <= RATIO and overhead <= OVERHEAD_S else 1


def p95(seconds: Sequence[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


if __name__ == "__main__":
    sys.exit(main())
