"""Cases in the database: acts, their audit trail, what happens by itself, what the desk asks."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from sandbox.intake.case_actions import (
    Accept,
    Action,
    AskedMaterial,
    BeginReview,
    Deliver,
    Extend,
    Finish,
    ForwardToDecision,
    NotAllowed,
    PromisedMaterial,
    Refuse,
    ReturnForSupplement,
    Supplied,
    SupplyPromised,
    Why,
)
from sandbox.intake.case_file import Outcome, State
from sandbox.intake.casework import SYSTEM, CaseUnknown
from sandbox.intake.database import Database
from sandbox.intake.rating_follow_up import (
    FollowUpNotAllowed,
    WhyNot,
    note_contact,
    note_resolution,
)
from sandbox.intake.tables import AuditEntry, Case, Rating
from sandbox.intake.working_days import Holidays, YearOfHolidays
from tests.integration.case_fixtures import (
    CASEWORK,
    NAME,
    december,
    november,
    rate,
    receive,
    reference_of,
)
from tests.integration.postgres_cluster import Cluster, cluster

MONDAY = november(23)
ALLOWANCE = "041"
"""高龄津贴申领, 县民政局: 10 working days."""
PROMISE = Accept((PromisedMaterial("银行卡复印件", "复印件", 5),), promise_noted=True)
ASK = ReturnForSupplement((AskedMaterial("户口簿", "缺本人页"), AskedMaterial("照片", "尺寸不符")))


@pytest.fixture(scope="module")
def postgres() -> Iterator[Cluster]:
    with cluster() as made:
        yield made


@pytest.fixture
def database(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    if getattr(request, "param", "sqlite") == "postgresql":
        database = Database(request.getfixturevalue("postgres").new_database())
    else:
        database = Database.in_folder(tmp_path)
    yield database
    database.close()


@pytest.fixture
def number(database: Database) -> str:
    with database.transaction() as session:
        return receive(session, 1, ALLOWANCE, MONDAY)


def test_whole_life(database: Database, number: str) -> None:
    """What every step of a long case left behind is read back as it was, and each step stands in
    the trail with its officer, its states and its due day."""
    steps = [
        (ASK, november(23)),
        (Supplied(("户口簿", "照片")), november(24)),
        (PROMISE, november(25)),
        (BeginReview(), november(25)),
        (ReturnForSupplement((AskedMaterial("居住证明", "地址不一致"),)), november(26)),
        (Supplied(("居住证明",)), november(30)),
        (Extend(3, "需要实地核查"), november(30)),
        (SupplyPromised("银行卡复印件"), december(1)),
        (ForwardToDecision(), december(1)),
        (Finish(Outcome.APPROVED, "符合条件"), december(2)),
        (Deliver(), december(3)),
    ]
    for action, at in steps:
        with database.transaction() as session:
            left = CASEWORK.act(session, number, action, "chen", at)
            assert left == CASEWORK.sheet(session, number).life
    with database.transaction() as session:
        sheet = CASEWORK.sheet(session, number)
    # 10 days from 25 November, 2 that the clock stood, 3 more.
    assert ("2026-12-16", False, 2) == (
        sheet.row.due_on,
        sheet.row.due_provisional,
        sheet.row.stopped_days,
    )
    assert ["2026-12-02"] == [material.due_on for material in sheet.materials if material.promised]
    assert [
        ("return", "supplementing", None),
        ("supplied", "received", None),
        ("accept", "accepted", "2026-12-09"),
        ("begin_review", "reviewing", "2026-12-09"),
        ("return", "supplementing", "2026-12-09"),
        ("supplied", "reviewing", "2026-12-11"),
        ("extend", "reviewing", "2026-12-16"),
        ("supply_promised", "reviewing", "2026-12-16"),
        ("forward", "deciding", "2026-12-16"),
        ("finish", "finished", "2026-12-16"),
        ("deliver", "delivered", "2026-12-16"),
    ] == [(entry.action, entry.detail["to"], entry.detail["due_on"]) for entry in sheet.history]
    assert {"chen"} == {entry.actor for entry in sheet.history}


def test_trail_names_nobody(database: Database, number: str) -> None:
    """Whatever an officer writes into a reason, nothing of it is repeated in the trail."""
    words = f"{NAME}未到场"
    steps: list[Action] = [
        ReturnForSupplement((AskedMaterial(words, words),)),
        Supplied((words,)),
        Accept((PromisedMaterial(words, words, 3),), promise_noted=True),
        Extend(1, words),
        SupplyPromised(words),
        BeginReview(),
        ForwardToDecision(),
        Finish(Outcome.NOT_APPROVED, words),
    ]
    with database.transaction() as session:
        other = receive(session, 2, ALLOWANCE, MONDAY)
        CASEWORK.act(session, other, Refuse(words, words), "chen", MONDAY)
        for action in steps:
            CASEWORK.act(session, number, action, "chen", MONDAY)
        trail = session.scalars(select(AuditEntry)).all()
        assert len(steps) + 1 == len(trail)
        assert NAME not in json.dumps([e.detail for e in trail], ensure_ascii=False)


def test_refused_act_leaves_nothing(database: Database, number: str) -> None:
    """An act that is not allowed changes neither the case nor the trail."""
    with pytest.raises(NotAllowed) as refused, database.transaction() as session:
        CASEWORK.act(session, number, Deliver(), "chen", MONDAY)
    assert (Why.WRONG_STATE, State.RECEIVED) == (refused.value.why, refused.value.state)
    with database.transaction() as session:
        sheet = CASEWORK.sheet(session, number)
        assert (State.RECEIVED, 0, ()) == (sheet.life.state, sheet.row.version, sheet.history)
        with pytest.raises(CaseUnknown):
            CASEWORK.act(session, "3504282611239999", Deliver(), "chen", MONDAY)
        with pytest.raises(CaseUnknown):
            CASEWORK.sheet(session, "3504282611239999")


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_two_officers_at_once(database: Database, number: str) -> None:
    """Of officers who accept the same case at the same moment one does, the others are told where
    it stands now; by the file's lock in SQLite, by the row's in PostgreSQL."""
    start = threading.Barrier(4)
    said: list[object] = []

    def accept(officer: str) -> None:
        start.wait(10)
        try:
            with database.transaction() as session:
                CASEWORK.act(session, number, Accept(), officer, MONDAY)
                said.append(officer)
        except NotAllowed as refused:
            said.append(refused.state)

    threads = [threading.Thread(target=accept, args=(f"officer-{k}",)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    winners = [word for word in said if not isinstance(word, State)]
    assert (1, 3) == (len(winners), said.count(State.ACCEPTED))
    with database.transaction() as session:
        history = CASEWORK.sheet(session, number).history
    assert winners == [entry.actor for entry in history]


def test_who_looked_at_an_older_case_is_refused(database: Database, number: str) -> None:
    """Two acts that would both be allowed: the second officer decided on what is no longer so."""
    with database.transaction() as session:
        CASEWORK.act(session, number, Accept(), "chen", MONDAY, seen=0)
        seen = CASEWORK.sheet(session, number).row.version
        CASEWORK.act(session, number, Extend(3, "需要实地核查"), "chen", MONDAY, seen=seen)
        with pytest.raises(NotAllowed) as refused:
            CASEWORK.act(session, number, BeginReview(), "wu", MONDAY, seen=seen)
    assert Why.CHANGED_MEANWHILE is refused.value.why


def test_nobody_answered(database: Database, number: str) -> None:
    """After five working days the case counts as accepted since its receipt, by the system, once;
    one that is still within them does not."""
    with database.transaction() as session:
        receive(session, 2, ALLOWANCE, november(24))
        assert 0 == CASEWORK.bring_up_to_date(session, november(30, 23))
        assert 1 == CASEWORK.bring_up_to_date(session, december(1, 0))
        assert 0 == CASEWORK.bring_up_to_date(session, december(1))
        sheet = CASEWORK.sheet(session, number)
        assert (State.ACCEPTED, True) == (sheet.life.state, sheet.row.deemed)
        assert ("2026-12-07", MONDAY) == (sheet.row.due_on, sheet.life.accepted_at)
        assert [(SYSTEM, "deemed_accepted")] == [(e.actor, e.action) for e in sheet.history]


def test_act_on_a_case_that_nobody_answered(database: Database, number: str) -> None:
    """It is accepted by law before the officer's act is judged, also when nobody looked before."""
    with pytest.raises(NotAllowed) as refused, database.transaction() as session:
        CASEWORK.act(session, number, Refuse("不属于本机关职权范围"), "chen", december(1))
    assert State.ACCEPTED is refused.value.state
    with database.transaction() as session:
        CASEWORK.act(session, number, BeginReview(), "chen", december(1))
        history = CASEWORK.sheet(session, number).history
    assert ["deemed_accepted", "begin_review"] == [entry.action for entry in history]


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_supplemented_case_has_five_days_again(database: Database, number: str) -> None:
    """The limit for an answer begins anew with the supplement, and the desk is told of it."""
    with database.transaction() as session:
        CASEWORK.act(session, number, ASK, "chen", november(24))
        assert {} == CASEWORK.answers_due(session, [number])
        CASEWORK.act(session, number, Supplied(("户口簿", "照片")), "chen", november(27))
        assert 0 == CASEWORK.bring_up_to_date(session, december(4, 23))
        assert date(2026, 12, 4) == CASEWORK.answers_due(session, [number])[number].day
        assert 1 == CASEWORK.bring_up_to_date(session, december(5))
        assert november(27) == CASEWORK.sheet(session, number).life.accepted_at


