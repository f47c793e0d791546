"""好差评: one for each service, right after it or later by its receipt."""

from kiosk.devices import IntakeDesk
from kiosk.journeys.steps import Destination, Subject
from kiosk.session import Session

WORST_WITH_REASON = 2
"""Up to this level a reason is asked for."""


def rated_here(session: Session, here: Destination) -> str | None:
    """By which number the service that this page is about is known; None: about none."""
    if here.subject is Subject.RATE:
        if here.key:
            return here.key
        return session.case.number if session.case is not None else None
    if session.filed is not None:
        return session.filed.reference
    return session.look_up_number


def rate(
    session: Session, here: Destination, desk: IntakeDesk, level: int, reasons: tuple[str, ...]
) -> None:
    """Kept and sent like an application; the two lowest levels wait for a reason."""
    reference = rated_here(session, here)
    session.rating, session.rating_reasons = level, reasons
    if reference is None or reference in session.rated_services:
        return
    if level <= WORST_WITH_REASON and not reasons:
        return
    session.rated_services |= {reference}
    desk.rate(session.visit, reference, level, reasons)
