"""Service items as data: what stands in config/catalogue, and what must hold there."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from kiosk.catalogue.eligibility import Eligibility
from kiosk.catalogue.look_ups import LookUp
from kiosk.forms.questions import Condition, Defer, Form, Key, Words
from kiosk.identity import Assurance


class Kind(StrEnum):
    """What a citizen can do with the item here."""

    FILE = "file"
    LOOK_UP = "look_up"
    GUIDE = "guide"


class Origin(StrEnum):
    """Where a statement comes from. Only SOURCED may be shown without the mark 示例数据."""

    SOURCED = "sourced"
    PARTLY_SOURCED = "partly_sourced"
    SAMPLE = "sample"


class Handling(StrEnum):
    IMMEDIATE = "即办件"
    PROMISED = "承诺件"


class LimitUnit(StrEnum):
    WORKING_DAYS = "工作日"
    DAYS = "日"
    MONTHS = "月"


class ApplicantKind(StrEnum):
    PERSON = "自然人"
    ORGANISATION = "法人"


class Provision(StrEnum):
    """How a material reaches the office."""

    FILLED_HERE = "filled_here"
    FROM_CARD = "from_card"
    ELECTRONIC = "electronic"
    SHARED = "shared"
    PROMISE = "promise"
    BRING = "bring"


class Reach(StrEnum):
    """Offices elsewhere that take the item too: 跨省通办, 省内通办."""

    ACROSS_PROVINCES = "across_provinces"
    WITHIN_PROVINCE = "within_province"


class Decider(StrEnum):
    """Who decides: the department, or the centre's committee, which the department authorised in
    public (委托行政服务中心管委会)."""

    DEPARTMENT = "department"
    COMMITTEE = "committee"


ItemCode = Annotated[str, StringConstraints(pattern=r"^\d{3}$")]


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SelfServiceLevel(StrEnum):
    """How far a kiosk can go with an item, as the list of items judges it in general; `Kind` is
    what this kiosk offers."""

    FULL = "full"
    APPLY = "apply"
    GUIDE = "guide"


class Department(_Data):
    """`field` is the field whose windows take this department's items; None for the centre itself,
    which stands in no list."""

    key: Key
    name: Words
    field: Key | None = None


class ServiceField(_Data):
    """One of the eight fields with windows of their own, or the windows without distinction;
    `icon` names a glyph of Tabler's icon font."""

    key: Key
    name: Words
    icon: Words