def test_next_years_holidays_become_known(database: Database) -> None:
    """A provisional day is counted anew by itself, once, and the trail says so."""
    notice = YearOfHolidays(closed=frozenset({date(2027, 1, 1)}), working=frozenset())
    informed = replace(CASEWORK, holidays=Holidays({2027: notice}))
    with database.transaction() as session:
        number = receive(session, 1, "049", MONDAY)
        CASEWORK.act(session, number, Accept(), "chen", MONDAY)
        row = CASEWORK.sheet(session, number).row
        assert ("2027-01-04", True) == (row.due_on, row.due_provisional)
        assert 0 == CASEWORK.bring_up_to_date(session, november(24))
        assert 1 == informed.bring_up_to_date(session, november(24))
        assert 0 == informed.bring_up_to_date(session, november(24))
        sheet = informed.sheet(session, number)
        assert ("2027-01-05", False) == (sheet.row.due_on, sheet.row.due_provisional)
        assert ["accept", "recount"] == [entry.action for entry in sheet.history]


def test_decided_case_is_not_counted_anew(database: Database) -> None:
    """A holiday that becomes known after the decision moves nothing that was judged before."""
    notice = YearOfHolidays(closed=frozenset({date(2027, 1, 1)}), working=frozenset())
    informed = replace(CASEWORK, holidays=Holidays({2027: notice}))
    with database.transaction() as session:
        number = receive(session, 1, "049", MONDAY)
        for action in (Accept(), BeginReview(), ForwardToDecision(), Finish(Outcome.APPROVED)):
            CASEWORK.act(session, number, action, "chen", MONDAY)
        assert 0 == informed.bring_up_to_date(session, november(24))
        informed.act(session, number, Deliver(), "chen", november(24))
        sheet = informed.sheet(session, number)
        assert ("2027-01-04", "deliver") == (sheet.row.due_on, sheet.history[-1].action)
        assert "recount" not in [entry.action for entry in sheet.history]


