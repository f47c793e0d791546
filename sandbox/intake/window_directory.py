"""Which windows the hall has, when they are open and how they are booked: data in `directory/`."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kiosk.intake.contract import CHINA_TIME
from kiosk.intake.contract.bookings import TimeOfDay, WindowKey
from sandbox.intake.working_days import Holidays

FILE = Path(__file__).parent / "directory" / "windows.yaml"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Hours(_Data):
    begins: TimeOfDay
    ends: TimeOfDay


class WindowEntry(_Data):
    """`letter` begins the numbers of its tickets; `counters` in a row share its queue, the number
    over the first one is `first`; `capacity`: bookings for one time; `minutes` for one person at
    one of them."""

    key: WindowKey
    name: str = Field(min_length=1, max_length=60)
    area: str = Field(min_length=1, max_length=40)
    first: int = Field(ge=1, le=900)
    field: str = Field(max_length=40)
    letter: Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
    counters: int = Field(ge=1, le=40)
    capacity: int = Field(ge=1, le=100)
    minutes: int = Field(ge=1, le=240)

    @property
    def numbers(self) -> range:
        """What stands over the counters."""
        return range(self.first, self.first + self.counters)

    @property
    def place(self) -> str:
        """社保区 5–6 号窗口."""
        last = f"–{self.numbers[-1]}" if self.counters > 1 else ""
        return f"{self.area} {self.first}{last} 号窗口"


class NoShowRule(_Data):
    """Who does not come `times` times within `within_days` cannot book for `barred_days`."""

    times: int = Field(ge=1)
    within_days: int = Field(ge=1)
    barred_days: int = Field(ge=1)
    words: str = Field(max_length=200)

    def barred_until(self, missed: list[date]) -> date | None:
        """The last day on which nothing can be booked, for the days of somebody's no-shows; None
        where there were never so many."""
        days = sorted(missed)
        too_many = [
            last
            for first, last in zip(days, days[self.times - 1 :], strict=False)
            if last - first < timedelta(days=self.within_days)
        ]
        return too_many[-1] + timedelta(days=self.barred_days) if too_many else None


class WindowDirectory(_Data):
    """`at_any_hour`: tickets are given outside the hours too. `days`: working days that can be
    booked. Raises pydantic's ValidationError for windows that share a key or a letter."""

    at_any_hour: bool
    hours: tuple[Hours, ...]
    slot_minutes: int = Field(ge=10, le=240)
    days: int = Field(ge=1, le=14)
    early_minutes: int = Field(ge=0, le=240)
    most_open: int = Field(ge=1, le=20)
    no_show: NoShowRule
    windows: tuple[WindowEntry, ...] = Field(min_length=1, max_length=60)

    @model_validator(mode="after")
    def _apart(self) -> Self:
        for shared in ("key", "letter"):
            found = [getattr(window, shared) for window in self.windows]
            if len(set(found)) < len(found):
                raise ValueError(f"two windows have the same {shared}")
        return self

    @property
    def early(self) -> timedelta:
        """How long before its time a booking's ticket is given."""
        return timedelta(minutes=self.early_minutes)

    def window(self, key: str) -> WindowEntry | None:
        return next((window for window in self.windows if window.key == key), None)

    def slots(self) -> Iterator[tuple[str, str]]:
        """Beginning and end of each time of a working day."""
        step = timedelta(minutes=self.slot_minutes)
        for hours in self.hours:
            begins, closes = (
                datetime.combine(date.min, time.fromisoformat(text))
                for text in (hours.begins, hours.ends)
            )
            while begins + step <= closes:
                yield f"{begins:%H:%M}", f"{begins + step:%H:%M}"
                begins += step

    def days_from(self, day: date, holidays: Holidays) -> Iterator[date]:
        """The days that can be booked, from this one on."""
        left = self.days
        while left:
            if holidays.is_working_day(day):
                left -= 1
                yield day
            day += timedelta(days=1)

    def is_open(self, at: datetime, holidays: Holidays) -> bool:
        """Whether tickets are given."""
        if self.at_any_hour:
            return True
        there = at.astimezone(CHINA_TIME)
        return holidays.is_working_day(there.date()) and any(
            hours.begins <= f"{there:%H:%M}" < hours.ends for hours in self.hours
        )


def moment_of(day: date, time_of_day: str) -> datetime:
    """That time of that day in China."""
    return datetime.combine(day, time.fromisoformat(time_of_day), CHINA_TIME)


def load_windows(file: Path = FILE) -> WindowDirectory:
    """Raises yaml.YAMLError, and ValueError for a file that is not what it must be."""
    return WindowDirectory.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
