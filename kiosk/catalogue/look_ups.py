"""证照与记录查询: what a look-up answers, row by row, and how each row has to be masked."""

import re
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from kiosk.catalogue.data_file import DataFile
from kiosk.forms.questions import Key, Words

_MASKED_NAME = re.compile(r"[^\s*·・,，]\*+(?:[\s·・,，]+[^\s*·・,，]\*+)*")


class Mask(StrEnum):
    """What may be read of a row's value."""

    NAME = "name"
    """The first character of each part: 张*."""
    NUMBER = "number"
    """Its two ends at most: four places or more in a row are hidden."""
    AMOUNT = "amount"
    """No digit."""
    ADDRESS = "address"
    """Down to the town: its end is hidden."""
    NONE = "none"
    """All of it: it tells nobody apart."""

    def hides(self, value: str) -> bool:
        """Whether so much is hidden in this value."""
        match self:
            case Mask.NAME:
                return _MASKED_NAME.fullmatch(value) is not None
            case Mask.NUMBER:
                return "****" in value
            case Mask.AMOUNT:
                return not any(character.isdigit() for character in value)
            case Mask.ADDRESS:
                return value.endswith("**")
            case Mask.NONE:
                return True


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LookUpRow(_Data):
    label: Words
    mask: Mask


class LookUp(_Data):
    """`subject` is the heading in the list of look-ups, `authority` the department whose record it
    is. A row that the intake sends and `rows` does not name is not shown. `notes` stand on the
    slip."""

    item: Words
    subject: Words
    authority: Key
    rows: tuple[LookUpRow, ...] = Field(min_length=1)
    notes: tuple[Words, ...] = ()

    def mask_of(self, label: str) -> Mask | None:
        """None for a row that is not known here."""
        return next((row.mask for row in self.rows if row.label == label), None)


def read_look_ups(
    paths: Iterable[Path], items: Collection[str], departments: Collection[str]
) -> Mapping[str, LookUp]:
    """Each item's look-up by its code; `items` are the codes of those that are looked up.

    Raises ConfigurationError with the file, the line and what to put right.
    """
    found: dict[str, LookUp] = {}
    for path in paths:
        file = DataFile(path)
        look_up = file.check(LookUp, file.content)
        if look_up.item not in items:
            raise file.error(("item",), f"no item {look_up.item} of kind look_up")
        if not path.name.startswith(f"{look_up.item}-"):
            raise file.error(("item",), f"the file's name has to begin with {look_up.item}-")
        if look_up.item in found:
            raise file.error(("item",), f"item {look_up.item} has another file too")
        if look_up.authority not in departments:
            reason = f"no department {look_up.authority} in departments.yaml"
            raise file.error(("authority",), reason)
        labels = [row.label for row in look_up.rows]
        for position, label in enumerate(labels):
            if label in labels[:position]:
                raise file.error(("rows", position, "label"), f"{label} stands twice")
        found[look_up.item] = look_up
    return found
