"""Whether the citizen has handed this item in before, and it is not decided yet."""

from kiosk.intake.contract.dossier import CaseSheet
from kiosk.journeys.own_case import ENDED, cases_of
from kiosk.session import Session


def filed_already(session: Session) -> CaseSheet | None:
    """The newest open case of the item, or of one that the life event consists of."""
    item = session.item
    if item is None or item.service:
        # One may have more than one thing to say.
        return None
    codes = {item.code, *(part.item for part in item.parts)}
    still_open = (c for c in cases_of(session) if c.item in codes and c.stage not in ENDED)
    return next(still_open, None)
