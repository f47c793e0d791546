"""What the office does with what comes in: applications, ratings and look-ups."""

from datetime import datetime
from typing import TypeVar

from pydantic import BaseModel
from sqlalchemy import bindparam, insert, select, union_all
from sqlalchemy.orm import Session

from kiosk.intake.contract import (
    CHINA_TIME,
    Application,
    ApplicationBody,
    IdentityBody,
    IdentityContent,
    ProblemType,
    RatingBody,
    RatingReasons,
    RatingReceipt,
    ReceiptBody,
)
from kiosk.intake.contract.look_ups import (
    LookUpAnswer,
    LookUpBody,
    LookUpContent,
    SlipClaims,
    digest_of_rows,
)
from sandbox.intake.applicants import principal_of
from sandbox.intake.auditing import note
from sandbox.intake.case_department import named_department
from sandbox.intake.case_file import State
from sandbox.intake.case_names import numbers_of, rated_ones
from sandbox.intake.casework import Casework
from sandbox.intake.corrections import Corrections
from sandbox.intake.database import WrittenJson
from sandbox.intake.problems import Refusal
from sandbox.intake.rating_follow_up import rating_received
from sandbox.intake.records import Records
from sandbox.intake.sealed_contents import SealedContents
from sandbox.intake.serials import next_number
from sandbox.intake.slip_keys import SlipKeys
from sandbox.intake.tables import Case, Correction, LookUp, Rating, table_of

DIVISION = "350428"
"""将乐县 in GB/T 2260."""

_SLIPS = f"CX{DIVISION}"

_CASES = table_of(Case)
_ADD_CASE = insert(_CASES)
_SAME_REFERENCE = union_all(
    *(
        select(table.c.reference).where(
            table.c.kiosk == bindparam("of"), table.c.reference == bindparam("named")
        )
        for table in (_CASES, table_of(Correction))
    )
)

Content = TypeVar("Content", bound=BaseModel)


class Receiving:
    """Every refusal is a `Refusal`. What is opened outside the transaction is handed back in."""

    def __init__(
        self,
        contents: SealedContents,
        slip_keys: SlipKeys,
        records: Records,
        casework: Casework,
    ) -> None:
        self.slip_keys = slip_keys
        self._contents = contents
        self._corrections = Corrections(casework)
        self._casework = casework
        self._records = records

    def open_application(self, body: ApplicationBody) -> Application:
        """With its attachments in their place."""
        content = self._contents.read(body.sealed, Application)
        if content.item != body.item or content.attachments:
            raise Refusal(ProblemType.CONTENT_INVALID, "sealed content and body differ")
        return content.model_copy(update={"attachments": self._contents.files(body.attachments)})

    def receive(
        self, session: Session, body: ApplicationBody, content: Application, at: datetime
    ) -> ReceiptBody:
        connection = session.connection()
        same = {"of": body.kiosk, "named": body.reference}
        if connection.scalar(_SAME_REFERENCE, same) is not None:
            raise Refusal(ProblemType.REFERENCE_TAKEN)
        if body.corrects is not None:
            return self._corrections.correct(session, body.corrects, body, content, at)
        item = self._casework.directory.item(body.item)
        kept_at = _moment(body.kept_at)
        number = next_number(session, DIVISION, at)
        connection.execute(
            _ADD_CASE,
            {
                "number": number,
                "kiosk": body.kiosk,
                "reference": body.reference,
                "item": body.item,
                "bundle": body.bundle,
                "office": content.office,
                "department": named_department(item, content.answers),
                "person": content.applicant.number,
                "principal": principal_of(content),
                "kept_at": kept_at,
                "received_at": at.isoformat(),
                "digest": body.digest,
                "content": WrittenJson(content),
                "state": State.RECEIVED.value,
            },
        )
        note(session, at, body.kiosk, "received", number, {"reference": body.reference})
        return ReceiptBody(number=number, reference=body.reference, received_at=at)

    def open_reasons(self, body: RatingBody) -> tuple[str, ...]:
        return self._contents.read(body.sealed, RatingReasons).reasons if body.sealed else ()

    def rate(
        self, session: Session, body: RatingBody, reasons: tuple[str, ...], at: datetime
    ) -> RatingReceipt:
        rated = session.get(Rating, body.reference) is not None
        numbers = numbers_of(session, body.reference)
        if rated or rated_ones(session, numbers):
            raise Refusal(ProblemType.RATED_ALREADY)
        rating = Rating(
            reference=body.reference,
            case=numbers[0] if numbers else None,
            kiosk=body.kiosk,
            level=body.level,
            reasons=list(reasons),
            kept_at=_moment(body.kept_at),
            received_at=at.isoformat(),
        )
        rating_received(rating, self._casework.holidays)
        session.add(rating)
        note(session, at, body.kiosk, "rated", body.reference, {"level": body.level})
        return RatingReceipt(reference=body.reference, received_at=at)

    def open_question(self, body: LookUpBody) -> LookUpContent:
        content = self._contents.read(body.sealed, LookUpContent)
        if content.item != body.item:
            raise Refusal(ProblemType.CONTENT_INVALID, "sealed content and body differ")
        return content

    def look_up(
        self, session: Session, body: LookUpBody, content: LookUpContent, at: datetime
    ) -> LookUpAnswer:
        rows = self._records.rows(body.item, content.number, at.date())
        if rows is None:
            raise Refusal(ProblemType.NO_RECORD)
        number = next_number(session, _SLIPS, at)
        session.execute(
            insert(LookUp),
            {
                "number": number,
                "kiosk": body.kiosk,
                "item": body.item,
                "answered_at": at.isoformat(),
            },
        )
        claims = SlipClaims(
            number=number, item=body.item, answered_at=at, digest=digest_of_rows(rows)
        )
        return LookUpAnswer(
            number=number,
            item=body.item,
            rows=rows,
            answered_at=at,
            proof=self.slip_keys.proof(claims),
        )

    def open_token(self, body: IdentityBody) -> str:
        return self._contents.read(body.sealed, IdentityContent).token


def _moment(told: datetime) -> str:
    """In China's time, as all moments are kept. A kiosk's clock may be a year off, which is kept as
    it was told."""
    try:
        return told.astimezone(CHINA_TIME).isoformat()
    except OverflowError:
        raise Refusal(ProblemType.OUTSIDE_CONTRACT, "kept_at: out of range") from None
