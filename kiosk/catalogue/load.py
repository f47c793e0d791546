"""Reads config/catalogue into memory.

fields.yaml         the windows' fields, in the order in which they are shown
departments.yaml    the departments, likewise
frequent.yaml       the codes of what is done most, likewise
procedures.yaml     lists of steps that many guides share
licences.yaml       the kinds of electronic licences
blocks/*.yaml       sections that many forms share
items/<department>/<code>-<name>.yaml    one item each
life_events/<code>-<name>.yaml           one life event each, which consists of items
look_ups/<code>-<name>.yaml              what each item of kind look_up answers
"""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from kiosk.catalogue.blocks import Block
from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.data_file import DataFile
from kiosk.catalogue.item_file import ItemReader, Procedures
from kiosk.catalogue.life_events import LifeEvent
from kiosk.catalogue.look_ups import read_look_ups
from kiosk.catalogue.models import Department, Item, Kind, ServiceField
from kiosk.errors import ConfigurationError
from kiosk.forms.questions import Words

_LINES = TypeAdapter(tuple[Words, ...])
_Keyed = TypeVar("_Keyed", ServiceField, Department)


def load_catalogue(folder: Path) -> Catalogue:
    """The whole catalogue, checked; it runs on a worker after the first frame.

    Raises ConfigurationError with the file, the line and what to put right.
    """
    fields = _keyed(DataFile(folder / "fields.yaml"), ServiceField)
    departments_file = DataFile(folder / "departments.yaml")
    departments = _keyed(departments_file, Department)
    field_keys = {field.key for field in fields}
    for position, department in enumerate(departments):
        if department.field is not None and department.field not in field_keys:
            raise departments_file.error(
                (position, "field"), f"no field {department.field} in fields.yaml"
            )
    procedures = _procedures(DataFile(folder / "procedures.yaml"))
    blocks = {
        path.stem: _block(DataFile(path)) for path in sorted((folder / "blocks").glob("*.yaml"))
    }
    fields_of = {department.key: department.field for department in departments}
    licences = _licences(DataFile(folder / "licences.yaml"))
    reader = ItemReader(fields_of, procedures, blocks, licences)
    items = _looked_up(
        folder / "look_ups", _items(sorted((folder / "items").glob("*/*.yaml")), reader), fields_of
    )
    events = _life_events(sorted((folder / "life_events").glob("*.yaml")), items, reader)
    life_events = (event.item for event in events)
    everything = tuple(sorted((*items, *life_events), key=lambda item: item.code))
    frequent = _frequent(folder / "frequent.yaml", everything)
    return Catalogue(fields, departments, everything, frequent, events)


def _keyed(file: DataFile, model: type[_Keyed]) -> tuple[_Keyed, ...]:
    found: dict[str, _Keyed] = {}
    for position, entry in enumerate(file.sequence()):
        part = file.check(model, entry, (position,))
        if part.key in found:
            raise file.error((position, "key"), f"key {part.key} stands twice")
        found[part.key] = part
    return tuple(found.values())


def _frequent(path: Path, items: tuple[Item, ...]) -> tuple[Item, ...]:
    file = DataFile(path)
    complete = {item.code: item for item in items if item.complete}
    for position, code in enumerate(file.sequence()):
        if code not in complete:
            raise file.error((position,), f"{code} is no item with a complete form")
    return tuple(complete[code] for code in file.sequence())


def _procedures(file: DataFile) -> Procedures:
    procedures = {}
    for name, steps in file.mapping().items():
        try:
            procedures[name] = _LINES.validate_python(steps)
        except ValidationError as error:
            raise file.error((name,), "a list of steps in words is needed here") from error
    return procedures


def _licences(file: DataFile) -> frozenset[str]:
    try:
        return frozenset(_LINES.validate_python(file.sequence()))
    except ValidationError as error:
        raise file.error((), "a list of kinds of licences in words is needed here") from error


def _block(file: DataFile) -> Block:
    return file.check(Block, file.content)


def _items(paths: Iterable[Path], reader: ItemReader) -> tuple[Item, ...]:
    items: dict[str, Item] = {}
    for path in paths:
        file = DataFile(path)
        item = reader.item(file)
        if item.code in items:
            raise file.error(("code",), f"code {item.code} stands in another file too")
        if path.parent.name != item.department:
            raise file.error(("department",), f"the file belongs into items/{item.department}/")
        items[item.code] = item
    return tuple(items[code] for code in sorted(items))


def _looked_up(
    folder: Path, items: tuple[Item, ...], departments: Collection[str]
) -> tuple[Item, ...]:
    codes = [item.code for item in items if item.kind is Kind.LOOK_UP]
    found = read_look_ups(sorted(folder.glob("*.yaml")), codes, departments)
    for code in codes:
        if code not in found:
            raise ConfigurationError(folder, 0, f"no file for item {code}, which is looked up")
    return tuple(
        item.model_copy(update={"look_up": found[item.code]}) if item.code in found else item
        for item in items
    )


def _life_events(
    paths: Iterable[Path], items: tuple[Item, ...], reader: ItemReader
) -> tuple[LifeEvent, ...]:
    by_code = {item.code: item for item in items}
    events: dict[str, LifeEvent] = {}
    for path in paths:
        file = DataFile(path)
        event = reader.life_event(file, by_code)
        if event.item.code in (by_code | events):
            raise file.error(("code",), f"code {event.item.code} stands in another file too")
        events[event.item.code] = event
    return tuple(events[code] for code in sorted(events))
