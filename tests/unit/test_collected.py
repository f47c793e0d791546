"""Which items a collection holds."""

import pytest
from visits import CATALOGUE

from kiosk.catalogue.models import Kind
from kiosk.journeys.collected import VOICES, groups
from kiosk.journeys.steps import Collection


@pytest.mark.parametrize("collection", Collection)
def test_each_item_stands_once(collection: Collection) -> None:
    """Whatever it belongs to."""
    codes = [item.code for group in groups(collection, CATALOGUE) for item in group.items]
    assert 0 < len(codes) == len(set(codes))


def test_what_is_filed_here_stands_first() -> None:
    """Before what only the window does, in each group."""
    for group in groups(Collection.ELSEWHERE, CATALOGUE):
        filed = [item.kind is Kind.FILE for item in group.items]
        assert sorted(filed, reverse=True) == filed, group.title


def test_nothing_that_belongs_there_is_missing() -> None:
    """All 13 life events, all five ways to say something, and every item of other offices."""
    held = {c: {i.code for g in groups(c, CATALOGUE) for i in g.items} for c in Collection}
    assert {str(code) for code in range(801, 814)} == held[Collection.LIFE_EVENTS]
    assert VOICES == held[Collection.VOICES]
    assert {i.code for i in CATALOGUE.items if i.elsewhere} == held[Collection.ELSEWHERE]
