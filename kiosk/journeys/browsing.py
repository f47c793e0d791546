"""Looking for an item: which list comes next."""

from dataclasses import replace

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.search.found import Category, Part
from kiosk.journeys.steps import HOME, By, Destination, Place, Subject

FEW_DEPARTMENTS = 5
"""A field with more departments than this lists them first; the items of a few fit together."""

LISTS_OF_ITEMS = frozenset({Place.FIND, Place.DEPARTMENTS, Place.ITEMS})


def search_from(here: Destination, by_hand: bool) -> Destination:
    """Behind a search there is no second one: it goes back to the first, whose words stand there
    still."""
    if here.place is not Place.HOME and here.place not in LISTS_OF_ITEMS:
        return here
    opened = here.came_from
    if opened is not None and opened.place is Place.SEARCH:
        return opened
    return Destination(Place.SEARCH, came_from=here, by_hand=by_hand)


def browse(category: Category, here: Destination, catalogue: Catalogue) -> Destination:
    """A category that the search found."""
    if here.place is not Place.SEARCH:
        return here
    behind = Destination(Place.SEARCH, came_from=here)
    match category.part:
        case Part.LIFE_EVENT:
            return replace(behind, place=Place.ITEMS, life_event=category)
        case Part.DEPARTMENT:
            return replace(behind, place=Place.ITEMS, department=category.key)
        case Part.FIELD:
            return in_field(category.key, behind, catalogue)
        case Part.NAME | Part.ALIAS | Part.ENGLISH:
            return here


def in_field(field: str, here: Destination, catalogue: Catalogue) -> Destination:
    many = len(catalogue.departments_of(field, here.kind, here.applicant)) > FEW_DEPARTMENTS
    place = Place.DEPARTMENTS if many else Place.ITEMS
    return replace(here, place=place, field=field)


def guide_from(here: Destination, code: str) -> Destination:
    """The guide of the item that was chosen here."""
    if here.place in LISTS_OF_ITEMS:
        return replace(here, place=Place.GUIDE, item=code)
    if here.place is Place.HOME:
        return Destination(Place.GUIDE, item=code)
    return Destination(Place.GUIDE, item=code, came_from=here)


def back_from_find(here: Destination) -> Destination:
    if here.applicant is None:
        return HOME
    return Destination(Place.FIND, kind=here.kind, by=By.APPLICANT)


def back_from_list(here: Destination) -> Destination:
    match here.place:
        case Place.DEPARTMENTS:
            return here.came_from or replace(here, place=Place.FIND, field=None)
        case Place.ITEMS if here.collection is not None:
            return here.came_from or HOME
        case Place.ITEMS if here.field is not None and here.department is not None:
            return replace(here, place=Place.DEPARTMENTS, department=None)
        case Place.ITEMS:
            there = replace(here, place=Place.FIND, field=None, department=None)
            return here.came_from or there
        case _:
            return here.came_from or HOME


def back_from_guide(here: Destination) -> Destination:
    before = here.came_from
    if here.field or here.department or here.life_event or here.collection:
        return replace(here, place=Place.ITEMS, item=None)
    if before is not None and before.subject is Subject.VERDICT:
        # The answers that it judged went with the other item.
        return replace(before.came_from or HOME, place=Place.GUIDE, question=None)
    if before is not None:
        return before
    return replace(here, place=Place.FIND, item=None) if here.kind is not None else HOME


def item_behind(here: Destination) -> str | None:
    """The code of the item that this place, or one on the way to it, is about."""
    way: Destination | None = here
    while way is not None:
        if way.item is not None:
            return way.item
        way = way.came_from
    return None
