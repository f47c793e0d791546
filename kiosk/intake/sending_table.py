"""What follows from an answer of the intake, or from none: the table of `docs/sending.md`."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.errors import (
    ClockWrong,
    IntakeAnswerInvalid,
    IntakeError,
    IntakeNotTrusted,
    IntakeRefused,
    IntakeUnreachable,
    TrustFault,
)
from kiosk.events import IntakeAlert
from kiosk.intake.contract import ProblemType

LONGEST_DELAY = 300.0
"""Seconds between two tries, at most, whatever the intake asks for."""


class Fate(StrEnum):
    """What becomes of the row. `SOON`: again after a second, however often. `RETRY`: again, with
    a back-off of its own. `LATER`: again, and nothing else is sent until then. `HOLD`: staff."""

    SOON = "soon"
    RETRY = "retry"
    LATER = "later"
    HOLD = "hold"


@dataclass(frozen=True)
class Verdict:
    """`ask`: this may concern the intake as a whole, so its health is asked for at once.
    `at_least`: seconds before the next try that the intake asked for. `refused`: the case does not
    allow it, which whoever waits is told."""

    fate: Fate
    ask: bool = False
    refused: bool = False
    alert: IntakeAlert | None = None
    at_least: float = 0.0


def verdict_on(error: IntakeError, *, former_key: bool = False) -> Verdict:
    """Held is only what the intake refuses as it is; whatever may pass is tried again.
    `former_key`: the row was signed with another device key than the kiosk has now."""
    match error:
        case ClockWrong():
            return Verdict(Fate.RETRY, ask=True, alert=IntakeAlert.CLOCK_WRONG)
        case IntakeNotTrusted(fault=TrustFault.OURS_REFUSED):
            return Verdict(Fate.RETRY, ask=True, alert=IntakeAlert.KIOSK_REFUSED)
        case IntakeNotTrusted():
            return Verdict(Fate.RETRY, ask=True, alert=IntakeAlert.INTAKE_NOT_TRUSTED)
        case IntakeUnreachable() | IntakeAnswerInvalid():
            return Verdict(Fate.RETRY, ask=True)
        case IntakeRefused():
            return _on_refusal(error, former_key)
        case _:
            return Verdict(Fate.RETRY)


def _on_refusal(refused: IntakeRefused, former_key: bool) -> Verdict:
    match refused.status, refused.problem:
        case 409, ProblemType.IN_PROGRESS:
            return Verdict(Fate.SOON)
        case (400 | 413 | 422, None):
            # A proxy's own word, nginx's of a bad certificate for one, is none about the row.
            return Verdict(Fate.RETRY)
        case (400 | 413 | 422, _) | (409, ProblemType.REFERENCE_TAKEN | ProblemType.RATED_ALREADY):
            return Verdict(Fate.HOLD)
        case (
            403 | 404 | 409,
            ProblemType.NOT_THE_APPLICANT | ProblemType.NO_RECORD | ProblemType.NOT_ALLOWED,
        ):
            return Verdict(Fate.HOLD, refused=True)
        case 403, ProblemType.KIOSK_REVOKED | ProblemType.KIOSK_UNKNOWN if former_key:
            return Verdict(Fate.HOLD)
        case 401 | 403 | 404 | 405, _:
            return Verdict(Fate.LATER, alert=IntakeAlert.KIOSK_REFUSED)
        case 429 | 503, _ if refused.retry_after is not None:
            wait = min(max(refused.retry_after, 0.0), LONGEST_DELAY)
            return Verdict(Fate.LATER, at_least=wait)
        case 429, _:
            return Verdict(Fate.LATER)
        case status, _:
            return Verdict(Fate.RETRY, ask=status >= 500)
