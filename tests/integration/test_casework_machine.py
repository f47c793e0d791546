"""Any sequence of acts, at any pace: what the life of a case holds to, seen in the database."""

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from sandbox.intake.case_actions import (
    Accept,
    Action,
    AskedMaterial,
    BeginReview,
    Correct,
    Deliver,
    Extend,
    Finish,
    ForwardToDecision,
    HavePosted,
    NotAllowed,
    PromisedMaterial,
    Refuse,
    ReturnForSupplement,
    Supplied,
    SupplyPromised,
    Withdraw,
)
from sandbox.intake.case_file import Collection, Outcome, State, day_of
from sandbox.intake.casework import CaseSheet
from sandbox.intake.tables import Base
from sandbox.intake.working_days import add_working_days, working_days_between
from tests.integration.case_fixtures import CASEWORK, november, receive

ASKED = ("户口簿", "照片", "居住证明")
ASK = ReturnForSupplement(tuple(AskedMaterial(name, "缺") for name in ASKED))
PROMISE = Accept((PromisedMaterial("银行卡复印件", "复印件", 5),), promise_noted=True)
EXTEND = Extend(3, "需要实地核查")
WITHDRAW = Withdraw("not_needed", "家里已办好")
POST = HavePosted("欧阳示例", "13805980000", "古镛镇滨河南路12号")
IN_REVIEW: tuple[Action, ...] = (ASK, EXTEND, SupplyPromised("银行卡复印件"), WITHDRAW)
BY_POST = Finish(Outcome.APPROVED, "", Collection("1 号窗口", by_post=True, electronic=True))
FITTING: dict[State, tuple[Action, ...]] = {
    State.RECEIVED: (Accept(), PROMISE, ASK, Refuse("不属于本机关职权范围"), Correct(), WITHDRAW),
    State.SUPPLEMENTING: (Supplied(ASKED), Supplied(ASKED[:1]), Supplied(ASKED[1:]), Correct()),
    State.ACCEPTED: (BeginReview(), *IN_REVIEW),
    State.REFUSED: (Accept(),),
    State.REVIEWING: (ForwardToDecision(), *IN_REVIEW),
    State.DECIDING: (BY_POST, Finish(Outcome.NOT_APPROVED, "不符"), *IN_REVIEW),
    State.FINISHED: (Deliver(), POST),
    State.DELIVERED: (ASK,),
    State.WITHDRAWN: (Accept(), WITHDRAW),
}
"""What an officer or the applicant would try; the rest is what nobody should."""
ANY: tuple[Action, ...] = (
    *(action for fitting in FITTING.values() for action in fitting),
    Accept((PromisedMaterial("银行卡复印件", "复印件", 25),), promise_noted=True),
    ReturnForSupplement((AskedMaterial("婚姻状况证明", "未提交"),)),
    Finish(Outcome.APPROVED),
    Finish(Outcome.NOT_APPROVED),
    Withdraw(""),
    Extend(0, "需要实地核查"),
)


class AnyLife(RuleBasedStateMachine):
    """One transaction, never committed; nothing of it is the model's own but the time."""

    engine = create_engine("sqlite://")

    @initialize(item=st.sampled_from(["041", "001", "136", "049", "900"]), day=st.integers(16, 30))
    def received(self, item: str, day: int) -> None:
        Base.metadata.create_all(self.engine)
        self.session = Session(self.engine)
        self.at = november(day)
        self.number = receive(self.session, 1, item, self.at)
        self.item = item
        self.received_on = day_of(self.at)

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.close()

    @rule(days=st.integers(0, 6), hours=st.integers(0, 23))
    def time_passes(self, days: int, hours: int) -> None:
        self.at += timedelta(days=days, hours=hours)

    @rule()
    def somebody_looks(self) -> None:
        CASEWORK.bring_up_to_date(self.session, self.at)
        assert 0 == CASEWORK.bring_up_to_date(self.session, self.at)
        answer_by = self._sheet().answer_by
        assert answer_by is None or day_of(self.at) <= answer_by.day

    @rule(choice=st.integers(0, 5))
    def somebody_does_what_fits(self, choice: int) -> None:
        CASEWORK.bring_up_to_date(self.session, self.at)
        fitting = FITTING[self._sheet().life.state]
        self._act(fitting[choice % len(fitting)])

    @rule(action=st.sampled_from(ANY))
    def somebody_does_anything(self, action: Action) -> None:
        CASEWORK.bring_up_to_date(self.session, self.at)
        self._act(action)

    def _act(self, action: Action) -> None:
        life = self._sheet().life
        try:
            CASEWORK.act(self.session, self.number, action, "chen", self.at)
        except NotAllowed as refused:
            assert life == self._sheet().life
            assert life.state is refused.state
        else:
            # A second correction within the same moment is one.
            assert life != self._sheet().life or action == Correct()

    @invariant()
    def life_is_explained(self) -> None:
        sheet = self._sheet()
        self._trail_explains_the_state(sheet)
        self._extended_once_and_decided_after_acceptance(sheet)
        self._due_day_moves_only_for_a_reason(sheet)

    def _trail_explains_the_state(self, sheet: CaseSheet) -> None:
        state = State.RECEIVED.value
        for entry in sheet.history:
            assert state == entry.detail["from"]
            state = entry.detail["to"]
        assert (state, len(sheet.history)) == (sheet.row.state, sheet.row.version)

    def _extended_once_and_decided_after_acceptance(self, sheet: CaseSheet) -> None:
        trail = [entry.action for entry in sheet.history]
        assert trail.count("extend") <= 1
        for act in ("begin_review", "extend", "forward", "finish"):
            if act in trail:
                assert {"accept", "deemed_accepted"} & set(trail[: trail.index(act)])
        if "refuse" in trail:
            assert "refuse" == trail[-1]
            assert sheet.life.accepted_at is None
        if "withdraw" in trail:
            assert "withdraw" == trail[-1]
            assert "finish" not in trail
        assert trail.count("posting") <= 1

    def _due_day_moves_only_for_a_reason(self, sheet: CaseSheet) -> None:
        """Counted here from the trail alone: acceptance sets it, an extension and a supplement
        after acceptance move it by their working days, nothing else does."""
        due: date | None = None
        whole_since, returned_on = self.received_on, self.received_on
        for entry in sheet.history:
            on = day_of(datetime.fromisoformat(entry.at))
            match entry.action, entry.detail["to"]:
                case ("accept", _):
                    due = self._promised(on)
                case ("deemed_accepted", _):
                    due = self._promised(whole_since)
                case ("return", _):
                    returned_on = on
                case ("corrected", State.RECEIVED) | ("supplied", State.RECEIVED):
                    whole_since = on
                case ("supplied", State.REVIEWING) if due:
                    stood = working_days_between(returned_on, on, CASEWORK.holidays)
                    due = add_working_days(due, stood, CASEWORK.holidays).day
                case ("extend", _):
                    assert due is not None
                    assert on <= due
                    due = add_working_days(due, entry.detail["days"], CASEWORK.holidays).day
                case _:
                    pass
            assert (str(due) if due else None) == entry.detail["due_on"]
        assert (str(due) if due else None) == sheet.row.due_on
        assert sheet.row.due_provisional is (due is not None and due.year > 2026)

    def _promised(self, on: date) -> date | None:
        item = CASEWORK.directory.item(self.item)
        if item is None or item.promised is None:
            return None
        return add_working_days(on, item.promised, CASEWORK.holidays).day

    def _sheet(self) -> CaseSheet:
        return CASEWORK.sheet(self.session, self.number)


TestAnyLife: Any = AnyLife.TestCase
TestAnyLife.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
