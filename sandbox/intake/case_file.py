"""What a case is while it lives: its state, its materials, what was decided. Data alone."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kiosk.intake.contract import CHINA_TIME


class State(StrEnum):
    """Where a case stands, as it is stored; `chinese` is what officers and citizens read."""

    RECEIVED = "received"
    SUPPLEMENTING = "supplementing"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REVIEWING = "reviewing"
    DECIDING = "deciding"
    FINISHED = "finished"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"

    @property
    def chinese(self) -> str:
        return _STATES[self]


_STATES = {
    State.RECEIVED: "收件",
    State.SUPPLEMENTING: "补正",
    State.ACCEPTED: "受理",
    State.REFUSED: "不予受理",
    State.REVIEWING: "审核",
    State.DECIDING: "审批",
    State.FINISHED: "办结",
    State.DELIVERED: "送达",
    State.WITHDRAWN: "撤回",
}

IN_HAND = frozenset({State.ACCEPTED, State.REVIEWING, State.DECIDING})
"""Accepted, not decided, the clock running."""

UNDECIDED = frozenset({State.RECEIVED, State.SUPPLEMENTING, *IN_HAND})
"""Nothing was decided yet, and nothing ended it."""


class Outcome(StrEnum):
    APPROVED = "approved"
    NOT_APPROVED = "not_approved"

    @property
    def chinese(self) -> str:
        return {Outcome.APPROVED: "准予", Outcome.NOT_APPROVED: "不予批准"}[self]


@dataclass(frozen=True)
class Material:
    """One that is still to come, or came: asked for in a supplement (补正), or `promised` (容缺)
    within `days` working days of `asked_at`. `stops_clock`: asked for after acceptance."""

    name: str
    reason: str
    promised: bool
    asked_at: datetime
    days: int | None = None
    stops_clock: bool = False
    supplied_at: datetime | None = None


@dataclass(frozen=True)
class Extension:
    """`days`: working days added to the limit."""

    days: int
    reason: str
    at: datetime


@dataclass(frozen=True)
class Refusal:
    """`authority`: to whom the applicant is to apply instead, empty where there is none."""

    reasons: str
    authority: str
    at: datetime


@dataclass(frozen=True)
class Withdrawal:
    """By the applicant. `reason` is one of the kiosk's keys, `words` what was written beside it."""

    reason: str
    words: str
    at: datetime

    @property
    def chinese(self) -> str:
        """Both, as they are read."""
        return "：".join(filter(None, (_REASONS.get(self.reason, self.reason), self.words)))


_REASONS = {
    "not_needed": "不需要办了",
    "wrong_item": "选错了事项",
    "wrong_answers": "填错了，要重新申请",
    "materials": "材料一时备不齐",
    "other": "其他原因",
}


@dataclass(frozen=True)
class Collection:
    """How the result reaches the applicant: at a `window`, empty where none was named; `by_post`,
    if that is asked for; `electronic`, as a page to open."""

    window: str = ""
    by_post: bool = False
    electronic: bool = False


NO_WAY_NAMED = Collection()


@dataclass(frozen=True)
class Posting:
    """Whom the result is to be sent to."""

    name: str
    phone: str
    address: str
    at: datetime


@dataclass(frozen=True)
class Decision:
    outcome: Outcome
    words: str
    at: datetime
    collection: Collection = NO_WAY_NAMED


@dataclass(frozen=True)
class CaseFile:
    """`limit`: the promise in working days, 0 on the day, None unknown (以窗口公布为准).
    `immediate`: 即办件, done on the spot.

    `deemed`: nobody answered in time, so the case counts as accepted (行政许可法 32).
    `corrected_at`: when the applicant last replaced what was handed in.
    """

    state: State
    received_at: datetime
    limit: int | None
    immediate: bool = False
    accepted_at: datetime | None = None
    deemed: bool = False
    corrected_at: datetime | None = None
    materials: tuple[Material, ...] = ()
    extension: Extension | None = None
    refusal: Refusal | None = None
    withdrawal: Withdrawal | None = None
    decision: Decision | None = None
    posting: Posting | None = None
    delivered_at: datetime | None = None

    @property
    def can_be_withdrawn(self) -> bool:
        return self.state in UNDECIDED

    @property
    def can_be_corrected(self) -> bool:
        return self.state in UNDECIDED and self.accepted_at is None

    def outstanding(self, *, promised: bool) -> tuple[Material, ...]:
        return tuple(
            material
            for material in self.materials
            if material.promised is promised and material.supplied_at is None
        )


def day_of(at: datetime) -> date:
    """The hall's calendar day."""
    return at.astimezone(CHINA_TIME).date()
