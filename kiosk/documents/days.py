"""Days and times as they stand on paper: those of the hall, whatever zone a time came in."""

from dataclasses import dataclass
from datetime import date, datetime

from kiosk.intake.contract import CHINA_TIME
from kiosk.language import Language, _, spoken


@dataclass(frozen=True)
class LastDay:
    """The last day of a limit. `provisional` where the State Council's holiday notice for it is
    not out, so that the day may still move."""

    day: date
    provisional: bool = False

    def words(self) -> str:
        words = in_words(self.day)
        return _("{day}（暂定）").format(day=words) if self.provisional else words


def in_words(day: date) -> str:
    """2026年11月24日, and 2026-11-24 in English."""
    if spoken() is Language.ENGLISH:
        return f"{day:%Y-%m-%d}"
    return f"{day.year}年{day.month}月{day.day}日"


def day_of(at: datetime) -> date:
    """The hall's calendar day of a time with its zone."""
    return at.astimezone(CHINA_TIME).date()


def minute(at: datetime) -> str:
    """2026-11-24 09:41 of a time with its zone."""
    return f"{at.astimezone(CHINA_TIME):%Y-%m-%d %H:%M}"


def time_of_day(at: datetime) -> str:
    """09:41 of a time with its zone."""
    return f"{at.astimezone(CHINA_TIME):%H:%M}"


def second(at: datetime) -> str:
    """20261124-094107 of a time with its zone, as part of a number."""
    return f"{at.astimezone(CHINA_TIME):%Y%m%d-%H%M%S}"
