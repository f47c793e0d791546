"""Reads the file of one item, or of one life event."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.catalogue.blocks import Block, build_form
from kiosk.catalogue.composition import compose
from kiosk.catalogue.data_file import DataFile
from kiosk.catalogue.life_events import LifeEvent, PartOf, materials_of
from kiosk.catalogue.models import EventPart, Item, Material
from kiosk.catalogue.soundness import check_item

Procedures = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class ItemReader:
    """Holds what items refer to in other files: `departments` are their fields by their keys. Each
    method raises ConfigurationError with the line and what to put right."""

    departments: Mapping[str, str | None]
    procedures: Procedures
    blocks: Mapping[str, Block]
    licences: frozenset[str]

    def item(self, file: DataFile) -> Item:
        item = self._parsed(file, {})
        if item.parts:
            raise file.error(("parts",), "what consists of parts belongs into life_events/")
        check_item(file, item, self.licences)
        return item

    def life_event(self, file: DataFile, items: Mapping[str, Item]) -> LifeEvent:
        """The event with its composed form and the materials of its parts."""
        if "materials" in file.mapping():
            raise file.error(("materials",), "the materials of an event are those of its parts")
        parts = self._parts(file, items)
        event = self._parsed(file, {"materials": materials_of(tuple(item for _, item in parts))})
        # What the materials say was checked where they stand.
        check_item(file, event.model_copy(update={"materials": ()}), self.licences)
        if event.form is None:
            return LifeEvent(event, _opened_one_by_one(file, parts))
        for number, (_, item) in enumerate(parts):
            if not set(event.accepts) <= set(item.accepts):
                place = ("parts", number, "item")
                raise file.error(place, f"{item.code} does not accept all that the event accepts")
        form, asked = compose(file, event.form, parts)
        return LifeEvent(event.model_copy(update={"form": form}), asked)

    def _parts(
        self, file: DataFile, items: Mapping[str, Item]
    ) -> tuple[tuple[EventPart, Item], ...]:
        if not file.mapping().get("parts"):
            raise file.error((), "a life event has parts")
        parts: list[tuple[EventPart, Item]] = []
        for position, entry in enumerate(file.sequence(("parts",))):
            part = file.check(EventPart, entry, ("parts", position))
            if part.item not in items:
                raise file.error(("parts", position, "item"), f"no item has the code {part.item}")
            if any(part.item == earlier.item for earlier, _ in parts):
                raise file.error(("parts", position, "item"), f"{part.item} stands twice")
            parts.append((part, items[part.item]))
        return tuple(parts)

    def _parsed(self, file: DataFile, more: Mapping[str, Any]) -> Item:
        data = {**file.mapping(), **more}
        if "materials" in file.mapping():
            data["materials"] = tuple(
                file.check(Material, material, ("materials", position))
                for position, material in enumerate(file.sequence(("materials",)))
            )
        if "procedure" in data:
            name = str(data.pop("procedure"))
            if name not in self.procedures:
                raise file.error(("procedure",), f"no procedure {name} in procedures.yaml")
            guide = data.get("guide", {})
            if not isinstance(guide, dict) or "steps" in guide:
                raise file.error(("procedure",), "an item has a procedure or steps of its own")
            data["guide"] = {**guide, "steps": self.procedures[name]}
        if "form" in data:
            offered = frozenset(str(reach) for reach in data.get("elsewhere", ()))
            data["form"] = build_form(file, self.blocks, data.get("materials", ()), offered)
        item = file.check(Item, data)
        if not file.path.name.startswith(f"{item.code}-"):
            raise file.error(("code",), f"the file's name has to begin with {item.code}-")
        if item.department not in self.departments:
            reason = f"no department {item.department} in departments.yaml"
            raise file.error(("department",), reason)
        field = self.departments[item.department]
        return item if item.window else item.model_copy(update={"window": field})


def _opened_one_by_one(
    file: DataFile, parts: tuple[tuple[EventPart, Item], ...]
) -> tuple[PartOf, ...]:
    for number, (part, _) in enumerate(parts):
        if part.when or part.answers or part.given:
            raise file.error(("parts", number), "without a form a part is only named")
    return tuple(PartOf(part, item) for part, item in parts)
