"""The table of docs/sending.md and the function that acts on it are one."""

import re
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

from kiosk.errors import (
    ClockWrong,
    IntakeAnswerInvalid,
    IntakeError,
    IntakeNotTrusted,
    IntakeRefused,
    IntakeUnreachable,
    TrustFault,
)
from kiosk.intake.contract import ProblemType
from kiosk.intake.sending_table import LONGEST_DELAY, Fate, verdict_on

PAGE = Path(__file__).parents[2] / "docs" / "sending.md"

STATUSES = (*range(400, 432), 500, 502, 503, 504, 599)
ERRORS: list[IntakeError] = [
    IntakeUnreachable(),
    IntakeAnswerInvalid(),
    *map(ClockWrong, (True, False)),
    *map(IntakeNotTrusted, TrustFault),
    *(
        IntakeRefused(*answer)
        for answer in product(STATUSES, (None, *ProblemType), (None, 7.0))
    ),
]


def quoted(cell: str) -> list[str]:
    return re.findall("`([^`]+)`", cell)


@dataclass(frozen=True)
class Line:
    answer: str
    kind: str
    meaning: str
    fate: str
    asks: str
    alert: str

    def fits(self, error: IntakeError, former_key: bool) -> bool:
        if "former key" in self.answer and not former_key:
            return False
        match error:
            case IntakeRefused(status=status, problem=problem, retry_after=wait):
                names = [str(status), f"{status // 100}xx"]
                kind = (problem or "").removeprefix("/problems/")
                if "without a problem" in self.answer and problem is not None:
                    return False
                if "Retry-After" in self.answer and wait is None:
                    return False
            case IntakeNotTrusted(fault=fault):
                names, kind = ["IntakeNotTrusted"], fault.value
            case _:
                names, kind = [type(error).__name__], ""
        kinds = quoted(self.kind)
        return any(name in quoted(self.answer) for name in names) and (not kinds or kind in kinds)


def table() -> list[Line]:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line[:1] == "|"]
    return [Line(*(cell.strip() for cell in row.strip("|").split("|"))) for row in rows[2:]]


def test_the_page_says_what_the_kiosk_does() -> None:
    """For each error of the intake, statuses with every type of the contract among them, the
    first line that fits tells fate, question and alert; and no line is there for nothing."""
    lines, used = table(), set()
    wrong = []
    for error, former_key in product(ERRORS, (False, True)):
        line = next(line for line in lines if line.fits(error, former_key))
        used.add(line)
        verdict = verdict_on(error, former_key=former_key)
        said = (quoted(line.fate), line.asks == "yes", quoted(line.alert))
        alerts = [verdict.alert.value] if verdict.alert else []
        if said != ([verdict.fate.value], verdict.ask, alerts):
            wrong.append((error.code, str(error), said, verdict))
    assert [] == wrong
    assert set(lines) == used


def test_every_error_of_the_intake_is_judged() -> None:
    """An error that is new in the tree has its line here too."""
    assert set(IntakeError.__subclasses__()) == {type(error) for error in ERRORS}


@pytest.mark.parametrize(("asked", "kept"), [(0.0, 0.0), (17.0, 17.0), (86_400.0, LONGEST_DELAY)])
def test_retry_after_is_kept_within_reason(asked: float, kept: float) -> None:
    """The intake says when, up to five minutes."""
    verdict = verdict_on(IntakeRefused(503, None, asked))
    assert (Fate.LATER, kept) == (verdict.fate, verdict.at_least)
