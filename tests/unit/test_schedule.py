"""Which row is sent when: no clock, no disk, no line."""

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kiosk.intake.outbox_rows import EntryKind, OpenRow
from kiosk.intake.schedule import MOST_BYTES, Schedule, delay_after
from kiosk.intake.sending_table import LONGEST_DELAY, Fate, Verdict

RETRY = Verdict(Fate.RETRY)
LATER = Verdict(Fate.LATER)


def row(key: str, reference: str | None = None, size: int = 1000) -> OpenRow:
    case = reference or f"case of {key}"
    return OpenRow(key, EntryKind.APPLICATION, case, case, size)


def schedule(at_once: int = 4, chance: float = 1.0) -> Schedule:
    return Schedule(at_once, lambda: chance)


@given(failures=st.integers(1, 10_000), chance=st.floats(0, 1))
def test_a_row_never_waits_longer_than_five_minutes(failures: int, chance: float) -> None:
    """However often it failed, the next try comes within 300 s, and never at once."""
    assert 0.5 <= delay_after(failures, chance) <= LONGEST_DELAY == 300.0


def test_the_wait_doubles() -> None:
    """Each failure doubles the bounds of the wait: half a second to 1 s, 1 to 2 s, and so on."""
    for failures in range(1, 8):
        assert 2.0 ** (failures - 2) == delay_after(failures, 0.0)
        assert 2.0 ** (failures - 1) == delay_after(failures, 1.0)


def test_the_oldest_go_first_and_few_at_once() -> None:
    """Rows leave in the order in which they came, no more than there are places."""
    rows = schedule(at_once=2)
    for key in "abc":
        rows.add(row(key), 0.0)
    assert ("a", "b") == rows.take(0.0, answers=True)
    assert () == rows.take(0.0, answers=True)
    rows.settled("a")
    assert ("c",) == rows.take(0.0, answers=True)


def test_an_urgent_row_has_a_place_of_its_own() -> None:
    """Whoever stands at the kiosk waits neither behind the queue nor for the intake to answer."""
    rows = schedule(at_once=2)
    for key in "abc":
        rows.add(row(key), 0.0)
    rows.take(0.0, answers=True)
    rows.add(row("citizen"), 0.0, urgent=True)
    assert 0.0 == rows.next_due(answers=False)
    assert ("citizen",) == rows.take(0.0, answers=False)


def test_nothing_else_goes_while_nothing_answers() -> None:
    """An outage costs no row its turn: all wait for the first answer."""
    rows = schedule()
    rows.add(row("a"), 0.0)
    assert ((), None) == (rows.take(0.0, answers=False), rows.next_due(answers=False))
    assert ("a",) == rows.take(0.0, answers=True)


def test_after_an_outage_all_are_due() -> None:
    """However long rows had to wait, the recovery ends it."""
    rows = schedule()
    for key in "ab":
        rows.add(row(key), 0.0)
    for now in range(1000):
        for key in rows.take(float(now), answers=True):
            rows.failed(key, float(now), RETRY)
    assert (rows.next_due(answers=True) or 0.0) > 1000.0
    rows.all_due(1000.0)
    assert {"a", "b"} == set(rows.take(1000.0, answers=True))


def test_a_row_that_fails_waits_alone() -> None:
    """The poison row in front keeps nobody back, and doubles its own wait alone."""
    rows = schedule(at_once=1)
    for key in ("poison", *"abcdef"):
        rows.add(row(key), 0.0)
    sent = []
    for _ in range(7):
        (key,) = rows.take(0.0, answers=True)
        sent.append(key)
        if key == "poison":
            rows.failed(key, 0.0, RETRY)
        else:
            rows.settled(key)
    assert ["poison", *"abcdef"] == sent
    assert 1.0 == rows.next_due(answers=True)


def test_a_case_goes_in_its_order() -> None:
    """A later row of one case waits for the earlier one, also while that backs off."""
    rows = schedule()
    rows.add(row("application", "R"), 0.0)
    rows.add(row("rating", "R"), 0.0)
    assert ("application",) == rows.take(0.0, answers=True)
    rows.failed("application", 0.0, RETRY)
    assert () == rows.take(0.9, answers=True)
    assert ("application",) == rows.take(1.0, answers=True)
    rows.settled("application")
    assert ("rating",) == rows.take(1.0, answers=True)


