"""What is told of the case of a scanned receipt."""

from datetime import date

import pytest

from kiosk.errors import IntakeAnswerInvalid, IntakeError, IntakeRefused, IntakeUnreachable
from kiosk.intake.contract import CaseStage, ProblemType
from kiosk.journeys.case_told import case_told, stages
from kiosk.session import CaseAsked

NUMBER = "3504282611240037"
ASKED = CaseAsked(NUMBER)
BEFORE_ACCEPTANCE = {CaseStage.RECEIVED, CaseStage.SUPPLEMENT, CaseStage.REFUSED}


@pytest.mark.parametrize("stage", CaseStage)
def test_received_is_not_accepted(stage: CaseStage) -> None:
    """Only a case that was accepted is told as 受理, and one that was received says that this is
    something else."""
    told = case_told(CaseAsked(NUMBER, NUMBER, stage, date(2026, 12, 8)))
    accepted = "已受理" in told.title or "已经受理" in told.words
    assert not (stage in BEFORE_ACCEPTANCE and accepted)
    assert (stage is CaseStage.RECEIVED) == ("收件不等于受理" in told.words)
    assert told.title and told.words and not told.again


def test_each_stage_has_words_of_its_own() -> None:
    """No two can be taken for each other, nor for a question without an answer."""
    cases = [ASKED, *(CaseAsked(NUMBER, NUMBER, stage) for stage in CaseStage)]
    assert len(cases) == len({case_told(case).title for case in cases})


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (IntakeRefused(404, ProblemType.NO_RECORD), "没有查到这个编号"),
        (IntakeRefused(503, ProblemType.UNAVAILABLE), "现在查不到"),
        (IntakeUnreachable(), "现在查不到"),
        (IntakeAnswerInvalid("x"), "现在查不到"),
    ],
)
def test_a_question_that_failed_can_be_asked_again(error: IntakeError, title: str) -> None:
    """A number that is not known is told apart from an intake that does not answer."""
    told = case_told(CaseAsked(NUMBER, error=error))
    assert (title, True) == (told.title, told.again)


def test_the_way_of_a_case_is_ticked_as_far_as_it_came() -> None:
    """Received alone ticks 收件 alone; a case that waits for papers, was not accepted or was
    withdrawn is shown at no stage of it."""
    assert [("收件", True), ("受理", False)] == [*stages(CaseStage.RECEIVED)][:2]
    reached = [sum(done for _name, done in stages(stage)) for stage in CaseStage]
    assert [1, 0, 2, 0, 3, 4, 5, 6, 0] == reached
    for stage in CaseStage:
        done = [done for _name, done in stages(stage)]
        assert sorted(done, reverse=True) == done
