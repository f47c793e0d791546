"""Whether the citizen has handed this item in before, and it is not decided yet."""

from kiosk.intake.contract import CaseStage
from kiosk.intake.contract.dossier import CaseSheet
from kiosk.session import Session

_ENDED = frozenset(
    {CaseStage.REFUSED, CaseStage.FINISHED, CaseStage.DELIVERED, CaseStage.WITHDRAWN}
)


def filed_already(session: Session) -> CaseSheet | None:
    """The newest open case of the item, or of one that the life event consists of."""
    item, dossier = session.item, session.office.dossier
    if item is None or dossier is None:
        return None
    codes = {item.code, *(part.item for part in item.parts)}
    still_open = (c for c in dossier.cases if c.item in codes and c.stage not in _ENDED)
    return next(still_open, None)