def test_a_rating_does_not_inherit_failures() -> None:
    """However often its application failed, a rating begins with the shortest wait."""
    rows = schedule()
    rows.add(row("application", "R"), 0.0)
    rows.add(row("rating", "R"), 0.0)
    for now in (0.0, 1.0, 3.0):
        rows.take(now, answers=True)
        rows.failed("application", now, RETRY)
    rows.take(7.0, answers=True)
    rows.settled("application")
    rows.take(7.0, answers=True)
    rows.failed("rating", 7.0, RETRY)
    assert 8.0 == rows.next_due(answers=True)


def test_what_is_held_takes_its_case_with_it() -> None:
    """Behind a held row nothing of its case is sent; when staff release it, all comes again."""
    rows = schedule()
    rows.add(row("application", "R"), 0.0)
    rows.add(row("rating", "R"), 0.0)
    rows.take(0.0, answers=True)
    rows.failed("application", 0.0, Verdict(Fate.HOLD))
    assert (0, ()) == (len(rows), rows.take(500.0, answers=True))
    rows.add(row("application", "R"), 500.0)
    rows.add(row("rating", "R"), 500.0)
    assert ("application",) == rows.take(500.0, answers=True)


def test_acts_go_on_behind_one_that_is_held() -> None:
    """Only what stands under the held row's own reference goes with it."""
    rows = schedule()
    for key, reference in (("refused", "R1"), ("next", "R2"), ("rating", "R1")):
        rows.add(OpenRow(key, EntryKind.CASE_ACT, reference, "one case", 10), 0.0)
    assert ("refused",) == rows.take(0.0, answers=True)
    rows.failed("refused", 0.0, Verdict(Fate.HOLD))
    assert (1, ("next",)) == (len(rows), rows.take(0.0, answers=True))
    rows.settled("next")
    assert (0, ()) == (len(rows), rows.take(500.0, answers=True))


def test_a_refused_kiosk_stops_the_whole_line() -> None:
    """After one such answer nothing goes until its time, then one row tries for all, and what
    was under way together counts as one failure."""
    rows = schedule(at_once=2)
    for key in "abcd":
        rows.add(row(key), 0.0)
    for key in rows.take(0.0, answers=True):
        rows.failed(key, 0.0, LATER)
    assert (True, ()) == (rows.line_waits(0.9), rows.take(0.9, answers=True))
    assert 1.0 == rows.next_due(answers=True)
    assert ("c",) == rows.take(1.0, answers=True)
    rows.settled("c")
    assert ("d", "a") == rows.take(1.0, answers=True)


def test_the_intake_says_when() -> None:
    """Retry-After is kept by all rows, and urgent ones too."""
    rows = schedule()
    rows.add(row("a"), 0.0)
    rows.take(0.0, answers=True)
    rows.failed("a", 0.0, Verdict(Fate.LATER, at_least=120.0))
    rows.add(row("citizen"), 1.0, urgent=True)
    assert () == rows.take(119.9, answers=True)
    assert 120.0 == rows.next_due(answers=True)
    assert ("citizen",) == rows.take(120.0, answers=True)[:1]


def test_one_row_that_stops_the_line_does_not_keep_it() -> None:
    """Where the fault is one row's alone, another row tries for all and opens the line."""
    rows = schedule(at_once=1)
    for key in ("poison", "a", "b"):
        rows.add(row(key), 0.0)
    now, settled = 0.0, []
    while len(settled) < 2:
        for key in rows.take(now, answers=True):
            if key == "poison":
                rows.failed(key, now, LATER)
            else:
                rows.settled(key)
                settled.append(key)
        now += 0.5
    assert now <= 5.0


def test_soon_does_not_grow() -> None:
    """While the intake is still at it, the question comes again after a second each time."""
    rows = schedule()
    rows.add(row("a"), 0.0)
    for now in range(20):
        assert ("a",) == rows.take(float(now), answers=True)
        rows.failed("a", float(now), Verdict(Fate.SOON))


