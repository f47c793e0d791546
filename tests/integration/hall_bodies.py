"""What an outside kiosk sends to book a time at a window and to cancel it."""

from typing import Any

from kiosk.intake.contract.bookings import BookingContent, CancellationContent, Windows
from tests.integration.outside_kiosk import OutsideKiosk

SOMEBODY = "350428198807070021"


def windows(kiosk: OutsideKiosk) -> Windows:
    told = kiosk.session.get(f"{kiosk.url}v1/windows", timeout=5)
    assert 200 == told.status_code, told.text
    return Windows.model_validate_json(told.content)


def booking(kiosk: OutsideKiosk, window: str, nth: int, person: str = SOMEBODY) -> dict[str, Any]:
    """For the `nth` time of the last day that can be booked there."""
    day = next(w for w in windows(kiosk).windows if w.key == window).days[-1]
    content = BookingContent(kind="resident_id", number=person, name="示例", about="高龄津贴申领")
    return {
        "window": window,
        "day": str(day.day),
        "begins": day.slots[nth].begins,
        **kiosk.asking(content),
    }


def cancellation(kiosk: OutsideKiosk, number: str, person: str = SOMEBODY) -> dict[str, Any]:
    content = CancellationContent(kind="resident_id", number=person)
    return {"booking": number, **kiosk.asking(content)}
