"""Sample records for look-ups: data in `records/`, all of it invented."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from kiosk.intake.contract import ItemCode
from kiosk.intake.contract.look_ups import Row
from sandbox.intake.licences import FOLDER, Licences

LICENCES = "164"
"""电子证照查询: its rows are the person's licences."""
_SAMPLE = Row(label="说明", value="示例数据，非真实记录")
_RESIDENT_ID = re.compile(r"^[0-9]{17}[0-9X]$")


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Citizen(_Data):
    """An invented person; `without` lists the items that have no record of them."""

    number: Annotated[str, Field(pattern=_RESIDENT_ID.pattern)]
    name: str
    without: tuple[ItemCode, ...] = ()


class Record(_Data):
    """One item's rows; a value may hold {name}, {number} (both masked), {year} and {today}."""

    item: ItemCode
    rows: tuple[Row, ...] = Field(min_length=1)


class Records:
    """Raises pydantic's ValidationError for a file that is not what it must be."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._citizens = {
            citizen.number: citizen
            for citizen in TypeAdapter(tuple[Citizen, ...]).validate_python(
                yaml.safe_load((folder / "citizens.yaml").read_text(encoding="utf-8"))
            )
        }
        self._records = {
            record.item: record
            for record in TypeAdapter(tuple[Record, ...]).validate_python(
                yaml.safe_load((folder / "items.yaml").read_text(encoding="utf-8"))
            )
        }
        self._other = Record.model_validate(
            yaml.safe_load((folder / "other.yaml").read_text(encoding="utf-8"))
        )

        self._licences = Licences(folder)

    def rows(self, item: str, number: str, today: date) -> tuple[Row, ...] | None:
        """What is shown of this person, masked and marked as sample; None when there is no
        record, or no licence. A resident ID number that belongs to no sample citizen gets the
        sample record too, without a name: the intake was not told one."""
        if not _RESIDENT_ID.match(number):
            return None
        citizen = self._citizens.get(number)
        if citizen is not None and item in citizen.without:
            return None
        record = self._records.get(item, self._other)
        values = {
            "name": _masked_name(citizen.name) if citizen else "",
            "number": f"{number[:6]} ******** {number[-4:]}",
            "year": str(today.year),
            "today": today.isoformat(),
        }
        rows = [Row(label=r.label, value=r.value.format(**values)) for r in record.rows]
        if item == LICENCES:
            held = self._licences.licences_of(number, today)
            if not held:
                return None
            rows += (Row(label=one.kind, value=f"{one.number}，{one.issuer}") for one in held)
        return (*(row for row in rows if row.value), _SAMPLE)


def _masked_name(name: str) -> str:
    return name[0] + "*" * max(len(name) - 1, 1)
