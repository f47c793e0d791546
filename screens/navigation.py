"""Which screen shows which place. Screens but the first are imported after the first frame."""

from kiosk.catalogue.home import HomePage
from kiosk.journeys.attendant import Attendant
from kiosk.journeys.steps import Place
from screens.citizen.home import HomeView
from screens.view import View


def view_for(attendant: Attendant, home_page: HomePage) -> View:
    """A new screen for the place where the visit is."""
    if attendant.here.place is Place.HOME:
        return HomeView(attendant, home_page)
    from screens.citizen.rooms import ROOMS

    return ROOMS[attendant.here.place](attendant)