class Limit(_Data):
    """0 working days means on the spot."""

    amount: int = Field(ge=0)
    unit: LimitUnit
    origin: Origin

    @property
    def least_days(self) -> int:
        """Calendar days that it takes at least, begun on the best day of the week. Holidays and
        the weekends worked for them (调休) are left out: they differ from year to year."""
        match self.unit:
            case LimitUnit.WORKING_DAYS:
                return self.amount + 2 * (max(self.amount - 1, 0) // 5)
            case LimitUnit.DAYS:
                return self.amount
            case LimitUnit.MONTHS:
                return 28 * self.amount

    @property
    def most_days(self) -> int:
        """Calendar days that it takes at most, likewise."""
        match self.unit:
            case LimitUnit.WORKING_DAYS:
                return self.amount + 2 * ((self.amount + 4) // 5)
            case LimitUnit.DAYS:
                return self.amount
            case LimitUnit.MONTHS:
                return 31 * self.amount

    def surely_longer_than(self, other: "Limit") -> bool:
        """Whether this never ends within the other, whatever the day on which both begin."""
        if self.unit is other.unit:
            return self.amount > other.amount
        return self.least_days > other.most_days


class Material(_Data):
    """`required` is false where only some applicants have to hand it in. `licence`: the kind of
    electronic licence (licences.yaml) that makes it needless where the applicant has one. `defer`:
    it may be handed in later (容缺). `standard` says what it has to be like, `sample` what a good
    one looks like."""

    name: Words
    provision: Provision
    required: bool = True
    licence: Words | None = None
    defer: Defer | None = None
    standard: Words | None = None
    sample: Words | None = None


class Stage(_Data):
    """A step at the office; `days` in the unit of the promise."""

    name: Words
    days: int = Field(ge=0)


class Situation(_Data):
    """A case that needs more than the others (情形), and the materials that it is about."""

    name: Words
    materials: tuple[Words, ...] = ()


class EventPart(_Data):
    """One item of a life event (一件事). `when` hangs on the event's own questions and says whether
    the item is wanted. `answers`: question of the item → the earlier question of the event's form
    that answers it. `given`: a choice of the item → what the event itself answers."""

    item: ItemCode
    when: Condition | None = None
    answers: Mapping[Key, Key] = {}
    given: Mapping[Key, str | tuple[str, ...]] = {}


class SelfService(_Data):
    level: SelfServiceLevel
    origin: Origin


class Guide(_Data):
    """What the citizen reads before. None reads 以窗口公布为准: nothing here is invented.

    `steps` follow the county's plan (将政办〔2023〕32号, 二(四) and 四(三)); `notes` are as
    reliable as `notes_origin` says.
    """

    summary: str | None = None
    conditions: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    place: str | None = None
    hours: str | None = None
    fees: str | None = None
    phone: str | None = None
    notes: tuple[str, ...] = ()
    notes_origin: Origin = Origin.SAMPLE


class Item(_Data):
    """`code` is this kiosk's own catalogue number (three digits); `base_code` is the 基本编码 of
    the official list where a source gives it. `form` is set exactly for kind FILE.

    `complete` marks the items whose form asks everything the item needs; the others ask what the
    shared blocks ask, and the office asks for the rest. `special_steps` come from the same list
    as the materials and are as reliable. `editor_note` is for whoever replaces the sample data and
    stands on no screen. `accepts`: how sure the applicant's identity has to be.

    `eligibility`, `situations`, `decided_by`, `stages`, `elsewhere` and the materials' `defer` and
    `standard` are as reliable as `process_origin` says. The days of `stages` add up to the promise.
    `window` is the key of the window that takes the item: that of the department's field where the
    file names no other. A `service` (a complaint, a request for
    help) belongs to the centre: it is found by its name and stands in no list of a department.

    `parts` makes the item a life event: its `form` is composed of theirs, and it is filed as one
    application for each part that is wanted.

    `look_up` is set exactly for kind LOOK_UP: it stands in a file of its own (look_ups/).
    """

    code: ItemCode
    name: Words
    kind: Kind
    department: Key
    item_class: Words
    handling: Handling
    statutory: Limit | None = None
    promised: Limit | None = None
    applicants: tuple[ApplicantKind, ...] = Field(min_length=1)
    accepts: tuple[Assurance, ...] = Field(
        default=(Assurance.SAM_VERIFIED, Assurance.SCANNED_TOKEN, Assurance.VOUCHED), min_length=1
    )
    materials: tuple[Material, ...]
    materials_origin: Origin
    self_service: SelfService
    special_steps: tuple[str, ...] = ()
    base_code: str | None = None
    source: str | None = None
    editor_note: str | None = None
    guide: Guide = Guide()
    why_not_here: str | None = None
    complete: bool = False
    service: bool = False
    eligibility: Eligibility | None = None
    elsewhere: tuple[Reach, ...] = ()
    situations: tuple[Situation, ...] = ()
    decided_by: Decider | None = None
    stages: tuple[Stage, ...] = ()
    process_origin: Origin = Origin.SAMPLE
    window: Key | None = None
    parts: tuple[EventPart, ...] = ()
    look_up: LookUp | None = None
    form: Form | None = None

    @field_validator("promised")
    @classmethod
    def _promise_fits(cls, promised: Limit | None, info: ValidationInfo) -> Limit | None:
        """A promise shortens the statutory limit, and 即办件 end within a day."""
        statutory: Limit | None = info.data.get("statutory")
        if promised is None:
            return None
        if statutory is not None and promised.surely_longer_than(statutory):
            raise ValueError(_too_long(promised, statutory))
        if info.data.get("handling") is Handling.IMMEDIATE and promised.amount > 1:
            raise ValueError("即办件 end within 1 day; a longer promise belongs to 承诺件")
        return promised

    @model_validator(mode="after")
    def _kind_fits(self) -> Self:
        if (self.kind is Kind.FILE) != (self.form is not None):
            raise ValueError("an item of kind file has a form, and no other has one")
        if (self.kind is Kind.GUIDE) != (self.why_not_here is not None):
            raise ValueError("a guide-only item says why it is not done here, and no other does")
        if self.complete and self.form is None:
            raise ValueError("complete describes a form, and this item has none")
        if self.self_service.level is SelfServiceLevel.GUIDE and self.kind is not Kind.GUIDE:
            raise ValueError("self_service level guide allows kind guide alone")
        return self


def _too_long(promised: Limit, statutory: Limit) -> str:
    words = (
        f"the promise ({promised.amount} {promised.unit}) is longer than the statutory limit "
        f"({statutory.amount} {statutory.unit})"
    )
    if statutory.unit is LimitUnit.DAYS:
        words += "; a limit from 行政许可法 is in 工作日, there 日 means those (art. 82)"
    return words
