"""The whole catalogue in memory."""

from dataclasses import dataclass

from kiosk.catalogue.life_events import LifeEvent
from kiosk.catalogue.models import ApplicantKind, Department, Item, Kind, ServiceField


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

    def fields_of(
        self, kind: Kind | None, applicant: ApplicantKind | None = None
    ) -> tuple[ServiceField, ...]:
        """The fields in which something of this kind can be found, by whomever or by these
        applicants; likewise below."""
        return tuple(f for f in self.fields if self.departments_of(f.key, kind, applicant))

    def departments_of(
        self, field: str | None, kind: Kind | None, applicant: ApplicantKind | None = None
    ) -> tuple[Department, ...]:
        used = {item.department for item in self.items if _offered(item, kind, applicant)}
        return tuple(d for d in self.departments if d.field == field and d.key in used)

    def items_of(
        self, department: str, kind: Kind | None, applicant: ApplicantKind | None = None
    ) -> tuple[Item, ...]:
        return tuple(
            item
            for item in self.items
            if item.department == department and _offered(item, kind, applicant)
        )

    def look_ups(self) -> tuple[tuple[str, tuple[Item, ...]], ...]:
        """What can be looked up, by subject, in the order of the departments."""
        order = [department.key for department in self.departments]
        found = (item for item in self.items if item.look_up is not None)
        subjects: dict[str, list[Item]] = {}
        for item in sorted(found, key=lambda item: order.index(item.department)):
            if item.look_up is not None:
                subjects.setdefault(item.look_up.subject, []).append(item)
        return tuple((subject, tuple(items)) for subject, items in subjects.items())


def _offered(item: Item, kind: Kind | None, applicant: ApplicantKind | None) -> bool:
    """Every item has a guide; only the items of a kind can be filed or looked up. The centre's own
    services are in no list."""
    if item.service or (applicant is not None and applicant not in item.applicants):
        return False
    return kind in (None, Kind.GUIDE, item.kind)
