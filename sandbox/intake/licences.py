"""电子证照: which electronic licences a person has: data in `records/`, all of it invented."""

from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from kiosk.intake.contract.dossier import Licence

FOLDER = Path(__file__).parent / "records"


class _Holder(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    number: str
    licences: tuple[Licence, ...]


class Licences:
    """Raises pydantic's ValidationError for a file that is not what it must be."""

    def __init__(self, folder: Path = FOLDER) -> None:
        told = yaml.safe_load((folder / "licences.yaml").read_text(encoding="utf-8"))
        holders = TypeAdapter(tuple[_Holder, ...]).validate_python(told)
        self._by_person = {holder.number: holder.licences for holder in holders}

    def licences_of(self, person: str, today: date) -> tuple[Licence, ...]:
        """Those that are still valid, for the number of a person's document."""
        return tuple(
            licence
            for licence in self._by_person.get(person, ())
            if licence.valid_to is None or licence.valid_to >= today
        )
