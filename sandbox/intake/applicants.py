"""Whose a case is: who signed in at the kiosk, and whom they act for."""

from kiosk.intake.contract import Application, ProblemType
from kiosk.intake.contract.dossier import Person
from sandbox.intake.problems import Refusal
from sandbox.intake.tables import Case

_LONGEST = 40


def principal_of(content: Application) -> str | None:
    """The number that an agent (代办人) typed."""
    typed = content.answers.get("principal_number")
    return typed[:_LONGEST] if isinstance(typed, str) and typed else None


def require_own(row: Case, person: Person) -> None:
    """Refusal for whoever neither handed it in nor is the one it was handed in for. One number is
    one person: a social security card has the number of the identity card."""
    if person.number not in (row.person, row.principal):
        raise Refusal(ProblemType.NOT_THE_APPLICANT)
