"""Windows, times and bookings as they are told."""

from dossier_samples import (
    BOOKED,
    WORLD,
    at,
    booking,
    steps,
    visit,
)
from page_states import everything, known
from visits import Orders

from kiosk.errors import IntakeRefused
from kiosk.intake.contract import ProblemType
from kiosk.journeys.asking import ask_for
from kiosk.journeys.page_of import page_of
from kiosk.journeys.pages import Code, Lines, SheetPage, Value
from kiosk.journeys.steps import (
    Book,
    CancelBooking,
    Open,
    Subject,
    TakeTicket,
)


def test_a_window_that_gives_no_tickets_offers_none() -> None:
    """And one that does offers it."""
    session = visit()
    everything(session)
    for key, given in (("general", True), ("closed", False)):
        page = page_of(session, at(Subject.WINDOW, key), WORLD)
        assert given == (TakeTicket(key) in set(steps(page)))


def test_a_time_without_places_cannot_be_chosen() -> None:
    """It stands there as full."""
    slots = known(Subject.SLOTS, "general/2026-11-26")
    assert [("09:00–09:30", True), ("09:30–10:00", False)] == [
        (slot.words, slot.enabled) for slot in slots
    ]


def test_a_booking_is_confirmed_before_it_is_made() -> None:
    """Where, when, who (masked) and what follows when one does not come; then it is booked."""
    session = visit()
    everything(session)
    page = page_of(session, at(Subject.BOOK, "general/2026-11-26/09:00"), WORLD)
    assert isinstance(page, SheetPage)
    values = {part.label: part.value for part in page.parts if isinstance(part, Value)}
    assert "2026年11月26日 星期四" == values["日期"]
    assert "09:00–09:30" == values["时间"]
    assert "张*" == values["预约人"]
    assert any(isinstance(part, Lines) and "爽约" in part.lines[0] for part in page.parts)
    assert page.main is not None
    assert Book() == page.main.step


def test_a_time_that_another_took_leads_to_the_other_times() -> None:
    """The same time is not offered again."""
    session = visit()
    everything(session)
    session.office.error = IntakeRefused(409, ProblemType.TAKEN)
    page = page_of(session, at(Subject.BOOK, "general/2026-11-26/09:00"), WORLD)
    assert page.main is not None
    assert Open(Subject.SLOTS, "general/2026-11-26") == page.main.step
    assert Book() not in set(steps(page))


def test_a_booking_of_today_gives_a_ticket_and_a_cancelled_one_nothing() -> None:
    """With a code to show; once cancelled it says so and offers no way to cancel again."""
    session = visit()
    everything(session)
    session.office.booking = booking()
    page = page_of(session, at(Subject.BOOKING, BOOKED), WORLD)
    assert isinstance(page, SheetPage)
    assert any(isinstance(part, Code) and part.content == BOOKED for part in page.parts)
    assert {TakeTicket("general", BOOKED), CancelBooking(BOOKED)} <= set(steps(page))
    session.office.cancelled = BOOKED
    page = page_of(session, at(Subject.BOOKING, BOOKED), WORLD)
    assert CancelBooking(BOOKED) not in set(steps(page))
    assert () == page_of(session, at(Subject.MY_BOOKINGS), WORLD).choices


def test_what_is_free_is_asked_anew_after_another_was_faster() -> None:
    """The time that is gone does not stand there as free once more."""
    session, orders = visit(), Orders()
    everything(session)
    there = at(Subject.SLOTS, "general/2026-11-26")
    ask_for(session, orders, there)
    assert 0 == len(orders.of("ask windows"))
    session.office.error = IntakeRefused(409, ProblemType.TAKEN)
    ask_for(session, orders, there)
    assert 1 == len(orders.of("ask windows"))
