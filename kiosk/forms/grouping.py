"""Numbers in the groups in which people read them, while they are typed."""

from kiosk.forms.questions import QuestionKind
from kiosk.forms.typed_text import compact


def grouped(kind: QuestionKind, text: str) -> str:
    """138 0598 0000 for a mobile number, fours for a bank card, 350428 19520314 0013 for a
    resident number; other kinds and landlines as they are. Grouping twice changes nothing, and
    `validation.check` takes the spaces out again."""
    match kind:
        case QuestionKind.PHONE if compact(text).startswith("1"):
            return _in_groups(compact(text), (3, 4, 4))
        case QuestionKind.BANK_CARD:
            return _in_groups(compact(text), (4, 4, 4, 4, 4))
        case QuestionKind.RESIDENT_ID:
            return _in_groups(compact(text), (6, 8, 4))
        case _:
            return text


def in_fours(number: str) -> str:
    """The number of a case as it is read out; a reference with letters as it is."""
    if not number.isdigit():
        return number
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def _in_groups(text: str, sizes: tuple[int, ...]) -> str:
    """What is beyond the last group stays with it, so that a digit too many can be seen."""
    groups: list[str] = []
    for size in sizes[:-1]:
        groups.append(text[:size])
        text = text[size:]
    return " ".join(group for group in (*groups, text) if group)
