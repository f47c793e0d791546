"""A time limit as citizens read it."""

from kiosk.catalogue.models import Limit, LimitUnit
from kiosk.language import _


def limit_words(limit: Limit) -> str:
    """5 个工作日, 当场."""
    if limit.amount == 0:
        return _("当场")
    match limit.unit:
        case LimitUnit.WORKING_DAYS:
            return _("{amount} 个工作日").format(amount=limit.amount)
        case LimitUnit.DAYS:
            return _("{amount} 日").format(amount=limit.amount)
        case LimitUnit.MONTHS:
            return _("{amount} 个月").format(amount=limit.amount)
