"""Places a visit can be at, and what can happen there: data without behaviour."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.catalogue.models import Kind
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


@dataclass(frozen=True)
class Destination:
    """Where the visit is. `kind`, `field` and `department` say what is being browsed;
    `question` is the first question of the form's page, so that a page is found again whatever
    its size; `editing`: reached by 修改 from the check page, and goes back there. `life_event` is
    what is browsed in place of a field. `came_from` is where the search was opened, and behind the
    search the search itself, and where the receipt of a case was scanned; `by_hand`: the search was
    opened to write with a finger."""

    place: Place
    kind: Kind | None = None
    field: str | None = None
    department: str | None = None
    question: str | None = None
    editing: bool = False
    life_event: Category | None = None
    came_from: "Destination | None" = None
    by_hand: bool = False


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
