"""Cards pulled at every command, people swapped at any moment, pcscd killed again and again: one
worker lives through all of it. About seven minutes."""

import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from hardware.card_reader.profiles import load_profiles
from hardware.card_reader.worker import CardReaderWorker
from kiosk.devices import DeviceState, MediaState, ReaderStatus
from kiosk.errors import CardReaderError
from kiosk.events import CardFailed, CardRead
from sandbox.cards.slot import CardSlot
from sandbox.pcsc import Readers
from tests.integration.card_parts import EMPTY, OCCUPIED, Pcscds, Reported
from tests.integration.card_pulls import NEXT, Table, every_pull
from tests.virtual_cards import FETCHED, KINDS, PROFILES, WRAPPED, Kind

PROCESS_ID = Path("/run/pcscd/pcscd.pid")
KILLS, SWAPS, LEAST_PULLS = 20, 60, 100
OFFLINE = ReaderStatus(DeviceState.OFFLINE, MediaState.UNKNOWN)
NO_READER = ReaderStatus(DeviceState.NO_DEVICE, MediaState.UNKNOWN)
HANGS = ReaderStatus(DeviceState.HARDWARE_ERROR, MediaState.UNKNOWN)
PEOPLE = [kind for kind in KINDS if kind.card != "insured-version-3"]


@pytest.fixture
def pcscd() -> Iterator[Pcscds]:
    service = Pcscds()
    service.start()
    yield service
    service.stop()


@pytest.fixture
def table(pcscd: Pcscds, tmp_path: Path) -> Iterator[Table]:
    reports = Reported()
    worker = CardReaderWorker(load_profiles(PROFILES), reports.publish)
    worker.start()
    reports.until(EMPTY)
    made = Table(worker, reports, tmp_path, CardSlot(), CardSlot())
    yield made
    made.first.close()
    made.second.close()
    worker.stop()


def test_pulls_and_kills(table: Table, pcscd: Pcscds) -> None:
    """Every kind of card is pulled at every one of its commands and another is laid, and pcscd
    dies at random moments in between: within 1 s the visit knows, no person is half read, the
    reader is back within 5 s, and the worker and its number of threads are the same at the end."""
    chance = random.Random(6)
    pulls = list(every_pull(KINDS, table.folder))
    assert LEAST_PULLS <= len(pulls)
    kills = set(chance.sample(range(len(pulls)), KILLS))
    told, back = [], []
    threads = threading.active_count()
    for number, (kind, command) in enumerate(pulls):
        told.append(table.pull(kind, command))
        if number in kills:
            back.append(kill(table, pcscd, chance, len(back)))
    table.clear()
    assert threads >= threading.active_count() - 2
    print(f"\n{len(told)} pulls: told after {_spread(told)}")
    print(f"{len(back)} kills: the reader is back after {_spread(back)}")
    assert max(back) <= 5


def kill(table: Table, pcscd: Pcscds, chance: random.Random, turn: int) -> float:
    """pcscd dies, by turns in the middle of a read or not, and comes back, at first without a
    reader every third time, and under other names every second time. Seconds from its being back
    until a card is read."""
    table.clear()
    table.worker.read_for("visit")
    if turn % 2:
        table.first.lay(Kind("zhang-yan").file(table.folder, "delay_ms: 100"))
        table.reports.until(OCCUPIED)
        threading.Event().wait(chance.uniform(0, 0.5))
    pcscd.kill()
    table.reports.until(OFFLINE, within=1)
    table.first.take_away()
    if turn % 3 == 0:
        pcscd.start(Readers.NONE)
        table.reports.until(NO_READER)
        pcscd.kill()
    pcscd.start(Readers.ELSEWHERE if turn % 4 < 2 else Readers.HERE)
    begun = time.monotonic()
    table.second.lay(NEXT.file(table.folder))
    table.reports.until(OCCUPIED)
    seen = time.monotonic() - begun
    table.worker.read_for("again")
    while not isinstance(event := table.reports.next(object), CardRead):
        assert not isinstance(event, CardFailed) or isinstance(event.error, CardReaderError)
    assert "林玉兰" == event.identity.name
    return seen


def test_two_people_swapped_at_any_moment(table: Table) -> None:
    """Whenever a hand swaps two cards, of whichever kinds, the person is wholly of one of them."""
    chance = random.Random(7)
    who = Counter()
    for _ in range(SWAPS):
        one = chance.choice(PEOPLE)
        other = chance.choice([kind for kind in PEOPLE if kind.card != one.card])
        who["first" if one == table.swap(one, other, chance.uniform(0, 0.25)) else "second"] += 1
    print(f"\n{SWAPS} swaps: {dict(who)}")
    assert set(who) == {"first", "second"}


def test_two_people_swapped_at_every_command(table: Table) -> None:
    """Likewise with the second card already waiting when the first one leaves."""
    kinds = (Kind("zhang-yan"), Kind("zhang-yan", WRAPPED), Kind("zhang-yan", FETCHED),
             Kind("zhang-yan-insured"))  # fmt: skip
    pulls = list(every_pull(kinds, table.folder))
    for kind, command in pulls:
        assert NEXT == table.swap_at(kind, NEXT, command)
    print(f"\n{len(pulls)} swaps at a command")


def test_a_service_that_hangs(table: Table, pcscd: Pcscds) -> None:
    """A pcscd that answers nothing is seen within 3 s; the threads that hang in it are bounded,
    and all is well again when it goes on."""
    process = int(PROCESS_ID.read_text().strip("\n\0"))
    begun = time.monotonic()
    os.kill(process, signal.SIGSTOP)
    try:
        table.reports.until(HANGS, within=3)
        seen = time.monotonic() - begun
        threading.Event().wait(15)
        hanging = _watching_threads() - 1
    finally:
        os.kill(process, signal.SIGCONT)
    table.reports.until(EMPTY, within=5)
    table.pull(Kind("zhang-yan"), 3)
    assert 1 == _watching_threads()
    print(f"\nseen after {seen:.1f} s, {hanging} threads more after 15 s")
    assert hanging <= 4


def _watching_threads() -> int:
    return sum(thread.name == "card-reader" for thread in threading.enumerate())


def _spread(seconds: list[float]) -> str:
    return f"median {median(seconds):.3f} s, worst {max(seconds):.3f} s"
