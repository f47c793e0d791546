"""Handing in what was filled in: an application, those of a life event, or an act on a case."""

from datetime import datetime

from kiosk.catalogue.catalogue import Catalogue
from kiosk.devices import IntakeDesk
from kiosk.intake.application import Application, application_from
from kiosk.intake.parts import parts_of
from kiosk.journeys.acts import act_of
from kiosk.journeys.asking import person_of
from kiosk.session import Session


def submit(session: Session, catalogue: Catalogue, desk: IntakeDesk, at: datetime) -> None:
    """Signed as it is, `at` this moment, which has its offset; nothing where nothing can be."""
    session.filing_error, session.act_error = None, None
    if session.identity is None:
        return
    if session.acting is not None:
        person = person_of(session.identity)
        number = session.acting.case.number
        act, attachments = act_of(session.acting, session.answers)
        desk.act(session.visit, number, act, person, attachments, session.signature)
        return
    applications = _applications(session, catalogue, at)
    if applications:
        desk.file(session.visit, applications, session.correcting)


def _applications(session: Session, catalogue: Catalogue, at: datetime) -> tuple[Application, ...]:
    item, identity = session.item, session.identity
    if item is None or item.form is None or identity is None:
        return ()
    return tuple(
        application_from(
            part, part.form, identity, answers, session.signature, session.language, at
        )
        for part, answers in parts_of(item, catalogue, session.answers)
        if part.form is not None
    )
