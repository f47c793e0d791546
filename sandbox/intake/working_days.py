"""Working days of the State Council's yearly holiday notices, and limits counted in them.

Days of the library `chinesecalendar` reach to the end of the last year it knows; configured years
(`directory/holidays.yaml`) come before it. In any other year Monday to Friday are taken for working
days, and whatever was counted through such a year is provisional (暂定).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Self

import chinese_calendar
import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, model_validator

FILE = Path(__file__).parent / "directory" / "holidays.yaml"
_DAY = timedelta(days=1)
_SATURDAY = 5


class YearOfHolidays(BaseModel):
    """One year's notice. `closed`: 放假, weekends in it named or not; `working`: Saturdays and
    Sundays on which work is made up (调休上班)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    closed: frozenset[date]
    working: frozenset[date]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if both := self.closed & self.working:
            raise ValueError(f"{min(both)} is both closed and working")
        if weekdays := [day for day in self.working if day.weekday() < _SATURDAY]:
            raise ValueError(f"{min(weekdays)} is no Saturday or Sunday, so no work is made up")
        return self


class Holidays:
    """`years` maps a year to its notice; ValueError where a day lies in another year."""

    def __init__(self, years: dict[int, YearOfHolidays]) -> None:
        for year, notice in years.items():
            if strange := [day for day in notice.closed | notice.working if day.year != year]:
                raise ValueError(f"{min(strange)} stands under {year}")
        self._years = years

    def is_known(self, day: date) -> bool:
        """Whether the notice of this day's year is known."""
        return day.year in self._years or _says_library(day) is not None

    def is_working_day(self, day: date) -> bool:
        if (notice := self._years.get(day.year)) is not None:
            return day in notice.working or (day.weekday() < _SATURDAY and day not in notice.closed)
        said = _says_library(day)
        return day.weekday() < _SATURDAY if said is None else said


@cache
def _says_library(day: date) -> bool | None:
    """None for a year that it does not know. It searches its whole table at each call."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def load_holidays(file: Path = FILE) -> Holidays:
    """Raises yaml.YAMLError, and ValueError for a file that is not what it must be."""
    content = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    return Holidays(TypeAdapter(dict[int, YearOfHolidays]).validate_python(content))


@dataclass(frozen=True)
class Due:
    """The last day of a limit; `provisional` (暂定): counted through a year without a notice."""

    day: date
    provisional: bool


def add_working_days(day: date, n: int, holidays: Holidays) -> Due:
    """The last of `n` (≥ 0) working days after `day`, which itself is not counted (民法典 201).

    With 0 it is `day`, or the next working day where `day` is none (民法典 203).
    """
    provisional = not holidays.is_known(day)
    if n == 0:
        while not holidays.is_working_day(day):
            day += _DAY
            provisional |= not holidays.is_known(day)
        return Due(day, provisional)
    provisional = False
    while n:
        day += _DAY
        provisional |= not holidays.is_known(day)
        n -= holidays.is_working_day(day)
    return Due(day, provisional)


def working_days_between(start: date, end: date, holidays: Holidays) -> int:
    """Working days after `start`, up to `end` and with it; 0 where `end` is not later."""
    days = (end - start).days
    return sum(holidays.is_working_day(start + k * _DAY) for k in range(1, days + 1))
