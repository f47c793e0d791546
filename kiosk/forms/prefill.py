"""What the card and electronic licences answer. These answers are locked: the citizen cannot
change them here."""

from kiosk.forms.answers import AT_HAND, Answer
from kiosk.forms.nations import NATIONS
from kiosk.forms.questions import Form, Prefill, Question, QuestionKind
from kiosk.identity import Identity, Sex
from kiosk.intake.contract.dossier import Licence
from kiosk.language import mark


def prefilled(form: Form, identity: Identity) -> dict[str, Answer]:
    """Answers by question id, in the form that validation keeps; their keys are the locked ones.

    A question stays open where the card gives nothing, or nothing that its kind can hold (a
    choice without an option of that label, an address to be picked level by level).
    """
    answers: dict[str, Answer] = {}
    for question in form.questions:
        if question.prefill is None:
            continue
        answer = _as_answer(question, _value(question.prefill, identity).strip())
        if answer:
            answers[question.id] = answer
    return answers


def at_hand(form: Form, licences: tuple[Licence, ...]) -> dict[str, Answer]:
    """Answers by question id: what the applicant need not hand in. `licences` are those at hand and
    in force; an agent's do not count for the principal, which is in the form's own conditions."""
    kinds = {licence.kind for licence in licences}
    return {q.id: AT_HAND for q in form.questions if q.licence in kinds}


def _value(prefill: Prefill, identity: Identity) -> str:
    match prefill:
        case Prefill.NAME:
            return identity.name
        case Prefill.NUMBER:
            return identity.number
        case Prefill.SEX:
            return _sex(identity.sex)
        case Prefill.NATION:
            return NATIONS.get(identity.nation or "", "")
        case Prefill.BIRTH:
            return identity.birth.isoformat()
        case Prefill.ADDRESS:
            return identity.address or ""


def _sex(sex: Sex) -> str:
    match sex:
        case Sex.MALE:
            return mark("男")
        case Sex.FEMALE:
            return mark("女")
        case Sex.UNKNOWN:
            return mark("未知")
        case Sex.NOT_STATED:
            return mark("未说明")


def _as_answer(question: Question, value: str) -> str | None:
    match question.kind:
        case QuestionKind.TEXT:
            return value
        case QuestionKind.RESIDENT_ID:
            return value if question.prefill is Prefill.NUMBER else None
        case QuestionKind.DATE:
            return value if question.prefill is Prefill.BIRTH else None
        case QuestionKind.CHOICE:
            return next((o.key for o in question.options if o.label == value), None)
        case (
            QuestionKind.NUMBER
            | QuestionKind.PHONE
            | QuestionKind.CREDIT_CODE
            | QuestionKind.BANK_CARD
            | QuestionKind.CHOICES
            | QuestionKind.ADDRESS
            | QuestionKind.GROUP
            | QuestionKind.FILE
            | QuestionKind.PROMISE
            | QuestionKind.SIGNATURE
        ):
            return None
