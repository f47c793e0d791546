"""Where a field finds its answer and puts what is typed: the visit, or one row of a group."""

from datetime import date
from typing import Protocol

from kiosk.forms.answers import Answer, Row
from kiosk.forms.asked import asked_fields
from kiosk.forms.questions import Question
from kiosk.forms.validation import Rejected, check
from kiosk.journeys.attendant import Attendant


class Sheet(Protocol):
    def draft(self, question: Question) -> Answer | None:
        """What stands in the field, right or wrong."""

    def write(self, question: Question, draft: Answer) -> None:
        """Keep it at once, so that a screen built anew loses nothing."""

    def problem(self, question: Question) -> Rejected | None: ...

    def locked(self, question: Question) -> bool: ...


class VisitSheet:
    """The answers of the form itself."""

    def __init__(self, attendant: Attendant) -> None:
        self._attendant = attendant

    def draft(self, question: Question) -> Answer | None:
        session = self._attendant.session
        return session.drafts.get(question.id, session.answers.get(question.id))

    def write(self, question: Question, draft: Answer) -> None:
        self._attendant.write(question.id, draft)

    def problem(self, question: Question) -> Rejected | None:
        return self._attendant.session.problems.get(question.id)

    def locked(self, question: Question) -> bool:
        return question.id in self._attendant.session.locked


class RowSheet:
    """One row of a group. `index` may be one past the last row: the row begins to exist with the
    first thing typed into it. Problems of the row are kept here until it is typed anew."""

    def __init__(self, group: Question, index: int, sheet: Sheet) -> None:
        self._group = group
        self._index = index
        self._sheet = sheet
        known = sheet.problem(group)
        self._problems = {
            wrong.field: Rejected(wrong.problem)
            for wrong in (known.rows if known is not None else ())
            if wrong.row == index
        }

    def row(self) -> Row:
        rows = rows_of(self._group, self._sheet)
        return rows[self._index] if self._index < len(rows) else {}

    def draft(self, question: Question) -> Answer | None:
        return self.row().get(question.id)

    def write(self, question: Question, draft: Answer) -> None:
        rows = list(rows_of(self._group, self._sheet))
        if self._index >= len(rows):
            rows.append({})
        rows[self._index] = {**rows[self._index], question.id: draft}
        self._problems.pop(question.id, None)
        self._sheet.write(self._group, tuple(rows))

    def problem(self, question: Question) -> Rejected | None:
        return self._problems.get(question.id)

    def locked(self, question: Question) -> bool:
        return False

    def asked(self) -> tuple[Question, ...]:
        return asked_fields(self._group, self.row())

    def judge(self, questions: tuple[Question, ...], today: date) -> bool:
        """True when all of these fields can stand; what is wrong with the others is kept."""
        row = self.row()
        for question in questions:
            verdict = check(question, row.get(question.id), today)
            if isinstance(verdict, Rejected):
                self._problems[question.id] = verdict
            else:
                self._problems.pop(question.id, None)
        return not any(question.id in self._problems for question in questions)


def rows_of(group: Question, sheet: Sheet) -> tuple[Row, ...]:
    drafted = sheet.draft(group)
    if not isinstance(drafted, tuple):
        return ()
    return tuple(row for row in drafted if not isinstance(row, str))
