"""Which department an item belongs to and what is promised for it: data in `directory/`."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from kiosk.intake.contract import ItemCode

FILE = Path(__file__).parent / "directory" / "items.yaml"


class Item(BaseModel):
    """`promised`: working days, 0 on the day of acceptance, None unknown (以窗口公布为准).
    `immediate`: 即办件. `origin` says how far the promise can be trusted; None without one.
    `named_by`: the question whose answer names another department that handles it. `answered`: a
    complaint or the like, which ends with an answer, and nothing is granted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: ItemCode
    name: str = Field(min_length=1, max_length=100)
    department: str = Field(min_length=1, max_length=40)
    promised: int | None = Field(ge=0, le=90)
    immediate: bool
    origin: Literal["sourced", "partly_sourced", "sample"] | None = None
    named_by: str | None = None
    answered: bool = False

    @model_validator(mode="after")
    def _origin_of_promise(self) -> Self:
        if (self.promised is None) is not (self.origin is None):
            raise ValueError("a promise has an origin, and nothing else has")
        return self


class ItemDirectory:
    """ValueError where a code stands twice."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items: dict[str, Item] = {}
        for item in items:
            if item.code in self._items:
                raise ValueError(f"item {item.code} stands twice")
            self._items[item.code] = item

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(self._items.values())

    def item(self, code: str) -> Item | None:
        return self._items.get(code)

    def department(self, code: str | None, named: str | None = None) -> str | None:
        """The `named` one where there is one, else the item's."""
        item = self._items.get(code) if code else None
        return named or (item.department if item else None)

    def departments(self) -> tuple[str, ...]:
        """In the order of their first item."""
        return tuple(dict.fromkeys(item.department for item in self._items.values()))

    def codes_of(self, department: str) -> tuple[str, ...]:
        return tuple(c for c, item in self._items.items() if item.department == department)


def load_items(file: Path = FILE) -> ItemDirectory:
    """Raises yaml.YAMLError, and ValueError for a file that is not what it must be."""
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    return ItemDirectory(TypeAdapter(tuple[Item, ...]).validate_python(content))
