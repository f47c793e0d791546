"""The whole catalogue in memory."""

from dataclasses import dataclass

from kiosk.catalogue.life_events import LifeEvent
from kiosk.catalogue.models import Department, Item, Kind, ServiceField


@dataclass(frozen=True)
class Catalogue:
    """Fields, departments and what is done most (`frequent`) in the order in which they are shown;
    items by code, those of `life_events` last."""

    fields: tuple[ServiceField, ...]
    departments: tuple[Department, ...]
    items: tuple[Item, ...]
    frequent: tuple[Item, ...] = ()
    life_events: tuple[LifeEvent, ...] = ()

    def item(self, code: str) -> Item:
        """KeyError when there is none."""
        for item in self.items:
            if item.code == code:
                return item
        raise KeyError(code)

    def life_event(self, code: str) -> LifeEvent | None:
        """None for the code of an ordinary item."""
        return next((event for event in self.life_events if event.item.code == code), None)

    def department(self, key: str) -> Department:
        """KeyError when there is none."""
        for department in self.departments:
            if department.key == key:
                return department
        raise KeyError(key)

    def fields_of(self, kind: Kind | None) -> tuple[ServiceField, ...]:
        """The fields in which something of this kind can be found."""
        return tuple(f for f in self.fields if self.departments_of(f.key, kind))

    def departments_of(self, field: str | None, kind: Kind | None) -> tuple[Department, ...]:
        used = {item.department for item in self.items if _offered(item, kind)}
        return tuple(d for d in self.departments if d.field == field and d.key in used)

    def items_of(self, department: str, kind: Kind | None) -> tuple[Item, ...]:
        return tuple(i for i in self.items if i.department == department and _offered(i, kind))


def _offered(item: Item, kind: Kind | None) -> bool:
    """Every item has a guide; only the items of a kind can be filed or looked up. The centre's own
    services are in no list."""
    return not item.service and kind in (None, Kind.GUIDE, item.kind)
