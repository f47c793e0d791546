"""Life events (一件事一次办): the answers of one form, taken apart for the items it consists of.

How the form is put together stands in `composition`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.catalogue.models import EventPart, Item, Material
from kiosk.forms.answers import Answer, Answers
from kiosk.forms.asked import drop_unasked, holds


@dataclass(frozen=True)
class PartOf:
    """One item of an event. `asked_as` says which question of the event's form asks a question of
    the item's own; what is neither there nor in the part's `given` is never asked."""

    part: EventPart
    item: Item
    asked_as: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LifeEvent:
    """An event and what it consists of. Those of a guide-only event are opened one by one."""

    item: Item
    parts: tuple[PartOf, ...]


def split(event: LifeEvent, answers: Answers) -> tuple[tuple[Item, dict[str, Answer]], ...]:
    """For each part that the answers choose exactly what its own form asks, so that it becomes the
    application that filing this item alone would give. Nothing of a guide-only event."""
    if event.item.form is None:
        return ()
    kept = drop_unasked(event.item.form, answers)
    chosen = (p for p in event.parts if p.part.when is None or holds(p.part.when, kept))
    return tuple((part.item, _own_answers(part, kept)) for part in chosen)


def _own_answers(part: PartOf, kept: Answers) -> dict[str, Answer]:
    assert part.item.form is not None
    own: dict[str, Answer] = {q: kept[asked] for q, asked in part.asked_as.items() if asked in kept}
    return drop_unasked(part.item.form, {**own, **part.part.given})


def materials_of(items: tuple[Item, ...]) -> tuple[Material, ...]:
    """What the items need, each thing once, as the first that names it has it."""
    found: dict[str, Material] = {}
    for item in items:
        for material in item.materials:
            found.setdefault(material.name, material)
    return tuple(found.values())
