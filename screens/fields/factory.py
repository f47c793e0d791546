"""Which field asks which kind of question."""

from kiosk.forms.questions import Question, QuestionKind
from screens.fields.address import AddressField
from screens.fields.field import Desk, Field
from screens.fields.file import FileField
from screens.fields.group import GroupField
from screens.fields.locked import LockedField
from screens.fields.options import ChoiceField
from screens.fields.promise import PromiseField
from screens.fields.signature import SignatureField
from screens.fields.typed import TypedField


def field_for(question: Question, desk: Desk, tag: str = "", **kwargs) -> Field:
    """A new field with the answer that stands now; `tag` is a short word beside its label."""
    if desk.sheet.locked(question):
        return LockedField(question, desk, tag, **kwargs)
    return _kind_of(question)(question, desk, tag, **kwargs)


def _kind_of(question: Question) -> type[Field]:
    match question.kind:
        case (
            QuestionKind.TEXT
            | QuestionKind.NUMBER
            | QuestionKind.PHONE
            | QuestionKind.RESIDENT_ID
            | QuestionKind.CREDIT_CODE
            | QuestionKind.BANK_CARD
            | QuestionKind.DATE
        ):
            return TypedField
        case QuestionKind.CHOICE | QuestionKind.CHOICES:
            return ChoiceField
        case QuestionKind.ADDRESS:
            return AddressField
        case QuestionKind.GROUP:
            return GroupField
        case QuestionKind.FILE:
            return FileField
        case QuestionKind.PROMISE:
            return PromiseField
        case QuestionKind.SIGNATURE:
            return SignatureField
