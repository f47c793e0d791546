"""Every place and what can happen there: the table of the journeys, from which
`docs/journeys.md` is drawn. What is not in it leaves the visit where it is."""

from collections.abc import Mapping
from enum import StrEnum

from kiosk.journeys.steps import (
    ApplicantChosen,
    Back,
    Book,
    Browse,
    CancelBooking,
    CategoryChosen,
    Collect,
    Correct,
    DepartmentChosen,
    Edit,
    FieldChosen,
    GoOn,
    HaveSent,
    Home,
    ItemChosen,
    LookFor,
    Open,
    PageAnswered,
    Place,
    Print,
    Sort,
    Start,
    Step,
    Submit,
    Supply,
    TakeTicket,
    TryAgain,
    TypeNumber,
    Withdraw,
)


class Happening(StrEnum):
    """What comes from outside, in place of a touch."""

    IDENTIFIED = "identified"
    """A whole and valid identity was read."""
    RECEIPT_SHOWN = "receipt_shown"
    """The code of a receipt was scanned."""
    ANSWERED = "answered"
    """The intake answered, or did not."""
    FILED = "filed"
    """What was submitted is kept, and the intake has answered or is not going to for now."""
    TIME_OVER = "time_over"
    """Nobody has touched the screen for too long."""


Leads = Mapping[type[Step] | Happening, frozenset[Place]]

_STAYS: frozenset[Place] = frozenset()


def _to(*places: Place) -> frozenset[Place]:
    return frozenset(places)


_ALWAYS: Leads = {Home: _to(Place.HOME), Happening.TIME_OVER: _to(Place.HOME)}
_PAGES = (Place.LIST, Place.SHEET)
_SIGNING_IN = (Place.PRIVACY, Place.SIGN_IN)
_OPENS = _to(*_PAGES, *_SIGNING_IN)
_BEGINS = (*_SIGNING_IN, Place.SHEET, Place.FORM, Place.LOOK_UP)
"""Where an item begins once nothing stands before it."""
_OPENED_FROM = (
    Place.HOME,
    *_PAGES,
    Place.CASE,
    Place.NUMBER,
    Place.GUIDE,
    Place.DONE,
    Place.LOOK_UP,
)
"""Where a list or a sheet is opened, and where it goes back to."""
_FROM_RECEIPT = _to(Place.CASE, Place.SHEET)

