"""Typing the number of a case, as it stands on a receipt."""

import re
import unicodedata

from kiosk.forms.questions import Form, Question, QuestionKind, Section
from kiosk.language import mark

TYPED = "case_number"
"""The id of the one question."""

MOST_TRIES = 5
"""Numbers that the intake does not know, in one visit: nobody can go through them all."""

_NUMBER = re.compile(r"[0-9]{16,18}|[A-Z0-9]{3,20}-[0-9]{6}-[2-9A-HJ-NP-Z]{6}")

NUMBER_FORM = Form(
    sections=(
        Section(
            id="case_number",
            title=mark("输入编号"),
            questions=(
                Question(
                    id=TYPED,
                    kind=QuestionKind.TEXT,
                    label=mark("收件编号"),
                    hint=mark("在凭条上，二维码旁边的一长串数字"),
                    max_length=40,
                ),
            ),
        ),
    )
)


def number_from(typed: str) -> str | None:
    """A 收件编号 or the kiosk's own reference, however it was spaced; None where it is neither."""
    text = "".join(unicodedata.normalize("NFKC", typed).split()).upper()
    return text if _NUMBER.fullmatch(text) else None
