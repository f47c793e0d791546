"""The screens of a visit by place; importing this imports them all."""

from kiosk.journeys.steps import Place
from screens.citizen.before import BeforeView, PrivacyView
from screens.citizen.done import DoneView
from screens.citizen.filing import SubmittingView
from screens.citizen.find import DepartmentsView, FindView, ItemsView
from screens.citizen.form import FormView
from screens.citizen.list_page import ListView
from screens.citizen.review import ReviewView
from screens.citizen.search import SearchView
from screens.citizen.sheet_page import SheetView
from screens.citizen.sign_in import SignInView

ROOMS = {
    Place.FIND: FindView,
    Place.SEARCH: SearchView,
    Place.DEPARTMENTS: DepartmentsView,
    Place.ITEMS: ItemsView,
    Place.GUIDE: SheetView,
    Place.BEFORE: BeforeView,
    Place.PRIVACY: PrivacyView,
    Place.SIGN_IN: SignInView,
    Place.FORM: FormView,
    Place.REVIEW: ReviewView,
    Place.SUBMITTING: SubmittingView,
    Place.DONE: DoneView,
    Place.LOOK_UP: SheetView,
    Place.CASE: SheetView,
    Place.CHECK: FormView,
    Place.NUMBER: FormView,
    Place.LIST: ListView,
    Place.SHEET: SheetView,
}