def test_bytes_under_way_are_bounded() -> None:
    """Large rows go one by one; a row larger than the bound goes alone."""
    rows = schedule()
    for key, size in (("a", MOST_BYTES + 1), ("b", MOST_BYTES // 2), ("c", MOST_BYTES // 2)):
        rows.add(row(key, size=size), 0.0)
    assert ("a",) == rows.take(0.0, answers=True)
    assert rows.next_due(answers=True) is None
    rows.settled("a")
    assert ("b", "c") == rows.take(0.0, answers=True)


@pytest.mark.parametrize("urgent", [False, True])
def test_a_row_that_is_known_changes_nothing(urgent: bool) -> None:
    """The outbox may tell of a row again and again."""
    rows = schedule()
    rows.add(row("a"), 0.0, urgent=urgent)
    rows.add(row("a"), 0.0)
    assert ("a",) == rows.take(0.0, answers=True)
    rows.add(row("a"), 0.0)
    assert (1, ()) == (len(rows), rows.take(9.0, answers=True))


class ScheduleMachine(RuleBasedStateMachine):
    """Any order of rows, answers and outages."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 0.0
        self._numbers = count()
        self._schedule = Schedule(3, lambda: 0.5)
        self._cases: dict[str, list[str]] = {}
        self._under_way: dict[str, str] = {}

    @rule(
        number=st.integers(0, 5),
        act=st.integers(0, 1),
        urgent=st.booleans(),
        size=st.sampled_from([1, MOST_BYTES // 2]),
    )
    def add(self, number: int, act: int, urgent: bool, size: int) -> None:
        case = f"C{number}"
        key = f"{case}/R{act}/{next(self._numbers)}"
        self._cases.setdefault(case, []).append(key)
        added = OpenRow(key, EntryKind.CASE_ACT, f"R{act}", case, size)
        self._schedule.add(added, self._now, urgent=urgent)

    @rule(seconds=st.sampled_from([0.0, 0.7, 30.0, 400.0]), answers=st.booleans())
    def take(self, seconds: float, answers: bool) -> None:
        self._now += seconds
        for key in self._schedule.take(self._now, answers=answers):
            case = key.partition("/")[0]
            assert case not in self._under_way
            assert key == self._cases[case][0]
            self._under_way[case] = key

    @precondition(lambda self: self._under_way)
    @rule(data=st.data(), fate=st.sampled_from([None, *Fate]), at_least=st.floats(0, 300))
    def answer(self, data: st.DataObject, fate: Fate | None, at_least: float) -> None:
        case = data.draw(st.sampled_from(sorted(self._under_way)))
        key = self._under_way.pop(case)
        if fate is None:
            self._schedule.settled(key)
        else:
            self._schedule.failed(key, self._now, Verdict(fate, at_least=at_least))
        if fate is Fate.HOLD:
            held = key.split("/")[1]
            self._cases[case] = [k for k in self._cases[case] if k.split("/")[1] != held]
        elif fate is None:
            self._cases[case].pop(0)

    @rule()
    def recover(self) -> None:
        self._schedule.all_due(self._now)

    @invariant()
    def all_are_known(self) -> None:
        assert sum(map(len, self._cases.values())) == len(self._schedule)
        assert len(self._under_way) == self._schedule.under_way <= 4

    @invariant()
    def nobody_is_forgotten(self) -> None:
        """While something waits and nothing is under way, its time is known and within 300 s."""
        if len(self._schedule) and not self._under_way:
            due = self._schedule.next_due(answers=True)
            assert due is not None
            assert due <= self._now + LONGEST_DELAY

    def teardown(self) -> None:
        """Once the intake takes everything, everything goes."""
        for _ in range(len(self._schedule) + 1):
            for key in [*self._under_way.values()]:
                self._schedule.settled(key)
            self._now += LONGEST_DELAY
            self._under_way = {key: key for key in self._schedule.take(self._now, answers=True)}
        assert 0 == len(self._schedule)


ScheduleMachine.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestSchedule = ScheduleMachine.TestCase
