"""What a citizen touches to answer a question, made from its own definition: rightly or wrongly.

Lines are short and of digits and Latin letters: what is typed in Chinese is for the keyboard's own
tests.
"""

from datetime import date, timedelta
from random import Random

from kiosk.forms.questions import DateRange, Question, QuestionKind
from screens.tour.actions import Choose, Text, Type

PHONE = "13805980000"
RESIDENT_ID = "350428198807070021"
CREDIT_CODE = "91350428MA0000000N"
BANK_CARD = "6222020000000000000"
TOWNSHIP = ("古镛镇", "就选到这里")
"""Within the county with which the picker begins."""
FAR_COUNTY = ("江西省", "抚州市", "黎川县")
NEAR_COUNTY = ("三明市", "将乐县")
"""Within the province with which it begins."""
BRING = "带原件到窗口"
LATER = "先办理，以后补交"

CHARACTERS = {
    QuestionKind.PHONE: len(PHONE),
    QuestionKind.RESIDENT_ID: len(RESIDENT_ID),
    QuestionKind.CREDIT_CODE: len(CREDIT_CODE),
    QuestionKind.BANK_CARD: len(BANK_CARD),
    QuestionKind.DATE: 8,
}

Touches = tuple[Type | Choose, ...]


def right(question: Question, draw: Random) -> Touches:
    """Nothing for a promise and a group, which are more than a line or options."""
    label, labels = question.label, [option.label for option in question.options]
    match question.kind:
        case QuestionKind.TEXT:
            return _typed(label, "A1"[-question.max_length :])
        case QuestionKind.NUMBER:
            assert question.minimum is not None and question.maximum is not None, question.id
            most = min(question.maximum, question.minimum + 9)
            return _typed(label, str(draw.randint(int(question.minimum), int(most))))
        case QuestionKind.PHONE:
            return _typed(label, PHONE)
        case QuestionKind.RESIDENT_ID:
            return _typed(label, RESIDENT_ID)
        case QuestionKind.CREDIT_CODE:
            return _typed(label, CREDIT_CODE)
        case QuestionKind.BANK_CARD:
            return _typed(label, BANK_CARD)
        case QuestionKind.DATE:
            day = date.today() + timedelta(
                {DateRange.PAST: -30, DateRange.FUTURE: 30, DateRange.ANY: 0}[question.date_range]
            )
            return _typed(label, f"{day:%Y%m%d}")
        case QuestionKind.CHOICE:
            return (Choose({label: (draw.choice(labels),)}),)
        case QuestionKind.CHOICES:
            # In their order: a hand turns their pages forwards.
            some = sorted(draw.sample(range(len(labels)), min(len(labels), 2)))
            return (Choose({label: tuple(labels[number] for number in some)}),)
        case QuestionKind.ADDRESS if question.county:
            return (Choose({label: FAR_COUNTY if question.inside is None else NEAR_COUNTY}),)
        case QuestionKind.ADDRESS:
            return Choose({label: TOWNSHIP}), *_typed(label, "1")
        case QuestionKind.FILE:
            ways = (BRING,) if question.defer is None else (BRING, LATER)
            return (Choose({label: (draw.choice(ways),)}),)
        case QuestionKind.GROUP | QuestionKind.PROMISE:
            return ()
        case QuestionKind.SIGNATURE:
            raise AssertionError("no shipped form asks for a signature of its own")


def wrong(question: Question) -> Touches | None:
    """An answer that cannot stand; nothing at all where every touch would make a right one, and
    None where that is right as well."""
    label = question.label
    match question.kind:
        case QuestionKind.NUMBER:
            return _typed(label, str(int(question.maximum or 0) + 1))
        case QuestionKind.PHONE:
            return _typed(label, PHONE[:-1])
        case QuestionKind.RESIDENT_ID:
            return _typed(label, RESIDENT_ID[:-1] + "2")
        case QuestionKind.CREDIT_CODE:
            return _typed(label, CREDIT_CODE[:-1] + "M")
        case QuestionKind.BANK_CARD:
            return _typed(label, BANK_CARD[:-1] + "1")
        case QuestionKind.DATE:
            return _typed(label, "20260230")
        case QuestionKind.ADDRESS if not question.county:
            return _typed(label, "1")
        case _:
            return () if question.required else None


def _typed(label: str, text: str) -> Touches:
    return (Type({label: Text(text)}),)
