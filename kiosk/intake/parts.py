"""Which applications a form becomes: one of an ordinary item, several of a life event."""

from collections.abc import Mapping

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.life_events import split
from kiosk.catalogue.models import Item
from kiosk.forms.answers import Answer, Answers
from kiosk.forms.asked import drop_unasked


def parts_of(
    item: Item, catalogue: Catalogue, answers: Answers
) -> tuple[tuple[Item, Mapping[str, Answer]], ...]:
    """Each item that is filed and what its own form asks, answered. Nothing where the item has no
    form; answers to questions that are not asked are left out."""
    event = catalogue.life_event(item.code)
    if event is not None:
        return split(event, answers)
    return ((item, drop_unasked(item.form, answers)),) if item.form is not None else ()
