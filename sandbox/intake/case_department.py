"""Which department handles a case: its item's, or the one that the applicant names (a complaint
about how something was handled goes to whoever handled it)."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import JsonValue
from sqlalchemy import ColumnElement, and_, or_

from sandbox.intake.item_directory import Item, ItemDirectory
from sandbox.intake.item_materials import CATALOGUE, read_catalogue
from sandbox.intake.tables import Case


def named_department(item: Item | None, answers: Mapping[str, JsonValue]) -> str | None:
    """The one that was named, by its name; None where the item asks for none."""
    named = answers.get(item.named_by) if item is not None and item.named_by else None
    return _names().get(named) if isinstance(named, str) else None


def handled_by(
    directory: ItemDirectory, department: str, item: ColumnElement[Any] | None = None
) -> ColumnElement[bool]:
    """Cases of this department. `item` takes the place of the case's, where there may be none."""
    of_item = Case.item if item is None else item
    return or_(
        Case.department == department,
        and_(Case.department.is_(None), of_item.in_(directory.codes_of(department))),
    )


@cache
def _names() -> Mapping[str, str]:
    """By the key with which an answer names it."""
    listed: Any = read_catalogue(CATALOGUE / "departments.yaml")
    return {one["key"]: one["name"] for one in listed}
