"""What the list or the sheet at a place shows, from what the visit knows."""

from kiosk.journeys.bookings_told import book_told, booking_told, my_bookings_told, ticket_told
from kiosk.journeys.bundle_told import bundle_told
from kiosk.journeys.case_sheet_told import case_sheet_told
from kiosk.journeys.filed_told import acted_told, contents_told, filed_already_told
from kiosk.journeys.guide_told import guide_told, take_along_told
from kiosk.journeys.look_up_told import look_up_told
from kiosk.journeys.my_cases_told import (
    my_cases_told,
    to_collect_told,
    to_rate_told,
    to_supply_told,
    ways_told,
)
from kiosk.journeys.pages import Page
from kiosk.journeys.ratings_told import rate_told
from kiosk.journeys.receipt_told import receipt_told
from kiosk.journeys.routes import World
from kiosk.journeys.steps import Destination, Place, Subject
from kiosk.journeys.verdict_told import verdict_told
from kiosk.journeys.windows_told import days_told, slots_told, window_told, windows_told
from kiosk.session import Session


def page_of(session: Session, here: Destination, world: World) -> Page:
    """ValueError where the place has no subject."""
    match here.place:
        case Place.CASE:
            return receipt_told(session)
        case Place.GUIDE:
            return guide_told(session, world)
        case Place.LOOK_UP:
            return look_up_told(session, world)
        case _:
            return _about(session, here, world)


def _about(session: Session, here: Destination, world: World) -> Page:
    match here.subject:
        case Subject.PROGRESS:
            return ways_told(world)
        case Subject.MY_CASES:
            return my_cases_told(session, world)
        case Subject.TO_SUPPLY:
            return to_supply_told(session, world)
        case Subject.TO_COLLECT:
            return to_collect_told(session, world)
        case Subject.TO_RATE:
            return to_rate_told(session, world)
        case Subject.CASE:
            return case_sheet_told(session, here, world)
        case Subject.BUNDLE:
            return bundle_told(session, here, world)
        case Subject.ACTED:
            return acted_told(session, here)
        case Subject.TAKE_ALONG:
            return take_along_told(session, world)
        case Subject.CONTENTS:
            return contents_told(session, here)
        case Subject.VERDICT:
            return verdict_told(session, world)
        case Subject.FILED_ALREADY:
            return filed_already_told(session, world)
        case Subject.WINDOWS:
            return windows_told(session)
        case Subject.WINDOW:
            return window_told(session, here)
        case Subject.DAYS:
            return days_told(session, here)
        case Subject.SLOTS:
            return slots_told(session, here)
        case Subject.BOOK:
            return book_told(session, here)
        case Subject.BOOKING:
            return booking_told(session, here)
        case Subject.MY_BOOKINGS:
            return my_bookings_told(session)
        case Subject.TICKET:
            return ticket_told(session, here)
        case Subject.RATE:
            return rate_told(session, here, world)
        case None:
            raise ValueError(f"{here.place} has no subject")
