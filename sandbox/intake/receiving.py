"""What the office does with what comes in: applications, ratings and look-ups."""

from datetime import datetime
from itertools import chain
from math import isfinite
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from kiosk.intake.contract import (
    CHINA_TIME,
    Application,
    ApplicationBody,
    Attachment,
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
from sandbox.intake.auditing import note
from sandbox.intake.case_file import State
from sandbox.intake.database import WrittenJson
from sandbox.intake.opening import CannotOpen
from sandbox.intake.problems import Refusal, places
from sandbox.intake.rating_follow_up import rating_received
from sandbox.intake.records import Records
from sandbox.intake.sealing_keys import SealingKeys
from sandbox.intake.serials import next_number
from sandbox.intake.slip_keys import SlipKeys
from sandbox.intake.tables import Case, LookUp, Rating, table_of
from sandbox.intake.working_days import Holidays

DIVISION = "350428"
"""将乐县 in GB/T 2260."""

_SLIPS = f"CX{DIVISION}"

_CASES = table_of(Case)
_ADD_CASE = insert(_CASES)
_SAME_REFERENCE = select(_CASES.c.number).where(
    _CASES.c.kiosk == bindparam("of"), _CASES.c.reference == bindparam("named")
)

Content = TypeVar("Content", bound=BaseModel)


class Receiving:
    """Every refusal is a `Refusal`. What is opened outside the transaction is handed back in."""

    def __init__(
        self, keys: SealingKeys, slip_keys: SlipKeys, records: Records, holidays: Holidays
    ) -> None:
        self.slip_keys = slip_keys
        self._keys = keys
        self._records = records
        self._holidays = holidays

    def open_application(self, body: ApplicationBody) -> Application:
        """With its attachments in their place."""
        content = self._opened(body.sealed, Application)
        if content.item != body.item or content.attachments:
            raise Refusal(ProblemType.CONTENT_INVALID, "sealed content and body differ")
        attachments = tuple(self._opened(part, Attachment) for part in body.attachments)
        # JSON has no infinity, but its numbers can be too large for a float.
        points = chain.from_iterable(content.signature)
        if not _finite(content.answers) or not all(map(isfinite, chain.from_iterable(points))):
            raise Refusal(ProblemType.CONTENT_INVALID, "a number is too large")
        return content.model_copy(update={"attachments": attachments})

    def receive(
        self, session: Session, body: ApplicationBody, content: Application, at: datetime
    ) -> ReceiptBody:
        connection = session.connection()
        same = {"of": body.kiosk, "named": body.reference}
        if connection.scalar(_SAME_REFERENCE, same) is not None:
            raise Refusal(ProblemType.REFERENCE_TAKEN)
        kept_at = _moment(body.kept_at)
        number = next_number(session, DIVISION, at)
        connection.execute(
            _ADD_CASE,
            {
                "number": number,
                "kiosk": body.kiosk,
                "reference": body.reference,
                "item": body.item,
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
        return self._opened(body.sealed, RatingReasons).reasons if body.sealed else ()

    def rate(
        self, session: Session, body: RatingBody, reasons: tuple[str, ...], at: datetime
    ) -> RatingReceipt:
        if session.get(Rating, body.reference) is not None:
            raise Refusal(ProblemType.RATED_ALREADY)
        rating = Rating(
            reference=body.reference,
            kiosk=body.kiosk,
            level=body.level,
            reasons=list(reasons),
            kept_at=_moment(body.kept_at),
            received_at=at.isoformat(),
        )
        rating_received(rating, self._holidays)
        session.add(rating)
        note(session, at, body.kiosk, "rated", body.reference, {"level": body.level})
        return RatingReceipt(reference=body.reference, received_at=at)

    def open_question(self, body: LookUpBody) -> LookUpContent:
        content = self._opened(body.sealed, LookUpContent)
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
        return self._opened(body.sealed, IdentityContent).token

    def _opened(self, sealed: str, form: type[Content]) -> Content:
        try:
            return form.model_validate_json(self._keys.open(sealed))
        except CannotOpen as error:
            raise Refusal(ProblemType.CANNOT_OPEN, str(error)) from None
        except ValidationError as error:
            raise Refusal(
                ProblemType.CONTENT_INVALID,
                places(error.errors(include_input=False, include_url=False)),
            ) from None


def _moment(told: datetime) -> str:
    """In China's time, as all moments are kept. A kiosk's clock may be a year off, which is kept as
    it was told."""
    try:
        return told.astimezone(CHINA_TIME).isoformat()
    except OverflowError:
        raise Refusal(ProblemType.OUTSIDE_CONTRACT, "kept_at: out of range") from None


def _finite(value: object) -> bool:
    if isinstance(value, dict):
        return all(map(_finite, value.values()))
    if isinstance(value, list):
        return all(map(_finite, value))
    return not isinstance(value, float) or isfinite(value)
