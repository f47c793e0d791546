"""Service items as data: what stands in config/catalogue, and what must hold there."""

from enum import StrEnum
from typing import Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from kiosk.forms.questions import Form, Key, Words
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


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SelfServiceLevel(StrEnum):
    """How far a kiosk can go with an item, as the list of items judges it in general; `Kind` is
    what this kiosk offers."""

    FULL = "full"
    APPLY = "apply"
    GUIDE = "guide"


class Department(_Data):
    """`field` is the field whose windows take this department's items."""

    key: Key
    name: Words
    field: Key


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


class Material(_Data):
    """`required` is false where only some applicants have to hand it in."""

    name: Words
    provision: Provision
    required: bool = True


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
    """

    code: str = Field(pattern=r"^\d{3}$")
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
    form: Form | None = None

    @field_validator("promised")
    @classmethod
    def _promise_fits(cls, promised: Limit | None, info: ValidationInfo) -> Limit | None:
        """A promise shortens the statutory limit, and 即办件 end within a day."""
        statutory = info.data.get("statutory")
        if promised is None:
            return None
        if statutory and statutory.unit is promised.unit and promised.amount > statutory.amount:
            raise ValueError(
                f"the promise ({promised.amount}) is longer than the statutory limit "
                f"({statutory.amount}) in the same unit"
            )
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
