"""What a visit may know when a page is shown, and what a full page then holds."""

from dossier_samples import (
    DOSSIER,
    EMPTY,
    FINISHED,
    NO_WINDOWS,
    RETURNED,
    TICKET,
    WINDOWS,
    WORLD,
    at,
    visit,
)

from kiosk.errors import IntakeRefused, IntakeUnreachable
from kiosk.intake.contract import CaseStage, ProblemType
from kiosk.journeys.acts import supply_form
from kiosk.journeys.page_of import page_of
from kiosk.journeys.pages import ListPage
from kiosk.journeys.steps import (
    Subject,
)
from kiosk.session import Acting, ActKind, CaseAsked, Filed, Session


def asked(session: Session) -> None:
    session.office.asking = True
    session.case = CaseAsked(FINISHED.number)


def failed(session: Session) -> None:
    session.office.error = IntakeUnreachable()
    session.act_error = IntakeUnreachable()
    session.case = CaseAsked(FINISHED.number, error=IntakeUnreachable())


def refused(session: Session) -> None:
    session.office.error = IntakeRefused(409, ProblemType.NOT_ALLOWED)
    session.act_error = IntakeRefused(409, ProblemType.NOT_ALLOWED)
    session.case = CaseAsked("x", error=IntakeRefused(404, ProblemType.NO_RECORD))


def nothing(session: Session) -> None:
    session.office.dossier, session.office.windows = EMPTY, NO_WINDOWS


def everything(session: Session) -> None:
    office = session.office
    office.dossier, office.windows, office.ticket = DOSSIER, WINDOWS, TICKET
    session.case = CaseAsked(FINISHED.number, FINISHED.number, CaseStage.FINISHED)
    session.acting = Acting(ActKind.SUPPLY, RETURNED, supply_form(RETURNED))
    session.filed = Filed("JL03-261124-K7QM2Z", RETURNED.applied_at, RETURNED.number)


def known(subject: Subject, key: str = "") -> list[object]:
    """The parts of a full sheet, or the entries of a full list."""
    session = visit()
    everything(session)
    page = page_of(session, at(subject, key), WORLD)
    return list(page.choices if isinstance(page, ListPage) else page.parts)
