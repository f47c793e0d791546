"""The intake's time against our clock: who is believed, and what is kept on disk."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kiosk.intake.server_time import AGREES, ServerTime

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
A_YEAR = timedelta(days=365)


class Clocks:
    """The machine's clock, which can be put wrong, and the seconds that pass whatever it says."""

    def __init__(self) -> None:
        self.passed = 1000.0
        self.error = timedelta(0)

    @property
    def true(self) -> datetime:
        return NOON + timedelta(seconds=self.passed - 1000)

    def server_time(self, folder: Path) -> ServerTime:
        return ServerTime(folder, lambda: self.true + self.error, lambda: self.passed)


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


def test_our_clock_is_believed_at_first(clocks: Clocks, tmp_path: Path) -> None:
    """As long as the intake told nothing, there is only our clock."""
    clocks.error = A_YEAR
    time = clocks.server_time(tmp_path)
    assert (NOON + A_YEAR, timedelta(0), False) == (time.now(), time.skew, time.clock_wrong)


@pytest.mark.parametrize("error", [A_YEAR, -A_YEAR, AGREES * 1.1, -AGREES * 1.1])
def test_a_wrong_clock_is_replaced(error: timedelta, clocks: Clocks, tmp_path: Path) -> None:
    """Off by more than five minutes the intake's time goes on in the place of ours, until ours
    agrees again."""
    clocks.error = error
    time = clocks.server_time(tmp_path)
    time.seen(clocks.true)
    clocks.passed += 7200
    assert (clocks.true, error, True) == (time.now(), time.skew, time.clock_wrong)
    clocks.error = timedelta(seconds=2)
    assert (clocks.true + clocks.error, False) == (time.now(), time.clock_wrong)


def test_minutes_are_no_reason(clocks: Clocks, tmp_path: Path) -> None:
    """Up to five minutes our own clock stays in use."""
    clocks.error = AGREES
    time = clocks.server_time(tmp_path)
    time.seen(clocks.true)
    assert (NOON + AGREES, False) == (time.now(), time.clock_wrong)


def test_time_does_not_go_back_over_a_restart(clocks: Clocks, tmp_path: Path) -> None:
    """After a restart with a clock that is behind what the intake told before, that time goes
    on."""
    clocks.server_time(tmp_path).seen(clocks.true)
    clocks.error = -A_YEAR
    again = clocks.server_time(tmp_path)
    clocks.passed += 60
    assert (NOON + timedelta(minutes=1), True) == (again.now(), again.clock_wrong)


def test_not_yet_valid(clocks: Clocks, tmp_path: Path) -> None:
    """A certificate from the future means a clock that is behind, unless the intake told in this
    run that ours is right."""
    time = clocks.server_time(tmp_path)
    assert time.doubts_not_yet_valid()
    time.seen(clocks.true)
    assert not time.doubts_not_yet_valid()
    clocks.error = A_YEAR
    assert not time.doubts_not_yet_valid()
    clocks.error = -A_YEAR
    assert time.doubts_not_yet_valid()


def test_expired(clocks: Clocks, tmp_path: Path) -> None:
    """An expired certificate means a clock that is ahead when ours is more than 30 days past the
    time that the intake told last, or away from what it told in this run; otherwise it expired."""
    assert not clocks.server_time(tmp_path).doubts_expired()
    clocks.server_time(tmp_path).seen(clocks.true)
    time = clocks.server_time(tmp_path)
    clocks.error = timedelta(days=30)
    assert not time.doubts_expired()
    clocks.error = timedelta(days=31)
    assert time.doubts_expired()
    clocks.error = -A_YEAR
    assert not time.doubts_expired()
    clocks.error = timedelta(hours=1)
    time.seen(clocks.true)
    assert time.doubts_expired()


def test_kept_once_an_hour(clocks: Clocks, tmp_path: Path) -> None:
    """The disk is written when the kept time is an hour old, or when the intake went back."""
    time = clocks.server_time(tmp_path)
    times = [NOON, NOON + timedelta(minutes=59), NOON + timedelta(hours=1), NOON - A_YEAR]
    kept = []
    for at in times:
        time.seen(at)
        kept.append(datetime.fromisoformat((tmp_path / "server-time").read_text()))
    assert [NOON, NOON, NOON + timedelta(hours=1), NOON - A_YEAR] == kept


@pytest.mark.parametrize("content", [b"", b"\xff", b"2026-11-25T12:00:00", b"soon"])
def test_a_damaged_file_counts_as_none(content: bytes, clocks: Clocks, tmp_path: Path) -> None:
    """What cannot be read is not believed, and is replaced by the next time told."""
    (tmp_path / "server-time").write_bytes(content)
    time = clocks.server_time(tmp_path)
    assert timedelta(0) == time.skew
    time.seen(NOON)
    assert NOON.isoformat() == (tmp_path / "server-time").read_text()


def test_a_disk_that_refuses_changes_nothing(clocks: Clocks, tmp_path: Path) -> None:
    """When the time cannot be kept it counts all the same."""
    (tmp_path / "file").touch()
    time = clocks.server_time(tmp_path / "file")
    clocks.error = A_YEAR
    time.seen(clocks.true)
    assert NOON == time.now()


class WrongClock(RuleBasedStateMachine):
    """Whatever happens to our clock: once the intake told its time, ours is used while it agrees,
    and the truth otherwise."""

    @initialize()
    def begin(self) -> None:
        self.clocks = Clocks()
        self.time = self.clocks.server_time(Path("/dev/null"))
        self.told = False

    @rule(seconds=st.floats(0, 1e7))
    def pass_time(self, seconds: float) -> None:
        self.clocks.passed += seconds

    @rule(error=st.timedeltas(-2 * A_YEAR, 2 * A_YEAR) | st.timedeltas(-AGREES, AGREES))
    def set_clock(self, error: timedelta) -> None:
        self.clocks.error = error

    @rule()
    def tell(self) -> None:
        self.time.seen(self.clocks.true)
        self.told = True

    @invariant()
    def is_near_the_truth(self) -> None:
        if self.told:
            a_moment = timedelta(milliseconds=1)
            assert AGREES + a_moment >= abs(self.time.now() - self.clocks.true)
            assert self.time.clock_wrong is (abs(self.time.skew) > AGREES)
            assert a_moment >= abs(self.time.skew - self.clocks.error)


WrongClock.TestCase.settings = settings(max_examples=50, stateful_step_count=20, deadline=None)
TestWrongClock = WrongClock.TestCase
