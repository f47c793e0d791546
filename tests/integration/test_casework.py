"""Cases in the database: acts, their audit trail, what the desk asks for."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from kiosk.intake.contract import CHINA_TIME
from sandbox.intake.case_actions import (
    Accept,
    BeginReview,
    Deliver,
    Extend,
    Finish,
    ForwardToDecision,
)
from sandbox.intake.case_file import Outcome, State
from sandbox.intake.casework import Casework
from sandbox.intake.item_directory import load_items
from sandbox.intake.tables import Base, Case
from sandbox.intake.working_days import load_holidays

MORNING = datetime(2026, 11, 24, 9, 30, tzinfo=CHINA_TIME)
NUMBER = "3504282611240001"
CASEWORK = Casework(load_items(), load_holidays())


def a_case(number: str = NUMBER, item: str = "041", at: datetime = MORNING) -> Case:
    return Case(
        number=number,
        kiosk="JL-03",
        reference=f"JL03-261124-{number[-6:]}",
        item=item,
        kept_at=at.isoformat(),
        received_at=at.isoformat(),
        digest="0" * 64,
        content={"applicant": {"name": "肖燕燕"}},
        state="received",
    )


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    engine = create_engine(f"sqlite:///{tmp_path / 'intake.sqlite'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(a_case())
        session.commit()
        yield session
    engine.dispose()


def test_whole_life(session: Session) -> None:
    """From receipt to delivery by every step; each stands in the trail with its officer."""
    actions = [
        Accept(),
        BeginReview(),
        Extend(5, "需要实地核查"),
        ForwardToDecision(),
        Finish(Outcome.APPROVED),
        Deliver(),
    ]
    for hours, action in enumerate(actions):
        CASEWORK.act(session, NUMBER, action, "chen", MORNING + timedelta(hours=hours))
        session.commit()
    sheet = CASEWORK.sheet(session, NUMBER)
    assert State.DELIVERED is sheet.life.state
    # 10 working days after 24 November, and 5 more.
    assert "2026-12-15" == sheet.row.due_on
    assert ["accept", "begin_review", "extend", "forward", "finish", "deliver"] == [
        entry.action for entry in sheet.history
    ]
