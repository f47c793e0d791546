"""预约取号: windows, times and queue tickets. A citizen waits for the answer, so nothing of this
goes through the kiosk's queue; each write carries an Idempotency-Key and may be asked again."""

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from kiosk.intake.contract import DocumentKind, Kiosk, Message, Sealed

WINDOWS = "/v1/windows"
BOOKINGS = "/v1/bookings"
CANCELLATIONS = "/v1/cancellations"
TICKETS = "/v1/tickets"

WindowKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
BookingNumber = Annotated[str, StringConstraints(pattern=r"^YY[0-9]{16,18}$")]
TimeOfDay = Annotated[str, StringConstraints(pattern=r"^[0-2][0-9]:[0-5][0-9]$")]


class Slot(Message):
    """A time to come on one day; `free` places are left."""

    begins: TimeOfDay
    ends: TimeOfDay
    free: int = Field(ge=0)


class Day(Message):
    day: date
    slots: tuple[Slot, ...] = Field(max_length=40)


class Window(Message):
    """A window or a group of windows that shares one queue. `waiting`: people there now, `minutes`
    the office's own estimate for a new ticket, None where it has none; `open_now`: tickets are
    given. `days`: the next days that can be booked, in their order."""

    key: WindowKey
    name: str = Field(min_length=1, max_length=60)
    place: str = Field(default="", max_length=60)
    field: str = Field(default="", max_length=40)
    waiting: int = Field(ge=0)
    minutes: int | None = Field(default=None, ge=0)
    open_now: bool
    days: tuple[Day, ...] = Field(default=(), max_length=14)


class Windows(Message):
    """200. `no_show`: what follows when one does not come, in the office's words."""

    windows: tuple[Window, ...] = Field(max_length=60)
    no_show: str = Field(max_length=200)
    answered_at: AwareDatetime


class BookingContent(Message):
    """What a booking seals: who comes, and for what (an item's name, or empty)."""

    kind: DocumentKind
    number: str = Field(repr=False, min_length=1, max_length=40)
    name: str = Field(repr=False, min_length=1, max_length=120)
    about: str = Field(default="", max_length=100)


class BookingBody(Message):
    """POST /v1/bookings. 409 taken: somebody else was faster."""

    kiosk: Kiosk
    window: WindowKey
    day: date
    begins: TimeOfDay
    sealed: Sealed = Field(repr=False)


class Booking(Message):
    """201. One booking; `place` is where to go, `bring` what to have along."""

    number: BookingNumber
    window: WindowKey
    window_name: str = Field(max_length=60)
    place: str = Field(default="", max_length=60)
    day: date
    begins: TimeOfDay
    ends: TimeOfDay
    about: str = Field(default="", max_length=100)


class CancellationContent(Message):
    """What a cancellation seals: it is the booking's own person who cancels."""

    kind: DocumentKind
    number: str = Field(repr=False, min_length=1, max_length=40)


class CancellationBody(Message):
    """POST /v1/cancellations. 403 not-the-applicant, 409 not-allowed once its time has come."""

    kiosk: Kiosk
    booking: BookingNumber
    sealed: Sealed = Field(repr=False)


class Cancelled(Message):
    """201."""

    booking: BookingNumber
    cancelled_at: AwareDatetime


class TicketBody(Message):
    """POST /v1/tickets: a place in the queue, for nobody by name. `booking`: whoever booked takes
    it in time and goes first. 409 not-allowed while the window is closed."""

    kiosk: Kiosk
    window: WindowKey
    booking: BookingNumber | None = None


class Ticket(Message):
    """201. `number` as it is called and shown, A023; `ahead`: people before this one."""

    number: str = Field(pattern=r"^[A-Z][0-9]{3,4}$")
    window: WindowKey
    window_name: str = Field(max_length=60)
    place: str = Field(default="", max_length=60)
    ahead: int = Field(ge=0)
    minutes: int | None = Field(default=None, ge=0)
    taken_at: AwareDatetime
