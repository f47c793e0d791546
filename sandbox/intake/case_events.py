"""What happened to a case, for its applicant: when, from the audit trail; in the office's words,
from the case itself."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from kiosk.intake.contract.dossier import CaseEvent, EventKind
from sandbox.intake.casework import CaseSheet

MOST_WORDS = 2000
_MOST_EVENTS = 60
_KINDS: Mapping[str, EventKind] = {
    "received": EventKind.RECEIVED,
    "corrected": EventKind.CORRECTED,
    "accept": EventKind.ACCEPTED,
    "deemed_accepted": EventKind.ACCEPTED,
    "return": EventKind.RETURNED,
    "supplied": EventKind.SUPPLIED,
    "supply_promised": EventKind.SUPPLIED,
    "begin_review": EventKind.REVIEWING,
    "forward": EventKind.DECIDING,
    "extend": EventKind.EXTENDED,
    "finish": EventKind.FINISHED,
    "deliver": EventKind.DELIVERED,
    "refuse": EventKind.REFUSED,
    "withdraw": EventKind.WITHDRAWN,
}
"""By the act as the trail names it; what is not here is the office's own affair."""


def events_of(sheet: CaseSheet) -> tuple[CaseEvent, ...]:
    """Oldest first; of very many the newest."""
    return tuple(_events(sheet))[-_MOST_EVENTS:]


def _events(sheet: CaseSheet) -> Iterator[CaseEvent]:
    for entry in sheet.history:
        kind = _KINDS.get(entry.action)
        if kind is None:
            continue
        if kind is EventKind.ACCEPTED and entry.detail.get("promised"):
            kind = EventKind.ACCEPTED_WITH_PROMISE
        at = datetime.fromisoformat(entry.at)
        due = entry.detail.get("due_on")
        yield CaseEvent(
            at=at,
            kind=kind,
            words=cut(_words(entry.action, sheet, at)),
            due=date.fromisoformat(due) if isinstance(due, str) else None,
        )


def _words(action: str, sheet: CaseSheet, at: datetime) -> str:
    life = sheet.life
    match action:
        case "deemed_accepted":
            return "逾期未告知，视为受理"
        case "accept":
            return "；".join(
                f"容缺 {m.name}，{m.days} 个工作日内补交"
                for m in life.materials
                if m.promised and m.asked_at == at
            )
        case "return":
            asked = (m for m in life.materials if not m.promised and m.asked_at == at)
            return "；".join(f"{m.name}：{m.reason}" for m in asked)
        case "supplied" | "supply_promised":
            return "、".join(m.name for m in life.materials if m.supplied_at == at)
        case "extend" if life.extension:
            return f"延长 {life.extension.days} 个工作日。{life.extension.reason}"
        case "refuse" if life.refusal:
            return life.refusal.reasons
        case "finish" if life.decision:
            return life.decision.words
        case "withdraw" if life.withdrawal:
            return life.withdrawal.chinese
        case _:
            return ""


def cut(words: str, most: int = MOST_WORDS) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"
