"""更正: what was handed in for a case is replaced, the case stays the same."""

from collections.abc import Iterator
from datetime import datetime

from pydantic import JsonValue
from sqlalchemy.orm import Session

from kiosk.intake.contract import (
    Application,
    ApplicationBody,
    Attachment,
    Number,
    ProblemType,
    ReceiptBody,
)
from sandbox.intake.applicants import principal_of
from sandbox.intake.case_actions import Correct, NotAllowed
from sandbox.intake.case_department import named_department
from sandbox.intake.case_rows import moment
from sandbox.intake.casework import CaseUnknown, Casework
from sandbox.intake.problems import Refusal
from sandbox.intake.tables import Case, Correction


class Corrections:
    def __init__(self, casework: Casework) -> None:
        self._casework = casework

    def correct(
        self,
        session: Session,
        number: Number,
        body: ApplicationBody,
        content: Application,
        at: datetime,
    ) -> ReceiptBody:
        """Only by whoever handed it in, only for the same item, and only before it is accepted."""
        row = session.get(Case, number)
        if row is None:
            raise Refusal(ProblemType.NO_RECORD)
        if row.person != content.applicant.number:
            raise Refusal(ProblemType.NOT_THE_APPLICANT)
        if row.item != body.item:
            raise Refusal(ProblemType.CONTENT_INVALID, "the case is another item's")
        try:
            self._casework.act(session, number, Correct(), body.kiosk, at)
        except CaseUnknown:
            raise Refusal(ProblemType.NO_RECORD) from None
        except NotAllowed as refused:
            raise Refusal(ProblemType.NOT_ALLOWED, refused.why.value) from None
        session.add(
            Correction(
                case=number,
                kiosk=body.kiosk,
                reference=body.reference,
                kept_at=moment(body.kept_at),
                at=moment(at),
                digest=row.digest,
                content=row.content,
            )
        )
        before = Application.model_validate(row.content)
        files = (*_kept(before.attachments, content), *content.attachments)
        row.content = content.model_copy(update={"attachments": files}).model_dump(mode="json")
        row.digest = body.digest
        row.office = content.office
        item = self._casework.directory.item(row.item)
        row.department = named_department(item, content.answers)
        row.principal = principal_of(content)
        return ReceiptBody(number=number, reference=body.reference, received_at=at)


def _kept(before: tuple[Attachment, ...], content: Application) -> Iterator[Attachment]:
    """The files that the new answers still name and that did not come anew."""
    anew = {file.question for file in content.attachments}
    for file in before:
        answer = _answer_at(content.answers, file.question)
        if file.question not in anew and isinstance(answer, dict):
            named = answer.get("name"), answer.get("media_type")
            if named == (file.name, file.media_type):
                yield file


def _answer_at(answers: JsonValue, question: str) -> JsonValue:
    """Of a file in a repeated group (`group.row.field`, rows from 1) the field's."""
    found = answers
    for part in question.split("."):
        if isinstance(found, dict):
            found = found.get(part)
        elif isinstance(found, list) and part.isdecimal() and 1 <= int(part) <= len(found):
            found = found[int(part) - 1]
        else:
            return None
    return found
