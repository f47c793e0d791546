"""The outbox under any order of events: nothing lost, nothing twice, a case in its order."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    invariant,
    multiple,
    precondition,
    rule,
)

from kiosk.errors import OutboxUnavailable
from kiosk.intake.contract import CHINA_TIME
from kiosk.intake.outbox import TOMBSTONE_KEPT, Outbox, new_reference
from kiosk.intake.outbox_rows import Accepted, Deferred, Draft, EntryKind, EntryState, Held, OpenRow

AT = datetime(2026, 11, 24, 9, 30, tzinfo=CHINA_TIME)
UNSENT = (EntryState.WAITING, EntryState.SENDING)


@dataclass
class Expected:
    """What the model knows of one row; `counted_from` from the intake's first word after the
    acceptance."""

    row: OpenRow
    payload: bytes
    bundle: str | None = None
    state: EntryState = EntryState.WAITING
    number: str | None = None
    attempts: int = 0
    reason: str | None = None
    counted_from: datetime | None = None


def draft(
    kind: EntryKind, payload: bytes, about: str | None = None, bundle: str | None = None
) -> Draft:
    return Draft(kind, lambda reference: (payload, reference), about, bundle)


class OutboxMachine(RuleBasedStateMachine):
    """A commit thread and a sender, each with a connection, that may die at any step."""

    rows = Bundle("rows")

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._file = Path(self._folder.name) / "outbox.sqlite"
        self._commits = Outbox(self._file)
        self._sends = Outbox(self._file)
        self._intake_says = AT
        self._expected: dict[str, Expected] = {}

    def teardown(self) -> None:
        self._commits.close()
        self._sends.close()
        self._folder.cleanup()

    def _behind_held(self, row: OpenRow) -> bool:
        return any(
            row.reference in (other.row.reference, other.bundle) and other.state is EntryState.HELD
            for other in self._earlier(row)
        )

    def _behind_open(self, row: OpenRow) -> bool:
        return any(
            (other.row.about == row.about or other.bundle == row.reference)
            and other.state in UNSENT
            for other in self._earlier(row)
        )

    def _earlier(self, row: OpenRow) -> Iterator[Expected]:
        for other in self._expected.values():
            if other.row.key == row.key:
                break
            yield other

    def _note(self, row: OpenRow, payload: bytes, bundle: str | None = None) -> None:
        assert row.key not in self._expected
        assert row.reference not in {other.row.reference for other in self._expected.values()}
        self._expected[row.key] = Expected(row, payload, bundle)

    @rule(
        target=rows, payloads=st.lists(st.binary(min_size=1, max_size=9000), min_size=1, max_size=4)
    )
    def commit(self, payloads: list[bytes]) -> MultipleResults[OpenRow]:
        """One application, or those of a life event."""
        bundle = new_reference("JL-03", AT) if len(payloads) > 1 else None
        drafts = [draft(EntryKind.APPLICATION, each, None, bundle) for each in payloads]
        kept = self._commits.add("JL-03", AT, drafts)
        for row, payload in zip(kept, payloads, strict=True):
            assert (EntryKind.APPLICATION, row.reference) == (row.kind, row.about)
            self._note(row, payload, bundle)
        return multiple(*kept)

    @rule(
        target=rows,
        kind=st.sampled_from([EntryKind.CASE_ACT, EntryKind.APPLICATION]),
        case=st.sampled_from(["3504282611240001", "3504282611240002"]),
        payload=st.binary(min_size=1, max_size=90),
    )
    def act(self, kind: EntryKind, case: str, payload: bytes) -> OpenRow:
        """An act on a case, or an application that corrects it."""
        (row,) = self._commits.add("JL-03", AT, (draft(kind, payload, case),))
        assert (kind, case) == (row.kind, row.about)
        self._note(row, payload)
        return row

    @rule(payloads=st.lists(st.binary(min_size=1, max_size=9000), min_size=1, max_size=3))
    def fail_to_commit(self, payloads: list[bytes]) -> None:
        """The last of them cannot be written, so none is kept."""
        drafts = [draft(EntryKind.APPLICATION, payload) for payload in payloads]
        unwritable = Draft(EntryKind.APPLICATION, lambda _: (None, ""))
        with pytest.raises(OutboxUnavailable):
            self._commits.add("JL-03", AT, (*drafts, unwritable))

    @rule(target=rows, of=rows, payload=st.binary(min_size=1, max_size=90), whole=st.booleans())
    def rate(self, of: OpenRow, payload: bytes, whole: bool) -> OpenRow:
        """A row, or all of its bundle."""
        expected = self._expected.get(of.key)
        about = of.about if expected is not None else of.reference
        reference = of.reference
        if whole and expected is not None and expected.bundle is not None:
            reference = about = expected.bundle
        rating = self._commits.add_rating(reference, AT, payload, "")
        before = [
            other.row
            for other in self._expected.values()
            if (EntryKind.RATING, reference) == (other.row.kind, other.row.reference)
        ]
        assert (rating is None) == bool(before)
        if rating is None:
            return before[0]
        assert (reference, about) == (rating.reference, rating.about)
        self._expected[rating.key] = Expected(rating, payload)
        return rating

    @rule(row=rows)
    def begin_to_send(self, row: OpenRow) -> None:
        expected = self._expected.get(row.key)
        sent = self._sends.advance((), (row.key,))
        if (
            expected is None
            or expected.state not in UNSENT
            or self._behind_held(row)
            or self._behind_open(row)
        ):
            assert () == sent
            return
        (entry,) = sent
        assert (row.key, row.reference, row.about, expected.payload) == (
            entry.key,
            entry.reference,
            entry.about,
            entry.payload,
        )
        expected.state = EntryState.SENDING
        expected.attempts += 1

    @rule(row=rows, serial=st.integers(1, 9999))
    def accept(self, row: OpenRow, serial: int) -> None:
        expected = self._expected.get(row.key)
        if expected is not None and expected.state is EntryState.SENDING:
            expected.number = f"350428261124{serial:04d}"
            self._sends.advance([Accepted(row.key, expected.number)], ())
            expected.state, expected.reason = EntryState.ACCEPTED, None

    @rule(row=rows, hold=st.booleans())
    def fail(self, row: OpenRow, hold: bool) -> None:
        expected = self._expected.get(row.key)
        outcome = Held(row.key, "HTTP 422") if hold else Deferred(row.key, "HTTP 503")
        self._sends.advance([outcome], ())
        if expected is not None and expected.state in UNSENT:
            expected.reason = outcome.reason
            if hold:
                expected.state = EntryState.HELD

    @rule(row=rows)
    def release(self, row: OpenRow) -> None:
        held = [
            other
            for other in self._expected.values()
            if (row.reference, EntryState.HELD) == (other.row.reference, other.state)
        ]
        assert bool(held) == self._commits.release(row.reference)
        for expected in held:
            expected.state = EntryState.WAITING

    @precondition(lambda self: self._expected)
    @rule(days=st.integers(-400, 400))
    def hear_the_intakes_time(self, days: int) -> None:
        self._intake_says += timedelta(days=days)
        self._sends.prune(self._intake_says)
        for expected in self._expected.values():
            if expected.state is EntryState.ACCEPTED and expected.counted_from is None:
                expected.counted_from = self._intake_says
        self._expected = {
            key: expected
            for key, expected in self._expected.items()
            if expected.counted_from is None
            or self._intake_says - expected.counted_from <= TOMBSTONE_KEPT
        }

    @rule()
    def reopen(self) -> None:
        self._commits.close()
        self._sends.close()
        self._commits, self._sends = Outbox(self._file), Outbox(self._file)
        self._commits.check()

    @invariant()
    def nothing_is_lost_or_twice(self) -> None:
        assert [
            (e.row.kind, e.row.reference, e.state, e.number, e.attempts, e.reason)
            for e in self._expected.values()
        ] == [
            (r.kind, r.reference, r.state, r.number, r.attempts, r.reason)
            for r in self._sends.records()
        ]

    @invariant()
    def what_is_open_is_what_waits(self) -> None:
        unsent = [e for e in self._expected.values() if e.state in UNSENT]
        in_turn = tuple(e.row for e in unsent if not self._behind_held(e.row))
        assert in_turn == self._sends.open_rows()
        waiting = sum(e.row.kind is not EntryKind.RATING for e in unsent)
        held = sum(e.state is EntryState.HELD for e in self._expected.values())
        assert (waiting, held) == self._commits.counts()

    @invariant()
    def a_payload_is_there_until_it_is_accepted(self) -> None:
        with self._sends._file.transaction() as db:
            kept = {content for (content,) in db.execute("SELECT content FROM payload")}
        assert kept == {
            e.payload for e in self._expected.values() if e.state is not EntryState.ACCEPTED
        }


OutboxMachine.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestOutbox = OutboxMachine.TestCase
