"""Which row is sent when: pure, without a clock of its own.

Rows about one case go in their order; a row that waits keeps back its own case alone. Times are
seconds of any clock that only goes forward.
"""

import heapq
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from kiosk.intake.outbox_rows import OpenRow
from kiosk.intake.sending_table import LONGEST_DELAY, Fate, Verdict

FIRST_DELAY = 1.0
MOST_BYTES = 64 * 2**20
"""Bytes of payload that may be under way at once; a larger row goes alone."""


def delay_after(failures: int, chance: float) -> float:
    """Seconds until the next try: doubling from 1 s to 300 s, half of it by chance (0…1), so that
    kiosks that lost the intake together do not come back together."""
    longest = min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** min(failures - 1, 16))
    return longest * (0.5 + chance / 2)


@dataclass
class _Case:
    """Rows in their order; `due` is the first one's turn."""

    number: int
    rows: deque[OpenRow] = field(default_factory=deque)
    due: float = 0.0
    failures: int = 0
    urgent: bool = False
    under_way: bool = False


class Schedule:
    """`at_once` is the number of rows that may be under way, with one place more for an urgent
    one; after a failure of the whole line one row tries for all. `chance` gives 0…1."""

    def __init__(self, at_once: int, chance: Callable[[], float]) -> None:
        self._at_once = at_once
        self._chance = chance
        self._cases: dict[str, _Case] = {}
        self._known: dict[str, str] = {}
        self._urgent: deque[str] = deque()
        self._turns: list[tuple[float, int, str]] = []
        self._under_way: dict[str, int] = {}
        self._added = 0
        self._line_due = 0.0
        self._line_failures = 0

    def __len__(self) -> int:
        """How many rows are not settled."""
        return len(self._known)

    @property
    def under_way(self) -> int:
        return len(self._under_way)

    def line_waits(self, now: float) -> bool:
        """Whether nothing at all may be sent yet."""
        return now < self._line_due

    def add(self, row: OpenRow, now: float, *, urgent: bool = False) -> None:
        """A row that is known already changes nothing. An urgent one goes first, and its first
        try does not wait for the intake to answer."""
        if row.key in self._known:
            return
        self._known[row.key] = row.about
        case = self._cases.get(row.about)
        if case is not None:
            case.rows.append(row)
            return
        self._added += 1
        case = self._cases[row.about] = _Case(self._added, deque([row]), now, urgent=urgent)
        if urgent:
            self._urgent.append(row.about)
        else:
            self._give_turn(row.about, case)

    def take(self, now: float, *, answers: bool) -> tuple[str, ...]:
        """Keys of the rows to be sent now; they are under way until `settled`, `dropped` or
        `failed`. `answers`: whether the intake does; while it does not, urgent rows alone go."""
        return tuple(self._taken(now, answers))

    def settled(self, key: str) -> None:
        """The intake has it: the next row of its case has its turn, and the line works."""
        self._done(key)
        self._line_works()

    def dropped(self, key: str) -> None:
        """The outbox gives it out no more; with it goes what stands behind it in its case."""
        self._under_way.pop(key, None)
        about = self._known.get(key)
        if about is not None:
            for row in self._cases.pop(about).rows:
                self._known.pop(row.key)

    def returned(self, key: str, now: float) -> None:
        """It was not sent after all, for a reason that is not the intake's."""
        self._again(key, now)

    def failed(self, key: str, now: float, verdict: Verdict) -> None:
        """The try came to nothing; `verdict` says what follows."""
        case = self._cases.get(self._known.get(key, ""))
        if case is None:
            self._under_way.pop(key, None)
            return
        match verdict.fate:
            case Fate.HOLD:
                self._without(case.rows[0].reference, case)
                self._line_works()
            case Fate.SOON:
                self._again(key, now + delay_after(1, self._chance()))
                self._line_works()
            case Fate.RETRY:
                self._backs_off(key, case, now)
            case Fate.LATER:
                # Tries that were under way together fail together: they count as one.
                if not self.line_waits(now):
                    self._line_failures += 1
                    delay = delay_after(self._line_failures, self._chance())
                    self._line_due = now + max(delay, verdict.at_least)
                # Its own back-off too: should it be this row alone, another tries for all next.
                self._backs_off(key, case, now)

    def all_due(self, now: float) -> None:
        """After an outage nothing waits any longer for its own turn."""
        self._turns = []
        for about, case in self._cases.items():
            if not case.under_way and not case.urgent:
                case.due = min(case.due, now)
                self._turns.append((case.due, case.number, about))
        heapq.heapify(self._turns)

    def next_due(self, *, answers: bool) -> float | None:
        """When `take` may give something again if nothing else happens; None: never."""
        following = self._following(answers)
        return None if following is None else max(following[0], self._line_due)

    def _taken(self, now: float, answers: bool) -> Iterator[str]:
        while not self.line_waits(now):
            following = self._following(answers)
            if following is None or following[0] > now:
                return
            _, case = following
            if case.urgent:
                self._urgent.popleft()
            else:
                heapq.heappop(self._turns)
            case.urgent = False
            case.under_way = True
            row = case.rows[0]
            self._under_way[row.key] = row.size
            yield row.key

    def _following(self, answers: bool) -> tuple[float, _Case] | None:
        """Whose turn comes next, and when; None while there is no place for it."""
        places = 1 if self._line_failures else self._at_once
        if self._urgent:
            due, case = 0.0, self._cases[self._urgent[0]]
            places += 1
        else:
            # Of a case that was dropped its turn is still here.
            while self._turns and self._is_over(*self._turns[0][1:]):
                heapq.heappop(self._turns)
            if not answers or not self._turns:
                return None
            due, case = self._turns[0][0], self._cases[self._turns[0][2]]
        if len(self._under_way) >= places or not self._fits(case.rows[0].size):
            return None
        return due, case

    def _is_over(self, number: int, about: str) -> bool:
        case = self._cases.get(about)
        return case is None or case.number != number

    def _fits(self, size: int) -> bool:
        return not self._under_way or sum(self._under_way.values()) + size <= MOST_BYTES

    def _line_works(self) -> None:
        self._line_due = 0.0
        self._line_failures = 0

    def _backs_off(self, key: str, case: _Case, now: float) -> None:
        case.failures += 1
        self._again(key, now + delay_after(case.failures, self._chance()))

    def _again(self, key: str, due: float) -> None:
        self._under_way.pop(key, None)
        about = self._known.get(key)
        if about is not None:
            case = self._cases[about]
            case.due = due
            case.under_way = False
            self._give_turn(about, case)

    def _done(self, key: str) -> None:
        self._under_way.pop(key, None)
        about = self._known.pop(key, None)
        if about is not None:
            case = self._cases[about]
            case.rows.popleft()
            self._goes_on(about, case)

    def _without(self, reference: str, case: _Case) -> None:
        """The first row is held, and its rating with it."""
        about = case.rows[0].about
        for row in case.rows:
            if row.reference == reference:
                self._under_way.pop(row.key, None)
                del self._known[row.key]
        case.rows = deque(row for row in case.rows if row.reference != reference)
        self._goes_on(about, case)

    def _goes_on(self, about: str, case: _Case) -> None:
        """With its next row, if there is one."""
        case.under_way = False
        case.failures = 0
        if case.rows:
            self._give_turn(about, case)
        else:
            del self._cases[about]

    def _give_turn(self, about: str, case: _Case) -> None:
        heapq.heappush(self._turns, (case.due, case.number, about))