MOVES: Mapping[Place, Leads] = {
    Place.HOME: {
        **_ALWAYS,
        Back: _to(Place.HOME),
        Browse: _to(Place.FIND),
        Collect: _to(Place.ITEMS),
        LookFor: _to(Place.SEARCH),
        Open: _OPENS,
        ItemChosen: _to(Place.GUIDE),
        Happening.RECEIPT_SHOWN: _FROM_RECEIPT,
    },
    Place.FIND: {
        **_ALWAYS,
        Back: _to(Place.HOME, Place.FIND),
        Sort: _to(Place.FIND),
        ApplicantChosen: _to(Place.FIND),
        Browse: _to(Place.FIND),
        Collect: _to(Place.ITEMS),
        LookFor: _to(Place.SEARCH),
        FieldChosen: _to(Place.DEPARTMENTS, Place.ITEMS),
        DepartmentChosen: _to(Place.ITEMS),
        ItemChosen: _to(Place.GUIDE),
        Happening.RECEIPT_SHOWN: _FROM_RECEIPT,
    },
    Place.SEARCH: {
        **_ALWAYS,
        Back: _to(Place.HOME, Place.FIND, Place.DEPARTMENTS, Place.ITEMS),
        CategoryChosen: _to(Place.DEPARTMENTS, Place.ITEMS),
        ItemChosen: _to(Place.GUIDE),
        Happening.RECEIPT_SHOWN: _FROM_RECEIPT,
    },
    Place.DEPARTMENTS: {
        **_ALWAYS,
        Back: _to(Place.FIND, Place.SEARCH),
        LookFor: _to(Place.SEARCH),
        DepartmentChosen: _to(Place.ITEMS),
        Happening.RECEIPT_SHOWN: _FROM_RECEIPT,
    },
    Place.ITEMS: {
        **_ALWAYS,
        Back: _to(Place.HOME, Place.FIND, Place.DEPARTMENTS, Place.SEARCH),
        LookFor: _to(Place.SEARCH),
        ItemChosen: _to(Place.GUIDE),
        Happening.RECEIPT_SHOWN: _FROM_RECEIPT,
    },
    Place.GUIDE: {
        **_ALWAYS,
        Back: _to(Place.FIND, Place.SEARCH, Place.ITEMS, *_OPENED_FROM),
        Start: _to(Place.BEFORE, Place.CHECK, *_BEGINS),
        Open: _OPENS,
        ItemChosen: _to(Place.GUIDE),
        Print: _STAYS,
        Happening.RECEIPT_SHOWN: _FROM_RECEIPT,
    },
    Place.BEFORE: {
        **_ALWAYS,
        Back: _to(Place.GUIDE),
        GoOn: _to(Place.CHECK, *_BEGINS),
    },
    Place.CHECK: {
        **_ALWAYS,
        Back: _to(Place.CHECK, Place.GUIDE),
        PageAnswered: _to(Place.CHECK, *_BEGINS),
    },
    Place.PRIVACY: {
        **_ALWAYS,
        Back: _to(*_OPENED_FROM),
        GoOn: _to(Place.SIGN_IN),
    },
    Place.SIGN_IN: {
        **_ALWAYS,
        Back: _to(*_OPENED_FROM),
        Happening.IDENTIFIED: _to(Place.LIST, Place.SHEET, Place.FORM, Place.LOOK_UP),
    },
    Place.FORM: {
        **_ALWAYS,
        Back: _to(Place.FORM, Place.REVIEW, Place.GUIDE, Place.SHEET),
        PageAnswered: _to(Place.FORM, Place.REVIEW),
    },
    Place.REVIEW: {
        **_ALWAYS,
        Back: _to(Place.FORM),
        Edit: _to(Place.FORM),
        Submit: _to(Place.SUBMITTING),
    },
    Place.SUBMITTING: {
        **_ALWAYS,
        Back: _to(Place.REVIEW),
        TryAgain: _STAYS,
        Happening.FILED: _to(Place.DONE, Place.SHEET),
    },
    Place.DONE: {
        **_ALWAYS,
        Back: _to(Place.HOME),
        Open: _OPENS,
        Print: _STAYS,
        Happening.RECEIPT_SHOWN: _FROM_RECEIPT,
    },
    Place.LOOK_UP: {
        **_ALWAYS,
        Back: _to(Place.GUIDE),
        Open: _OPENS,
        Print: _STAYS,
        TryAgain: _STAYS,
    },
    Place.CASE: {
        **_ALWAYS,
        Back: _to(Place.FIND, Place.SEARCH, Place.DEPARTMENTS, Place.ITEMS, *_OPENED_FROM),
        Open: _OPENS,
        TypeNumber: _to(Place.NUMBER),
        ItemChosen: _to(Place.GUIDE),
        Print: _STAYS,
        TryAgain: _STAYS,
    },
    Place.NUMBER: {
        **_ALWAYS,
        Back: _to(Place.CASE, *_PAGES),
        PageAnswered: _to(Place.CASE, Place.SHEET),
        Open: _OPENS,
        Happening.RECEIPT_SHOWN: _FROM_RECEIPT,
    },
    Place.LIST: {
        **_ALWAYS,
        Back: _to(*_OPENED_FROM),
        Open: _OPENS,
        TypeNumber: _to(Place.NUMBER),
        TakeTicket: _to(Place.SHEET),
        ItemChosen: _to(Place.GUIDE),
        TryAgain: _STAYS,
        Happening.RECEIPT_SHOWN: _FROM_RECEIPT,
    },
    Place.SHEET: {
        **_ALWAYS,
        Back: _to(
            Place.FIND,
            Place.SEARCH,
            Place.DEPARTMENTS,
            Place.ITEMS,
            Place.CHECK,
            *_OPENED_FROM,
        ),
        Open: _OPENS,
        TypeNumber: _to(Place.NUMBER),
        GoOn: _to(*_SIGNING_IN, Place.FORM, Place.SHEET, Place.LOOK_UP),
        Supply: _to(Place.FORM),
        Withdraw: _to(Place.FORM),
        HaveSent: _to(Place.FORM),
        Correct: _to(Place.SHEET),
        Book: _STAYS,
        CancelBooking: _STAYS,
        TakeTicket: _to(Place.SHEET),
        ItemChosen: _to(Place.GUIDE),
        Print: _STAYS,
        TryAgain: _STAYS,
        Happening.ANSWERED: _to(Place.FORM, Place.SHEET),
        Happening.RECEIPT_SHOWN: _FROM_RECEIPT,
    },
}


def takes(place: Place, step: Step) -> bool:
    """Whether this step means anything there."""
    return type(step) in MOVES[place]
