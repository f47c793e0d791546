"""What whoever has a receipt is told of the case."""

from datetime import date

import pytest

from kiosk.intake.contract import CaseStage
from kiosk.journeys.pages import SheetPage, Timeline, Value
from kiosk.journeys.receipt_told import receipt_told
from kiosk.journeys.steps import Open, Subject
from kiosk.session import CaseAsked, Session

NUMBER = "3504282611240037"


def told(stage: CaseStage | None, **known: object) -> SheetPage:
    session = Session()
    session.case = CaseAsked(NUMBER, NUMBER, stage, date(2026, 12, 8), **known)  # type: ignore[arg-type]
    return receipt_told(session)


@pytest.mark.parametrize("stage", [None, *CaseStage])
def test_rating_is_offered_once_the_service_has_ended(stage: CaseStage | None) -> None:
    """And not a second time; whose case it is only the card tells."""
    ended = stage in (CaseStage.FINISHED, CaseStage.DELIVERED, CaseStage.REFUSED)
    steps = {button.step for button in told(stage).buttons}
    assert ended == (Open(Subject.RATE) in steps)
    assert (stage is not None) == (Open(Subject.MY_CASES) in steps)
    assert Open(Subject.RATE) not in {b.step for b in told(stage, rated=True).buttons}


def test_number_limit_and_way_are_told() -> None:
    """The number as it is read out; of a life event how many cases it has."""
    parts = told(CaseStage.REVIEW).parts
    values = {part.label: part.value for part in parts if isinstance(part, Value)}
    way = next(part for part in parts if isinstance(part, Timeline))
    assert "3504 2826 1124 0037" == values["收件编号"]
    assert "2026年12月8日" == values["办结期限"]
    assert [True, True, True, False, False, False] == [m.reached for m in way.moments]
    assert Value("一件事", "共 5 件，同时办理") in told(CaseStage.REVIEW, parts=5).parts
