"""The outbox under any order of events: nothing lost, nothing twice."""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from kiosk.intake.contract import CHINA_TIME
from kiosk.intake.outbox import EntryState, Outbox

AT = datetime(2026, 11, 24, 9, 30, tzinfo=CHINA_TIME)


@dataclass
class Expected:
    """What the model knows of one row; `key` from its first try on."""

    entry: int
    payload: bytes
    state: EntryState
    number: str | None = None
    key: str | None = None


class OutboxMachine(RuleBasedStateMachine):
    """A commit thread and a sender, each with a connection, that may die at any step."""

    rows = Bundle("rows")

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._file = Path(self._folder.name) / "outbox.sqlite"
        self._commits = Outbox(self._file)
        self._sends = Outbox(self._file)
        self._expected: dict[str, Expected] = {}

    def teardown(self) -> None:
        self._commits.close()
        self._sends.close()
        self._folder.cleanup()

    @rule(target=rows, payload=st.binary(min_size=1, max_size=9000))
    def commit(self, payload: bytes) -> str:
        entry, reference = self._commits.add_application("JL-03", AT, lambda r: (payload, r))
        assert reference not in self._expected
        self._expected[reference] = Expected(entry, payload, EntryState.WAITING)
        return reference

    @rule(reference=rows)
    def begin_to_send(self, reference: str) -> None:
        row = self._expected[reference]
        sent = self._sends.record_sending(row.entry)
        if row.state in (EntryState.ACCEPTED, EntryState.HELD):
            assert sent is None
            return
        assert sent is not None
        assert (reference, row.payload) == (sent.reference, sent.payload)
        assert row.key in (None, sent.key)
        row.key = sent.key
        row.state = EntryState.SENDING

    @rule(reference=rows, serial=st.integers(1, 9999))
    def accept(self, reference: str, serial: int) -> None:
        row = self._expected[reference]
        if row.state is EntryState.SENDING:
            row.number = f"350428261124{serial:04d}"
            self._sends.accept(row.entry, row.number, AT)
            row.state = EntryState.ACCEPTED

    @rule(reference=rows)
    def hold(self, reference: str) -> None:
        row = self._expected[reference]
        if row.state is EntryState.SENDING:
            self._sends.hold(row.entry, "HTTP 422", AT)
            row.state = EntryState.HELD

    @rule()
    def reopen(self) -> None:
        self._commits.close()
        self._sends.close()
        self._commits, self._sends = Outbox(self._file), Outbox(self._file)
        self._commits.check()

    @invariant()
    def nothing_is_lost_or_twice(self) -> None:
        assert [(r, row.state, row.number) for r, row in self._expected.items()] == [
            (stone.reference, stone.state, stone.number) for stone in self._sends.tombstones()
        ]

    @invariant()
    def what_is_open_is_what_waits(self) -> None:
        unsent = (EntryState.WAITING, EntryState.SENDING)
        open_rows = tuple(row.entry for row in self._expected.values() if row.state in unsent)
        assert open_rows == self._sends.open_ids()
        assert len(open_rows) == self._commits.waiting()

    @invariant()
    def keys_are_of_one_row_each(self) -> None:
        keys = [row.key for row in self._expected.values() if row.key]
        assert len(keys) == len(set(keys))


OutboxMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestOutbox = OutboxMachine.TestCase
