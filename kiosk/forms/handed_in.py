"""What was handed in once, taken up again to be corrected."""

from pydantic import JsonValue

from kiosk.forms.answers import (
    AT_HAND,
    BRING_ORIGINAL,
    SUPPLY_LATER,
    Address,
    Answer,
    KeptFile,
    Row,
)
from kiosk.forms.questions import Question, QuestionKind


def answer_from(question: Question, handed_in: JsonValue) -> Answer | None:
    """The answer as the form keeps it; None where it has to be given anew: a promise and a
    signature, a file in a group, whose rows may change their places, and what this question
    cannot hold."""
    match question.kind, handed_in:
        case QuestionKind.FILE, str() as how if how in (BRING_ORIGINAL, SUPPLY_LATER, AT_HAND):
            return None if how == AT_HAND else how
        case QuestionKind.FILE, {"name": str(name), "media_type": str(media_type)}:
            return KeptFile(name, media_type)
        case ((QuestionKind.FILE | QuestionKind.PROMISE | QuestionKind.SIGNATURE), _):
            return None
        case QuestionKind.ADDRESS, {"code": str(code), "names": list(names), "detail": str(detail)}:
            return Address(code, tuple(str(name) for name in names), detail)
        case QuestionKind.CHOICES, list() as keys:
            return tuple(key for key in keys if isinstance(key, str))
        case QuestionKind.GROUP, list() as rows:
            return tuple(_row(question, row) for row in rows if isinstance(row, dict))
        case ((QuestionKind.ADDRESS | QuestionKind.CHOICES | QuestionKind.GROUP), _):
            return None
        case _, str() as text:
            return text
        case _:
            return None


def _row(group: Question, handed_in: dict[str, JsonValue]) -> Row:
    answers = ((field.id, answer_from(field, handed_in.get(field.id))) for field in group.fields)
    return {key: answer for key, answer in answers if not isinstance(answer, KeptFile | None)}
