"""Places a visit can be at, and what can happen there: data without behaviour."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.catalogue.models import ApplicantKind, Kind
from kiosk.catalogue.search.found import Category


class Place(StrEnum):
    HOME = "home"
    FIND = "find"
    SEARCH = "search"
    DEPARTMENTS = "departments"
    ITEMS = "items"
    GUIDE = "guide"
    BEFORE = "before"
    PRIVACY = "privacy"
    SIGN_IN = "sign_in"
    FORM = "form"
    REVIEW = "review"
    SUBMITTING = "submitting"
    DONE = "done"
    LOOK_UP = "look_up"
    CASE = "case"
    CHECK = "check"
    NUMBER = "number"
    LIST = "list"
    SHEET = "sheet"


class Subject(StrEnum):
    """What a list or a sheet is about; `Destination.key` says which one of them."""

    PROGRESS = "progress"
    """The ways to a case: by document, by receipt, by number."""
    MY_CASES = "my_cases"
    TO_SUPPLY = "to_supply"
    TO_COLLECT = "to_collect"
    TO_RATE = "to_rate"
    CASE = "case"
    """By its number, of the citizen who signed in."""
    BUNDLE = "bundle"
    """All cases of one life event, by its reference."""
    ACTED = "acted"
    """What came of an act on a case."""
    TAKE_ALONG = "take_along"
    """The guide of the item as a code."""
    CONTENTS = "contents"
    """Waiting for what was handed in, to correct it."""
    VERDICT = "verdict"
    FILED_ALREADY = "filed_already"
    """Between signing in and the form: whether this was handed in before."""
    WINDOWS = "windows"
    WINDOW = "window"
    DAYS = "days"
    SLOTS = "slots"
    """By window/day."""
    BOOK = "book"
    """By window/day/time."""
    BOOKING = "booking"
    MY_BOOKINGS = "my_bookings"
    TICKET = "ticket"
    RATE = "rate"

    @property
    def is_list(self) -> bool:
        return self in _LISTS

    @property
    def needs_identity(self) -> bool:
        """Shows what belongs to one citizen."""
        return self in _OF_A_CITIZEN


_LISTS = frozenset(
    {
        Subject.PROGRESS,
        Subject.MY_CASES,
        Subject.TO_SUPPLY,
        Subject.TO_COLLECT,
        Subject.TO_RATE,
        Subject.WINDOWS,
        Subject.DAYS,
        Subject.SLOTS,
        Subject.MY_BOOKINGS,
    }
)
_OF_A_CITIZEN = frozenset(
    {
        Subject.MY_CASES,
        Subject.TO_SUPPLY,
        Subject.TO_COLLECT,
        Subject.TO_RATE,
        Subject.CASE,
        Subject.BUNDLE,
        Subject.ACTED,
        Subject.CONTENTS,
        Subject.FILED_ALREADY,
        Subject.BOOK,
        Subject.BOOKING,
        Subject.MY_BOOKINGS,
    }
)


class Collection(StrEnum):
    """Items that belong together whatever their department: 一件事, 跨省通办 and 省内通办, and what
    citizens have to say (办不成事, 找茬, 投诉, 帮办)."""

    LIFE_EVENTS = "life_events"
    ELSEWHERE = "elsewhere"
    VOICES = "voices"


class By(StrEnum):
    """What the guides are sorted by while one looks for one."""

    FIELD = "field"
    DEPARTMENT = "department"
    APPLICANT = "applicant"
    LIFE_EVENT = "life_event"


@dataclass(frozen=True)
class Destination:
    """Where the visit is. `kind`, `field` and `department` say what is being browsed;
    `question` is the first question of the form's page, so that a page is found again whatever
    its size; `editing`: reached by 修改 from the check page, and goes back there. `life_event` is
    what is browsed in place of a field. `came_from` is where the search was opened, and behind the
    search the search itself, and where the receipt of a case was scanned; `by_hand`: the search was
    opened to write with a finger.

    `subject` and `key` say what a list or a sheet is about, and for what a number is typed. `goal`
    is where signing in leads when it is not for an item. `collection` is what is browsed in place
    of a field. `item` is the code of the item that the guide is about, and what follows on it.
    `by` is how what is found is sorted; of an `applicant` only what they can have is browsed."""

    place: Place
    kind: Kind | None = None
    field: str | None = None
    department: str | None = None
    question: str | None = None
    editing: bool = False
    life_event: Category | None = None
    came_from: "Destination | None" = None
    by_hand: bool = False
    subject: Subject | None = None
    key: str = ""
    goal: "Destination | None" = None
    collection: Collection | None = None
    by: By = By.FIELD
    applicant: ApplicantKind | None = None
    item: str | None = None


HOME = Destination(Place.HOME)


class Blocker(StrEnum):
    """Why a filing should not begin, or only with open eyes."""

    NO_INTAKE_YET = "no_intake_yet"
    NOT_ENROLLED = "not_enrolled"
    DISK_FULL = "disk_full"
    OUTBOX_FAULT = "outbox_fault"
    READER_OUT_OF_ORDER = "reader_out_of_order"
    NO_PAPER_RECEIPT = "no_paper_receipt"

    @property
    def stops(self) -> bool:
        """Whether there is no way past it; paper alone can be done without."""
        return self is not Blocker.NO_PAPER_RECEIPT


@dataclass(frozen=True)
class Browse:
    """Look for an item of this kind; guides are there for every item."""

    kind: Kind


@dataclass(frozen=True)
class LookFor:
    """Open the search; what is typed there goes into the visit. `by_hand`: to write with a
    finger."""

    by_hand: bool = False


@dataclass(frozen=True)
class CategoryChosen:
    """Browse a category that the search found."""

    category: Category


@dataclass(frozen=True)
class FieldChosen:
    field: str


@dataclass(frozen=True)
class DepartmentChosen:
    department: str


@dataclass(frozen=True)
class Sort:
    """Look for a guide another way."""

    by: By


@dataclass(frozen=True)
class ApplicantChosen:
    applicant: ApplicantKind


@dataclass(frozen=True)
class Collect:
    """Browse a collection of items."""

    collection: Collection


@dataclass(frozen=True)
class Open:
    """Open a list or a sheet; whoever has to sign in for it does so first."""

    subject: Subject
    key: str = ""


@dataclass(frozen=True)
class TypeNumber:
    """Type the number of a case: to see its state, or to rate its service."""

    subject: Subject = Subject.CASE


@dataclass(frozen=True)
class Supply:
    """Hand in what is missing in the case of this number."""

    number: str


@dataclass(frozen=True)
class Withdraw:
    number: str


@dataclass(frozen=True)
class Correct:
    """Change what was handed in, while it is not accepted yet."""

    number: str


@dataclass(frozen=True)
class HaveSent:
    """Have the result sent by post."""

    number: str


@dataclass(frozen=True)
class Book:
    """Yes, this time at this window."""


@dataclass(frozen=True)
class CancelBooking:
    number: str


@dataclass(frozen=True)
class TakeTicket:
    """A place in the queue; `booking`: as whoever booked."""

    window: str
    booking: str | None = None


@dataclass(frozen=True)
class Print:
    """What this page tells, on paper."""


@dataclass(frozen=True)
class ItemChosen:
    code: str


@dataclass(frozen=True)
class Start:
    """Begin the chosen item from its guide."""


@dataclass(frozen=True)
class GoOn:
    """Yes, although the kiosk said what will be missing; also: the notice was read."""


@dataclass(frozen=True)
class PageAnswered:
    """Everything asked on this page was accepted."""


@dataclass(frozen=True)
class Edit:
    question: str


@dataclass(frozen=True)
class Submit:
    """Checked and signed."""


@dataclass(frozen=True)
class TryAgain:
    """Once more what failed."""


@dataclass(frozen=True)
class Back:
    pass


@dataclass(frozen=True)
class Home:
    """Leave; wipes the visit."""


Step = (
    Browse
    | LookFor
    | CategoryChosen
    | FieldChosen
    | DepartmentChosen
    | Sort
    | ApplicantChosen
    | Collect
    | Open
    | TypeNumber
    | Supply
    | Withdraw
    | Correct
    | HaveSent
    | Book
    | CancelBooking
    | TakeTicket
    | Print
    | ItemChosen
    | Start
    | GoOn
    | PageAnswered
    | Edit
    | Submit
    | TryAgain
    | Back
    | Home
)
