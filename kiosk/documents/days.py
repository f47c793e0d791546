"""Days and times as they stand on paper."""

from datetime import date, datetime

from kiosk.language import Language, spoken


def day_in_words(day: date) -> str:
    """2026年6月13日, and 2026-06-13 in English."""
    if spoken() is Language.ENGLISH:
        return f"{day:%Y-%m-%d}"
    return f"{day.year}年{day.month}月{day.day}日"


def minute(at: datetime) -> str:
    """2026-06-13 09:41; `at` is local time."""
    return f"{at:%Y-%m-%d %H:%M}"
