"""What an officer and the applicant can do with a case, and why it may not be done."""

from dataclasses import dataclass, field
from enum import StrEnum

from sandbox.intake.case_file import NO_WAY_NAMED, Collection, Outcome, State

REMEDIES = (
    "如不服本决定，可以自收到通知书之日起六十日内申请行政复议，"
    "或者自收到通知书之日起六个月内向人民法院提起行政诉讼。"
)
"""On every refusal and every decision against the applicant (行政复议法 20, 行政诉讼法 46)."""


@dataclass(frozen=True)
class PromisedMaterial:
    """容缺: to be supplied within `days` working days of the acceptance. `form` says in what form
    (原件, 复印件 …)."""

    name: str
    form: str
    days: int


@dataclass(frozen=True)
class AskedMaterial:
    name: str
    reason: str


@dataclass(frozen=True)
class Accept:
    """受理. With `promised` materials 容缺受理, for which the applicant's written promise is noted
    before (`promise_noted`)."""

    promised: tuple[PromisedMaterial, ...] = ()
    promise_noted: bool = False


@dataclass(frozen=True)
class ReturnForSupplement:
    """补正: all that is missing, at once, each with its reason."""

    materials: tuple[AskedMaterial, ...]


@dataclass(frozen=True)
class Supplied:
    """Materials of a supplement that came; with the last of them the case goes on."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Refuse:
    """不予受理. `authority`: whom to apply to instead, empty where there is none."""

    reasons: str
    authority: str = ""


@dataclass(frozen=True)
class BeginReview:
    """审核."""


@dataclass(frozen=True)
class ForwardToDecision:
    """审批."""


@dataclass(frozen=True)
class Finish:
    """办结. Words are needed where it is not approved (行政许可法 38)."""

    outcome: Outcome
    words: str = ""
    collection: Collection = NO_WAY_NAMED


@dataclass(frozen=True)
class Deliver:
    """送达."""


@dataclass(frozen=True)
class Extend:
    """延期, by `days` working days."""

    days: int
    reason: str


@dataclass(frozen=True)
class SupplyPromised:
    """A promised material (容缺) came."""

    name: str


@dataclass(frozen=True)
class Correct:
    """更正: the applicant replaces what was handed in."""


@dataclass(frozen=True)
class Withdraw:
    """撤回, by the applicant: `reason` is one of the kiosk's keys."""

    reason: str
    words: str = field(default="", repr=False)


@dataclass(frozen=True)
class HavePosted:
    """邮寄: the applicant has the result sent."""

    name: str = field(repr=False)
    phone: str = field(repr=False)
    address: str = field(repr=False)


Action = (
    Accept
    | ReturnForSupplement
    | Supplied
    | Refuse
    | BeginReview
    | ForwardToDecision
    | Finish
    | Deliver
    | Extend
    | SupplyPromised
    | Correct
    | Withdraw
    | HavePosted
)

ACTION_NAMES: dict[type[Action], str] = {
    Accept: "accept",
    ReturnForSupplement: "return",
    Supplied: "supplied",
    Refuse: "refuse",
    BeginReview: "begin_review",
    ForwardToDecision: "forward",
    Finish: "finish",
    Deliver: "deliver",
    Extend: "extend",
    SupplyPromised: "supply_promised",
    Correct: "corrected",
    Withdraw: "withdraw",
    HavePosted: "posting",
}
"""As the audit trail names them."""


class Why(StrEnum):
    """Why an action is not allowed."""

    WRONG_STATE = "wrong_state"
    CHANGED_MEANWHILE = "changed_meanwhile"
    NO_PROMISE = "no_promise"
    DEADLINE_TOO_LATE = "deadline_too_late"
    NOTHING_NAMED = "nothing_named"
    NAMED_TWICE = "named_twice"
    NAME_TOO_LONG = "name_too_long"
    NO_REASON = "no_reason"
    NOT_ASKED_AT_ONCE = "not_asked_at_once"
    NOT_OUTSTANDING = "not_outstanding"
    PROMISE_OPEN = "promise_open"
    NO_LIMIT = "no_limit"
    EXTENDED_ALREADY = "extended_already"
    LIMIT_OVER = "limit_over"
    DAYS_OUT_OF_RANGE = "days_out_of_range"
    NOT_BY_POST = "not_by_post"
    POSTED_ALREADY = "posted_already"

    @property
    def chinese(self) -> str:
        return _WORDS[self]


_WORDS = {
    Why.WRONG_STATE: "本件当前状态不能进行此操作",
    Why.CHANGED_MEANWHILE: "本件已被他人处理，请刷新后再办",
    Why.NO_PROMISE: "容缺受理须先取得申请人的书面承诺",
    Why.DEADLINE_TOO_LATE: "容缺材料的补交期限须为 1 个工作日以上，且不得超过事项的承诺时限",
    Why.NOTHING_NAMED: "请列出材料",
    Why.NAMED_TWICE: "同一材料只能列一次",
    Why.NAME_TOO_LONG: "材料名称最多 200 个字",
    Why.NO_REASON: "请写明理由",
    Why.NOT_ASKED_AT_ONCE: "补正内容须一次告知，不得再要求先前未列出的材料",
    Why.NOT_OUTSTANDING: "该材料不在待补材料之中",
    Why.PROMISE_OPEN: "容缺材料尚未补齐，不能准予办结",
    Why.NO_LIMIT: "本事项时限以窗口公布为准，不能在此延期",
    Why.EXTENDED_ALREADY: "延期最多一次，本件已延期",
    Why.LIMIT_OVER: "时限已过，不能延期",
    Why.DAYS_OUT_OF_RANGE: "延长的工作日数不在允许范围内",
    Why.NOT_BY_POST: "本件结果不能邮寄",
    Why.POSTED_ALREADY: "本件已登记邮寄",
}


class NotAllowed(Exception):
    """The case stays as it was. `state`: where it stands."""

    def __init__(self, why: Why, state: State) -> None:
        super().__init__(f"{why.value} in {state.value}")
        self.why = why
        self.state = state