def test_promise_is_fixed_at_acceptance(database: Database, number: str) -> None:
    """A directory that changes later moves no due day that a citizen was told."""
    with database.transaction() as session:
        CASEWORK.act(session, number, Accept(), "chen", MONDAY)
        session.get_one(Case, number).item = "049"
        CASEWORK.act(session, number, BeginReview(), "chen", MONDAY)
        assert "2026-12-07" == CASEWORK.sheet(session, number).row.due_on


def test_unknown_item_has_no_limit(database: Database) -> None:
    """A case of an item that the directory does not know lives without a due day."""
    with database.transaction() as session:
        number = receive(session, 1, "900", MONDAY)
        CASEWORK.act(session, number, Accept(), "chen", MONDAY)
        sheet = CASEWORK.sheet(session, number)
        assert (None, None, State.ACCEPTED) == (sheet.item, sheet.row.due_on, sheet.life.state)


def test_list_of_cases(database: Database, number: str) -> None:
    """By state and department, the ones due first at the top, in pages, without their content."""
    with database.transaction() as session:
        later = receive(session, 2, "040", november(24))
        elsewhere = receive(session, 3, "001", MONDAY)
        CASEWORK.act(session, later, Accept(), "chen", november(24))
        ours = CASEWORK.cases(session, department="县民政局")
        assert [later, number] == [case.number for case in ours]
        assert [elsewhere] == [c.number for c in CASEWORK.cases(session, department="县发改局")]
        accepted = CASEWORK.cases(session, states=[State.ACCEPTED])
        assert [later] == [case.number for case in accepted]
        assert [number] == [case.number for case in CASEWORK.cases(session, first=1, most=1)]
    with database.transaction() as session:
        assert "content" not in CASEWORK.cases(session)[0].__dict__


def test_bad_rating_is_followed_up(database: Database) -> None:
    """Contact in one working day, put right in two, noted once each and in this order."""
    bad, good = reference_of(1), reference_of(2)
    with database.transaction() as session:
        rate(session, bad, 2, november(27))
        rate(session, good, 3, november(27))
        rating = session.get_one(Rating, bad)
        assert ("2026-11-30", "2026-12-01") == (rating.contact_due_on, rating.resolve_due_on)

        def why_not(reference: str, words: str | None = None) -> WhyNot:
            with pytest.raises(FollowUpNotAllowed) as refused:
                if words is None:
                    note_contact(session, reference, "chen", november(30))
                else:
                    note_resolution(session, reference, words, "chen", november(30))
            assert refused.value.why.chinese
            return refused.value.why

        assert WhyNot.UNKNOWN is why_not(reference_of(3))
        assert WhyNot.NOT_BAD is why_not(good)
        assert WhyNot.NOT_CONTACTED is why_not(bad, "已加开窗口")
        note_contact(session, bad, "chen", november(30))
        assert WhyNot.NOTED_ALREADY is why_not(bad)
        assert WhyNot.NO_WORDS is why_not(bad, " ")
        note_resolution(session, bad, "已加开窗口", "chen", december(1))
        assert WhyNot.NOTED_ALREADY is why_not(bad, "已加开窗口")
        trail = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        assert ["rating_contact", "rating_resolution"] == [entry.action for entry in trail]
        assert {bad} == {entry.subject for entry in trail}
