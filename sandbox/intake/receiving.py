"""What the office does with what comes in: applications, ratings and look-ups."""

import json
from datetime import datetime
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from kiosk.intake.contract import (
    CHINA_TIME,
    Application,
    ApplicationBody,
    Attachment,
    LookUpAnswer,
    LookUpBody,
    LookUpContent,
    ProblemType,
    RatingBody,
    RatingReasons,
    RatingReceipt,
    ReceiptBody,
)
from sandbox.intake.auditing import note
from sandbox.intake.opening import CannotOpen
from sandbox.intake.problems import Refusal, places
from sandbox.intake.rating_follow_up import rating_received
from sandbox.intake.records import Records
from sandbox.intake.sealing_keys import SealingKeys
from sandbox.intake.serials import next_number
from sandbox.intake.tables import Case, LookUp, Rating
from sandbox.intake.working_days import Holidays

DIVISION = "350428"
"""将乐县 in GB/T 2260."""

_SLIPS = f"CX{DIVISION}"

Content = TypeVar("Content", bound=BaseModel)


class Receiving:
    """Every refusal is a `Refusal`. What is opened outside the transaction is handed back in."""

    def __init__(self, keys: SealingKeys, records: Records, holidays: Holidays) -> None:
        self._keys = keys
        self._records = records
        self._holidays = holidays

    def open_application(self, body: ApplicationBody) -> Application:
        """With its attachments in their place."""
        content = self._opened(body.sealed, Application)
        if content.item != body.item or content.attachments:
            raise Refusal(ProblemType.CONTENT_INVALID, "sealed content and body differ")
        attachments = tuple(self._opened(part, Attachment) for part in body.attachments)
        return content.model_copy(update={"attachments": attachments})

    def receive(
        self, session: Session, body: ApplicationBody, content: Application, at: datetime
    ) -> ReceiptBody:
        same = select(Case.number).where(Case.kiosk == body.kiosk, Case.reference == body.reference)
        if session.scalar(same) is not None:
            raise Refusal(ProblemType.REFERENCE_TAKEN)
        number = next_number(session, DIVISION, at)
        session.execute(
            insert(Case),
            {
                "number": number,
                "kiosk": body.kiosk,
                "reference": body.reference,
                "item": body.item,
                "kept_at": _moment(body.kept_at),
                "received_at": at.isoformat(),
                "digest": body.digest,
                "content": content.model_dump(mode="json"),
                "state": "received",
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
        return LookUpAnswer(number=number, item=body.item, rows=rows, answered_at=at)

    def _opened(self, sealed: str, form: type[Content]) -> Content:
        try:
            content = form.model_validate_json(self._keys.open(sealed))
            # JSON has no infinity, but its numbers can be too large for a float.
            json.dumps(content.model_dump(include={"answers", "signature"}), allow_nan=False)
        except CannotOpen as error:
            raise Refusal(ProblemType.CANNOT_OPEN, str(error)) from None
        except ValidationError as error:
            raise Refusal(
                ProblemType.CONTENT_INVALID,
                places(error.errors(include_input=False, include_url=False)),
            ) from None
        except ValueError:
            raise Refusal(ProblemType.CONTENT_INVALID, "a number is too large") from None
        return content


def _moment(told: datetime) -> str:
    """In China's time, as all moments are kept. A kiosk's clock may be a year off, which is kept as
    it was told."""
    try:
        return told.astimezone(CHINA_TIME).isoformat()
    except OverflowError:
        raise Refusal(ProblemType.OUTSIDE_CONTRACT, "kept_at: out of range") from None
