"""Visits that begin with a search, as lists of steps."""

import pytest

from kiosk.catalogue.models import Kind
from kiosk.catalogue.search.found import Category, Part
from kiosk.journeys.steps import (
    HOME,
    Back,
    Browse,
    CategoryChosen,
    Collect,
    Collection,
    DepartmentChosen,
    FieldChosen,
    ItemChosen,
    LookFor,
    Place,
    Start,
)
from tests.unit.visits import open_attendant

SHOP = "139"


def category(part: Part, key: str = "social_insurance", items: tuple[str, ...] = ()) -> Category:
    return Category(part, key, "某类", items)


def test_a_search_leads_to_a_guide_and_back_to_what_was_typed() -> None:
    """Home, search, guide; 返回 leads to the search with its words, and from there home without."""
    attendant, _orders, _clock = open_attendant()
    attendant.take(LookFor())
    attendant.seek("sbk")
    attendant.take(ItemChosen("112"))
    assert Place.GUIDE is attendant.here.place
    attendant.take(Start())
    attendant.take(Back())
    attendant.take(Back())
    assert (Place.SEARCH, "sbk") == (attendant.here.place, attendant.session.sought)
    attendant.take(Back())
    assert (HOME, "") == (attendant.here, attendant.session.sought)


def test_a_search_is_opened_to_write_with_a_finger() -> None:
    """As long as it is open, also behind an item's guide."""
    attendant, _orders, _clock = open_attendant()
    attendant.take(LookFor(by_hand=True))
    opened = attendant.here
    assert (Place.SEARCH, True) == (opened.place, opened.by_hand)
    attendant.take(ItemChosen("112"))
    assert not attendant.here.by_hand
    attendant.take(Back())
    assert opened == attendant.here


def test_a_search_goes_back_to_where_it_was_opened() -> None:
    """Among the items of a department, and with no second search behind the first."""
    attendant, _orders, _clock = open_attendant()
    for step in (Browse(Kind.GUIDE), FieldChosen("general"), DepartmentChosen("civil_affairs")):
        attendant.take(step)
    opened = attendant.here
    attendant.take(LookFor())
    search = attendant.here
    attendant.take(CategoryChosen(category(Part.DEPARTMENT, "civil_affairs")))
    attendant.take(LookFor())
    assert search == attendant.here
    attendant.take(Back())
    assert opened == attendant.here


@pytest.mark.parametrize(
    ("found", "places"),
    [
        (category(Part.LIFE_EVENT, items=("135",)), [Place.ITEMS]),
        (category(Part.DEPARTMENT, "civil_affairs"), [Place.ITEMS]),
        (category(Part.FIELD, "social_insurance"), [Place.ITEMS]),
        (category(Part.FIELD, "general"), [Place.DEPARTMENTS, Place.ITEMS]),
    ],
)
def test_a_category_is_browsed_and_left_for_the_search(
    found: Category, places: list[Place]
) -> None:
    """Through its departments where they are many, to an item's guide, and all the way back."""
    attendant, _orders, _clock = open_attendant()
    attendant.take(LookFor())
    attendant.take(CategoryChosen(found))
    visited = [attendant.here.place]
    if attendant.here.place is Place.DEPARTMENTS:
        attendant.take(DepartmentChosen("civil_affairs"))
        visited.append(attendant.here.place)
    assert places == visited
    attendant.take(ItemChosen("135"))
    assert Place.GUIDE is attendant.here.place
    for place in (*reversed(places), Place.SEARCH, Place.HOME):
        attendant.take(Back())
        assert place is attendant.here.place


def test_what_was_typed_into_the_search_goes_with_the_visit() -> None:
    """A visit in which only a search was typed is one that is wiped; it stays over another item."""
    attendant, _orders, clock = open_attendant()
    attendant.take(LookFor())
    attendant.seek("张三")
    attendant.take(ItemChosen("112"))
    attendant.take(Back())
    attendant.take(ItemChosen(SHOP))
    assert "张三" == attendant.session.sought
    assert "张三" not in repr(attendant.session)
    clock.move(180)
    attendant.tick()
    assert (HOME, "", True) == (
        attendant.here,
        attendant.session.sought,
        attendant.session.untouched,
    )


def test_from_guide_to_guide_and_back() -> None:
    """An item of a life event is opened from the event's guide; 返回 leads to that guide, which is
    about the event again, and from there to the list."""
    attendant, _orders, _clock = open_attendant()
    attendant.take(Collect(Collection.LIFE_EVENTS))
    listed = attendant.here
    attendant.take(ItemChosen("802"))
    event = attendant.here
    attendant.take(ItemChosen("144"))
    attendant.take(Start())
    while attendant.here != event:
        attendant.take(Back())
    assert attendant.session.item is not None
    assert "802" == attendant.session.item.code
    attendant.take(Back())
    assert listed == attendant.here
