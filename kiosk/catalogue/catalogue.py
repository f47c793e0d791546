"""The whole catalogue in memory."""

from dataclasses import dataclass

from kiosk.catalogue.models import Department, Item, Kind, ServiceField


@dataclass(frozen=True)
class Catalogue:
    """Fields and departments in the order in which they are shown; items by code."""

    fields: tuple[ServiceField, ...]
    departments: tuple[Department, ...]
    items: tuple[Item, ...]

    def item(self, code: str) -> Item:
        """KeyError when there is none."""
        for item in self.items:
            if item.code == code:
                return item
        raise KeyError(code)

    def department(self, key: str) -> Department:
        """KeyError when there is none."""
        for department in self.departments:
            if department.key == key:
                return department
        raise KeyError(key)

    def items_of(self, department: str, kinds: frozenset[Kind]) -> tuple[Item, ...]:
        return tuple(i for i in self.items if i.department == department and i.kind in kinds)

    def departments_with(self, kinds: frozenset[Kind]) -> tuple[Department, ...]:
        used = {item.department for item in self.items if item.kind in kinds}
        return tuple(d for d in self.departments if d.key in used)
