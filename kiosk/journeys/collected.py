"""Which items a collection holds, in groups with a title each."""

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.models import ApplicantKind, Item, Kind, Reach
from kiosk.journeys.steps import Collection
from kiosk.language import _

VOICES = frozenset({"901", "902", "903", "904", "905"})
"""What citizens have to say: 办不成事, 找茬, both kinds of complaint, and 帮办代办."""


@dataclass(frozen=True)
class Group:
    """`title` is empty where the collection is one group."""

    title: str
    items: tuple[Item, ...]


def groups(collection: Collection, catalogue: Catalogue) -> tuple[Group, ...]:
    """Those that hold anything."""
    items = catalogue.items
    match collection:
        case Collection.LIFE_EVENTS:
            events = [item for item in items if item.parts]
            personal = [e for e in events if ApplicantKind.ORGANISATION not in e.applicants]
            found = [
                Group(_("个人的事"), tuple(personal)),
                Group(_("企业的事"), tuple(e for e in events if e not in personal)),
            ]
        case Collection.VOICES:
            found = [Group("", tuple(item for item in items if item.code in VOICES))]
        case Collection.ELSEWHERE:
            both = {Reach.ACROSS_PROVINCES, Reach.WITHIN_PROVINCE}
            found = [
                Group(title, _filed_first(i for i in items if set(i.elsewhere) == reaches))
                for title, reaches in (
                    (_("跨省通办，省内也可以"), both),
                    (_("跨省通办"), {Reach.ACROSS_PROVINCES}),
                    (_("省内通办"), {Reach.WITHIN_PROVINCE}),
                )
            ]
    return tuple(group for group in found if group.items)


def _filed_first(items: Iterable[Item]) -> tuple[Item, ...]:
    """What can be filed here stands before what the window does."""
    return tuple(sorted(items, key=lambda item: item.kind is not Kind.FILE))
