"""The page of a scanned receipt's case."""

from datetime import date

import pytest
from form_fixtures import Hall
from ui_looks import LOOKS, Look, dress_as, whole

from kiosk.errors import IntakeRefused, IntakeUnreachable
from kiosk.events import CaseAnswered, CaseFailed
from kiosk.intake.contract import CaseStage, ProblemType
from kiosk.journeys.steps import HOME, Destination, Place
from kiosk.session import CaseAsked

NUMBER, REFERENCE = "350428261124003712", "JL03-261124-K7QM2X"
DUE = date(2026, 12, 8)


@pytest.fixture
def visit(hall: Hall) -> Hall:
    """The receipt of a kiosk that had no number for it was scanned; the intake is asked."""
    hall.session.case = CaseAsked(REFERENCE)
    hall.attendant.here = Destination(Place.CASE, came_from=HOME)
    hall.show()
    return hall


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_longest_words_stand_whole(visit: Hall, look: Look) -> None:
    """In every look those of a case, and of a question that failed, are whole between header and
    footer."""
    from screens.widgets.words import Words

    unknown = IntakeRefused(404, ProblemType.NO_RECORD)
    here = visit.session.visit
    received = CaseAnswered(here, NUMBER, CaseStage.RECEIVED, DUE)
    with dress_as(visit, look):
        for event in (received, CaseFailed(here, unknown)):
            visit.attendant.hear(event)
            visit.frames(2)
            for words in (w for w in visit.view.walk(restrict=True) if isinstance(w, Words)):
                assert whole(words), words.words
                _x, bottom = words.to_window(words.x, words.y)
                _x, top = words.to_window(words.x, words.top)
                assert visit.shell.footer.top <= bottom + 1, words.words
                assert top <= visit.shell.header.y + 1, words.words


def test_the_answer_takes_the_place_of_the_question(visit: Hall) -> None:
    """First what was scanned, then the intake's number, the stage and the day due; a failure can be
    tried again."""
    assert visit.shows("正在查询") and visit.shows(REFERENCE) and not visit.shows("办结期限")
    visit.attendant.hear(CaseFailed(visit.session.visit, IntakeUnreachable()))
    visit.frames()
    assert visit.control("再试一次") and not visit.shows("正在查询")
    visit.attendant.hear(CaseAnswered(visit.session.visit, NUMBER, CaseStage.ACCEPTED, DUE))
    visit.frames()
    assert visit.shows("已受理") and visit.shows("2026年12月8日")
    assert visit.shows("3504 2826 1124 0037 12") and not visit.shows(REFERENCE)
    assert visit.control("结束并清除信息")
